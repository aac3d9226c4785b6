/* SPDX-License-Identifier: MIT */
/*
 * Back-traces as the reports need them long after: kept in one pool, each different one once.
 *
 * A trace is a run of words: the place of the next one of the same hash, the length, the
 * addresses. It never goes again; one of an unloaded module prints as bare addresses.
 */
#include <linux/hash.h>
#include <linux/kernel.h>
#include <linux/stacktrace.h>
#include <linux/string.h>
#include "internals.h"

#ifdef CONFIG_DEBUG

#define TRACE_DEPTH	20
#define TRACE_HASH_BITS	10

/* Both under graph_lock(). */
static unsigned long words[TRACE_WORDS];
static u32 hash_first[1 << TRACE_HASH_BITS];
static u32 words_used = 1;		/* word 0 is no trace */

static u32 find(const unsigned long *addr, unsigned int n, u32 first)
{
	for (u32 at = first; at; at = words[at])
		if (words[at + 1] == n && !memcmp(&words[at + 2], addr, n * sizeof(*addr)))
			return at;
	return 0;
}

/**
 * trace_save - keep the back-trace of the caller
 * @from_ip: leave out the frames before the one that returns there
 *
 * Context: graph_lock() held. Return: the trace; 0 when there is no room, which was said.
 */
u32 trace_save(unsigned long from_ip)
{
	unsigned long buf[TRACE_DEPTH + 8], *addr = buf;
	unsigned int n = stack_trace_save(buf, ARRAY_SIZE(buf), 1), i;
	unsigned long hash = 0;
	u32 *first, at;

	for (i = 0; i < n && buf[i] != from_ip; i++)
		;
	if (i < n) {
		addr += i;
		n -= i;
	}
	n = min_t(unsigned int, n, TRACE_DEPTH);
	for (i = 0; i < n; i++)
		hash = hash * 31 + addr[i];
	first = &hash_first[hash_long(hash, TRACE_HASH_BITS)];
	at = find(addr, n, *first);
	if (at)
		return at;
	if (words_used + n + 2 > TRACE_WORDS) {
		report_out_of("TRACE_WORDS", TRACE_WORDS);
		return 0;
	}
	at = words_used;
	words_used += n + 2;
	words[at] = *first;
	words[at + 1] = n;
	memcpy(&words[at + 2], addr, n * sizeof(*addr));
	*first = at;
	return at;
}

void trace_print(u32 trace, int indent)
{
	if (trace)
		stack_trace_print(&words[trace + 2], words[trace + 1], indent);
}

unsigned int trace_words_used(void)
{
	return words_used;
}

#endif
