/* SPDX-License-Identifier: MIT */
/* The state of grace periods, and what the files of kernel/rcu/ say to each other. */
#ifndef _RCU_INTERNALS_H
#define _RCU_INTERNALS_H

#include <linux/cpumask.h>
#include <linux/irq_work.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>

/*
 * Numbers. The count is odd while a grace period is under way and even between two, so a
 * grace period is named by the even value that its end brings. They wrap.
 */
#define RCU_INITIAL_SEQ		(-300UL)	/* even; wraps soon, so that it is tried */

/* The value whose reaching means that a whole grace period began and ended after @seq was read. */
static inline unsigned long rcu_seq_snap(unsigned long seq)
{
	return (seq + 3) & ~1UL;
}

static inline bool rcu_seq_reached(unsigned long seq, unsigned long target)
{
	return (long)(seq - target) >= 0;
}

/* Written under the lock, but for what says otherwise. */
struct rcu_state {
	raw_spinlock_t	lock;		/* irqs off; a leaf: nothing is locked under it */
	unsigned long	seq;		/* others read it */
	unsigned long	wanted;		/* grace periods are to go on until this; others read it */
	unsigned long	hurry;		/* those up to this one are expedited */
	cpumask_t	cpus;		/* those that can have readers */
	cpumask_t	waiting;	/* those that were not quiescent since it began: atomic bits, */
	atomic_t	nr_waiting;	/* and how many. Set under the lock; CPUs leave without it */
	struct list_head blocking;	/* preempted readers that the one under way waits for */
	struct list_head later;		/* those that the next one will */
	unsigned long	began;		/* jiffies */
	ktime_t		began_time;
};
extern struct rcu_state rcu_state;

/* gp.c */
void rcu_request(unsigned long target);
void rcu_hurry(void);
void rcu_quiescent(void);
bool rcu_gp_running(void);
void rcu_raise_on(unsigned int cpu);
void rcu_unlist_reader(void);

/* callbacks.c */
void rcu_callbacks_init(void);
bool rcu_cpu_has_due(unsigned int cpu, unsigned long seq);
void rcu_raise_if_due(void);
unsigned long rcu_cpu_callbacks(unsigned int cpu);
void rcu_call(struct rcu_head *head);
bool rcu_entrain(struct rcu_head *head, rcu_callback_t func);

/* idle.c */
bool rcu_cpu_rests(unsigned int cpu);
bool rcu_interrupted_idle(void);

/* stall.c */
void rcu_stall_begin(void);
void rcu_stall_end(void);

/* debug.c */
#ifdef CONFIG_DEBUG
bool rcu_head_queue(struct rcu_head *head, rcu_callback_t func);
rcu_callback_t rcu_head_unqueue(struct rcu_head *head);
#else
static inline bool rcu_head_queue(struct rcu_head *head, rcu_callback_t func)
{
	head->func = func;
	return true;
}

static inline rcu_callback_t rcu_head_unqueue(struct rcu_head *head)
{
	return head->func;
}
#endif

#endif
