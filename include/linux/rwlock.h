/* SPDX-License-Identifier: MIT */
/* Reader-writer spin locks: many readers or one writer. Fair; readers may nest in interrupts. */
#ifndef _LINUX_RWLOCK_H
#define _LINUX_RWLOCK_H

#include <linux/spinlock.h>
#include <linux/rwlock_types.h>
#include <asm-generic/rwlock.h>

#ifdef CONFIG_DEBUG
void __rwlock_init(rwlock_t *lock, const char *name, struct lock_class_key *key);
void do_raw_read_lock(rwlock_t *lock);
int do_raw_read_trylock(rwlock_t *lock);
void do_raw_read_unlock(rwlock_t *lock);
void do_raw_write_lock(rwlock_t *lock);
int do_raw_write_trylock(rwlock_t *lock);
void do_raw_write_unlock(rwlock_t *lock);
#define rwlock_init(lock)						\
do {									\
	static struct lock_class_key __key;				\
	__rwlock_init((lock), #lock, &__key);				\
} while (0)
#else
#define rwlock_init(lock)		do { *(lock) = __RW_LOCK_UNLOCKED(lock); } while (0)
#define do_raw_read_lock(lock)		arch_read_lock(&(lock)->raw_lock)
#define do_raw_read_trylock(lock)	arch_read_trylock(&(lock)->raw_lock)
#define do_raw_read_unlock(lock)	arch_read_unlock(&(lock)->raw_lock)
#define do_raw_write_lock(lock)		arch_write_lock(&(lock)->raw_lock)
#define do_raw_write_trylock(lock)	arch_write_trylock(&(lock)->raw_lock)
#define do_raw_write_unlock(lock)	arch_write_unlock(&(lock)->raw_lock)
#endif

/* The same twelve functions for reading and for writing. */
#define __BUILD_RWLOCK_OPS(op)						\
static __always_inline void op##_lock(rwlock_t *lock)			\
{									\
	preempt_disable();						\
	do_raw_##op##_lock(lock);					\
}									\
static __always_inline void op##_lock_irq(rwlock_t *lock)		\
{									\
	local_irq_disable();						\
	op##_lock(lock);						\
}									\
static __always_inline unsigned long _raw_##op##_lock_irqsave(rwlock_t *lock) \
{									\
	unsigned long flags;						\
									\
	local_irq_save(flags);						\
	op##_lock(lock);						\
	return flags;							\
}									\
static __always_inline void op##_lock_bh(rwlock_t *lock)		\
{									\
	__local_bh_disable_ip(0, SOFTIRQ_LOCK_OFFSET);		\
	do_raw_##op##_lock(lock);					\
}									\
static __always_inline int op##_trylock(rwlock_t *lock)			\
{									\
	preempt_disable();						\
	if (do_raw_##op##_trylock(lock))				\
		return 1;						\
	preempt_enable();						\
	return 0;							\
}									\
static __always_inline void op##_unlock(rwlock_t *lock)			\
{									\
	do_raw_##op##_unlock(lock);					\
	preempt_enable();						\
}									\
static __always_inline void op##_unlock_irq(rwlock_t *lock)		\
{									\
	do_raw_##op##_unlock(lock);					\
	local_irq_enable();						\
	preempt_enable();						\
}									\
static __always_inline void op##_unlock_irqrestore(rwlock_t *lock, unsigned long flags) \
{									\
	do_raw_##op##_unlock(lock);					\
	local_irq_restore(flags);					\
	preempt_enable();						\
}									\
static __always_inline void op##_unlock_bh(rwlock_t *lock)		\
{									\
	do_raw_##op##_unlock(lock);					\
	__local_bh_enable_ip(0, SOFTIRQ_LOCK_OFFSET);		\
}

__BUILD_RWLOCK_OPS(read)
__BUILD_RWLOCK_OPS(write)

#define read_lock_irqsave(lock, flags)					\
do {									\
	typecheck_flags(flags);						\
	flags = _raw_read_lock_irqsave(lock);				\
} while (0)
#define write_lock_irqsave(lock, flags)					\
do {									\
	typecheck_flags(flags);						\
	flags = _raw_write_lock_irqsave(lock);				\
} while (0)
#define write_trylock_irqsave(lock, flags)				\
({	local_irq_save(flags);						\
	write_trylock(lock) ? 1 : ({ local_irq_restore(flags); 0; }); })
#define rwlock_is_locked(lock)		arch_rwlock_is_locked(&(lock)->raw_lock)

#endif
