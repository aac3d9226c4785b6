/* SPDX-License-Identifier: MIT */
/*
 * /dev/kmsg: the log's records, one a read(), from a place of its own for each who opens it; and
 * lines of programs for the log, one a write().
 *
 * A record reads as "PRIORITY,NUMBER,MICROSECONDS,FLAG;TEXT": the priority is facility and level as
 * syslog has them, the flag 'c' where the record goes on with the one before it. Linux's
 * Documentation/ABI/testing/dev-kmsg tells the format.
 */
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syslog.h>
#include <linux/time64.h>
#include <linux/uaccess.h>
#include "internals.h"

#define LOG_USER	1		/* the facility of programs */
#define LINE_MAX	(1024 - 32)	/* that a program may write */
#define HEAD_MAX	64		/* what stands before a record's text */

/* Who reads. */
struct kmsg_reader {
	struct mutex	lock;		/* guards the rest */
	u64		seq;		/* the record that is read next */
	char		text[RECORD_TEXT_MAX + 1];
	char		line[HEAD_MAX + 4 * RECORD_TEXT_MAX + 1];
};

/* -- Writing ----------------------------------------------------------------------------------- */

static int emit(int facility, int level, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vprintk_emit(facility, level, NULL, fmt, args);
	va_end(args);
	return len;
}

/* "<N>" in front is the priority; without a facility in it, it is a program's. */
static ssize_t kmsg_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	char line[LINE_MAX + 1], *text = line, *end;
	int facility = LOG_USER, level = default_message_loglevel;
	unsigned long priority;

	if (count > LINE_MAX)
		return -EINVAL;
	if (copy_from_user(line, buf, count))
		return -EFAULT;
	line[count] = '\0';
	if (count && line[count - 1] == '\n')
		line[count - 1] = '\0';
	if (line[0] == '<') {
		priority = simple_strtoul(line + 1, &end, 10);
		if (*end == '>') {
			level = priority & 7;
			facility = priority >> 3 & 0xff ?: LOG_USER;
			text = end + 1;
		}
	}
	emit(facility, level, "%s\n", text);
	return count;
}

/* -- Reading ----------------------------------------------------------------------------------- */

static bool is_there(u64 seq)
{
	struct printk_info info;

	return printk_read(seq, &info, NULL, 0);
}

/* What is no plain text is written as \xHH. Return: the line's length. */
static size_t format_record(struct kmsg_reader *r, const struct printk_info *info)
{
	size_t n = scnprintf(r->line, HEAD_MAX, "%u,%llu,%llu,%c;", info->facility << 3 | info->level,
			     info->seq, div_u64(info->ts_nsec, NSEC_PER_USEC), info->cont ? 'c' : '-');

	for (unsigned int i = 0; i < info->text_len; i++) {
		unsigned char c = r->text[i];

		if (isascii(c) && isprint(c) && c != '\\')
			r->line[n++] = c;
		else
			n += scnprintf(r->line + n, sizeof(r->line) - n, "\\x%02x", c);
	}
	r->line[n++] = '\n';
	return n;
}

/*
 * The next record, into r->line. Return: its length; -EPIPE: some were overwritten before they were
 * read.
 */
static ssize_t next_record(struct kmsg_reader *r, bool wait)
{
	struct printk_info info;
	int err;

	while (!printk_read(r->seq, &info, r->text, sizeof(r->text))) {
		if (!wait)
			return -EAGAIN;
		err = wait_event_interruptible(log_wait, is_there(r->seq));
		if (err)
			return err;
	}
	if (r->seq < printk_first_seq()) {
		r->seq = printk_first_seq();
		return -EPIPE;
	}
	r->seq = info.seq;
	return format_record(r, &info);
}

static ssize_t kmsg_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct kmsg_reader *r = file->private_data;
	ssize_t len;

	if (!r)
		return -EBADF;
	if (mutex_lock_interruptible(&r->lock))
		return -ERESTARTSYS;
	len = next_record(r, !(file->f_flags & O_NONBLOCK));
	/* It is read, whether it can be given out or not. */
	if (len > 0) {
		r->seq++;
		if (len > (ssize_t)count)
			len = -EINVAL;
		else if (copy_to_user(buf, r->line, len))
			len = -EFAULT;
	}
	mutex_unlock(&r->lock);
	return len;
}

static loff_t kmsg_llseek(struct file *file, loff_t offset, int whence)
{
	struct kmsg_reader *r = file->private_data;
	u64 seq;

	if (!r)
		return -EBADF;
	if (offset)
		return -ESPIPE;
	switch (whence) {
	case SEEK_SET:
		seq = printk_first_seq();
		break;
	case SEEK_DATA:
		seq = printk_cleared_seq();
		break;
	case SEEK_END:
		seq = printk_next_seq();
		break;
	default:
		return -EINVAL;
	}
	mutex_lock(&r->lock);
	r->seq = seq;
	mutex_unlock(&r->lock);
	return 0;
}

static __poll_t kmsg_poll(struct file *file, poll_table *wait)
{
	struct kmsg_reader *r = file->private_data;
	__poll_t events = 0;

	if (!r)
		return EPOLLERR | EPOLLNVAL;
	poll_wait(file, &log_wait, wait);
	mutex_lock(&r->lock);
	if (is_there(r->seq))
		events = EPOLLIN | EPOLLRDNORM | (r->seq < printk_first_seq() ? EPOLLERR | EPOLLPRI : 0);
	mutex_unlock(&r->lock);
	return events;
}

/* Who only writes needs no place. */
static int kmsg_open(struct inode *inode, struct file *file)
{
	struct kmsg_reader *r;

	if (!(file->f_mode & FMODE_READ))
		return 0;
	r = kmalloc(sizeof(*r), GFP_KERNEL);
	if (!r)
		return -ENOMEM;
	mutex_init(&r->lock);
	r->seq = printk_first_seq();
	file->private_data = r;
	return 0;
}

static int kmsg_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

const struct file_operations kmsg_fops = {
	.open		= kmsg_open,
	.release	= kmsg_release,
	.read		= kmsg_read,
	.write		= kmsg_write,
	.llseek		= kmsg_llseek,
	.poll		= kmsg_poll,
};
