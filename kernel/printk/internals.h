/* SPDX-License-Identifier: MIT */
/* The log between its two ends: printk.c stores records, console.c and dump.c read them. */
#ifndef _KERNEL_PRINTK_INTERNALS_H
#define _KERNEL_PRINTK_INTERNALS_H

#include <linux/kmsg_dump.h>
#include <linux/types.h>

/* ring.c */
#define RECORD_TEXT_MAX		216	/* longer lines become several records */

/* What a caller gives to be stored as one record. */
struct record_piece {
	const char	*text;
	u16		len;
	bool		newline;
	bool		cont;
};

void ring_store(const struct record_piece *pieces, unsigned int count, int priority, u64 ts_nsec,
		u32 caller);

enum ring_state {
	RING_READ,		/* here it is */
	RING_NOT_YET,		/* not written, or being written */
	RING_GONE,		/* overwritten */
};
enum ring_state ring_read(u64 seq, struct printk_info *info, char *text);
u64 ring_first(void);
u64 ring_next(void);

/* console.c */
extern bool ignore_loglevel;
void console_flush(void);

/* syslog.c */
void log_stored(void);
u64 printk_cleared_seq(void);

/* dump.c */
extern bool printk_time;
size_t format_prefix(char *buf, size_t size, const struct printk_info *info, bool syslog);
static inline bool continues_line(const struct printk_info *info, bool open, u32 caller)
{
	return info->cont && open && info->caller == caller;
}

#endif
