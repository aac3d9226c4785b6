/* SPDX-License-Identifier: MIT */
/*
 * ksoftirqd/N: softirqs as one task among others.
 *
 * One thread a CPU, bound to it, at ordinary priority: a flood of softirqs then takes its
 * fair part of the CPU and the rest of the system lives on.
 */
#include <linux/bug.h>
#include <linux/init.h>
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

static int __init spawn_ksoftirqd(void)
{
	BUG_ON(smpboot_register_percpu_thread(&softirq_threads));
	return 0;
}
early_initcall(spawn_ksoftirqd);
