/* SPDX-License-Identifier: MIT */
/*
 * irqnest: the rule of Linux 2.6 for those who want to see it. A handler runs with interrupts
 * on, so that other lines interrupt it, unless it was requested with IRQF_DISABLED; its own line
 * stays closed to it all the same.
 *
 * It costs nothing when it is off: with the option, a handler that may be interrupted is
 * replaced by one of ours at its request, which enables interrupts round it.
 */
#include <linux/hardirq.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include "internals.h"

/* Deeper than this handlers run with interrupts off again: the interrupt stack has an end. */
#define MAX_NESTING	6

static bool irq_nest __ro_after_init;

static int __init irq_nest_setup(char *str)
{
	irq_nest = true;
	return 1;
}
__setup("irqnest", irq_nest_setup);

/* An action that is being removed may be off the list already: then it need not run. */
static struct irqaction *find_action(unsigned int irq, void *dev_id)
{
	struct irq_desc *desc = irq_to_desc(irq);
	struct irqaction *action;

	for (action = READ_ONCE(desc->action); action; action = READ_ONCE(action->next))
		if (action->dev_id == dev_id)
			return action;
	return NULL;
}

static irqreturn_t run_interruptible(int irq, void *dev_id)
{
	struct irqaction *action = find_action(irq, dev_id);
	irqreturn_t res;

	if (!action)
		return IRQ_NONE;
	if (hardirq_count() >> HARDIRQ_SHIFT < MAX_NESTING)
		local_irq_enable_in_hardirq();
	res = action->nested(irq, dev_id);
	local_irq_disable();
	return res;
}

/**
 * irq_let_nest - with irqnest, let other interrupts come while an action's handler runs
 * @new: not attached yet
 *
 * Ticks and per-CPU interrupts keep interrupts off, as do those who ask for it.
 */
void irq_let_nest(struct irqaction *new)
{
	if (!irq_nest || !new->handler || new->handler == irq_default_primary_handler ||
	    (new->flags & (IRQF_DISABLED | __IRQF_TIMER | IRQF_PERCPU)))
		return;
	new->nested = new->handler;
	new->handler = run_interruptible;
}
