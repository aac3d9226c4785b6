/* SPDX-License-Identifier: MIT */
/* Contracts about locks and contexts that the debug build checks as it runs. */
#ifndef _LINUX_LOCKDEP_H
#define _LINUX_LOCKDEP_H

#include <linux/lockdep_types.h>
#include <linux/bug.h>
#include <linux/irqflags.h>
#include <linux/preempt.h>

#ifdef CONFIG_DEBUG
#define lockdep_assert(cond)		WARN_ON_ONCE(!(cond))
#else
#define lockdep_assert(cond)		do { (void)sizeof(cond); } while (0)
#endif

/* Works on any lock with an X_is_locked() question of the kernel's own: spin locks, mutexes. */
#define lockdep_assert_held(l)		lockdep_assert(__lockdep_is_held(l))
#define lockdep_assert_held_once(l)	lockdep_assert_held(l)
#define lockdep_assert_irqs_disabled()	lockdep_assert(irqs_disabled())
#define lockdep_assert_irqs_enabled()	lockdep_assert(!irqs_disabled())
#define lockdep_assert_in_irq()		lockdep_assert(in_hardirq())
#define lockdep_assert_in_softirq()	lockdep_assert(in_softirq() && !in_hardirq())
#define lockdep_assert_preemption_disabled() lockdep_assert(preempt_count() || irqs_disabled())

#define __lockdep_is_held(l) _Generic(*(l),				\
	struct raw_spinlock: __raw_spin_is_held,			\
	struct spinlock: __raw_spin_is_held,				\
	default: __lock_assumed_held)((const void *)(l))
int __raw_spin_is_held(const void *lock);	/* this CPU owns it, in the debug build */
static inline int __lock_assumed_held(const void *lock)
{
	return lock != (const void *)0;
}

struct spinlock;
struct raw_spinlock;

#endif
