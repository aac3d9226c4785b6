/* SPDX-License-Identifier: MIT */
/* Which CPUs there are, and what they are up to. The boot CPU is there from the beginning. */
#include <linux/cache.h>
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/init.h>

unsigned int nr_cpu_ids __read_mostly = NR_CPUS;	/* the architecture lowers it at boot */
EXPORT_SYMBOL(nr_cpu_ids);

struct cpumask __cpu_possible_mask __read_mostly = CPU_MASK_CPU0;
EXPORT_SYMBOL(__cpu_possible_mask);
struct cpumask __cpu_present_mask __read_mostly = CPU_MASK_CPU0;
EXPORT_SYMBOL(__cpu_present_mask);
struct cpumask __cpu_online_mask __read_mostly = CPU_MASK_CPU0;
EXPORT_SYMBOL(__cpu_online_mask);
struct cpumask __cpu_active_mask __read_mostly = CPU_MASK_CPU0;
EXPORT_SYMBOL(__cpu_active_mask);
struct cpumask __cpu_dying_mask __read_mostly;
EXPORT_SYMBOL(__cpu_dying_mask);

atomic_t __num_online_cpus __read_mostly = ATOMIC_INIT(1);
EXPORT_SYMBOL(__num_online_cpus);

/**
 * set_cpu_online - note that a CPU came up or went
 * @cpu: the CPU
 * @online: which
 *
 * Context: that CPU, or one that knows that it has stopped.
 */
void set_cpu_online(unsigned int cpu, bool online)
{
	if (online) {
		if (!cpumask_test_and_set_cpu(cpu, &__cpu_online_mask))
			atomic_inc(&__num_online_cpus);
	} else if (cpumask_test_and_clear_cpu(cpu, &__cpu_online_mask)) {
		atomic_dec(&__num_online_cpus);
	}
}
