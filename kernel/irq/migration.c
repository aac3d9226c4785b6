/* SPDX-License-Identifier: MIT */
/*
 * Moves that had to wait for an interrupt: a controller that holds one message in flight can
 * be given a new address safely only while the line is masked and its last interrupt is
 * being acknowledged. Called from the chip's ack or eoi, with the line's lock held.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include "internals.h"

/**
 * irq_move_masked_irq - carry out a pending move; the line is masked
 * @idata: of any controller of the line
 */
void irq_move_masked_irq(struct irq_data *idata)
{
	struct irq_desc *desc = irq_data_to_desc(idata);
	struct irq_data *data = &desc->irq_data;

	lockdep_assert_held(&desc->lock);
	if (!irqd_is_setaffinity_pending(data))
		return;
	irqd_clear(data, IRQD_SETAFFINITY_PENDING);
	if (WARN_ON(irqd_is_per_cpu(data)))
		return;
	if (cpumask_empty(desc->pending_mask) || !data->chip->irq_set_affinity)
		return;

	/* The last move is not finished: at the next interrupt then. */
	if (cpumask_intersects(desc->pending_mask, cpu_online_mask) &&
	    irq_do_set_affinity(data, desc->pending_mask, false) == -EBUSY) {
		irqd_set(data, IRQD_SETAFFINITY_PENDING);
		return;
	}
	cpumask_clear(desc->pending_mask);
}
EXPORT_SYMBOL_GPL(irq_move_masked_irq);

/* The slow half of irq_move_irq(). A disabled line may lose its interrupt by a move. */
void __irq_move_irq(struct irq_data *idata)
{
	struct irq_data *data = &irq_data_to_desc(idata)->irq_data;
	bool masked = irqd_irq_masked(data);

	if (irqd_irq_disabled(data))
		return;
	if (!masked)
		data->chip->irq_mask(data);
	irq_move_masked_irq(data);
	if (!masked)
		data->chip->irq_unmask(data);
}
EXPORT_SYMBOL_GPL(__irq_move_irq);
