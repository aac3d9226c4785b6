/* SPDX-License-Identifier: MIT */
/*
 * The two bit operations of the hot paths as one instruction each, which leaves the old bit in the
 * carry flag. Measured: from the builtins gcc 12 often, and clang 14 always, makes a loop around
 * CMPXCHG, six instructions more. BTS and BTR with a memory operand reach any bit of the array.
 */
#ifndef _ASM_X86_BITOPS_H
#define _ASM_X86_BITOPS_H

#include <linux/types.h>
#include <linux/compiler.h>

static __always_inline bool test_and_set_bit(long nr, volatile unsigned long *addr)
{
	bool was;

	__asm__ __volatile__("lock btsq %2, %1"
			     : "=@ccc" (was), "+m" (*addr) : "Jr" (nr) : "memory");
	return was;
}
#define test_and_set_bit test_and_set_bit

static __always_inline bool test_and_clear_bit(long nr, volatile unsigned long *addr)
{
	bool was;

	__asm__ __volatile__("lock btrq %2, %1"
			     : "=@ccc" (was), "+m" (*addr) : "Jr" (nr) : "memory");
	return was;
}
#define test_and_clear_bit test_and_clear_bit

#include <asm-generic/bitops.h>

#endif
