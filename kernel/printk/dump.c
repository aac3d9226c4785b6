/* SPDX-License-Identifier: MIT */
/* The log read back: single records, and lines put together as a console shows them. */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/kmsg_dump.h>
#include <linux/math64.h>
#include <linux/moduleparam.h>
#include <linux/string.h>
#include <linux/time64.h>
#include "internals.h"

bool printk_time = true;
module_param_named(time, printk_time, bool, 0644);

/* "<6>" for syslog readers, "[    0.123456] " unless printk.time=0. */
size_t format_prefix(char *buf, size_t size, const struct printk_info *info, bool syslog)
{
	size_t len = 0;
	u32 rem;
	u64 sec;

	if (syslog)
		len += scnprintf(buf + len, size - len, "<%u>", info->facility << 3 | info->level);
	if (printk_time) {
		sec = div_u64_rem(info->ts_nsec, NSEC_PER_SEC, &rem);
		len += scnprintf(buf + len, size - len, "[%5lu.%06u] ", (unsigned long)sec, rem / 1000);
	}
	return len;
}

/**
 * printk_read - copy one record
 * @seq: the first number wanted
 * @info: filled in; its seq says which one it was: older ones may be gone
 * @text: its text, ended by a NUL
 * @size: room there
 *
 * Context: any. Return: false when there is no record from @seq on.
 */
bool printk_read(u64 seq, struct printk_info *info, char *text, size_t size)
{
	char buf[RECORD_TEXT_MAX];

	for (seq = max(seq, ring_first());; seq++) {
		switch (ring_read(seq, info, buf)) {
		case RING_NOT_YET:
			return false;
		case RING_GONE:
			continue;
		case RING_READ:
			if (size) {
				size_t n = min_t(size_t, info->text_len, size - 1);

				memcpy(text, buf, n);
				text[n] = '\0';
			}
			return true;
		}
	}
}

/**
 * kmsg_dump_rewind - start reading at the oldest record
 * @iter: the place to set
 */
void kmsg_dump_rewind(struct kmsg_dump_iter *iter)
{
	iter->cur_seq = printk_first_seq();
	iter->next_seq = printk_next_seq();
}
EXPORT_SYMBOL(kmsg_dump_rewind);

/**
 * kmsg_dump_get_line - the next line of the log
 * @iter: place in it; moves on
 * @syslog: with the level in front
 * @line: the text, with prefix and newline, ended by a NUL
 * @size: room there
 * @len: length of the text; may be NULL
 *
 * Context: any, also while the machine is stopped. Return: false at the end.
 */
bool kmsg_dump_get_line(struct kmsg_dump_iter *iter, bool syslog, char *line, size_t size, size_t *len)
{
	char text[RECORD_TEXT_MAX + 1];
	struct printk_info info;
	bool open = false;
	u32 caller = 0;
	size_t n = 0;

	while (iter->cur_seq < iter->next_seq && printk_read(iter->cur_seq, &info, text, sizeof(text))) {
		if (open && !continues_line(&info, open, caller))
			break;
		if (!open)
			n = format_prefix(line, size, &info, syslog);
		n += scnprintf(line + n, size - n, "%s", text);
		iter->cur_seq = info.seq + 1;
		open = !info.newline;
		caller = info.caller;
		if (!open)
			break;
	}
	if (!n)
		return false;
	n += scnprintf(line + n, size - n, "\n");
	if (len)
		*len = n;
	return true;
}
EXPORT_SYMBOL(kmsg_dump_get_line);
