/* SPDX-License-Identifier: MIT */
/*
 * Spin locks: mutual exclusion where nothing may sleep.
 *
 * raw_spin_lock() and spin_lock() are the same lock. Taking one disables preemption;
 * the _irq, _irqsave and _bh forms also keep interrupts or softirqs of this CPU out, as a
 * lock that those take too must. In the release build all of it is inline; the debug build
 * checks owner, magic and recursion in kernel/locking/spinlock_debug.c.
 */
#ifndef _LINUX_SPINLOCK_H
#define _LINUX_SPINLOCK_H

#include <linux/compiler.h>
#include <linux/irqflags.h>
#include <linux/preempt.h>
#include <linux/linkage.h>
#include <linux/stringify.h>
#include <linux/bottom_half.h>
#include <linux/spinlock_types.h>
#include <linux/lockdep.h>
#include <asm/barrier.h>
#include <asm/processor.h>
#include <asm/spinlock.h>

void spin_lock_init_virtual(void);

#ifdef CONFIG_DEBUG
void __raw_spin_lock_init(raw_spinlock_t *lock, const char *name, struct lock_class_key *key);
void do_raw_spin_lock(raw_spinlock_t *lock);
void do_raw_spin_lock_nested(raw_spinlock_t *lock, unsigned int subclass);
void do_raw_spin_lock_nest_lock(raw_spinlock_t *lock, struct lockdep_map *nest_lock);
int do_raw_spin_trylock(raw_spinlock_t *lock);
void do_raw_spin_unlock(raw_spinlock_t *lock);
#define raw_spin_lock_init(lock)					\
do {									\
	static struct lock_class_key __key;				\
	__raw_spin_lock_init((lock), #lock, &__key);			\
} while (0)
#else
#define raw_spin_lock_init(lock)	do { *(lock) = __RAW_SPIN_LOCK_UNLOCKED(lock); } while (0)
#define do_raw_spin_lock(lock)		arch_spin_lock(&(lock)->raw_lock)
#define do_raw_spin_lock_nested(lock, subclass) arch_spin_lock(&(lock)->raw_lock)
#define do_raw_spin_trylock(lock)	arch_spin_trylock(&(lock)->raw_lock)
#define do_raw_spin_unlock(lock)	arch_spin_unlock(&(lock)->raw_lock)
#endif

#define raw_spin_is_locked(lock)	arch_spin_is_locked(&(lock)->raw_lock)
#define raw_spin_is_contended(lock)	arch_spin_is_contended(&(lock)->raw_lock)

static __always_inline void _raw_spin_lock(raw_spinlock_t *lock)
{
	preempt_disable();
	do_raw_spin_lock(lock);
}

/* One of several of its class that are held at once; @subclass is its place in their order. */
static __always_inline void _raw_spin_lock_nested(raw_spinlock_t *lock, unsigned int subclass)
{
	preempt_disable();
	do_raw_spin_lock_nested(lock, subclass);
}

static __always_inline unsigned long _raw_spin_lock_irqsave_nested(raw_spinlock_t *lock,
								   unsigned int subclass)
{
	unsigned long flags;

	local_irq_save(flags);
	_raw_spin_lock_nested(lock, subclass);
	return flags;
}

static __always_inline void _raw_spin_lock_bh_nested(raw_spinlock_t *lock, unsigned int subclass)
{
	__local_bh_disable_ip(0, SOFTIRQ_LOCK_OFFSET);
	do_raw_spin_lock_nested(lock, subclass);
}

static __always_inline void _raw_spin_lock_irq(raw_spinlock_t *lock)
{
	local_irq_disable();
	_raw_spin_lock(lock);
}

static __always_inline unsigned long _raw_spin_lock_irqsave(raw_spinlock_t *lock)
{
	unsigned long flags;

	local_irq_save(flags);
	_raw_spin_lock(lock);
	return flags;
}

static __always_inline void _raw_spin_lock_bh(raw_spinlock_t *lock)
{
	__local_bh_disable_ip(0, SOFTIRQ_LOCK_OFFSET);
	do_raw_spin_lock(lock);
}

static __always_inline int _raw_spin_trylock(raw_spinlock_t *lock)
{
	preempt_disable();
	if (do_raw_spin_trylock(lock))
		return 1;
	preempt_enable();
	return 0;
}

static __always_inline int _raw_spin_trylock_bh(raw_spinlock_t *lock)
{
	__local_bh_disable_ip(0, SOFTIRQ_LOCK_OFFSET);
	if (do_raw_spin_trylock(lock))
		return 1;
	__local_bh_enable_ip(0, SOFTIRQ_LOCK_OFFSET);
	return 0;
}

static __always_inline void _raw_spin_unlock(raw_spinlock_t *lock)
{
	do_raw_spin_unlock(lock);
	preempt_enable();
}

static __always_inline void _raw_spin_unlock_irq(raw_spinlock_t *lock)
{
	do_raw_spin_unlock(lock);
	local_irq_enable();
	preempt_enable();
}

static __always_inline void _raw_spin_unlock_irqrestore(raw_spinlock_t *lock, unsigned long flags)
{
	do_raw_spin_unlock(lock);
	local_irq_restore(flags);
	preempt_enable();
}

static __always_inline void _raw_spin_unlock_bh(raw_spinlock_t *lock)
{
	do_raw_spin_unlock(lock);
	__local_bh_enable_ip(0, SOFTIRQ_LOCK_OFFSET);
}

#define raw_spin_lock(lock)		_raw_spin_lock(lock)
#define raw_spin_lock_nested(lock, c)	_raw_spin_lock_nested(lock, c)
#define raw_spin_lock_bh_nested(lock, c) _raw_spin_lock_bh_nested(lock, c)
#ifdef CONFIG_DEBUG
#define raw_spin_lock_nest_lock(lock, nest_lock)			\
do {									\
	preempt_disable();						\
	do_raw_spin_lock_nest_lock(lock, &(nest_lock)->dep_map);	\
} while (0)
#else
#define raw_spin_lock_nest_lock(lock, nest_lock) _raw_spin_lock(lock)
#endif
#define raw_spin_lock_irq(lock)		_raw_spin_lock_irq(lock)
#define raw_spin_lock_bh(lock)		_raw_spin_lock_bh(lock)
#define raw_spin_lock_irqsave(lock, flags)				\
do {									\
	typecheck_flags(flags);						\
	flags = _raw_spin_lock_irqsave(lock);				\
} while (0)
#define raw_spin_lock_irqsave_nested(lock, flags, c)			\
do {									\
	typecheck_flags(flags);						\
	flags = _raw_spin_lock_irqsave_nested(lock, c);			\
} while (0)
#define raw_spin_unlock(lock)		_raw_spin_unlock(lock)
#define raw_spin_unlock_irq(lock)	_raw_spin_unlock_irq(lock)
#define raw_spin_unlock_bh(lock)	_raw_spin_unlock_bh(lock)
#define raw_spin_unlock_irqrestore(lock, flags)				\
do {									\
	typecheck_flags(flags);						\
	_raw_spin_unlock_irqrestore(lock, flags);			\
} while (0)
#define raw_spin_trylock(lock)		_raw_spin_trylock(lock)
#define raw_spin_trylock_bh(lock)	_raw_spin_trylock_bh(lock)
#define raw_spin_trylock_irq(lock)					\
({	local_irq_disable();						\
	raw_spin_trylock(lock) ? 1 : ({ local_irq_enable(); 0; }); })
#define raw_spin_trylock_irqsave(lock, flags)				\
({	local_irq_save(flags);						\
	raw_spin_trylock(lock) ? 1 : ({ local_irq_restore(flags); 0; }); })

static __always_inline raw_spinlock_t *spinlock_check(spinlock_t *lock)
{
	return &lock->rlock;
}

#ifdef CONFIG_DEBUG
#define spin_lock_init(lock)						\
do {									\
	static struct lock_class_key __key;				\
	__raw_spin_lock_init(spinlock_check(lock), #lock, &__key);	\
} while (0)
#else
#define spin_lock_init(lock)	do { *(lock) = __SPIN_LOCK_UNLOCKED(lock); } while (0)
#endif

static __always_inline void spin_lock(spinlock_t *lock) { raw_spin_lock(&lock->rlock); }
static __always_inline void spin_lock_bh(spinlock_t *lock) { raw_spin_lock_bh(&lock->rlock); }
static __always_inline void spin_lock_irq(spinlock_t *lock) { raw_spin_lock_irq(&lock->rlock); }
static __always_inline int spin_trylock(spinlock_t *lock) { return raw_spin_trylock(&lock->rlock); }
static __always_inline int spin_trylock_bh(spinlock_t *lock)
{
	return raw_spin_trylock_bh(&lock->rlock);
}
static __always_inline int spin_trylock_irq(spinlock_t *lock)
{
	return raw_spin_trylock_irq(&lock->rlock);
}
static __always_inline void spin_unlock(spinlock_t *lock) { raw_spin_unlock(&lock->rlock); }
static __always_inline void spin_unlock_bh(spinlock_t *lock) { raw_spin_unlock_bh(&lock->rlock); }
static __always_inline void spin_unlock_irq(spinlock_t *lock) { raw_spin_unlock_irq(&lock->rlock); }
static __always_inline void spin_unlock_irqrestore(spinlock_t *lock, unsigned long flags)
{
	raw_spin_unlock_irqrestore(&lock->rlock, flags);
}
static __always_inline int spin_is_locked(spinlock_t *lock)
{
	return raw_spin_is_locked(&lock->rlock);
}
static __always_inline int spin_is_contended(spinlock_t *lock)
{
	return raw_spin_is_contended(&lock->rlock);
}

#define spin_lock_irqsave(lock, flags)	raw_spin_lock_irqsave(spinlock_check(lock), flags)
#define spin_lock_nested(lock, c)	raw_spin_lock_nested(spinlock_check(lock), c)
#define spin_lock_nest_lock(lock, nest)	raw_spin_lock_nest_lock(spinlock_check(lock), nest)
#define spin_lock_bh_nested(lock, c)	raw_spin_lock_bh_nested(spinlock_check(lock), c)
#define spin_lock_irqsave_nested(lock, flags, c)			\
	raw_spin_lock_irqsave_nested(spinlock_check(lock), flags, c)
#define spin_trylock_irqsave(lock, flags) raw_spin_trylock_irqsave(spinlock_check(lock), flags)
#define spin_needbreak(lock)		spin_is_contended(lock)
#define assert_spin_locked(lock)	lockdep_assert(spin_is_locked(lock))
#define assert_raw_spin_locked(lock)	lockdep_assert(raw_spin_is_locked(lock))

/* The count drops to zero under the lock, or not at all. */
int _atomic_dec_and_lock(atomic_t *atomic, spinlock_t *lock);
#define atomic_dec_and_lock(atomic, lock) _atomic_dec_and_lock(atomic, lock)
int _atomic_dec_and_lock_irqsave(atomic_t *atomic, spinlock_t *lock, unsigned long *flags);
#define atomic_dec_and_lock_irqsave(atomic, lock, flags) \
	_atomic_dec_and_lock_irqsave(atomic, lock, &(flags))

#include <linux/rwlock.h>

#endif
