/* SPDX-License-Identifier: MIT */
/* CPUs that go off line and come back, for tests. */
#ifndef _TESTS_HOTPLUG_H
#define _TESTS_HOTPLUG_H

#include <linux/cpu.h>
#include <linux/cpumask.h>
#include "test.h"

/* The CPU that goes and comes: the last. */
static inline unsigned int victim(void)
{
	return nr_cpu_ids - 1;
}

#define need_two()	need(num_online_cpus() > 1, "one CPU only")

static inline bool cycle(unsigned int cpu)
{
	return expect_eq(remove_cpu(cpu), 0) && expect_eq(add_cpu(cpu), 0);
}

#endif
