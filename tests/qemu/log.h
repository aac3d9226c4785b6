/* SPDX-License-Identifier: MIT */
/* What the kernel has said since a moment. */
#ifndef _TESTS_LOG_H
#define _TESTS_LOG_H

#include <linux/kmsg_dump.h>
#include <linux/printk.h>
#include <linux/string.h>

static u64 log_from;

static inline void watch_log(void)
{
	log_from = printk_next_seq();
}

/* Has the log got a line with @text since watch_log()? */
static inline bool logged(const char *text)
{
	struct printk_info info;
	char line[256];

	for (u64 seq = log_from; seq < printk_next_seq(); seq++)
		if (printk_read(seq, &info, line, sizeof(line)) && strstr(line, text))
			return true;
	return false;
}

#endif
