/* SPDX-License-Identifier: MIT */
/*
 * Flow handlers: what happens at the controller before and after a line's handlers, and what
 * becomes of an interrupt that can't be handled now.
 *
 *	level	mask and acknowledge; handle; unmask. The device asks until it is served.
 *	fasteoi	handle; tell the controller "done". It holds the line back meanwhile.
 *	edge	acknowledge, so that the next edge is latched; handle; again if one came.
 *	simple	handle.
 *	percpu	handle, with no lock, as each CPU has the line to itself.
 *
 * An interrupt finds the line in one of these states (all under its lock):
 *
 *	idle, wanted	run: INPROGRESS while the lock is let go for the handlers
 *	INPROGRESS	an edge sets PENDING, masks, and leaves; the CPU in the handlers sees
 *			PENDING when it comes back, unmasks and runs them again. So no edge is
 *			lost and never two instances run. Levels ask again by themselves.
 *	disabled, or	set PENDING and mask: enable_irq() raises it again (resend.c)
 *	no action
 *
 * Context of all but handle_nested_irq(): interrupts off, in a hard interrupt.
 */
#define pr_fmt(fmt) "genirq: " fmt

#include <linux/export.h>
#include <linux/ratelimit.h>
#include "event.h"

/*
 * What an interrupt finds that no flow handler may leave standing: it has come now, and what
 * was owed before is paid by this run.
 */
#define IRQS_SETTLED	(IRQS_REPLAY | IRQS_WAITING | IRQS_PENDING)

static noinline struct irqaction *irq_may_run_slow(struct irq_desc *desc)
{
	/* In progress by a poll only: that is waited for, the interrupt need not be lost. */
	if (irq_state_has(desc, IRQD_IRQ_INPROGRESS) && !irq_check_poll(desc))
		return NULL;
	return irq_state_has(desc, IRQD_IRQ_DISABLED) ? NULL : desc->action;
}

/*
 * The line's first action, if its actions may run now. The usual line is idle, enabled and
 * has one: two tests.
 */
static __always_inline struct irqaction *irq_may_run(struct irq_desc *desc)
{
	struct irqaction *action = desc->action;

	if (likely(!irq_state_has(desc, IRQD_IRQ_DISABLED | IRQD_IRQ_INPROGRESS)) &&
	    likely(action))
		return action;
	return irq_may_run_slow(desc);
}

/* Of a line that may not run: disabled or without action, so that it is owed the interrupt. */
static bool irq_unwanted(struct irq_desc *desc)
{
	return !irq_state_has(desc, IRQD_IRQ_INPROGRESS);
}

/* Unmask unless somebody wants it masked: a thread still at work, a disable meanwhile. */
static __always_inline void cond_unmask_irq(struct irq_desc *desc)
{
	if ((desc->irq_common_data.state_use_accessors &
	     (IRQD_IRQ_DISABLED | IRQD_IRQ_MASKED)) == IRQD_IRQ_MASKED &&
	    !desc->threads_oneshot)
		unmask_irq(desc);
}

/**
 * handle_level_irq - flow of a level line behind a plain controller
 * @desc: the line
 */
void handle_level_irq(struct irq_desc *desc)
{
	struct irqaction *action;

	desc_lock_irqoff(desc);
	mask_ack_irq(desc);
	desc->istate &= ~IRQS_SETTLED;
	action = irq_may_run(desc);
	if (likely(action)) {
		kstat_incr_irq(desc);
		irq_run_event(desc, action);
		cond_unmask_irq(desc);
	} else if (irq_unwanted(desc)) {
		desc->istate |= IRQS_PENDING;
	}
	desc_unlock_irqoff(desc);
}
EXPORT_SYMBOL_GPL(handle_level_irq);

/* A ONESHOT line stays masked until its threads are done; the controller is freed now or then. */
static noinline void fasteoi_oneshot(struct irq_desc *desc, struct irqaction *action)
{
	struct irq_chip *chip = desc->irq_data.chip;

	mask_irq(desc);
	irq_run_event(desc, action);
	if (!(chip->flags & IRQCHIP_EOI_THREADED) || !desc->threads_oneshot)
		chip->irq_eoi(&desc->irq_data);
	cond_unmask_irq(desc);
}

static noinline void fasteoi_hold_back(struct irq_desc *desc)
{
	if (irq_unwanted(desc)) {
		desc->istate |= IRQS_PENDING;
		mask_irq(desc);
	}
	if (!(desc->irq_data.chip->flags & IRQCHIP_EOI_IF_HANDLED))
		desc->irq_data.chip->irq_eoi(&desc->irq_data);
}

/**
 * handle_fasteoi_irq - flow of a line whose controller wants to hear only of the end
 * @desc: the line
 */
void handle_fasteoi_irq(struct irq_desc *desc)
{
	struct irqaction *action;

	desc_lock_irqoff(desc);
	desc->istate &= ~IRQS_SETTLED;
	action = irq_may_run(desc);
	if (unlikely(!action)) {
		fasteoi_hold_back(desc);
		goto out;
	}
	kstat_incr_irq(desc);
	if (unlikely(desc->istate & IRQS_ONESHOT)) {
		fasteoi_oneshot(desc, action);
		goto out;
	}
	irq_run_event(desc, action);
	desc->irq_data.chip->irq_eoi(&desc->irq_data);
out:
	desc_unlock_irqoff(desc);
}
EXPORT_SYMBOL_GPL(handle_fasteoi_irq);

/*
 * An edge came while the handlers ran. It was counted and masked by the CPU that it came to;
 * the line is opened again before the handlers run, for the next one.
 */
static noinline struct irqaction *irq_edge_again(struct irq_desc *desc)
{
	if (!desc->action) {
		mask_irq(desc);
		return NULL;
	}
	if (irq_state_has(desc, IRQD_IRQ_DISABLED))
		return NULL;
	desc->istate &= ~IRQS_PENDING;
	if (irq_state_has(desc, IRQD_IRQ_MASKED))
		unmask_irq(desc);
	return desc->action;
}

/* Run the actions until no edge came while they ran. */
static __always_inline void irq_run_edges(struct irq_desc *desc, struct irqaction *action)
{
	do {
		irq_run_event(desc, action);
	} while (unlikely(desc->istate & IRQS_PENDING) && (action = irq_edge_again(desc)));
}

/**
 * handle_edge_irq - flow of an edge line, MSI included
 * @desc: the line
 *
 * The acknowledge comes first: an edge during the handlers is then latched by the
 * controller, arrives here on whichever CPU, and is owed as PENDING.
 */
void handle_edge_irq(struct irq_desc *desc)
{
	struct irqaction *action;

	desc_lock_irqoff(desc);
	desc->istate &= ~IRQS_SETTLED;
	action = irq_may_run(desc);
	if (likely(action)) {
		kstat_incr_irq(desc);
		desc->irq_data.chip->irq_ack(&desc->irq_data);
		irq_run_edges(desc, action);
	} else {
		desc->istate |= IRQS_PENDING;
		mask_ack_irq(desc);
	}
	desc_unlock_irqoff(desc);
}
EXPORT_SYMBOL(handle_edge_irq);

/**
 * handle_edge_eoi_irq - flow of an edge line whose controller wants an EOI, no acknowledge
 * @desc: the line
 */
void handle_edge_eoi_irq(struct irq_desc *desc)
{
	struct irqaction *action;

	desc_lock_irqoff(desc);
	desc->istate &= ~IRQS_SETTLED;
	action = irq_may_run(desc);
	if (likely(action)) {
		kstat_incr_irq(desc);
		irq_run_edges(desc, action);
	} else {
		desc->istate |= IRQS_PENDING;
	}
	desc->irq_data.chip->irq_eoi(&desc->irq_data);
	desc_unlock_irqoff(desc);
}
EXPORT_SYMBOL_GPL(handle_edge_eoi_irq);

/**
 * handle_simple_irq - flow of a line with no controller of its own to talk to
 * @desc: the line, most often demultiplexed by a chained handler
 */
void handle_simple_irq(struct irq_desc *desc)
{
	struct irqaction *action;

	desc_lock_irqoff(desc);
	desc->istate &= ~IRQS_SETTLED;
	action = irq_may_run(desc);
	if (likely(action)) {
		kstat_incr_irq(desc);
		irq_run_event(desc, action);
	} else if (irq_unwanted(desc)) {
		desc->istate |= IRQS_PENDING;
	}
	desc_unlock_irqoff(desc);
}
EXPORT_SYMBOL_GPL(handle_simple_irq);

/**
 * handle_untracked_irq - handle_simple_irq() without counting
 * @desc: the line
 */
void handle_untracked_irq(struct irq_desc *desc)
{
	struct irqaction *action;

	desc_lock_irqoff(desc);
	desc->istate &= ~IRQS_SETTLED;
	action = irq_may_run(desc);
	if (likely(action))
		irq_run_event(desc, action);
	else if (irq_unwanted(desc))
		desc->istate |= IRQS_PENDING;
	desc_unlock_irqoff(desc);
}
EXPORT_SYMBOL_GPL(handle_untracked_irq);

/**
 * handle_percpu_irq - flow of a line that every CPU has for itself
 * @desc: the line
 */
void handle_percpu_irq(struct irq_desc *desc)
{
	struct irq_chip *chip = desc->irq_data.chip;

	kstat_incr_irq(desc);
	if (chip->irq_ack)
		chip->irq_ack(&desc->irq_data);
	handle_irq_event_percpu(desc);
	if (chip->irq_eoi)
		chip->irq_eoi(&desc->irq_data);
}
EXPORT_SYMBOL_GPL(handle_percpu_irq);

/* Nobody asked for it, or not on this CPU: off, so that it is said once. */
static noinline void percpu_devid_spurious(struct irq_desc *desc)
{
	unsigned int cpu = raw_smp_processor_id();
	bool enabled = cpumask_test_cpu(cpu, desc->percpu_enabled);

	if (enabled)
		irq_percpu_disable(desc, cpu);
	pr_err_once("Spurious%s IRQ%u on CPU%u\n", enabled ? " and unmasked" : "",
		    desc_irq(desc), cpu);
}

/**
 * handle_percpu_devid_irq - handle_percpu_irq() whose handler gets its CPU's own dev_id
 * @desc: the line
 */
void handle_percpu_devid_irq(struct irq_desc *desc)
{
	struct irq_chip *chip = desc->irq_data.chip;
	struct irqaction *action = READ_ONCE(desc->action);

	kstat_incr_irq(desc);
	if (chip->irq_ack)
		chip->irq_ack(&desc->irq_data);
	if (likely(action))
		action->handler(desc_irq(desc), raw_cpu_ptr(action->percpu_dev_id));
	else
		percpu_devid_spurious(desc);
	if (chip->irq_eoi)
		chip->irq_eoi(&desc->irq_data);
}
EXPORT_SYMBOL_GPL(handle_percpu_devid_irq);

/**
 * handle_bad_irq - flow of a line that nobody has set up
 * @desc: the line
 */
void handle_bad_irq(struct irq_desc *desc)
{
	struct irq_chip *chip = desc->irq_data.chip;

	kstat_incr_irq(desc);
	pr_err_ratelimited("unexpected interrupt on IRQ %u (chip %s)\n", desc_irq(desc),
			   chip->name);
	if (chip->irq_ack)
		chip->irq_ack(&desc->irq_data);
	else if (chip->irq_eoi)
		chip->irq_eoi(&desc->irq_data);
}
EXPORT_SYMBOL_GPL(handle_bad_irq);

/**
 * handle_nested_irq - a line whose handlers run in the thread of the line it comes through
 * @irq: the line
 *
 * Context: a thread; may sleep.
 */
void handle_nested_irq(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);
	irqreturn_t ret = IRQ_NONE;
	struct irqaction *action;

	might_sleep();
	raw_spin_lock_irq(&desc->lock);
	desc->istate &= ~IRQS_SETTLED;
	action = desc->action;
	if (!action || irqd_irq_disabled(&desc->irq_data)) {
		desc->istate |= IRQS_PENDING;
		raw_spin_unlock_irq(&desc->lock);
		return;
	}
	kstat_incr_irq(desc);
	/* Counted as a thread at work: synchronize_irq() sleeps until it is done. */
	atomic_inc(&desc->threads_active);
	raw_spin_unlock_irq(&desc->lock);

	for (; action; action = READ_ONCE(action->next))
		ret |= action->thread_fn(irq, action->dev_id);
	if (ret != IRQ_HANDLED)
		note_interrupt(desc, ret);
	irq_thread_done(desc);
}
EXPORT_SYMBOL_GPL(handle_nested_irq);
