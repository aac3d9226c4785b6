/* SPDX-License-Identifier: MIT */
/*
 * Running a line's handlers, for callers outside: machine code with a number instead of a
 * descriptor, controllers with flow handlers of their own.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include "event.h"

/** no_action - a handler that does nothing; says "not mine" */
irqreturn_t no_action(int irq, void *dev_id)
{
	return IRQ_NONE;
}
EXPORT_SYMBOL_GPL(no_action);

/* A driver's mistake: named once and repaired, for the code it would break is not the driver's. */
void __cold irq_handler_left_irqs_on(struct irqaction *action)
{
	WARN_ONCE(1, "irq %u handler %pS enabled interrupts\n", action->irq, action->handler);
	local_irq_disable();
}

/**
 * irq_run_other_actions - what comes after the first action, when that was not all
 * @desc: the line, INPROGRESS, its lock not held
 * @action: the first, which has run
 * @res: what it said
 *
 * Threads that were asked for are woken, the other actions of a shared line run, and an
 * interrupt that was not simply handled is looked into.
 *
 * Return: the or of all answers.
 */
noinline irqreturn_t irq_run_other_actions(struct irq_desc *desc, struct irqaction *action,
					   irqreturn_t res)
{
	irqreturn_t all = res;

	for (;;) {
		if (unlikely(!irqs_disabled()))
			irq_handler_left_irqs_on(action);
		if (res == IRQ_WAKE_THREAD)
			__irq_wake_thread(desc, action);
		action = READ_ONCE(action->next);
		if (!action)
			break;
		res = irq_call_handler(desc, action);
		all |= res;
	}
	if (all != IRQ_HANDLED)
		note_interrupt(desc, all);
	return all;
}

/**
 * handle_irq_event_percpu - run the actions of a line that several CPUs may be in at once
 * @desc: the line; its lock is not held and not taken
 *
 * Context: hard interrupt.
 * Return: the or of the actions' answers; IRQ_NONE when there are none.
 */
irqreturn_t handle_irq_event_percpu(struct irq_desc *desc)
{
	struct irqaction *action = READ_ONCE(desc->action);

	return likely(action) ? irq_run_actions(desc, action) : IRQ_NONE;
}

/**
 * handle_irq_event - run the actions of a line once
 * @desc: the line, its lock held; let go while the actions run
 *
 * Context: a flow handler.
 * Return: the or of the actions' answers; IRQ_NONE when there are none.
 */
irqreturn_t handle_irq_event(struct irq_desc *desc)
{
	desc->istate &= ~IRQS_PENDING;
	return likely(desc->action) ? irq_run_event(desc, desc->action) : IRQ_NONE;
}

/**
 * handle_irq_desc - run the flow of a line that may not exist
 * @desc: the line or NULL
 *
 * Context: hard interrupt, interrupts off.
 * Return: 0; -EINVAL @desc is NULL; -EPERM outside of a hard interrupt, for a line whose
 * controller needs to be in one.
 */
int handle_irq_desc(struct irq_desc *desc)
{
	if (!desc)
		return -EINVAL;
	if (WARN_ON_ONCE(!in_hardirq() && irqd_is_handle_enforce_irqctx(&desc->irq_data)))
		return -EPERM;
	generic_handle_irq_desc(desc);
	return 0;
}
EXPORT_SYMBOL_GPL(handle_irq_desc);

/**
 * generic_handle_irq - run the flow of a line by number, from its controller's own handler
 * @irq: the line
 *
 * Context: hard interrupt, interrupts off.
 * Return: as handle_irq_desc().
 */
int generic_handle_irq(unsigned int irq)
{
	return handle_irq_desc(irq_to_desc(irq));
}
EXPORT_SYMBOL_GPL(generic_handle_irq);

/** generic_handle_irq_safe - generic_handle_irq() from any context: interrupts go off for it */
int generic_handle_irq_safe(unsigned int irq)
{
	unsigned long flags;
	int ret;

	local_irq_save(flags);
	ret = handle_irq_desc(irq_to_desc(irq));
	local_irq_restore(flags);
	return ret;
}
EXPORT_SYMBOL_GPL(generic_handle_irq_safe);

/**
 * generic_handle_domain_irq - run the flow of the line that a controller calls @hwirq
 * @domain: the controller's domain
 * @hwirq: its number there
 *
 * Context: hard interrupt, interrupts off.
 * Return: 0; -EINVAL when nothing is mapped there; -EPERM as handle_irq_desc().
 */
int generic_handle_domain_irq(struct irq_domain *domain, unsigned int hwirq)
{
	return handle_irq_desc(irq_resolve_mapping(domain, hwirq));
}
EXPORT_SYMBOL_GPL(generic_handle_domain_irq);

/** generic_handle_domain_irq_safe - the same from any context */
int generic_handle_domain_irq_safe(struct irq_domain *domain, unsigned int hwirq)
{
	unsigned long flags;
	int ret;

	local_irq_save(flags);
	ret = handle_irq_desc(irq_resolve_mapping(domain, hwirq));
	local_irq_restore(flags);
	return ret;
}
EXPORT_SYMBOL_GPL(generic_handle_domain_irq_safe);
