// SPDX-License-Identifier: MIT
/*
 * The vector domain: the root of the hierarchy of interrupt domains.
 *
 * The I/O APICs and MSI are its children. A child's line is a line here too; when it is opened
 * or steered, this domain finds a place for it (vector.c), and the child tells its hardware
 * what irqd_cfg() says.
 */
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/msi.h>
#include <linux/slab.h>
#include <asm/apic.h>
#include <asm/hw_irq.h>
#include <asm/msi.h>

#include "vector.h"

struct irq_domain *x86_vector_domain __ro_after_init;

/**
 * irqd_cfg - where a line's interrupts go
 * @irqd: the line's irq_data in this domain or a child
 *
 * Context: any; stable under the line's lock.
 */
struct irq_cfg *irqd_cfg(struct irq_data *irqd)
{
	return &irqd_line(irqd)->cfg;
}

static int vector_move(struct irq_data *irqd, const struct cpumask *mask)
{
	struct vector_line *line = irqd_line(irqd);
	int err = vector_line_open(line, mask);

	if (!err)
		irq_data_update_effective_affinity(irqd, &line->cpus);
	return err;
}

static int vector_set_affinity(struct irq_data *irqd, const struct cpumask *mask, bool force)
{
	int err;

	/* A closed line gets its place when it is opened; the core keeps the mask. */
	if (!vector_line_is_open(irqd_line(irqd)))
		return IRQ_SET_MASK_OK;
	err = vector_move(irqd, mask);
	return err ? err : IRQ_SET_MASK_OK;
}

/**
 * vector_move_done - the controller knows the line's new place: step 2 of a move
 * @irqd: of this domain or a child
 *
 * Context: the line's lock, irqs off; after irq_set_affinity() of this domain's chip and the
 * write of the controller, of which a read-back must have ensured that it has arrived.
 */
void vector_move_done(struct irq_data *irqd)
{
	vector_line_settle(irqd_line(irqd));
}

/**
 * apic_ack_irq - end of interrupt, as the irq_ack of edge and the irq_eoi of level lines
 * @irqd: of any domain above this one
 */
void apic_ack_irq(struct irq_data *irqd)
{
	apic_eoi();
}

static int vector_retrigger(struct irq_data *irqd)
{
	vector_line_raise(irqd_line(irqd));
	return 1;
}

/*
 * SDM Vol. 3, "Message Signalled Interrupts", edge. The redirection hint asks for the one CPU of
 * the set with the lowest priority; without it all that the destination names get a message.
 */
static void vector_compose_msi_msg(struct irq_data *irqd, struct msi_msg *msg)
{
	struct irq_cfg *cfg = irqd_cfg(irqd);

	msg->address_hi = 0;
	msg->address_lo = X86_MSI_ADDR_BASE | X86_MSI_ADDR_DEST(cfg->dest_apicid);
	if (cfg->logical)
		msg->address_lo |= X86_MSI_ADDR_DEST_LOGICAL;
	if (cfg->lowest)
		msg->address_lo |= X86_MSI_ADDR_REDIRECT;
	msg->data = (cfg->lowest ? X86_MSI_DATA_LOWEST : X86_MSI_DATA_FIXED) | cfg->vector;
}

static struct irq_chip vector_chip = {
	.name			= "APIC",
	.irq_ack		= apic_ack_irq,
	.irq_set_affinity	= vector_set_affinity,
	.irq_retrigger		= vector_retrigger,
	.irq_compose_msi_msg	= vector_compose_msi_msg,
};

static void vector_free(struct irq_domain *domain, unsigned int virq, unsigned int nr_irqs)
{
	unsigned int i;

	for (i = 0; i < nr_irqs; i++) {
		struct irq_data *irqd = irq_domain_get_irq_data(domain, virq + i);

		if (!irqd || !irqd->chip_data)
			continue;
		vector_line_close(irqd->chip_data);
		kfree(irqd->chip_data);
		irq_domain_reset_irq_data(irqd);
	}
}

static int vector_alloc(struct irq_domain *domain, unsigned int virq, unsigned int nr_irqs,
			void *arg)
{
	struct vector_line *line;
	struct irq_data *irqd;
	unsigned int i;

	for (i = 0; i < nr_irqs; i++) {
		line = kzalloc(sizeof(*line), GFP_KERNEL);
		if (!line) {
			vector_free(domain, virq, i);
			return -ENOMEM;
		}
		INIT_LIST_HEAD(&line->now);
		INIT_LIST_HEAD(&line->old);
		line->desc = irq_to_desc(virq + i);

		irqd = irq_domain_get_irq_data(domain, virq + i);
		irqd->chip = &vector_chip;
		irqd->chip_data = line;
		irqd->hwirq = virq + i;
		if (!apic_lowest)
			irqd_set_single_target(irqd);
		irq_set_status_flags(virq + i, IRQ_MOVE_PCNTXT);
	}
	return 0;
}

/* A reserved line has no place yet: nothing can come in before it is opened. */
static int vector_activate(struct irq_domain *domain, struct irq_data *irqd, bool reserve)
{
	const struct cpumask *mask = irq_data_get_affinity_mask(irqd);

	if (reserve)
		return 0;
	if (!cpumask_intersects(mask, cpu_online_mask))
		mask = cpu_online_mask;
	return vector_move(irqd, mask);
}

static void vector_deactivate(struct irq_domain *domain, struct irq_data *irqd)
{
	vector_line_close(irqd_line(irqd));
}

static const struct irq_domain_ops vector_domain_ops = {
	.alloc		= vector_alloc,
	.free		= vector_free,
	.activate	= vector_activate,
	.deactivate	= vector_deactivate,
};

/**
 * vector_init - create the vector domain
 * Context: boot CPU, before any controller registers. There is a local APIC.
 */
void __init vector_init(void)
{
	vector_places_init();
	x86_vector_domain = irq_domain_create_tree(irq_domain_alloc_named_fwnode("VECTOR"),
						   &vector_domain_ops, NULL);
	BUG_ON(!x86_vector_domain);
	irq_set_default_host(x86_vector_domain);
}
