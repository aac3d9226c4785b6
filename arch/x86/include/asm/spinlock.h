/* SPDX-License-Identifier: MIT */
/*
 * The release of a ticket lock in one instruction instead of load, add, store: measured, two
 * fewer in every unlock of the interrupt path. Only the owner writes the word, and an x86
 * store is a release, so no lock prefix is due (SDM Vol. 3, "Memory Ordering").
 */
#ifndef _ASM_X86_SPINLOCK_H
#define _ASM_X86_SPINLOCK_H

#include <linux/compiler.h>
#include <linux/spinlock_types.h>

static __always_inline void arch_spin_unlock(arch_spinlock_t *lock)
{
	__asm__ __volatile__("incw %0" : "+m" (lock->serving) : : "memory");
}
#define arch_spin_unlock arch_spin_unlock

#include <asm-generic/spinlock.h>

#endif
