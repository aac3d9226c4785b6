/* SPDX-License-Identifier: MIT */
/* Timers as CPUs come and go: the steps. */
#include <linux/cpuhotplug.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/timer.h>

static int __init timers_hotplug_init(void)
{
	cpuhp_setup_state_nocalls(CPUHP_HRTIMERS_PREPARE, "hrtimers:prepare",
				  hrtimers_prepare_cpu, hrtimers_dead_cpu);
	cpuhp_setup_state_nocalls(CPUHP_TIMERS_PREPARE, "timers:prepare", timers_prepare_cpu,
				  timers_dead_cpu);
	return 0;
}
early_initcall(timers_hotplug_init);
