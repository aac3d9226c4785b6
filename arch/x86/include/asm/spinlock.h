/* SPDX-License-Identifier: MIT */
/*
 * The two constants of the compare-and-exchange are loaded here: compilers keep one of them in a register
 * from lock to lock, which costs the functions around more than it saves.
 */
#ifndef _ASM_X86_SPINLOCK_H
#define _ASM_X86_SPINLOCK_H

#include <linux/compiler.h>
#include <linux/spinlock_types.h>

static __always_inline bool arch_spin_take(arch_spinlock_t *lock)
{
	unsigned int old, locked;
	bool took;

	__asm__ __volatile__("xorl %k0, %k0\n\tmovl %4, %k1\n\tlock cmpxchgl %k1, %2"
			     : "=&a" (old), "=&r" (locked), "+m" (lock->word), "=@cce" (took)
			     : "i" (ARCH_SPIN_LOCKED) : "memory");
	return took;
}
#define arch_spin_take arch_spin_take

#include <asm-generic/spinlock.h>

#endif
