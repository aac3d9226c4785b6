/* SPDX-License-Identifier: MIT */
/*
 * A controller of simulated lines. irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true) raises
 * one: it is noted in a bitmap, and an irq_work brings it in as a hard interrupt on this CPU.
 */
#include <linux/bitmap.h>
#include <linux/bitops.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/irq_sim.h>
#include <linux/irq_work.h>
#include <linux/slab.h>
#include "internals.h"

struct irq_sim {
	struct irq_work		work;
	unsigned int		nr;		/* fixed, as domain */
	struct irq_domain	*domain;
	unsigned long		*pending;	/* atomic bits: raised, not yet delivered */
};

/* Of one line; its chip_data. */
struct irq_sim_line {
	struct irq_sim	*sim;
	bool		enabled;		/* under the line's lock */
};

static void irq_sim_mask(struct irq_data *data)
{
	struct irq_sim_line *line = irq_data_get_irq_chip_data(data);

	line->enabled = false;
}

static void irq_sim_unmask(struct irq_data *data)
{
	struct irq_sim_line *line = irq_data_get_irq_chip_data(data);

	line->enabled = true;
}

static int irq_sim_set_type(struct irq_data *data, unsigned int type)
{
	if (type & ~IRQ_TYPE_EDGE_BOTH)
		return -EINVAL;
	irqd_set_trigger_type(data, type);
	return 0;
}

static int irq_sim_get_state(struct irq_data *data, enum irqchip_irq_state which, bool *state)
{
	struct irq_sim_line *line = irq_data_get_irq_chip_data(data);

	if (which != IRQCHIP_STATE_PENDING)
		return -EINVAL;
	if (line->enabled)
		*state = test_bit(irqd_to_hwirq(data), line->sim->pending);
	return 0;
}

static int irq_sim_set_state(struct irq_data *data, enum irqchip_irq_state which, bool state)
{
	struct irq_sim_line *line = irq_data_get_irq_chip_data(data);

	if (which != IRQCHIP_STATE_PENDING)
		return -EINVAL;
	if (line->enabled) {
		assign_bit(irqd_to_hwirq(data), line->sim->pending, state);
		if (state)
			irq_work_queue(&line->sim->work);
	}
	return 0;
}

static struct irq_chip irq_sim_chip = {
	.name			= "irq_sim",
	.irq_mask		= irq_sim_mask,
	.irq_unmask		= irq_sim_unmask,
	.irq_set_type		= irq_sim_set_type,
	.irq_get_irqchip_state	= irq_sim_get_state,
	.irq_set_irqchip_state	= irq_sim_set_state,
};

static void irq_sim_deliver(struct irq_work *work)
{
	struct irq_sim *sim = container_of(work, struct irq_sim, work);
	unsigned int hwirq;

	for_each_set_bit(hwirq, sim->pending, sim->nr) {
		if (test_and_clear_bit(hwirq, sim->pending))
			generic_handle_domain_irq(sim->domain, hwirq);
	}
}

static int irq_sim_map(struct irq_domain *domain, unsigned int virq, irq_hw_number_t hw)
{
	struct irq_sim_line *line = kzalloc(sizeof(*line), GFP_KERNEL);

	if (!line)
		return -ENOMEM;
	line->sim = domain->host_data;
	irq_set_chip_and_handler(virq, &irq_sim_chip, handle_simple_irq);
	irq_set_chip_data(virq, line);
	irq_modify_status(virq, IRQ_NOREQUEST | IRQ_NOAUTOEN, IRQ_NOPROBE);
	return 0;
}

static void irq_sim_unmap(struct irq_domain *domain, unsigned int virq)
{
	kfree(irq_get_chip_data(virq));
	irq_set_chip_data(virq, NULL);
}

static const struct irq_domain_ops irq_sim_domain_ops = {
	.map	= irq_sim_map,
	.unmap	= irq_sim_unmap,
};

/**
 * irq_domain_create_sim - make a controller of simulated lines
 * @fwnode: its name, or NULL
 * @num_irqs: how many; irq_create_mapping() makes a line of each
 *
 * Context: process, may sleep. Return: ERR_PTR(-ENOMEM) when there is no memory.
 */
struct irq_domain *irq_domain_create_sim(struct fwnode_handle *fwnode, unsigned int num_irqs)
{
	struct irq_sim *sim = kzalloc(sizeof(*sim), GFP_KERNEL);

	if (!sim)
		return ERR_PTR(-ENOMEM);
	sim->pending = bitmap_zalloc(num_irqs, GFP_KERNEL);
	if (!sim->pending)
		goto free_sim;
	sim->nr = num_irqs;
	init_irq_work(&sim->work, irq_sim_deliver);
	sim->domain = irq_domain_create_linear(fwnode, num_irqs, &irq_sim_domain_ops, sim);
	if (!sim->domain)
		goto free_pending;
	return sim->domain;

free_pending:
	bitmap_free(sim->pending);
free_sim:
	kfree(sim);
	return ERR_PTR(-ENOMEM);
}
EXPORT_SYMBOL_GPL(irq_domain_create_sim);

/**
 * irq_domain_remove_sim - undo irq_domain_create_sim()
 * @domain: the controller; its lines are disposed of
 *
 * Context: process, may sleep.
 */
void irq_domain_remove_sim(struct irq_domain *domain)
{
	struct irq_sim *sim = domain->host_data;

	irq_work_sync(&sim->work);
	bitmap_free(sim->pending);
	kfree(sim);
	irq_domain_remove(domain);
}
EXPORT_SYMBOL_GPL(irq_domain_remove_sim);
