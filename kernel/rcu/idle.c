/* SPDX-License-Identifier: MIT */
/*
 * Idle CPUs: they are looked at, not woken.
 *
 * The idle loop counts on its way in and out, so the count is odd while nothing but interrupts
 * runs on the CPU. Interrupts say no word to RCU: their way is too hot. Whether one is under way
 * is read off the CPU's preempt_count by who asks. That read and the interrupt's own first
 * loads race:
 *
 *	interrupt on the idle CPU		writer, then the scan
 *	preempt_count += HARDIRQ_OFFSET		remove the pointer
 *	(no barrier)				full barrier; the grace period begins
 *	load the pointer			a whole tick passes
 *						read preempt_count
 *
 * Without the tick both could miss the other, as the interrupt's store may still lie in its
 * CPU's store buffer when its load was done. A store does not lie there for milliseconds: the
 * buffer drains as fast as memory takes it, and on every exit to a hypervisor or to firmware.
 * So if the load came before the removal, the store is seen by the scan, which then looks again
 * later. An expedited grace period has no tick to wait for and interrupts all CPUs.
 */
#include <linux/export.h>
#include <linux/hardirq.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include "internals.h"

static DEFINE_PER_CPU(unsigned int, idle_count);	/* written by its CPU, IRQs off */

/* The idle loop is about to wait. IRQs off. */
void rcu_idle_enter(void)
{
	/* More than once, if the end of one is the beginning of the next. */
	while (raw_cpu_read(rcu_owes))
		rcu_quiescent();
	/* All that was read before was read before this: pairs with rcu_cpu_rests(). */
	smp_store_release(this_cpu_ptr(&idle_count), raw_cpu_read(idle_count) + 1);
}

/* It goes on. */
void rcu_idle_exit(void)
{
	WRITE_ONCE(*this_cpu_ptr(&idle_count), raw_cpu_read(idle_count) + 1);
	/* Before anything is read by what runs next. */
	smp_mb();
}

/* @cpu idles, and is in no interrupt. A whole tick after the grace period began; its lock held. */
bool rcu_cpu_rests(unsigned int cpu)
{
	unsigned int before = smp_load_acquire(per_cpu_ptr(&idle_count, cpu));

	if (!(before & 1))
		return false;
	if (preempt_count_of(cpu) & (HARDIRQ_MASK | SOFTIRQ_MASK | NMI_MASK))
		return false;
	/* The two belong together only if it idled all the time between them. */
	smp_rmb();
	return READ_ONCE(*per_cpu_ptr(&idle_count, cpu)) == before;
}

/* This interrupt came to the idle loop, and to no interrupt there. */
bool rcu_interrupted_idle(void)
{
	return (raw_cpu_read(idle_count) & 1) &&
	       preempt_count() == HARDIRQ_OFFSET + PREEMPT_DISABLED;
}

/**
 * rcu_is_watching - whether readers are waited for here
 *
 * Context: any. Return: false only in the idle loop's innermost part, outside of interrupts.
 */
bool rcu_is_watching(void)
{
	return !(raw_cpu_read(idle_count) & 1) || in_interrupt();
}
EXPORT_SYMBOL_GPL(rcu_is_watching);
