/* SPDX-License-Identifier: MIT */
/*
 * syslog(): the log, and what of it goes to the console, for dmesg. And the log as a stream that is
 * consumed, for klogd: by READ, or /proc/kmsg. All that read it have one place in it.
 */
#include <linux/errno.h>
#include <linux/irq_work.h>
#include <linux/kernel.h>
#include <linux/kmsg_dump.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/syslog.h>
#include <linux/uaccess.h>
#include "internals.h"

#define LINE_MAX_BYTES	1024
#define LOG_BYTES	(1 << 18)	/* more than the ring's text with prefixes */

static u64 clear_seq;		/* records before it were cleared; a word, any reader's */
static int saved_level = -1;	/* of the console, while that is off */

DECLARE_WAIT_QUEUE_HEAD(log_wait);

static DEFINE_MUTEX(stream_lock);	/* guards the next two */
static u64 stream_seq;			/* the first record that was not consumed */
static size_t stream_partial;		/* bytes of its line that were */

/* -- The stream -------------------------------------------------------------------------------- */

static void wake_readers(struct irq_work *work)
{
	wake_up_interruptible(&log_wait);
}
static DEFINE_PER_CPU(struct irq_work, wake_work) = IRQ_WORK_INIT(wake_readers);

/*
 * log_stored - a record is complete: who waits for one is woken
 *
 * A moment later, as the caller may hold the locks that waking takes.
 * Context: any, NMI included; preemption off.
 */
void log_stored(void)
{
	if (system_state >= SYSTEM_SCHEDULING && wq_has_sleeper(&log_wait))
		irq_work_queue(this_cpu_ptr(&wake_work));
}

static bool is_there(u64 seq)
{
	struct printk_info info;

	return printk_read(seq, &info, NULL, 0);
}

/* stream_lock held; released while waiting. Return: 0; -ERESTARTSYS. */
static int wait_for_line(void)
{
	int err;
	u64 seq;

	do {
		seq = stream_seq;
		mutex_unlock(&stream_lock);
		err = wait_event_interruptible(log_wait, is_there(seq));
		mutex_lock(&stream_lock);
	} while (!err && stream_seq != seq);	/* another reader has taken it */
	return err;
}

/*
 * Lines from the place on, as far as they fit; a longer one in parts. stream_lock held. Return:
 * bytes; -EFAULT.
 */
static int take_lines(char __user *buf, size_t size, char *line)
{
	size_t done = 0, len, skip;

	while (done < size) {
		struct kmsg_dump_iter iter = { stream_seq, printk_next_seq() };

		if (stream_seq < printk_first_seq())
			stream_partial = 0;	/* of a line that is overwritten */
		if (!kmsg_dump_get_line(&iter, true, line, LINE_MAX_BYTES, &len))
			break;
		skip = min(stream_partial, len);
		len -= skip;
		if (len <= size - done) {
			stream_seq = iter.cur_seq;
			stream_partial = 0;
		} else if (!done) {
			len = size;
			stream_partial += len;
		} else {
			break;
		}
		if (copy_to_user(buf + done, line + skip, len))
			return done ? (int)done : -EFAULT;
		done += len;
	}
	return done;
}

static int read_stream(char __user *buf, size_t size)
{
	char *line = kmalloc(LINE_MAX_BYTES, GFP_KERNEL);
	int ret;

	if (!line)
		return -ENOMEM;
	mutex_lock(&stream_lock);
	do {
		ret = wait_for_line() ?: take_lines(buf, size, line);
	} while (!ret);		/* it was overwritten meanwhile */
	mutex_unlock(&stream_lock);
	kfree(line);
	return ret;
}

/* Return: bytes that READ would give; with @records only how many records; -ENOMEM. */
static int size_unread(bool records)
{
	struct kmsg_dump_iter iter;
	size_t all = 0, len;
	char *line;

	mutex_lock(&stream_lock);
	iter.cur_seq = max(stream_seq, printk_first_seq());
	iter.next_seq = printk_next_seq();
	all = iter.cur_seq == stream_seq ? stream_partial : 0;
	mutex_unlock(&stream_lock);
	if (records)
		return is_there(iter.cur_seq) ? iter.next_seq - iter.cur_seq : 0;
	line = kmalloc(LINE_MAX_BYTES, GFP_KERNEL);
	if (!line)
		return -ENOMEM;
	all = -all;
	while (kmsg_dump_get_line(&iter, true, line, LINE_MAX_BYTES, &len))
		all += len;
	kfree(line);
	return all;
}

/* -- The whole of it --------------------------------------------------------------------------- */

static void rewind_to(struct kmsg_dump_iter *iter, u64 from)
{
	kmsg_dump_rewind(iter);
	iter->cur_seq = max(iter->cur_seq, from);
}

/* The newest lines that fit in @size bytes. Return: their bytes; -EFAULT; -ENOMEM. */
static int read_all(char __user *buf, size_t size)
{
	char *line = kmalloc(LINE_MAX_BYTES, GFP_KERNEL);
	struct kmsg_dump_iter iter;
	size_t all = 0, done = 0, len;
	u64 end;

	if (!line)
		return -ENOMEM;
	rewind_to(&iter, READ_ONCE(clear_seq));
	end = iter.next_seq;
	while (kmsg_dump_get_line(&iter, true, line, LINE_MAX_BYTES, &len))
		all += len;
	rewind_to(&iter, READ_ONCE(clear_seq));
	iter.next_seq = end;
	while (kmsg_dump_get_line(&iter, true, line, LINE_MAX_BYTES, &len)) {
		if (all > size) {
			all -= len;	/* an old one */
			continue;
		}
		if (len > size - done)
			break;
		if (copy_to_user(buf + done, line, len)) {
			kfree(line);
			return -EFAULT;
		}
		done += len;
	}
	kfree(line);
	return done;
}

static int set_console_level(int level)
{
	if (level < 1 || level > 8)
		return -EINVAL;
	console_loglevel = max(level, minimum_console_loglevel);
	saved_level = -1;
	return 0;
}

static int console_off(bool off)
{
	if (off && saved_level < 0) {
		saved_level = console_loglevel;
		console_loglevel = minimum_console_loglevel;
	} else if (!off && saved_level >= 0) {
		console_loglevel = saved_level;
		saved_level = -1;
	}
	return 0;
}

/**
 * do_syslog - look at the log, consume it, or say what goes to the console
 * @type: SYSLOG_ACTION_*
 * @buf: for text
 * @len: its size, or the console's level
 * @source: SYSLOG_FROM_*
 *
 * All programs may: there is one user, root.
 * Context: process, may sleep. Return: bytes of text, or 0; -EINVAL; -EFAULT; -ENOMEM;
 * -ERESTARTSYS.
 */
int do_syslog(int type, char __user *buf, int len, int source)
{
	int ret = 0;

	switch (type) {
	case SYSLOG_ACTION_CLOSE:
	case SYSLOG_ACTION_OPEN:
		return 0;
	case SYSLOG_ACTION_READ:
		if (!buf || len < 0)
			return -EINVAL;
		return len ? read_stream(buf, len) : 0;
	case SYSLOG_ACTION_READ_ALL:
	case SYSLOG_ACTION_READ_CLEAR:
		if (!buf || len < 0)
			return -EINVAL;
		ret = len ? read_all(buf, len) : 0;
		if (type == SYSLOG_ACTION_READ_ALL || ret < 0)
			return ret;
		fallthrough;
	case SYSLOG_ACTION_CLEAR:
		WRITE_ONCE(clear_seq, printk_next_seq());
		return ret;
	case SYSLOG_ACTION_CONSOLE_OFF:
	case SYSLOG_ACTION_CONSOLE_ON:
		return console_off(type == SYSLOG_ACTION_CONSOLE_OFF);
	case SYSLOG_ACTION_CONSOLE_LEVEL:
		return set_console_level(len);
	case SYSLOG_ACTION_SIZE_UNREAD:
		return size_unread(source == SYSLOG_FROM_PROC);
	case SYSLOG_ACTION_SIZE_BUFFER:
		return LOG_BYTES;
	default:
		return -EINVAL;
	}
}

SYSCALL_DEFINE3(syslog, int, type, char __user *, buf, int, len)
{
	return do_syslog(type, buf, len, SYSLOG_FROM_READER);
}

/*
 * printk_cleared_seq - the first record that was not cleared by SYSLOG_ACTION_CLEAR, and may be
 * there
 */
u64 printk_cleared_seq(void)
{
	return max(READ_ONCE(clear_seq), printk_first_seq());
}
