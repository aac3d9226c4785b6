/* SPDX-License-Identifier: MIT */
/*
 * RCU: readers that take no lock, writers that wait for them.
 *
 * A reader runs with preemption off; a grace period has passed when every CPU has switched
 * tasks or was idle since it began.
 */
#ifndef _LINUX_RCUPDATE_H
#define _LINUX_RCUPDATE_H

#include <linux/atomic.h>
#include <linux/compiler.h>
#include <linux/preempt.h>
#include <linux/types.h>
#include <asm/barrier.h>

#define rcu_read_lock()		preempt_disable()
#define rcu_read_unlock()	preempt_enable()
#define rcu_read_lock_sched()	preempt_disable()
#define rcu_read_unlock_sched()	preempt_enable()

void synchronize_rcu(void);

#define RCU_INITIALIZER(v)	(typeof(*(v)) *)(v)
#define RCU_INIT_POINTER(p, v)	WRITE_ONCE(p, RCU_INITIALIZER(v))
/* Pairs with the dependency of rcu_dereference(): what @v points to is there first. */
#define rcu_assign_pointer(p, v) smp_store_release(&(p), RCU_INITIALIZER(v))
#define rcu_dereference(p)	READ_ONCE(p)
#define rcu_dereference_raw(p)	READ_ONCE(p)
#define rcu_dereference_check(p, c) READ_ONCE(p)
#define rcu_dereference_protected(p, c) (p)
#define rcu_dereference_sched(p) READ_ONCE(p)
#define rcu_access_pointer(p)	READ_ONCE(p)

#endif
