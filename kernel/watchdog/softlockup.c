/* SPDX-License-Identifier: MIT */
/*
 * Soft lockups: a CPU takes interrupts, but has not come to its scheduler for long.
 *
 * Each heartbeat asks migration/N, which comes before all other tasks, to write down the time.
 */
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/nmi.h>
#include <linux/panic.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/sched/clock.h>
#include <linux/sched/debug.h>
#include <linux/smp.h>
#include <linux/stop_machine.h>
#include "internals.h"

#define TOUCHED		ULONG_MAX	/* somebody knows that it takes long: the time begins anew */

/* In units of about a second, which is near enough. Of their own CPU, but that others store TOUCHED. */
static DEFINE_PER_CPU(unsigned long, ran_at);		/* when migration/N last ran */
static DEFINE_PER_CPU(unsigned long, reported_at);	/* when it was last complained about, or ran */
static DEFINE_PER_CPU(bool, asked);			/* migration/N has yet to run */
static DEFINE_PER_CPU(struct cpu_stop_work, ask_work);

static bool softlockup_enabled __ro_after_init = true;
static int softlockup_panic __ro_after_init;
static int softlockup_all_cpu_backtrace __ro_after_init;

static unsigned long now_secs(void)
{
	return (unsigned long)(local_clock() >> 30);
}

static void note_run(void)
{
	__this_cpu_write(ran_at, now_secs());
	__this_cpu_write(reported_at, now_secs());
}

void softlockup_start(void)
{
	local_irq_disable();
	note_run();
	__this_cpu_write(asked, false);
	local_irq_enable();
}

static int migration_runs(void *unused)
{
	note_run();
	this_cpu_write(asked, false);
	return 0;
}

static void ask(void)
{
	if (__this_cpu_read(asked))
		return;
	__this_cpu_write(asked, true);
	if (!stop_one_cpu_nowait(smp_processor_id(), migration_runs, NULL,
				 this_cpu_ptr(&ask_work)))
		__this_cpu_write(asked, false);
}

static void report(unsigned long stuck, struct pt_regs *regs)
{
	static unsigned long all_shown;		/* bit 0: by one CPU is enough */

	pr_emerg("watchdog: BUG: soft lockup - CPU#%d stuck for %lus! [%s:%d]\n",
		 smp_processor_id(), stuck, current->comm, task_pid_nr(current));
	print_modules();
	if (regs)
		show_regs(regs);
	else
		dump_stack();
	if (softlockup_all_cpu_backtrace && !test_and_set_bit(0, &all_shown)) {
		trigger_allbutself_cpu_backtrace();
		clear_bit(0, &all_shown);
	}
	add_taint(TAINT_SOFTLOCKUP, LOCKDEP_STILL_OK);
	if (softlockup_panic)
		panic("softlockup: hung tasks");
}

/* The heartbeat's question. @regs: what it interrupted. Interrupts off. */
void softlockup_check(struct pt_regs *regs)
{
	unsigned long now = now_secs(), ran = __this_cpu_read(ran_at);
	unsigned long limit = 2 * (unsigned long)watchdog_thresh;

	if (!softlockup_enabled)
		return;
	ask();
	if (READ_ONCE(*this_cpu_ptr(&reported_at)) == TOUCHED) {
		note_run();
		return;
	}
	if (time_after(now, __this_cpu_read(reported_at) + limit)) {
		__this_cpu_write(reported_at, now);
		report(now - ran, regs);
	}
}

/**
 * touch_softlockup_watchdog - this CPU will be busy for long, and that is right
 *
 * Context: any.
 */
void touch_softlockup_watchdog(void)
{
	raw_cpu_write(reported_at, TOUCHED);
}
EXPORT_SYMBOL(touch_softlockup_watchdog);

/** touch_all_softlockup_watchdogs - the same for all CPUs: all were held up. Context: any. */
void touch_all_softlockup_watchdogs(void)
{
	unsigned int cpu;

	for_each_cpu(cpu, &watchdog_cpus)
		WRITE_ONCE(per_cpu(reported_at, cpu), TOUCHED);
}

static int __init set_nosoftlockup(char *str)
{
	softlockup_enabled = false;
	return 1;
}
__setup("nosoftlockup", set_nosoftlockup);

static int __init set_softlockup_panic(char *str)
{
	return !kstrtoint(str, 0, &softlockup_panic);
}
__setup("softlockup_panic=", set_softlockup_panic);

static int __init set_all_cpu_backtrace(char *str)
{
	return !kstrtoint(str, 0, &softlockup_all_cpu_backtrace);
}
__setup("softlockup_all_cpu_backtrace=", set_all_cpu_backtrace);
