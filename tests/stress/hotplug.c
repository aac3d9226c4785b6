/* SPDX-License-Identifier: MIT */
/* CPUs that go and come, under all the rest. */
#include <linux/cpu.h>
#include <linux/delay.h>
#include "stress.h"

static unsigned int all;

static bool begin(void)
{
	all = num_online_cpus();
	return all > 1;
}

static void step(struct stress_task *t)
{
	unsigned int cpu = 1 + pick(t, all - 1);

	expect_eq(remove_cpu(cpu), 0);
	msleep(pick(t, 50));
	expect_eq(add_cpu(cpu), 0);
	msleep(pick(t, 200));
}

static void end(void)
{
	expect_eq(num_online_cpus(), all);
}

const struct stressor stress_hotplug = {
	.name = "hotplug", .tasks = 1, .begin = begin, .step = step, .end = end,
};
