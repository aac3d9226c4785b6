/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LOG2_H
#define _LINUX_LOG2_H

#include <linux/types.h>
#include <linux/bitops.h>

static __always_inline __attribute_const__ bool is_power_of_2(unsigned long n)
{
	return n && !(n & (n - 1));
}

/* A constant argument gives a constant: __builtin_clzll() folds. */
#define __ilog2(n)		(63 - __builtin_clzll((u64)(n)))
#define const_ilog2(n)		((n) < 2 ? 0 : __ilog2(n))
#define ilog2(n)		((n) < 2 ? 0 : __ilog2(n))
#define order_base_2(n)		((n) > 1 ? ilog2((n) - 1) + 1 : 0)
#define bits_per(n)		((n) < 2 ? 1 : ilog2(n) + 1)
#define roundup_pow_of_two(n)	((n) < 2 ? 1UL : 1UL << (__ilog2((n) - 1) + 1))
#define rounddown_pow_of_two(n)	(1UL << ilog2(n))

static inline unsigned long __roundup_pow_of_two(unsigned long n)
{
	return roundup_pow_of_two(n);
}

static inline unsigned long __rounddown_pow_of_two(unsigned long n)
{
	return rounddown_pow_of_two(n);
}

#endif
