/* SPDX-License-Identifier: MIT */
/*
 * Hard lockups: a CPU takes no interrupts any more. It can't see that itself, so each CPU watches
 * the next one's heart, and asks for its back-trace by NMI when it has stopped.
 *
 * A machine with one CPU, or none that watches, has the timer that calls hardlockup_nmi_check().
 */
#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/nmi.h>
#include <linux/panic.h>
#include <linux/percpu.h>
#include <linux/sched/clock.h>
#include <linux/sched/debug.h>
#include <linux/smp.h>
#include <linux/string.h>
#include "internals.h"

#define MISSED_BEATS	3	/* of the watcher's, without one of the watched: 1.2 * watchdog_thresh */

bool nmi_watchdog_by_timer __ro_after_init;	/* asked for: arch/ looks whether it can */
static bool hardlockup_enabled __ro_after_init = true;
static int hardlockup_panic __ro_after_init;
static int hardlockup_all_cpu_backtrace __ro_after_init;

/* What is known of a CPU by the one that watches it. As CPUs come and go that may change hands. */
struct watched {
	u64		beats;		/* when last looked at */
	unsigned int	missed;
	bool		reported;	/* once a lockup */
	bool		touched;	/* it knows that it takes long; stored by itself */
	u64		nmi_beats;	/* for hardlockup_nmi_check(): its own */
	u64		nmi_since;	/* sched_clock() when that changed */
};

static DEFINE_PER_CPU(struct watched, watched);

void hardlockup_start(unsigned int cpu)
{
	struct watched *w = per_cpu_ptr(&watched, cpu);

	w->missed = 0;
	w->reported = false;
	WRITE_ONCE(w->touched, true);
}

/* @cpu is stuck. @regs: in its own NMI, what that interrupted; else NULL. */
void hardlockup_report(unsigned int cpu, struct pt_regs *regs)
{
	pr_emerg("NMI watchdog: Watchdog detected hard LOCKUP on cpu %u\n", cpu);
	print_modules();
	if (regs)
		show_regs(regs);
	else
		trigger_single_cpu_backtrace((int)cpu);
	if (hardlockup_all_cpu_backtrace)
		trigger_allbutself_cpu_backtrace();
	add_taint(TAINT_SOFTLOCKUP, LOCKDEP_STILL_OK);
	if (hardlockup_panic)
		nmi_panic(regs, "Hard LOCKUP");
}

static bool is_stuck(struct watched *w, unsigned int cpu)
{
	u64 beats = watchdog_heartbeats(cpu);

	if (w->beats != beats || READ_ONCE(w->touched)) {
		WRITE_ONCE(w->touched, false);
		w->beats = beats;
		w->missed = 0;
		w->reported = false;
		return false;
	}
	return ++w->missed >= MISSED_BEATS;
}

/* The heartbeat's look at the next CPU. Interrupts off. */
void hardlockup_check_neighbour(void)
{
	unsigned int here = smp_processor_id(), next = cpumask_next((int)here, &watchdog_cpus);
	struct watched *w;

	if (next >= nr_cpu_ids)
		next = cpumask_first(&watchdog_cpus);
	if (!hardlockup_enabled || next >= nr_cpu_ids || next == here)
		return;
	w = per_cpu_ptr(&watched, next);
	if (is_stuck(w, next) && !w->reported) {
		w->reported = true;
		hardlockup_report(next, NULL);
	}
}

/**
 * hardlockup_nmi_check - has this CPU's heart stopped?
 * @regs: what the NMI interrupted
 *
 * Context: an NMI that comes now and then, whatever happens.
 */
void hardlockup_nmi_check(struct pt_regs *regs)
{
	unsigned int cpu = raw_smp_processor_id();
	struct watched *w = per_cpu_ptr(&watched, cpu);
	u64 beats = watchdog_heartbeats(cpu), now = sched_clock();

	if (!hardlockup_enabled || !cpumask_test_cpu(cpu, &watchdog_cpus))
		return;
	if (w->nmi_beats != beats || READ_ONCE(w->touched)) {
		WRITE_ONCE(w->touched, false);
		w->nmi_beats = beats;
		w->nmi_since = now;
		w->reported = false;
		return;
	}
	if (w->reported || now - w->nmi_since < (u64)watchdog_thresh * NSEC_PER_SEC)
		return;
	w->reported = true;
	hardlockup_report(cpu, regs);
}

/**
 * touch_nmi_watchdog - this CPU keeps interrupts off for long, and that is right
 *
 * Context: any.
 */
void touch_nmi_watchdog(void)
{
	raw_cpu_write(watched.touched, true);
	touch_softlockup_watchdog();
}
EXPORT_SYMBOL(touch_nmi_watchdog);

/* nmi_watchdog=[panic,|nopanic,][0|1]; 1: by a timer as well. */
static int __init set_nmi_watchdog(char *str)
{
	if (strstarts(str, "panic"))
		hardlockup_panic = 1;
	else if (strstarts(str, "nopanic"))
		hardlockup_panic = 0;
	else if (*str == '0')
		hardlockup_enabled = false;
	nmi_watchdog_by_timer = strchr(str, '1');
	return 1;
}
__setup("nmi_watchdog=", set_nmi_watchdog);

static int __init set_hardlockup_panic(char *str)
{
	hardlockup_panic = 1;
	return 1;
}
__setup("hardlockup_panic", set_hardlockup_panic);

static int __init set_all_cpu_backtrace(char *str)
{
	return !kstrtoint(str, 0, &hardlockup_all_cpu_backtrace);
}
__setup("hardlockup_all_cpu_backtrace=", set_all_cpu_backtrace);
