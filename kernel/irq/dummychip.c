/* SPDX-License-Identifier: MIT */
/*
 * Chips that are none, so that the flow never asks whether there is one: no_irq_chip of a
 * line that was not set up, dummy_irq_chip for lines with nothing to mask or acknowledge.
 */
#include <linux/export.h>
#include "internals.h"

/* Something acknowledged a line that has no controller: the machine is set up wrong. */
static void ack_bad(struct irq_data *data)
{
	pr_crit("unexpected IRQ trap at vector %02x\n", data->irq);
}

static void noop(struct irq_data *data)
{
}

static unsigned int noop_ret(struct irq_data *data)
{
	return 0;
}

struct irq_chip no_irq_chip = {
	.name		= "none",
	.irq_startup	= noop_ret,
	.irq_shutdown	= noop,
	.irq_enable	= noop,
	.irq_disable	= noop,
	.irq_ack	= ack_bad,
	.flags		= IRQCHIP_SKIP_SET_WAKE,
};

struct irq_chip dummy_irq_chip = {
	.name		= "dummy",
	.irq_startup	= noop_ret,
	.irq_shutdown	= noop,
	.irq_enable	= noop,
	.irq_disable	= noop,
	.irq_ack	= noop,
	.irq_mask	= noop,
	.irq_unmask	= noop,
	.flags		= IRQCHIP_SKIP_SET_WAKE,
};
EXPORT_SYMBOL_GPL(dummy_irq_chip);
