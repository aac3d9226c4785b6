/* SPDX-License-Identifier: MIT */
/* do_div(n, base): divides the 64-bit variable n by a 32-bit base, and gives the remainder. */
#ifndef _ASM_GENERIC_DIV64_H
#define _ASM_GENERIC_DIV64_H

#include <linux/types.h>
#include <linux/compiler.h>

#ifdef CONFIG_64BIT
#define do_div(n, base)							\
({	u32 __dd_base = (base);						\
	u32 __dd_rem = (u64)(n) % __dd_base;				\
	(n) = (u64)(n) / __dd_base;					\
	__dd_rem; })
#else
u32 __div64_32(u64 *n, u32 base);
#define do_div(n, base)							\
({	u64 __dd_n = (n);						\
	u32 __dd_rem = __div64_32(&__dd_n, (base));			\
	(n) = __dd_n;							\
	__dd_rem; })
#endif

#endif
