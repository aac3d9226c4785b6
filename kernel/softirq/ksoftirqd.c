/* SPDX-License-Identifier: MIT */
/*
 * ksoftirqd/N: softirqs as one task among others.
 *
 * One thread a CPU, bound to it, at ordinary priority: a flood of softirqs then takes its
 * fair part of the CPU and the rest of the system lives on.
 */
#include <linux/bug.h>
#include <linux/cpuhotplug.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/smpboot.h>
#include <linux/tasklet.h>

#include "internals.h"

static int should_run(unsigned int cpu)
{
	return local_softirq_pending() != 0;
}

static void run(unsigned int cpu)
{
	ksoftirqd_serve();
	cond_resched();
}

static struct smp_hotplug_thread softirq_threads = {
	.store			= &ksoftirqd,
	.thread_should_run	= should_run,
	.thread_fn		= run,
	.thread_comm		= "ksoftirqd/%u",
};

/* A CPU has gone with softirqs pending, whose thread was parked before it could run them. */
static int softirq_cpu_dead(unsigned int cpu)
{
	unsigned int nr;
	u32 pending;

	local_irq_disable();
	tasklets_take_over(cpu);
	pending = per_cpu_softirq_pending(cpu);
	per_cpu_softirq_pending(cpu) = 0;
	for (nr = 0; pending; nr++, pending >>= 1)
		if (pending & 1)
			raise_here(nr);
	local_irq_enable();
	return 0;
}

static int __init spawn_ksoftirqd(void)
{
	cpuhp_setup_state_nocalls(CPUHP_SOFTIRQ_DEAD, "softirq:dead", NULL, softirq_cpu_dead);
	BUG_ON(smpboot_register_percpu_thread(&softirq_threads));
	return 0;
}
early_initcall(spawn_ksoftirqd);
