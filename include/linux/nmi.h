/* SPDX-License-Identifier: MIT */
/*
 * Back-traces of CPUs, by NMI: they answer even with interrupts off (kernel/panic/nmi_backtrace.c).
 * And the watchdog, which asks for them (kernel/watchdog/).
 */
#ifndef _LINUX_NMI_H
#define _LINUX_NMI_H

#include <linux/types.h>
#include <linux/cpumask.h>
#include <linux/smp.h>

struct pt_regs;

bool trigger_cpumask_backtrace(const struct cpumask *mask, int exclude_cpu);
bool nmi_cpu_backtrace(struct pt_regs *regs);

static inline bool trigger_all_cpu_backtrace(void)
{
	return trigger_cpumask_backtrace(cpu_online_mask, -1);
}

static inline bool trigger_allbutself_cpu_backtrace(void)
{
	return trigger_cpumask_backtrace(cpu_online_mask, raw_smp_processor_id());
}

static inline bool trigger_single_cpu_backtrace(int cpu)
{
	return trigger_cpumask_backtrace(cpumask_of(cpu), -1);
}

extern int watchdog_thresh;		/* seconds; fixed after boot */

void touch_softlockup_watchdog(void);
void touch_all_softlockup_watchdogs(void);
void touch_nmi_watchdog(void);

/* For arch/, if it has a timer that sends NMIs. */
extern bool nmi_watchdog_by_timer;	/* fixed after boot */
void hardlockup_nmi_check(struct pt_regs *regs);

#endif
