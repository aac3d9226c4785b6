/* SPDX-License-Identifier: MIT */
/* Counting instructions with the time-stamp counter, which under `-icount shift=0` ticks once for each. */
#ifndef _TESTS_COST_H
#define _TESTS_COST_H

#include <linux/sort.h>
#include <linux/timex.h>
#include <linux/types.h>

/* A loop of two instructions a turn: does the counter count them? */
static inline bool counts_instructions(void)
{
	unsigned long n = 10000;
	u64 t = get_cycles();

	asm volatile("1: decq %0; jnz 1b" : "+r" (n));
	t = get_cycles() - t;
	return t > 20000 && t < 20100;
}

static inline int cmp_u32(const void *a, const void *b)
{
	return *(const u32 *)a < *(const u32 *)b ? -1 : *(const u32 *)a > *(const u32 *)b;
}

static inline u32 median(u32 *v, unsigned int n)
{
	sort(v, n, sizeof(*v), cmp_u32, NULL);
	return v[n / 2];
}

#endif
