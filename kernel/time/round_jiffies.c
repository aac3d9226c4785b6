/* SPDX-License-Identifier: MIT */
/*
 * Rounding to whole seconds, so that timers that are in no hurry expire together and wake an
 * idle CPU once. Each CPU's seconds begin three jiffies after those of the CPU before it:
 * together in time, but not all CPUs at the same locks.
 */
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/smp.h>
#include <linux/timer.h>

#define CPU_SKEW	3UL

static unsigned long round_to_second(unsigned long j, int cpu, bool always_up)
{
	unsigned long skew = (unsigned long)cpu * CPU_SKEW;
	unsigned long rest = (j + skew) % HZ;
	unsigned long rounded;

	if (rest < HZ / 4 && !always_up)
		rounded = j - rest;
	else
		rounded = j - rest + HZ;
	/* Never into the past: then the time asked for is as good as any. */
	return time_is_after_jiffies(rounded) ? rounded : j;
}

/** __round_jiffies - the absolute time @j to a whole second of @cpu, down if it is just past one */
unsigned long __round_jiffies(unsigned long j, int cpu)
{
	return round_to_second(j, cpu, false);
}
EXPORT_SYMBOL(__round_jiffies);

/** __round_jiffies_up - the same, never down */
unsigned long __round_jiffies_up(unsigned long j, int cpu)
{
	return round_to_second(j, cpu, true);
}
EXPORT_SYMBOL(__round_jiffies_up);

/** __round_jiffies_relative - the same of a distance from now */
unsigned long __round_jiffies_relative(unsigned long j, int cpu)
{
	unsigned long now = jiffies;

	return round_to_second(j + now, cpu, false) - now;
}
EXPORT_SYMBOL(__round_jiffies_relative);

unsigned long __round_jiffies_up_relative(unsigned long j, int cpu)
{
	unsigned long now = jiffies;

	return round_to_second(j + now, cpu, true) - now;
}
EXPORT_SYMBOL(__round_jiffies_up_relative);

unsigned long round_jiffies(unsigned long j)
{
	return __round_jiffies(j, raw_smp_processor_id());
}
EXPORT_SYMBOL(round_jiffies);

unsigned long round_jiffies_relative(unsigned long j)
{
	return __round_jiffies_relative(j, raw_smp_processor_id());
}
EXPORT_SYMBOL(round_jiffies_relative);

unsigned long round_jiffies_up(unsigned long j)
{
	return __round_jiffies_up(j, raw_smp_processor_id());
}
EXPORT_SYMBOL(round_jiffies_up);

unsigned long round_jiffies_up_relative(unsigned long j)
{
	return __round_jiffies_up_relative(j, raw_smp_processor_id());
}
EXPORT_SYMBOL(round_jiffies_up_relative);
