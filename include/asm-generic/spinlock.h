/* SPDX-License-Identifier: MIT */
/*
 * Spin locks from compiler builtins.
 *
 * Free, nobody waiting: the word is 0, and one compare-and-exchange takes the lock. The owner alone
 * clears `locked`, so a plain store-release is enough. Who waits draws a ticket and is served in order, or
 * takes its chance, where waiting in line could take for ever: kernel/locking/spinlock.c.
 */
#ifndef _ASM_GENERIC_SPINLOCK_H
#define _ASM_GENERIC_SPINLOCK_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/spinlock_types.h>

void arch_spin_lock_slow(arch_spinlock_t *lock);

static __always_inline int arch_spin_is_locked(arch_spinlock_t *lock)
{
	/* Somebody in line as good as has it. */
	return READ_ONCE(lock->word) != 0;
}

static __always_inline int arch_spin_is_contended(arch_spinlock_t *lock)
{
	return (READ_ONCE(lock->word) & ~ARCH_SPIN_LOCKED) != 0;
}

#ifndef arch_spin_take
static __always_inline bool arch_spin_take(arch_spinlock_t *lock)
{
	u32 unlocked = 0;

	return __atomic_compare_exchange_n(&lock->word, &unlocked, ARCH_SPIN_LOCKED, false,
					   __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}
#endif

static __always_inline void arch_spin_lock(arch_spinlock_t *lock)
{
	if (unlikely(!arch_spin_take(lock)))
		arch_spin_lock_slow(lock);
}

static __always_inline int arch_spin_trylock(arch_spinlock_t *lock)
{
	return !READ_ONCE(lock->word) && arch_spin_take(lock);
}

static __always_inline void arch_spin_unlock(arch_spinlock_t *lock)
{
	__atomic_store_n(&lock->locked, 0, __ATOMIC_RELEASE);
}

#endif
