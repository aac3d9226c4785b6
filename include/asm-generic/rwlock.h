/* SPDX-License-Identifier: MIT */
/*
 * Reader-writer spin lock from compiler builtins.
 *
 *	bits 0-7	0xff while a writer owns it
 *	bit  8		a writer waits: new readers line up behind it
 *	bits 9-31	number of readers
 *
 * Who can't have it at once lines up on the spin lock beside the word, so waiting is as
 * fair as there. A reader in an interrupt passes the line, because the reader it interrupted may
 * be the one that the waiting writer waits for.
 */
#ifndef _ASM_GENERIC_RWLOCK_H
#define _ASM_GENERIC_RWLOCK_H

#include <asm/spinlock.h>
#include <linux/rwlock_types.h>

#define RW_WRITER	0x0ffU
#define RW_WAITING	0x100U
#define RW_READER	0x200U

void arch_read_lock_slow(arch_rwlock_t *lock);
void arch_write_lock_slow(arch_rwlock_t *lock);

static __always_inline void arch_read_lock(arch_rwlock_t *lock)
{
	u32 now = __atomic_add_fetch(&lock->word, RW_READER, __ATOMIC_ACQUIRE);

	if (unlikely(now & (RW_WRITER | RW_WAITING)))
		arch_read_lock_slow(lock);
}

static __always_inline int arch_read_trylock(arch_rwlock_t *lock)
{
	if (READ_ONCE(lock->word) & (RW_WRITER | RW_WAITING))
		return 0;
	if (!(__atomic_add_fetch(&lock->word, RW_READER, __ATOMIC_ACQUIRE) &
	      (RW_WRITER | RW_WAITING)))
		return 1;
	__atomic_sub_fetch(&lock->word, RW_READER, __ATOMIC_RELAXED);
	return 0;
}

static __always_inline void arch_read_unlock(arch_rwlock_t *lock)
{
	__atomic_sub_fetch(&lock->word, RW_READER, __ATOMIC_RELEASE);
}

static __always_inline int arch_write_trylock(arch_rwlock_t *lock)
{
	u32 free = 0;

	return __atomic_compare_exchange_n(&lock->word, &free, RW_WRITER, false,
					   __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

static __always_inline void arch_write_lock(arch_rwlock_t *lock)
{
	if (unlikely(!arch_write_trylock(lock)))
		arch_write_lock_slow(lock);
}

static __always_inline void arch_write_unlock(arch_rwlock_t *lock)
{
	__atomic_store_n(&lock->writer, 0, __ATOMIC_RELEASE);
}

static __always_inline int arch_write_is_locked(arch_rwlock_t *lock)
{
	return READ_ONCE(lock->writer) == RW_WRITER;
}

static __always_inline int arch_rwlock_is_locked(arch_rwlock_t *lock)
{
	return READ_ONCE(lock->word) & ~RW_WAITING;
}

#endif
