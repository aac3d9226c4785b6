/* SPDX-License-Identifier: MIT */
/* syslog() and /proc/kmsg: the log as programs read and consume it. kernel/printk/syslog.c. */
#ifndef _LINUX_SYSLOG_H
#define _LINUX_SYSLOG_H

#include <linux/compiler.h>
#include <linux/wait.h>

#define SYSLOG_ACTION_CLOSE		0
#define SYSLOG_ACTION_OPEN		1
#define SYSLOG_ACTION_READ		2	/* consumes; waits for the first line */
#define SYSLOG_ACTION_READ_ALL		3
#define SYSLOG_ACTION_READ_CLEAR	4
#define SYSLOG_ACTION_CLEAR		5
#define SYSLOG_ACTION_CONSOLE_OFF	6
#define SYSLOG_ACTION_CONSOLE_ON	7
#define SYSLOG_ACTION_CONSOLE_LEVEL	8
#define SYSLOG_ACTION_SIZE_UNREAD	9	/* bytes that READ has still to give */
#define SYSLOG_ACTION_SIZE_BUFFER	10

#define SYSLOG_FROM_READER	0
#define SYSLOG_FROM_PROC	1	/* SIZE_UNREAD: records are enough */

extern wait_queue_head_t log_wait;	/* woken by each new record */

int do_syslog(int type, char __user *buf, int len, int source);

#endif
