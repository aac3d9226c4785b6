/* SPDX-License-Identifier: MIT */
/*
 * Grace periods, by visiting: the caller has itself run on every CPU in turn. To get there
 * it was switched to, so whatever ran there before with preemption off has ended.
 */
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>

/**
 * synchronize_rcu - wait until every reader that runs now has ended
 *
 * Context: process, may sleep; not in a reader. The caller's CPU affinity is put back.
 */
void synchronize_rcu(void)
{
	cpumask_t allowed = current->cpus_mask;
	unsigned int cpu;

	might_sleep();
	/* Orders the caller's removal before its looks at the CPUs. */
	smp_mb();
	for_each_online_cpu(cpu)
		set_cpus_allowed_ptr(current, cpumask_of(cpu));
	set_cpus_allowed_ptr(current, &allowed);
}
EXPORT_SYMBOL_GPL(synchronize_rcu);
