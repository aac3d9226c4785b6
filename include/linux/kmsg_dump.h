/* SPDX-License-Identifier: MIT */
/* Reading the log back: for /dev/kmsg, dmesg, and the kernel's own console. */
#ifndef _LINUX_KMSG_DUMP_H
#define _LINUX_KMSG_DUMP_H

#include <linux/types.h>

enum kmsg_dump_reason {
	KMSG_DUMP_UNDEF,
	KMSG_DUMP_PANIC,
	KMSG_DUMP_OOPS,
	KMSG_DUMP_EMERG,
	KMSG_DUMP_SHUTDOWN,
	KMSG_DUMP_MAX
};

/**
 * struct kmsg_dump_iter - a place in the log
 * @cur_seq: number of the record that is read next
 * @next_seq: one past the last record at the time of kmsg_dump_rewind()
 */
struct kmsg_dump_iter {
	u64 cur_seq;
	u64 next_seq;
};

bool kmsg_dump_get_line(struct kmsg_dump_iter *iter, bool syslog, char *line, size_t size, size_t *len);
void kmsg_dump_rewind(struct kmsg_dump_iter *iter);

/**
 * struct printk_info - what the log keeps beside a record's text
 * @seq: its number, counted from 0 since boot
 * @ts_nsec: local_clock() when it was made
 * @text_len: bytes of text, without a newline at the end
 * @facility: 0: the kernel
 * @level: 0-7
 * @newline: it ended its line
 * @cont: it goes on with the line before it, if that one did not end and had the same caller
 * @caller: pid of the task that made it, or CPU and context with bit 31 set
 */
struct printk_info {
	u64	seq;
	u64	ts_nsec;
	u16	text_len;
	u8	facility;
	u8	level;
	bool	newline;
	bool	cont;
	u32	caller;
};

bool printk_read(u64 seq, struct printk_info *info, char *text, size_t size);
u64 printk_first_seq(void);
u64 printk_next_seq(void);

#endif
