/* SPDX-License-Identifier: MIT */
/*
 * The end: stop the other CPUs, say why, then restart, or stay for questions.
 *
 * Options: panic=N (seconds until restart, 0 = never, negative = at once), oops=panic,
 * panic_on_warn.
 */
#include <linux/arch.h>
#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/nmi.h>
#include <linux/panic.h>
#include <linux/panic_notifier.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/smp.h>
#include <linux/stdarg.h>

int panic_timeout;		/* set at boot */
int panic_on_oops;
int panic_on_warn;
EXPORT_SYMBOL(panic_timeout);

ATOMIC_NOTIFIER_HEAD(panic_notifier_list);
EXPORT_SYMBOL(panic_notifier_list);

static void (*panic_prompt)(const char *msg);	/* set once, at boot */

/* The CPU that panics; the first one stays it. */
static atomic_t panic_cpu = ATOMIC_INIT(-1);

/**
 * panic_set_prompt - what comes after a panic that does not restart the machine
 * @prompt: called with the panic's message, interrupts off, alone on the machine
 *
 * Context: boot.
 */
void panic_set_prompt(void (*prompt)(const char *msg))
{
	panic_prompt = prompt;
}

/* Only the CPU that panics is here, and each part of it only once, even if it panics itself. */
static void report(const char *msg)
{
	pr_emerg("Kernel panic - not syncing: %s\n", msg);
	/* An oops has shown its own. */
	if (!test_taint(TAINT_DIE))
		dump_stack();
}

static void restart_or_stay(const char *msg)
{
	int left;

	if (panic_timeout > 0)
		pr_emerg("Rebooting in %d seconds..\n", panic_timeout);
	for (left = panic_timeout; left > 0; left--)
		mdelay(1000);
	if (panic_timeout)
		arch_restart();
	pr_emerg("---[ end Kernel panic - not syncing: %s ]---\n", msg);
	if (panic_prompt)
		panic_prompt(msg);
}

/** panic_in_progress - whether a CPU is in panic() */
bool panic_in_progress(void)
{
	return atomic_read(&panic_cpu) != -1;
}

/**
 * panic - stop the machine for good
 * @fmt: why, as for printk, without a newline
 *
 * Context: any. Does not return.
 */
void panic(const char *fmt, ...)
{
	static char msg[512];
	static int depth;		/* panics in a panic; the panicking CPU's */
	int cpu, owner;
	va_list args;

	local_irq_disable();
	preempt_disable_notrace();
	cpu = raw_smp_processor_id();
	owner = atomic_cmpxchg(&panic_cpu, -1, cpu);
	if (owner != -1 && owner != cpu) {
		set_cpu_online(cpu, false);	/* the other one need not wait for this one */
		arch_cpu_halt_forever();
	}

	console_verbose();
	oops_in_progress++;
	panic_on_warn = 0;		/* a WARN on the way must not come back here */
	if (depth++ == 0) {
		va_start(args, fmt);
		vscnprintf(msg, sizeof(msg), fmt, args);
		va_end(args);
		report(msg);
		smp_send_stop();
		/* One that has interrupts off did not hear it. An NMI shows where it is, and ends it. */
		if (num_online_cpus() > 1)
			trigger_allbutself_cpu_backtrace();
		atomic_notifier_call_chain(&panic_notifier_list, 0, msg);
	}
	if (depth <= 2)
		restart_or_stay(msg);
	arch_cpu_halt_forever();
}
EXPORT_SYMBOL(panic);

/**
 * nmi_panic - panic from an NMI
 * @regs: what the NMI interrupted
 * @msg: why
 *
 * A CPU that is panicking already goes on with that.
 */
void nmi_panic(struct pt_regs *regs, const char *msg)
{
	if (atomic_read(&panic_cpu) != raw_smp_processor_id())
		panic("%s", msg);
}
EXPORT_SYMBOL(nmi_panic);

static int __init set_panic_timeout(char *str)
{
	return kstrtoint(str, 0, &panic_timeout) == 0;
}
__setup("panic=", set_panic_timeout);

static int __init set_oops(char *str)
{
	if (!strcmp(str, "panic"))
		panic_on_oops = 1;
	return 1;
}
__setup("oops=", set_oops);

static int __init set_panic_on_warn(char *str)
{
	panic_on_warn = 1;
	return 1;
}
__setup("panic_on_warn", set_panic_on_warn);
