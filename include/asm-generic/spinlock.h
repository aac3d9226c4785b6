/* SPDX-License-Identifier: MIT */
/*
 * Ticket lock from compiler builtins.
 *
 * A taker draws a ticket by adding one to `next`; it owns the lock when `serving` shows
 * its number. Free lock: one read-modify-write and a compare. Release: the owner alone
 * writes `serving`, so a plain store-release is enough. Waiters are served in order.
 */
#ifndef _ASM_GENERIC_SPINLOCK_H
#define _ASM_GENERIC_SPINLOCK_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/spinlock_types.h>

#define ARCH_SPIN_TICKET	0x100	/* one more in `next` */

void arch_spin_lock_slow(arch_spinlock_t *lock, u8 ticket);

static __always_inline bool arch_spin_value_unlocked(arch_spinlock_t lock)
{
	return lock.serving == lock.next;
}

static __always_inline int arch_spin_is_locked(arch_spinlock_t *lock)
{
	arch_spinlock_t now = { .word = READ_ONCE(lock->word) };

	return !arch_spin_value_unlocked(now);
}

static __always_inline int arch_spin_is_contended(arch_spinlock_t *lock)
{
	arch_spinlock_t now = { .word = READ_ONCE(lock->word) };

	return (u8)(now.next - now.serving) > 1;
}

#ifndef arch_spin_lock
static __always_inline void arch_spin_lock(arch_spinlock_t *lock)
{
	arch_spinlock_t old = {
		.word = __atomic_fetch_add(&lock->word, ARCH_SPIN_TICKET, __ATOMIC_ACQUIRE)
	};

	if (unlikely(!arch_spin_value_unlocked(old)))
		arch_spin_lock_slow(lock, old.next);
}
#endif

static __always_inline int arch_spin_trylock(arch_spinlock_t *lock)
{
	arch_spinlock_t old = { .word = READ_ONCE(lock->word) };

	u16 expected = old.word;	/* not @old, which would then have to be in memory */

	if (!arch_spin_value_unlocked(old))
		return 0;
	return __atomic_compare_exchange_n(&lock->word, &expected,
					   (u16)(expected + ARCH_SPIN_TICKET), false,
					   __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

#ifndef arch_spin_unlock
static __always_inline void arch_spin_unlock(arch_spinlock_t *lock)
{
	__atomic_store_n(&lock->serving, (u8)(lock->serving + 1), __ATOMIC_RELEASE);
}
#endif

#endif
