/* SPDX-License-Identifier: MIT */
/*
 * Readers and quiescent states, seen from the CPU that they run on.
 *
 * rcu_read_lock() counts in the task and nothing more. Only a reader that is switched away is
 * made known, on a list (gp.c), and takes itself off it: at its end, or, if preemption or
 * interrupts are off there, when they are on again. A region with preemption, bottom halves or
 * interrupts off that began inside a reader so belongs to it as a whole.
 */
#include <linux/export.h>
#include <linux/hardirq.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include "internals.h"

/*
 * The end of a reader that was preempted. In a region that is a reader of its own it stays
 * listed: the region's end reschedules, and rcu_note_context_switch() does what is left.
 */
void rcu_read_unlock_special(void)
{
	unsigned long flags;

	if (in_nmi())
		return;
	if (preempt_count() || irqs_disabled()) {
		set_preempt_need_resched();
		return;
	}
	local_irq_save(flags);
	rcu_unlist_reader();
	local_irq_restore(flags);
}
EXPORT_SYMBOL_GPL(rcu_read_unlock_special);

/* Something about current or this CPU is to be told. IRQs off. */
void __rcu_note_context_switch(bool preempt)
{
	struct thread_info *ti = current_thread_info();

	if (unlikely(!preempt && ti->rcu_depth > 0))
		WARN_ONCE(1, "Voluntary context switch within RCU read-side critical section!\n");
	/* A listed reader that is switched away again changes nothing. */
	if (raw_cpu_read(rcu_owes) || !ti->rcu_depth != !ti->rcu_special)
		rcu_quiescent();
}

/* No reader of any kind can be where this interrupt came, if current is in none. */
static bool interrupted_quiescence(void)
{
	if (rcu_interrupted_idle())
		return true;
	return preempt_count() == HARDIRQ_OFFSET && !rcu_preempt_depth();
}

/*
 * A grace period waits for this CPU, and it is in an interrupt: the tick or RCU's own. Where
 * a reader is, have it switched away as soon as that can be.
 */
void __rcu_sched_clock_irq(bool user)
{
	lockdep_assert_irqs_disabled();
	if (user || interrupted_quiescence())
		rcu_quiescent();
	else
		set_preempt_need_resched();
}

/* A task ends. One that ends in a reader would block grace periods for ever. */
void exit_rcu(void)
{
	struct thread_info *ti = current_thread_info();

	if (likely(!ti->rcu_depth))
		return;
	pr_err("BUG: %s/%d exits within an RCU read-side critical section (depth %d)\n",
	       current->comm, current->pid, ti->rcu_depth);
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
	ti->rcu_depth = 1;
	rcu_read_unlock();
}
