/* SPDX-License-Identifier: MIT */
/* Calls on other CPUs: returns, waiting, a call data that is in use. rows D10 A8 */
#include <linux/cpumask.h>
#include <linux/smp.h>
#include "test.h"

static atomic_t calls;

static void call(void *info)
{
	atomic_inc(&calls);
	note("cpu %d irqs-off %d", raw_smp_processor_id(), irqs_disabled());
}

static void count(void *info)
{
	atomic_inc(&calls);
}

static bool even(int cpu, void *info)
{
	return cpu % 2 == 0;
}


static void test(void)
{
	note("%d", smp_call_function_single(0, call, NULL, 1));
	note("%d", smp_call_function_single(1, call, NULL, 1));
	note("%d %d", smp_call_function_single(60000, call, NULL, 1), smp_call_function_single(-1, call, NULL, 1));
	show("single");
	atomic_set(&calls, 0);
	on_each_cpu(count, NULL, 1);
	note("%d", atomic_read(&calls) == num_online_cpus());
	preempt_disable();
	smp_call_function(count, NULL, 1);
	note("%d", atomic_read(&calls) == 2 * num_online_cpus() - 1);
	smp_call_function_many(cpumask_of(smp_processor_id()), count, NULL, true);
	note("%d", atomic_read(&calls) == 2 * num_online_cpus() - 1);
	preempt_enable();
	atomic_set(&calls, 0);
	on_each_cpu_cond(even, count, NULL, 1);
	note("%d", atomic_read(&calls) == (num_online_cpus() + 1) / 2);
	on_each_cpu_mask(cpumask_of(1), count, NULL, 1);
	note("%d", atomic_read(&calls) == (num_online_cpus() + 1) / 2 + 1);
	note("any %d", smp_call_function_any(cpumask_of(1), count, NULL, 1));
	show("many");
}
MODULE_TEST(test);
