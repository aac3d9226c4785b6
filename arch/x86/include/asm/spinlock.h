/* SPDX-License-Identifier: MIT */
/*
 * A free ticket lock is taken by two instructions and a branch: XADD draws the ticket, and leaves the
 * two numbers in the two byte halves of one register, to be compared there. Compilers move one of
 * them first, and for the release do load, add, store. Only the owner writes what is served, and
 * an x86 store is a release, so no lock prefix is due there (SDM Vol. 3, "Memory Ordering").
 */
#ifndef _ASM_X86_SPINLOCK_H
#define _ASM_X86_SPINLOCK_H

#include <linux/compiler.h>
#include <linux/spinlock_types.h>

void arch_spin_lock_slow(arch_spinlock_t *lock, u8 ticket);

static __always_inline void arch_spin_lock(arch_spinlock_t *lock)
{
	unsigned int old;
	bool busy;

	/* The constant is loaded here so that it is not kept in a register from lock to lock. */
	__asm__ __volatile__("movl $0x100, %k0\n\tlock xaddw %w0, %1\n\tcmpb %b0, %h0"
			     : "=&Q" (old), "+m" (lock->word), "=@ccne" (busy) : : "memory");
	if (unlikely(busy))
		arch_spin_lock_slow(lock, (u8)(old >> 8));
}
#define arch_spin_lock arch_spin_lock

static __always_inline void arch_spin_unlock(arch_spinlock_t *lock)
{
	__asm__ __volatile__("incb %0" : "+m" (lock->serving) : : "memory");
}
#define arch_spin_unlock arch_spin_unlock

#include <asm-generic/spinlock.h>

#endif
