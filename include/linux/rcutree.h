/* SPDX-License-Identifier: MIT */
/* What the scheduler, the tick, the idle loop and the CPUs' comings and goings tell RCU. */
#ifndef _LINUX_RCUTREE_H
#define _LINUX_RCUTREE_H

#include <linux/jiffies.h>
#include <linux/percpu-defs.h>
#include <linux/thread_info.h>
#include <linux/types.h>

/* A grace period waits for this CPU. Written under RCU's lock, read by the CPU without. */
DECLARE_PER_CPU(bool, rcu_owes);
extern int rcu_exp_cpu_stall_timeout;	/* milliseconds; 0: as for others, rcu_cpu_stall_timeout= */
extern unsigned long rcu_stall_time;	/* jiffies at which the grace period under way is late */

void __rcu_note_context_switch(bool preempt);
void __rcu_sched_clock_irq(bool user);
void rcu_check_stall(void);

/* The scheduler: current may leave this CPU. IRQs off, no lock held. */
static __always_inline void rcu_note_context_switch(bool preempt)
{
	struct thread_info *ti = current_thread_info();

	if (unlikely(raw_cpu_read(rcu_owes) || ti->rcu_depth || ti->rcu_special))
		__rcu_note_context_switch(preempt);
}

/* The tick, IRQs off; @user: it came to user mode. */
static __always_inline void rcu_sched_clock_irq(bool user)
{
	if (unlikely(raw_cpu_read(rcu_owes)))
		__rcu_sched_clock_irq(user);
	if (unlikely(time_after(jiffies, READ_ONCE(rcu_stall_time))))
		rcu_check_stall();
}

/* The idle loop, IRQs off: nothing but interrupts runs on this CPU between the two. */
void rcu_idle_enter(void);
void rcu_idle_exit(void);

void rcu_init(void);
void exit_rcu(void);			/* a task ends */

/* The steps of a CPU that comes and goes: see the functions. */
void rcu_cpu_starting(unsigned int cpu);
void rcu_report_dead(unsigned int cpu);
void rcutree_migrate_callbacks(int cpu);

/* Whether this CPU must keep its tick for RCU's sake: never, it is told by interrupt. */
static inline int rcu_needs_cpu(void)
{
	return 0;
}

#endif
