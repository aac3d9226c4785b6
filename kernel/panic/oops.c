/* SPDX-License-Identifier: MIT */
/*
 * The oops: an exception in the kernel that nobody expected. It is reported, then the task in
 * whose context it came ends; the machine panics when there is no such task (an interrupt,
 * the idle task), when it was init, or when panic_on_oops says so.
 */
#include <linux/arch.h>
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/kdebug.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/panic.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/sched/task.h>
#include <linux/smp.h>
#include <asm/ptrace.h>

static ATOMIC_NOTIFIER_HEAD(die_chain);

/* The CPU whose oops is being printed, -1 for none; others wait, itself may oops within. */
static atomic_t die_owner = ATOMIC_INIT(-1);
static int die_nesting;			/* the owner's */
static int die_counter;			/* oopses so far; the owner's */

/**
 * register_die_notifier - hear of exceptions before the kernel acts on them
 * @nb: called in the context of the exception, which may be any
 *
 * Context: process. Return: 0; -EEXIST.
 */
int register_die_notifier(struct notifier_block *nb)
{
	return atomic_notifier_chain_register(&die_chain, nb);
}
EXPORT_SYMBOL_GPL(register_die_notifier);

/**
 * unregister_die_notifier - hear no more
 * @nb: what was registered; not running any more after
 *
 * Context: process. Return: 0; -ENOENT.
 */
int unregister_die_notifier(struct notifier_block *nb)
{
	return atomic_notifier_chain_unregister(&die_chain, nb);
}
EXPORT_SYMBOL_GPL(unregister_die_notifier);

/**
 * notify_die - ask the die chain about an exception
 * @val: DIE_*
 * @str: what it is called
 * @regs: what was interrupted
 * @err: the error code
 * @trap: the vector
 * @sig: the signal that a user program would get
 *
 * Context: any. Return: NOTIFY_STOP when somebody has dealt with it.
 */
int notify_die(enum die_val val, const char *str, struct pt_regs *regs, long err, int trap,
	       int sig)
{
	struct die_args args = {
		.regs = regs, .str = str, .err = err, .trapnr = trap, .signr = sig,
	};

	return atomic_notifier_call_chain(&die_chain, val, &args);
}

/** oops_enter - messages must come out from here on, locks or not */
void oops_enter(void)
{
	oops_in_progress++;
	console_verbose();
}

/** oops_exit - the end of an oops report */
void oops_exit(void)
{
	printk(KERN_DEFAULT "---[ end trace %016llx ]---\n", 0ULL);
	oops_in_progress--;
}

static void die_lock(void)
{
	int cpu = raw_smp_processor_id(), owner;

	while ((owner = atomic_cmpxchg(&die_owner, -1, cpu)) != -1 && owner != cpu)
		smp_cond_load_relaxed(&die_owner.counter, VAL == -1);
	die_nesting++;
}

static void die_unlock(void)
{
	if (!--die_nesting)
		atomic_set_release(&die_owner, -1);
}

/**
 * die - report an exception that should not have been, and end what caused it
 * @str: what happened
 * @regs: where; kernel mode
 * @err: the exception's error code
 * @signr: the exit code of the task
 *
 * Context: exception. Return: only when a callback of the die chain stops it.
 */
void die(const char *str, struct pt_regs *regs, long err, int signr)
{
	unsigned long flags;
	bool stopped;

	local_irq_save(flags);
	oops_enter();
	die_lock();
	printk(KERN_DEFAULT "%s: %04lx [#%d] PREEMPT SMP\n", str, err & 0xffff, ++die_counter);
	show_regs(regs);
	print_modules();
	stopped = notify_die(DIE_OOPS, str, regs, err, 0, signr) == NOTIFY_STOP;
	add_taint(TAINT_DIE, LOCKDEP_NOW_UNRELIABLE);
	die_unlock();
	oops_exit();
	local_irq_restore(flags);

	if (stopped)
		return;
	if (in_interrupt())
		panic("Fatal exception in interrupt");
	if (panic_on_oops)
		panic("Fatal exception");
	rewind_stack_and_make_dead(signr, !regs_irqs_disabled(regs));
}
