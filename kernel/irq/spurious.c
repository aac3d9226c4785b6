/* SPDX-License-Identifier: MIT */
/*
 * Lines that ask and nobody answers. A stuck level line would keep its CPU in the handler
 * for ever, so when 99,900 of 100,000 interrupts were nobody's, the line is closed and
 * polled ten times a second instead.
 *
 * Handled interrupts cost nothing here: the window of 100,000 is measured by the line's
 * own count, which is looked at only when an interrupt was not handled.
 *
 *	irqfixup	an unhandled interrupt: ask the handlers of all other shared lines
 *	irqpoll		the same, and ask them all on every tick
 *	noirqdebug	no watch at all
 */
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/smp.h>
#include <linux/timer.h>
#include "internals.h"

#define SPURIOUS_WINDOW		100000
#define SPURIOUS_LIMIT		99900
#define SPURIOUS_REPORTS	100		/* bogus answers reported until we have had enough */
#define POLL_INTERVAL		(HZ / 10)
#define SPURIOUS_DEFERRED	0x80000000	/* of threads_handled_last: a thread has yet to answer */

bool noirqdebug;			/* fixed after the command line was read */
static unsigned int irqfixup;		/* 0, 1 irqfixup, 2 irqpoll; likewise */

/* One poller at a time; the CPU it is on, so that a line it is in does not wait for itself. */
static atomic_t irq_poll_active = ATOMIC_INIT(0);
static int irq_poll_cpu = -1;

static void poll_spurious_irqs(struct timer_list *unused);
static DEFINE_TIMER(poll_spurious_irq_timer, poll_spurious_irqs);

/* -- Polling ------------------------------------------------------------------------------------------ */

static bool irq_poll_begin(void)
{
	if (atomic_inc_return(&irq_poll_active) != 1) {
		atomic_dec(&irq_poll_active);
		return false;
	}
	WRITE_ONCE(irq_poll_cpu, raw_smp_processor_id());
	return true;
}

static void irq_poll_end(void)
{
	WRITE_ONCE(irq_poll_cpu, -1);
	atomic_dec_return_release(&irq_poll_active);
}

/* A line was taken out of the table: no poller has it in its hands after this. */
void irq_poll_sync(void)
{
	smp_mb();	/* the table first; pairs with the full atomic in irq_poll_begin() */
	smp_cond_load_acquire(&irq_poll_active.counter, !VAL);
}

/**
 * irq_check_poll - is a line that is in progress only being polled?
 * @desc: the line, its lock held; let go while it waits
 *
 * Then its interrupt need not be lost: wait for the poll to end.
 *
 * Return: true when the line is free and wanted: go on and handle the interrupt.
 */
bool irq_check_poll(struct irq_desc *desc)
{
	if (!(desc->istate & IRQS_POLL_INPROGRESS))
		return false;
	if (WARN_ONCE(READ_ONCE(irq_poll_cpu) == raw_smp_processor_id(),
		      "irq poll in progress on cpu %d for irq %u\n",
		      raw_smp_processor_id(), desc_irq(desc)))
		return false;
	do {
		raw_spin_unlock(&desc->lock);
		smp_cond_load_relaxed(&desc->irq_common_data.state_use_accessors,
				      !(VAL & IRQD_IRQ_INPROGRESS));
		raw_spin_lock(&desc->lock);
	} while (irqd_irq_inprogress(&desc->irq_data));
	return !irqd_irq_disabled(&desc->irq_data) && desc->action;
}

static bool irq_can_poll(struct irq_desc *desc, bool even_disabled)
{
	if (irq_settings_has(desc, IRQ_PER_CPU | IRQ_NESTED_THREAD | IRQ_IS_POLLED))
		return false;
	if (irqd_irq_disabled(&desc->irq_data) && !even_disabled)
		return false;
	/* All users agree on sharing; one that does not share expects no stray questions. */
	return desc->action && (desc->action->flags & IRQF_SHARED) &&
	       !(desc->action->flags & __IRQF_TIMER);
}

/* Ask one line's handlers. Interrupts are off. */
static bool try_one_irq(struct irq_desc *desc, bool even_disabled)
{
	bool handled = false;

	raw_spin_lock(&desc->lock);
	if (irq_can_poll(desc, even_disabled)) {
		if (irqd_irq_inprogress(&desc->irq_data)) {
			/* The CPU in its handlers asks once more. */
			desc->istate |= IRQS_PENDING;
		} else {
			desc->istate |= IRQS_POLL_INPROGRESS;
			do {
				if (handle_irq_event(desc) == IRQ_HANDLED)
					handled = true;
			} while ((desc->istate & IRQS_PENDING) && desc->action);
			desc->istate &= ~IRQS_POLL_INPROGRESS;
		}
	}
	raw_spin_unlock(&desc->lock);
	return handled;
}

/* The interrupt may have come in on a wrong line: ask all others. */
static bool misrouted_irq(unsigned int irq)
{
	struct irq_desc *desc;
	bool handled = false;
	unsigned int i;

	if (!irq_poll_begin())
		return false;
	for_each_irq_desc(i, desc) {
		if (i && i != irq && try_one_irq(desc, false))
			handled = true;
	}
	irq_poll_end();
	return handled;
}

/* Lines that were given up; with irqpoll, all lines. */
static void poll_spurious_irqs(struct timer_list *unused)
{
	struct irq_desc *desc;
	unsigned int i;

	if (irq_poll_begin()) {
		for_each_irq_desc(i, desc) {
			bool stuck = READ_ONCE(desc->istate) & IRQS_SPURIOUS_DISABLED;

			if (!i || !(stuck || irqfixup == 2))
				continue;
			local_irq_disable();
			try_one_irq(desc, stuck);
			local_irq_enable();
		}
		irq_poll_end();
	}
	mod_timer(&poll_spurious_irq_timer, jiffies + (irqfixup == 2 ? 1 : POLL_INTERVAL));
}

/* -- Judging ------------------------------------------------------------------------------------------- */

static bool bad_action_ret(irqreturn_t action_ret)
{
	return (unsigned int)action_ret > (IRQ_HANDLED | IRQ_WAKE_THREAD);
}

static __cold void __report_bad_irq(struct irq_desc *desc, irqreturn_t action_ret)
{
	unsigned int irq = desc_irq(desc);
	struct irqaction *action;
	unsigned long flags;

	if (bad_action_ret(action_ret))
		pr_err("irq event %u: bogus return value %x\n", irq, action_ret);
	else
		pr_err("irq %u: nobody cared (try booting with the \"irqpoll\" option)\n", irq);
	dump_stack();
	pr_err("handlers:\n");
	raw_spin_lock_irqsave(&desc->lock, flags);
	for (action = desc->action; action; action = action->next) {
		pr_err("[<%px>] %pS", action->handler, action->handler);
		if (action->thread_fn)
			pr_cont(" threaded [<%px>] %pS", action->thread_fn, action->thread_fn);
		pr_cont("\n");
	}
	raw_spin_unlock_irqrestore(&desc->lock, flags);
}

static __cold void report_bad_irq(struct irq_desc *desc, irqreturn_t action_ret)
{
	static int left = SPURIOUS_REPORTS;	/* racy: a few more or less do not matter */

	if (READ_ONCE(left) > 0) {
		WRITE_ONCE(left, left - 1);
		__report_bad_irq(desc, action_ret);
	}
}

/*
 * What a wake-up of threads tells is known only when they have answered: their answers to
 * one interrupt are looked at when the next one comes.
 */
static irqreturn_t irq_threads_answered(struct irq_desc *desc, irqreturn_t action_ret)
{
	int handled;

	/* A hard handler of the line handled it: no need to wait for the threads. */
	if (action_ret != IRQ_WAKE_THREAD) {
		desc->threads_handled_last &= ~SPURIOUS_DEFERRED;
		return IRQ_HANDLED;
	}
	if (!(desc->threads_handled_last & SPURIOUS_DEFERRED)) {
		desc->threads_handled_last |= SPURIOUS_DEFERRED;
		return IRQ_HANDLED;
	}
	handled = atomic_read(&desc->threads_handled) | SPURIOUS_DEFERRED;
	if (handled == desc->threads_handled_last)
		return IRQ_NONE;
	desc->threads_handled_last = handled;
	return IRQ_HANDLED;
}

static __cold void irq_give_up(struct irq_desc *desc)
{
	unsigned long flags;

	__report_bad_irq(desc, IRQ_NONE);
	pr_emerg("Disabling IRQ #%u\n", desc_irq(desc));
	raw_spin_lock_irqsave(&desc->lock, flags);
	desc->istate |= IRQS_SPURIOUS_DISABLED;
	desc->depth++;
	irq_disable(desc);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	mod_timer(&poll_spurious_irq_timer, jiffies + POLL_INTERVAL);
}

static void irq_judge_window(struct irq_desc *desc)
{
	if (desc->irqs_unhandled > SPURIOUS_LIMIT)
		irq_give_up(desc);
	desc->irqs_unhandled = 0;
}

/* One more that nobody cared for; those more than a tenth of a second apart do not add up. */
static void irq_count_unhandled(struct irq_desc *desc)
{
	unsigned int total = kstat_irqs_desc(desc);

	/* A window that ended on handled interrupts waits to be judged: this one is the next's. */
	if (desc->irqs_unhandled && total - desc->window_start > SPURIOUS_WINDOW)
		irq_judge_window(desc);
	if (!desc->irqs_unhandled)
		desc->window_start = total - 1;
	if (time_after(jiffies, desc->last_unhandled + HZ / 10))
		desc->irqs_unhandled = 1;
	else
		desc->irqs_unhandled++;
	desc->last_unhandled = jiffies;
	if (total - desc->window_start == SPURIOUS_WINDOW)
		irq_judge_window(desc);
}

/**
 * note_interrupt - look into an interrupt that was not simply handled
 * @desc: the line, INPROGRESS, its lock not held
 * @action_ret: what its actions said together: anything but IRQ_HANDLED
 */
void note_interrupt(struct irq_desc *desc, irqreturn_t action_ret)
{
	if (irq_settings_has(desc, IRQ_NO_DEBUG | IRQ_IS_POLLED) ||
	    (READ_ONCE(desc->istate) & IRQS_POLL_INPROGRESS))
		return;
	if (bad_action_ret(action_ret)) {
		report_bad_irq(desc, action_ret);
		return;
	}
	if (action_ret & IRQ_WAKE_THREAD)
		action_ret = irq_threads_answered(desc, action_ret);
	if (action_ret != IRQ_NONE)
		return;
	if (irqfixup && misrouted_irq(desc_irq(desc)))
		return;
	irq_count_unhandled(desc);
}

/* -- Boot options ----------------------------------------------------------------------------------------- */

static int __init noirqdebug_setup(char *str)
{
	noirqdebug = true;
	pr_info("IRQ lockup detection disabled\n");
	return 1;
}
__setup("noirqdebug", noirqdebug_setup);

static int __init irqfixup_setup(char *str)
{
	irqfixup = 1;
	pr_warn("Misrouted IRQ fixup support enabled.\n");
	pr_warn("This may impact system performance.\n");
	return 1;
}
__setup("irqfixup", irqfixup_setup);

static int __init irqpoll_setup(char *str)
{
	irqfixup = 2;
	pr_warn("Misrouted IRQ fixup and polling support enabled\n");
	pr_warn("This may significantly impact system performance\n");
	return 1;
}
__setup("irqpoll", irqpoll_setup);

static int __init irqpoll_start(void)
{
	if (irqfixup == 2)
		mod_timer(&poll_spurious_irq_timer, jiffies + 1);
	return 0;
}
late_initcall(irqpoll_start);
