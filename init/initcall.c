/* SPDX-License-Identifier: MIT */
/* Running the initcalls, level by level, and checking that each leaves things as it found them. */
#include <linux/boot.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/moduleparam.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/timekeeping.h>

bool initcall_debug;
core_param(initcall_debug, initcall_debug, bool, 0644);

/* The linker puts the levels in order, early first: one range holds them all. */
extern initcall_t __initcall_start[], __initcall_end[];

static int call_and_time(initcall_t fn)
{
	ktime_t start = ktime_get();
	int ret;

	printk(KERN_DEBUG "calling  %pS @ %d\n", fn, current->pid);
	ret = fn();
	printk(KERN_DEBUG "initcall %pS returned %d after %lld usecs\n", fn, ret,
	       ktime_to_us(ktime_sub(ktime_get(), start)));
	return ret;
}

/**
 * do_one_initcall - call an initcall, or a module's init function
 * @fn: the function
 *
 * What it forgot to undo is reported and undone.
 *
 * Context: process. Return: what @fn returned.
 */
int do_one_initcall(initcall_t fn)
{
	int count = preempt_count(), ret;
	const char *forgot = NULL;

	ret = initcall_debug ? call_and_time(fn) : fn();

	if (preempt_count() != count) {
		forgot = "preemption imbalance";
		preempt_count_set(count);
	}
	if (irqs_disabled()) {
		forgot = "disabled interrupts";
		local_irq_enable();
	}
	WARN(forgot, "initcall %pS returned with %s\n", fn, forgot);
	return ret;
}

/** do_initcalls - call every built-in initcall. Context: task 1. */
void __init do_initcalls(void)
{
	for (initcall_t *fn = __initcall_start; fn < __initcall_end; fn++)
		do_one_initcall(*fn);
}
