/* SPDX-License-Identifier: MIT */
/* The CPU's own random numbers. Intel SDM Vol. 1, "Random Number Generator Instructions". */
#ifndef _ASM_X86_ARCHRANDOM_H
#define _ASM_X86_ARCHRANDOM_H

#include <linux/types.h>
#include <asm/cpufeature.h>

#define RDRAND_RETRIES	10	/* so the manual: more failures in a row mean that it is broken */

static inline bool rdrand_long(unsigned long *v)
{
	unsigned int i;
	bool ok;

	for (i = 0; i < RDRAND_RETRIES; i++) {
		__asm__ __volatile__("rdrand %0" : "=r" (*v), "=@ccc" (ok));
		if (ok)
			return true;
	}
	return false;
}

static inline bool rdseed_long(unsigned long *v)
{
	bool ok;

	__asm__ __volatile__("rdseed %0" : "=r" (*v), "=@ccc" (ok));
	return ok;
}

/* One word, if there is such an instruction and it has one: how many were got, 0 or 1. */
static inline size_t arch_get_random_longs(unsigned long *v, size_t max_longs)
{
	return max_longs && boot_cpu_has(X86_FEATURE_RDRAND) && rdrand_long(v);
}

static inline size_t arch_get_random_seed_longs(unsigned long *v, size_t max_longs)
{
	return max_longs && boot_cpu_has(X86_FEATURE_RDSEED) && rdseed_long(v);
}

#endif
