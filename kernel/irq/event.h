/* SPDX-License-Identifier: MIT */
/*
 * One interrupt of a line: count it, ask every action. Inlined into the flow handlers, as
 * this is the path whose instructions are counted (docs: the cost of an interrupt).
 *
 * What may run at the same time: nothing else for this line, because IRQD_IRQ_INPROGRESS is
 * set under the lock before the lock is let go for the handlers. An action that is being
 * removed is unlinked first, and its memory waits for the flag (synchronize_hardirq()).
 */
#ifndef _KERNEL_IRQ_EVENT_H
#define _KERNEL_IRQ_EVENT_H

#include <linux/debug_handler.h>
#include <linux/irqflags.h>
#include <linux/percpu.h>
#include <linux/random.h>
#include <linux/spinlock.h>
#include "internals.h"

void irq_handler_left_irqs_on(struct irqaction *action);
irqreturn_t irq_run_other_actions(struct irq_desc *desc, struct irqaction *action, irqreturn_t res);

/* Interrupts are off, so nothing preempts: the lock alone, without the preempt count. */
static __always_inline void desc_lock_irqoff(struct irq_desc *desc)
{
	lockdep_assert_irqs_disabled();
	do_raw_spin_lock(&desc->lock);
}

static __always_inline void desc_unlock_irqoff(struct irq_desc *desc)
{
	do_raw_spin_unlock(&desc->lock);
}

/* One in so many is also random input: by when it comes. drivers/char/random/interrupt.c */
static __always_inline void kstat_incr_irq(struct irq_desc *desc)
{
	unsigned int __percpu *count = desc->kstat_irqs;

	__this_cpu_inc(*count);
	if (unlikely(!(__this_cpu_read(*count) % INTERRUPTS_PER_SAMPLE)))
		add_interrupt_randomness((int)desc_irq(desc));
}

static __always_inline irqreturn_t irq_call_handler(struct irq_desc *desc, struct irqaction *action)
{
	struct handler_state before = handler_begin();
	irqreturn_t res = action->handler(desc_irq(desc), action->dev_id);

	handler_end(&before, "irq handler", action->handler);
	return res;
}

/**
 * irq_run_actions - ask every action of the line
 * @desc: the line, INPROGRESS, its lock not held
 * @action: the first
 *
 * The usual line has one action, which handled the interrupt: the rest is out of the way.
 *
 * Return: the or of their answers.
 */
static __always_inline irqreturn_t irq_run_actions(struct irq_desc *desc, struct irqaction *action)
{
	irqreturn_t res = irq_call_handler(desc, action);

	/* Actions are appended under the line's lock, so that the next turn sees a new one. */
	if (unlikely(res != IRQ_HANDLED || data_race(action->next)))
		res = irq_run_other_actions(desc, action, res);
	if (unlikely(!irqs_disabled()))
		irq_handler_left_irqs_on(action);
	return res;
}

/**
 * irq_run_event - let the line's actions run once
 * @desc: the line, its lock held; let go while they run
 * @action: the first
 *
 * The caller has cleared IRQS_PENDING: what comes from here on sets it again.
 *
 * Return: the or of their answers.
 */
static __always_inline irqreturn_t irq_run_event(struct irq_desc *desc, struct irqaction *action)
{
	irqreturn_t ret;

	desc->irq_common_data.state_use_accessors |= IRQD_IRQ_INPROGRESS;
	desc_unlock_irqoff(desc);
	ret = irq_run_actions(desc, action);
	desc_lock_irqoff(desc);
	desc->irq_common_data.state_use_accessors &= ~IRQD_IRQ_INPROGRESS;
	return ret;
}

#endif
