/* SPDX-License-Identifier: MIT */
/* syslog(): the log, and what of it goes to the console, for dmesg. */
#include <linux/errno.h>
#include <linux/kmsg_dump.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "internals.h"

#define SYSLOG_ACTION_CLOSE		0
#define SYSLOG_ACTION_OPEN		1
#define SYSLOG_ACTION_READ_ALL		3
#define SYSLOG_ACTION_READ_CLEAR	4
#define SYSLOG_ACTION_CLEAR		5
#define SYSLOG_ACTION_CONSOLE_OFF	6
#define SYSLOG_ACTION_CONSOLE_ON	7
#define SYSLOG_ACTION_CONSOLE_LEVEL	8
#define SYSLOG_ACTION_SIZE_BUFFER	10

#define LINE_MAX_BYTES	1024
#define LOG_BYTES	(1 << 18)	/* more than the ring's text with prefixes */

static u64 clear_seq;		/* records before it were cleared; a word, any reader's */
static int saved_level = -1;	/* of the console, while that is off */

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

SYSCALL_DEFINE3(syslog, int, type, char __user *, buf, int, len)
{
	int ret = 0;

	switch (type) {
	case SYSLOG_ACTION_CLOSE:
	case SYSLOG_ACTION_OPEN:
		return 0;
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
	case SYSLOG_ACTION_SIZE_BUFFER:
		return LOG_BYTES;
	default:
		return -EINVAL;
	}
}
