/* SPDX-License-Identifier: MIT */
/*
 * Where the time of each CPU goes, as /proc/stat tells it: sampled by the tick, which gives
 * all the time since the last one to what it interrupted. But for idle time: an idle CPU has no
 * tick, and the scheduler knows it exactly (kernel/sched/idle.c).
 */
#include <linux/export.h>
#include <linux/irq_time.h>
#include <linux/kernel_stat.h>
#include <linux/ktime.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <asm/irq_regs.h>
#include <asm/ptrace.h>

#include "internals.h"

DEFINE_PER_CPU(struct kernel_stat, kstat);
EXPORT_PER_CPU_SYMBOL(kstat);
DEFINE_PER_CPU(struct kernel_cpustat, kernel_cpustat);
EXPORT_PER_CPU_SYMBOL(kernel_cpustat);

/* The tick itself is one hard interrupt: beyond that it broke into another one. */
static enum cpu_usage_stat interrupted(void)
{
	struct pt_regs *regs = get_irq_regs();

	if (hardirq_count() > HARDIRQ_OFFSET)
		return CPUTIME_IRQ;
	if (in_serving_softirq())
		return CPUTIME_SOFTIRQ;
	if (regs && user_mode(regs))
		return task_nice(current) > 0 ? CPUTIME_NICE : CPUTIME_USER;
	return is_idle_task(current) ? CPUTIME_IDLE : CPUTIME_SYSTEM;
}

/* Hard-IRQ context, from the tick. */
void account_process_tick(void)
{
	enum cpu_usage_stat what = interrupted();

	if (what == CPUTIME_IDLE)
		return;
	/* Measured, if that is on: no samples then. */
	if (unlikely(irq_time_on) && (what == CPUTIME_IRQ || what == CPUTIME_SOFTIRQ))
		return;
	__this_cpu_add(kernel_cpustat.cpustat[what], TICK_NSEC);
	if (what == CPUTIME_USER || what == CPUTIME_NICE)
		current->utime += TICK_NSEC;
	else
		current->stime += TICK_NSEC;
	itimer_tick(what == CPUTIME_USER || what == CPUTIME_NICE);
}
