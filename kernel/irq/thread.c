/* SPDX-License-Identifier: MIT */
/*
 * Interrupt threads: the half of a handler that may sleep, one kthread an action, FIFO 50.
 *
 * IRQTF_RUNTHREAD is the order to run: set by the hard handler, taken by the thread. A
 * ONESHOT line stays masked from the hard handler until every thread that it ordered has run:
 *
 *	hard handler (INPROGRESS)		thread
 *	  set RUNTHREAD				  take RUNTHREAD
 *	  threads_oneshot |= my bit		  thread_fn()
 *	  threads_active++, wake		  lock; INPROGRESS? wait and retry
 *						  RUNTHREAD again? leave my bit, run again
 *						  threads_oneshot &= ~my bit; 0: unmask
 *						  unlock; threads_active--, wake waiters
 *
 * The wait for INPROGRESS is what makes the hard handler's unlocked changes safe: the thread
 * never looks at threads_oneshot while a handler may be setting it.
 */
#define pr_fmt(fmt) "genirq: " fmt

#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/debug_handler.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/task_work.h>
#include "internals.h"

bool force_irqthreads_enabled;	/* threadirqs; fixed after the command line was read */
EXPORT_SYMBOL_GPL(force_irqthreads_enabled);

static int __init setup_forced_irqthreads(char *arg)
{
	force_irqthreads_enabled = true;
	return 0;
}
early_param("threadirqs", setup_forced_irqthreads);

/* The hard half of a request without one, and of a forced thread. */
irqreturn_t irq_default_primary_handler(int irq, void *dev_id)
{
	return IRQ_WAKE_THREAD;
}

/* A nested line's hard half never runs: its controller calls handle_nested_irq(). */
irqreturn_t irq_nested_primary_handler(int irq, void *dev_id)
{
	WARN(1, "Primary handler called for nested irq %d\n", irq);
	return IRQ_NONE;
}

/* What the first thread of a split request wakes; it has no hard half of its own. */
static irqreturn_t irq_forced_secondary_handler(int irq, void *dev_id)
{
	WARN(1, "Secondary action handler called for irq %d\n", irq);
	return IRQ_NONE;
}

/* -- Hard half --------------------------------------------------------------------------------- */

static __cold void warn_no_thread(struct irqaction *action)
{
	if (!test_and_set_bit(IRQTF_WARNED, &action->thread_flags))
		printk(KERN_WARNING "IRQ %u device %s returned IRQ_WAKE_THREAD but no thread function available.\n",
		       action->irq, action->name);
}

/**
 * __irq_wake_thread - order an action's thread to run
 * @desc: its line, INPROGRESS, or its lock held
 * @action: the action
 */
void __irq_wake_thread(struct irq_desc *desc, struct irqaction *action)
{
	if (unlikely(!action->thread_fn)) {
		warn_no_thread(action);
		return;
	}
	/* A thread that died of an oops: the interrupt is lost, the machine lives on. */
	if (action->thread->flags & PF_EXITING)
		return;
	if (test_and_set_bit(IRQTF_RUNTHREAD, &action->thread_flags))
		return;
	desc->threads_oneshot |= action->thread_mask;
	atomic_inc(&desc->threads_active);
	wake_up_process(action->thread);
}

/**
 * irq_wake_thread - order the thread of an action to run, as if its handler had said so
 * @irq: the line
 * @dev_id: which action
 *
 * Context: any.
 */
void irq_wake_thread(unsigned int irq, void *dev_id)
{
	struct irq_desc *desc = irq_to_desc(irq);
	struct irqaction *action;
	unsigned long flags;

	if (!desc || WARN_ON(irq_settings_has(desc, IRQ_PER_CPU_DEVID)))
		return;
	raw_spin_lock_irqsave(&desc->lock, flags);
	for (action = desc->action; action; action = action->next) {
		if (action->dev_id == dev_id) {
			if (action->thread)
				__irq_wake_thread(desc, action);
			break;
		}
	}
	raw_spin_unlock_irqrestore(&desc->lock, flags);
}
EXPORT_SYMBOL_GPL(irq_wake_thread);

/* -- The thread ----------------------------------------------------------------------------------- */

/* One thread fewer is at work; whoever waits in synchronize_irq() may go on. */
void irq_thread_done(struct irq_desc *desc)
{
	if (atomic_dec_and_test(&desc->threads_active))
		wake_up(&desc->wait_for_threads);
}

/* The table at the top: this thread no longer keeps the line masked. */
static void irq_finalize_oneshot(struct irq_desc *desc, struct irqaction *action)
{
	if (!(desc->istate & IRQS_ONESHOT) || action->handler == irq_forced_secondary_handler)
		return;

	chip_bus_lock(desc);
	raw_spin_lock_irq(&desc->lock);
	while (unlikely(irqd_irq_inprogress(&desc->irq_data))) {
		raw_spin_unlock_irq(&desc->lock);
		smp_cond_load_relaxed(&desc->irq_common_data.state_use_accessors,
				      !(VAL & IRQD_IRQ_INPROGRESS));
		raw_spin_lock_irq(&desc->lock);
	}
	/* Ordered again meanwhile: the next round finishes for both. */
	if (!test_bit(IRQTF_RUNTHREAD, &action->thread_flags)) {
		desc->threads_oneshot &= ~action->thread_mask;
		if (!desc->threads_oneshot && !irqd_irq_disabled(&desc->irq_data) &&
		    irqd_irq_masked(&desc->irq_data))
			unmask_threaded_irq(desc);
	}
	raw_spin_unlock_irq(&desc->lock);
	chip_bus_sync_unlock(desc);
}

/* The line has moved: run where it interrupts now. */
static void irq_thread_check_affinity(struct irq_desc *desc, struct irqaction *action)
{
	struct cpumask mask;

	if (!test_and_clear_bit(IRQTF_AFFINITY, &action->thread_flags))
		return;
	raw_spin_lock_irq(&desc->lock);
	cpumask_copy(&mask, irq_data_get_effective_affinity_mask(&desc->irq_data));
	raw_spin_unlock_irq(&desc->lock);
	if (!cpumask_empty(&mask))
		set_cpus_allowed_ptr(current, &mask);
}

/* Every thread of the line looks at its new affinity when it runs next. */
void irq_set_thread_affinity(struct irq_desc *desc)
{
	struct irqaction *action;

	lockdep_assert_held(&desc->lock);
	for (action = desc->action; action; action = action->next) {
		if (action->thread)
			set_bit(IRQTF_AFFINITY, &action->thread_flags);
		if (action->secondary && action->secondary->thread)
			set_bit(IRQTF_AFFINITY, &action->secondary->thread_flags);
	}
}

/* A handler written for hard interrupts expects no softirq between its lines. */
static irqreturn_t irq_thread_call(struct irqaction *action)
{
	bool forced = test_bit(IRQTF_FORCED_THREAD, &action->thread_flags);
	struct handler_state before;
	irqreturn_t ret;

	if (forced)
		local_bh_disable();
	before = handler_begin();
	ret = action->thread_fn(action->irq, action->dev_id);
	handler_end(&before, "irq thread", action->thread_fn);
	if (forced)
		local_bh_enable();
	return ret;
}

static void irq_wake_secondary(struct irq_desc *desc, struct irqaction *action)
{
	struct irqaction *secondary = action->secondary;

	if (WARN_ON_ONCE(!secondary))
		return;
	raw_spin_lock_irq(&desc->lock);
	__irq_wake_thread(desc, secondary);
	raw_spin_unlock_irq(&desc->lock);
}

/* Sleep until ordered to run. False: told to stop, and no order is left. */
static bool irq_wait_for_interrupt(struct irqaction *action)
{
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (test_and_clear_bit(IRQTF_RUNTHREAD, &action->thread_flags)) {
			__set_current_state(TASK_RUNNING);
			return true;
		}
		if (kthread_should_stop()) {
			__set_current_state(TASK_RUNNING);
			return false;
		}
		schedule();
	}
}

/* A thread's own; not on its stack, which an oops rewinds. */
struct irq_thread {
	struct callback_head	on_death;
	struct irqaction	*action;	/* fixed */
	bool			running;	/* has an order that is not accounted for; the thread's */
};

/*
 * An oops in thread_fn() has ended the thread. The line must not stay masked for ever, nor
 * free_irq() wait for ever: what the thread owed is settled here, on its way out.
 */
static void irq_thread_died(struct callback_head *work)
{
	struct irq_thread *me = container_of(work, struct irq_thread, on_death);
	struct irqaction *action = me->action;
	struct irq_desc *desc = irq_to_desc(action->irq);

	pr_err("exiting task \"%s\" (%d) is an active IRQ thread (irq %u)\n", current->comm,
	       current->pid, action->irq);
	/* PF_EXITING is set: after handlers that did not see it yet, no order comes any more. */
	synchronize_hardirq_desc(desc, false);
	if (test_and_clear_bit(IRQTF_RUNTHREAD, &action->thread_flags))
		irq_thread_done(desc);
	irq_finalize_oneshot(desc, action);
	if (me->running)
		irq_thread_done(desc);
}

static int irq_thread(void *data)
{
	struct irq_thread *me = data;
	struct irqaction *action = me->action;
	struct irq_desc *desc = irq_to_desc(action->irq);

	init_task_work(&me->on_death, irq_thread_died);
	task_work_add(current, &me->on_death, TWA_NONE);
	set_bit(IRQTF_READY, &action->thread_flags);
	wake_up(&desc->wait_for_threads);
	sched_set_fifo(current);
	irq_thread_check_affinity(desc, action);

	while (irq_wait_for_interrupt(action)) {
		irqreturn_t ret;

		me->running = true;
		irq_thread_check_affinity(desc, action);
		ret = irq_thread_call(action);
		if (ret == IRQ_HANDLED)
			atomic_inc(&desc->threads_handled);
		if (ret == IRQ_WAKE_THREAD)
			irq_wake_secondary(desc, action);
		irq_finalize_oneshot(desc, action);
		me->running = false;
		irq_thread_done(desc);
	}
	task_work_cancel(current, irq_thread_died);
	return 0;
}

/* -- Making and ending them ------------------------------------------------------------------------ */

static int irq_create_thread(struct irqaction *new, unsigned int irq, bool secondary)
{
	struct irq_thread *me = kzalloc(sizeof(*me), GFP_KERNEL);
	struct task_struct *t;

	if (!me)
		return -ENOMEM;
	me->action = new;
	t = kthread_create(irq_thread, me, secondary ? "irq/%u-s-%s" : "irq/%u-%s", irq, new->name);
	if (IS_ERR(t)) {
		kfree(me);
		return PTR_ERR(t);
	}
	/* The action points to it: it must not vanish, even if it dies of an oops. */
	get_task_struct(t);
	new->thread = t;
	/* Its first look at the affinity puts it where the line is. */
	set_bit(IRQTF_AFFINITY, &new->thread_flags);
	return 0;
}

/**
 * irq_create_threads - make the thread(s) of an action that is to be attached
 * @new: the action, with thread_fn
 * @irq: its line
 *
 * They exist but do not run: irq_start_threads() or irq_stop_threads() follows.
 *
 * Context: process, may sleep.
 * Return: 0; what kthread_create() said.
 */
int irq_create_threads(struct irqaction *new, unsigned int irq)
{
	int ret = irq_create_thread(new, irq, false);

	if (ret || !new->secondary)
		return ret;
	ret = irq_create_thread(new->secondary, irq, true);
	if (ret)
		irq_stop_threads(new);
	return ret;
}

static void irq_start_thread(struct irq_desc *desc, struct irqaction *action)
{
	if (!action || !action->thread)
		return;
	wake_up_process(action->thread);
	wait_event(desc->wait_for_threads, test_bit(IRQTF_READY, &action->thread_flags));
}

/* Let the threads run, and wait until they are in their loop: a stop before that is lost. */
void irq_start_threads(struct irq_desc *desc, struct irqaction *new)
{
	irq_start_thread(desc, new);
	irq_start_thread(desc, new->secondary);
}

static void irq_stop_thread(struct irqaction *action)
{
	struct irq_thread *me;
	struct task_struct *t;

	if (!action || !action->thread)
		return;
	t = action->thread;
	action->thread = NULL;
	me = kthread_data(t);
	kthread_stop(t);
	put_task_struct(t);
	kfree(me);
}

/**
 * irq_stop_threads - end the thread(s) of an action that is attached no more
 * @action: the action
 *
 * Context: process, may sleep. A thread that was ordered to run still does.
 */
void irq_stop_threads(struct irqaction *action)
{
	irq_stop_thread(action);
	irq_stop_thread(action->secondary);
}

/**
 * irq_setup_forced_threading - threadirqs: turn a hard handler into a thread
 * @new: action that is to be attached
 *
 * A request that has a hard handler and a thread gets two threads: the first runs what was
 * the hard handler, and wakes the second, which has the thread function.
 *
 * Return: 0, also when nothing is to be done; -ENOMEM.
 */
int irq_setup_forced_threading(struct irqaction *new)
{
	if (!force_irqthreads())
		return 0;
	if (new->flags & (IRQF_NO_THREAD | IRQF_PERCPU | IRQF_ONESHOT))
		return 0;
	/* Has no hard half to force. */
	if (new->handler == irq_default_primary_handler)
		return 0;

	new->flags |= IRQF_ONESHOT;
	if (new->thread_fn) {
		struct irqaction *secondary = kzalloc(sizeof(*secondary), GFP_KERNEL);

		if (!secondary)
			return -ENOMEM;
		secondary->handler = irq_forced_secondary_handler;
		secondary->thread_fn = new->thread_fn;
		secondary->dev_id = new->dev_id;
		secondary->irq = new->irq;
		secondary->name = new->name;
		new->secondary = secondary;
	}
	set_bit(IRQTF_FORCED_THREAD, &new->thread_flags);
	new->thread_fn = new->handler;
	new->handler = irq_default_primary_handler;
	return 0;
}
