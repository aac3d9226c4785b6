/* SPDX-License-Identifier: MIT */
/*
 * The watchdog: finds CPUs that are stuck.
 *
 *	hrtimer on each CPU, five times in 2 * watchdog_thresh seconds: a heartbeat
 *	  soft lockup	migration/N, which it wakes, has not run for 2 * watchdog_thresh: some
 *			code keeps the CPU without giving it to tasks (softlockup.c)
 *	  hard lockup	a neighbour's heart has not beaten for three of ours: it has interrupts
 *			off (hardlockup.c)
 *
 * An idle CPU's heart beats as well, at the price of waking up for it.
 *
 * Options: watchdog_thresh=SECONDS (10), nowatchdog, nosoftlockup, nmi_watchdog=..., softlockup_panic=,
 * hardlockup_panic.
 */
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/nmi.h>
#include <linux/percpu.h>
#include <linux/smp.h>
#include <asm/irq_regs.h>
#include "internals.h"

#define BEATS	5		/* in the time of a soft lockup */

int watchdog_thresh __ro_after_init = 10;
static bool watchdog_enabled __ro_after_init = true;

struct cpumask watchdog_cpus;

static DEFINE_PER_CPU(struct hrtimer, heart);
static DEFINE_PER_CPU(u64, beats);	/* of its own CPU; read by others */

u64 watchdog_heartbeats(unsigned int cpu)
{
	return READ_ONCE(per_cpu(beats, cpu));
}

static ktime_t period(void)
{
	return ms_to_ktime(2 * (u64)watchdog_thresh * MSEC_PER_SEC / BEATS);
}

static enum hrtimer_restart beat(struct hrtimer *timer)
{
	this_cpu_inc(beats);
	if (!panic_in_progress()) {
		hardlockup_check_neighbour();
		softlockup_check(get_irq_regs());
	}
	hrtimer_forward_now(timer, period());
	return HRTIMER_RESTART;
}

/* A step of the CPU's start: in a task there. */
static int watchdog_online(unsigned int cpu)
{
	struct hrtimer *timer = this_cpu_ptr(&heart);

	softlockup_start();
	hardlockup_start(cpu);
	hrtimer_init(timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_HARD);
	timer->function = beat;
	hrtimer_start(timer, period(), HRTIMER_MODE_REL_PINNED_HARD);
	cpumask_set_cpu(cpu, &watchdog_cpus);
	return 0;
}

static int watchdog_offline(unsigned int cpu)
{
	cpumask_clear_cpu(cpu, &watchdog_cpus);
	hrtimer_cancel(this_cpu_ptr(&heart));
	return 0;
}

static int __init watchdog_init(void)
{
	if (!watchdog_enabled || !watchdog_thresh)
		return 0;
	return cpuhp_setup_state(CPUHP_AP_WATCHDOG_ONLINE, "watchdog:online", watchdog_online,
				 watchdog_offline);
}
core_initcall(watchdog_init);

/* ---- Options ------------------------------------------------------------------------------------ */

static int __init set_thresh(char *str)
{
	return !kstrtoint(str, 0, &watchdog_thresh) && watchdog_thresh >= 0;
}
__setup("watchdog_thresh=", set_thresh);

static int __init set_nowatchdog(char *str)
{
	watchdog_enabled = false;
	return 1;
}
__setup("nowatchdog", set_nowatchdog);
