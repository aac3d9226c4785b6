/* SPDX-License-Identifier: MIT */
/*
 * Stacked controllers: an MSI or I/O APIC line is also a vector of a CPU's local APIC. A line
 * has one irq_data a domain, from the device (in the descriptor) by parent_data to the CPU.
 *
 * Life of such a line: alloc (each domain gives it a number, the outermost asks its parent) -
 * activate (program the hardware, parents first) - deactivate (the other way round) - free.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/slab.h>
#include "domain.h"

/**
 * irq_domain_create_hierarchy - a domain on top of another
 * @parent: the domain next on the way to the CPU
 * @flags: IRQ_DOMAIN_*
 * @size: numbers, mapped by an array; 0 for any, mapped by a hash
 * @fwnode: whose it is, or NULL
 * @ops: what the owner does; alloc() is there
 * @host_data: the owner's
 *
 * Context: process, may sleep. Return: NULL when there is no memory.
 */
struct irq_domain *irq_domain_create_hierarchy(struct irq_domain *parent, unsigned int flags,
					       unsigned int size, struct fwnode_handle *fwnode,
					       const struct irq_domain_ops *ops, void *host_data)
{
	struct irq_domain *domain;

	domain = size ? irq_domain_create_linear(fwnode, size, ops, host_data) :
			irq_domain_create_tree(fwnode, ops, host_data);
	if (domain) {
		domain->parent = parent;
		domain->flags |= flags;
	}
	return domain;
}
EXPORT_SYMBOL_GPL(irq_domain_create_hierarchy);

/* -- A line's irq_data ------------------------------------------------------------------------- */

/**
 * irq_domain_get_irq_data - what the controller of @domain knows of a line
 * Return: NULL when the line does not pass that controller.
 */
struct irq_data *irq_domain_get_irq_data(struct irq_domain *domain, unsigned int virq)
{
	struct irq_data *data;

	for (data = irq_get_irq_data(virq); data; data = data->parent_data) {
		if (data->domain == domain)
			return data;
	}
	return NULL;
}
EXPORT_SYMBOL_GPL(irq_domain_get_irq_data);

static void free_irq_data(unsigned int virq, unsigned int nr_irqs)
{
	unsigned int i;

	for (i = 0; i < nr_irqs; i++) {
		struct irq_data *data = irq_get_irq_data(virq + i);
		struct irq_data *parent = data->parent_data;

		data->parent_data = NULL;
		data->domain = NULL;
		while (parent) {
			struct irq_data *next = parent->parent_data;

			kfree(parent);
			parent = next;
		}
	}
}

static int alloc_irq_data(struct irq_domain *domain, unsigned int virq, unsigned int nr_irqs)
{
	unsigned int i;

	for (i = 0; i < nr_irqs; i++) {
		struct irq_data *child = irq_get_irq_data(virq + i);
		struct irq_domain *d;

		child->domain = domain;
		for (d = domain->parent; d; d = d->parent) {
			struct irq_data *data = kzalloc(sizeof(*data), GFP_KERNEL);

			if (!data) {
				free_irq_data(virq, i + 1);
				return -ENOMEM;
			}
			data->irq = child->irq;
			data->common = child->common;
			data->chip = &no_irq_chip;
			data->domain = d;
			child->parent_data = data;
			child = data;
		}
	}
	return 0;
}

/** irq_domain_reset_irq_data - forget a controller's number, chip and data of a line */
void irq_domain_reset_irq_data(struct irq_data *irq_data)
{
	irq_data->hwirq = 0;
	irq_data->chip = &no_irq_chip;
	irq_data->chip_data = NULL;
}
EXPORT_SYMBOL_GPL(irq_domain_reset_irq_data);

/**
 * irq_domain_set_hwirq_and_chip - a domain's alloc() tells what it gave a line
 * Return: 0; -ENOENT the line does not pass @domain.
 */
int irq_domain_set_hwirq_and_chip(struct irq_domain *domain, unsigned int virq,
				  irq_hw_number_t hwirq, const struct irq_chip *chip,
				  void *chip_data)
{
	struct irq_data *data = irq_domain_get_irq_data(domain, virq);

	if (!data)
		return -ENOENT;
	data->hwirq = hwirq;
	data->chip = (struct irq_chip *)(chip ? chip : &no_irq_chip);
	data->chip_data = chip_data;
	return 0;
}
EXPORT_SYMBOL_GPL(irq_domain_set_hwirq_and_chip);

/** irq_domain_set_info - the same with flow handler, its data and its name */
void irq_domain_set_info(struct irq_domain *domain, unsigned int virq, irq_hw_number_t hwirq,
			 const struct irq_chip *chip, void *chip_data, irq_flow_handler_t handler,
			 void *handler_data, const char *handler_name)
{
	irq_domain_set_hwirq_and_chip(domain, virq, hwirq, chip, chip_data);
	__irq_set_handler(virq, handler, 0, handler_name);
	irq_set_handler_data(virq, handler_data);
}
EXPORT_SYMBOL_GPL(irq_domain_set_info);

/* -- Allocation ------------------------------------------------------------------------------------ */

int irq_domain_alloc_irqs_hierarchy(struct irq_domain *domain, unsigned int irq_base,
				    unsigned int nr_irqs, void *arg)
{
	return domain->ops->alloc ? domain->ops->alloc(domain, irq_base, nr_irqs, arg) : -ENOSYS;
}

/**
 * irq_domain_alloc_irqs_parent - a domain's alloc() asks its parent for the same lines
 * Return: what the parent said; -ENOSYS when there is none, or it is no hierarchy's.
 */
int irq_domain_alloc_irqs_parent(struct irq_domain *domain, unsigned int irq_base,
				 unsigned int nr_irqs, void *arg)
{
	if (!domain->parent)
		return -ENOSYS;
	return irq_domain_alloc_irqs_hierarchy(domain->parent, irq_base, nr_irqs, arg);
}
EXPORT_SYMBOL_GPL(irq_domain_alloc_irqs_parent);

static void free_irqs_hierarchy(struct irq_domain *domain, unsigned int irq_base,
				unsigned int nr_irqs)
{
	unsigned int i;

	if (!domain->ops->free)
		return;
	for (i = 0; i < nr_irqs; i++) {
		if (irq_domain_get_irq_data(domain, irq_base + i))
			domain->ops->free(domain, irq_base + i, 1);
	}
}

/** irq_domain_free_irqs_parent - a domain's free() passes the lines on to its parent */
void irq_domain_free_irqs_parent(struct irq_domain *domain, unsigned int irq_base,
				 unsigned int nr_irqs)
{
	if (domain->parent)
		free_irqs_hierarchy(domain->parent, irq_base, nr_irqs);
}
EXPORT_SYMBOL_GPL(irq_domain_free_irqs_parent);

/** irq_domain_free_irqs_common - a free() that has nothing of its own to undo */
void irq_domain_free_irqs_common(struct irq_domain *domain, unsigned int virq,
				 unsigned int nr_irqs)
{
	unsigned int i;

	for (i = 0; i < nr_irqs; i++) {
		struct irq_data *data = irq_domain_get_irq_data(domain, virq + i);

		if (data)
			irq_domain_reset_irq_data(data);
	}
	irq_domain_free_irqs_parent(domain, virq, nr_irqs);
}
EXPORT_SYMBOL_GPL(irq_domain_free_irqs_common);

/** irq_domain_free_irqs_top - the same for the outermost domain, which set the flow handler */
void irq_domain_free_irqs_top(struct irq_domain *domain, unsigned int virq, unsigned int nr_irqs)
{
	unsigned int i;

	for (i = 0; i < nr_irqs; i++) {
		irq_set_handler_data(virq + i, NULL);
		irq_set_handler(virq + i, NULL);
	}
	irq_domain_free_irqs_common(domain, virq, nr_irqs);
}
EXPORT_SYMBOL_GPL(irq_domain_free_irqs_top);

static void remove_from_maps(unsigned int virq)
{
	struct irq_data *data;

	irq_set_status_flags(virq, IRQ_NOREQUEST);
	irq_set_chip_and_handler(virq, NULL, NULL);
	synchronize_irq(virq);
	for (data = irq_get_irq_data(virq); data; data = data->parent_data) {
		data->domain->mapcount--;
		irq_domain_clear_mapping(data->domain, data->hwirq);
	}
}

static int insert_into_maps(unsigned int virq)
{
	struct irq_data *data, *done;

	for (data = irq_get_irq_data(virq); data; data = data->parent_data) {
		if (irq_domain_set_mapping(data->domain, data->hwirq, data))
			goto undo;
		data->domain->mapcount++;
	}
	irq_clear_status_flags(virq, IRQ_NOREQUEST);
	return 0;

undo:
	for (done = irq_get_irq_data(virq); done != data; done = done->parent_data) {
		done->domain->mapcount--;
		irq_domain_clear_mapping(done->domain, done->hwirq);
	}
	return -ENOMEM;
}

static int alloc_and_insert(struct irq_domain *domain, unsigned int virq, unsigned int nr_irqs,
			    void *arg)
{
	unsigned int i;
	int ret;

	lockdep_assert_held(&irq_domain_mutex);
	ret = alloc_irq_data(domain, virq, nr_irqs);
	if (ret)
		return ret;
	ret = irq_domain_alloc_irqs_hierarchy(domain, virq, nr_irqs, arg);
	if (ret < 0)
		goto free_data;
	for (i = 0; i < nr_irqs; i++) {
		ret = insert_into_maps(virq + i);
		if (ret)
			goto remove;
	}
	return 0;

remove:
	while (i--)
		remove_from_maps(virq + i);
	free_irqs_hierarchy(domain, virq, nr_irqs);
free_data:
	free_irq_data(virq, nr_irqs);
	return ret;
}

/**
 * __irq_domain_alloc_irqs - make lines in a stack of domains
 * @domain: the outermost; NULL for the default
 * @irq_base: first line's number; -1 for any
 * @nr_irqs: how many, consecutive
 * @node: memory node
 * @arg: for the domains' alloc()
 * @realloc: the lines exist already
 * @affinity: @nr_irqs entries with the CPUs of each, or NULL
 *
 * Context: process, may sleep.
 * Return: the first line; -EINVAL no domain; -ENOSYS no alloc(); -EEXIST, -ENOSPC, -ENOMEM as
 * __irq_alloc_descs(); what a domain said.
 */
int __irq_domain_alloc_irqs(struct irq_domain *domain, int irq_base, unsigned int nr_irqs,
			    int node, void *arg, bool realloc,
			    const struct irq_affinity_desc *affinity)
{
	bool exist = realloc && irq_base >= 0;
	int virq = irq_base, ret;

	if (!domain)
		domain = irq_get_default_host();
	if (WARN(!domain, "domain is NULL; cannot allocate IRQ\n"))
		return -EINVAL;
	if (!exist) {
		virq = irq_domain_alloc_descs(irq_base, nr_irqs, 0, node, affinity);
		if (virq < 0)
			return virq;
	}
	mutex_lock(&irq_domain_mutex);
	ret = alloc_and_insert(domain, virq, nr_irqs, arg);
	mutex_unlock(&irq_domain_mutex);
	if (ret < 0 && !exist)
		irq_free_descs(virq, nr_irqs);
	return ret < 0 ? ret : virq;
}
EXPORT_SYMBOL_GPL(__irq_domain_alloc_irqs);

/**
 * irq_domain_free_irqs - undo irq_domain_alloc_irqs()
 * @virq: first line, requested by nobody
 * @nr_irqs: how many
 *
 * Context: process, may sleep.
 */
void irq_domain_free_irqs(unsigned int virq, unsigned int nr_irqs)
{
	struct irq_data *data = irq_get_irq_data(virq);
	unsigned int i;

	if (WARN(!data || !data->domain, "NULL pointer, cannot free irq\n"))
		return;
	mutex_lock(&irq_domain_mutex);
	for (i = 0; i < nr_irqs; i++)
		remove_from_maps(virq + i);
	free_irqs_hierarchy(data->domain, virq, nr_irqs);
	free_irq_data(virq, nr_irqs);
	mutex_unlock(&irq_domain_mutex);
	irq_free_descs(virq, nr_irqs);
}
EXPORT_SYMBOL_GPL(irq_domain_free_irqs);

/* -- Activation: under the line's lock ----------------------------------------------------------------- */

static void deactivate_from(struct irq_data *data)
{
	for (; data && data->domain; data = data->parent_data) {
		if (data->domain->ops->deactivate)
			data->domain->ops->deactivate(data->domain, data);
	}
}

/* Parents first: what the outer controller is told is what the inner one gave out. */
static int activate_from(struct irq_data *data, bool reserve)
{
	int ret = 0;

	if (!data || !data->domain)
		return 0;
	if (data->parent_data)
		ret = activate_from(data->parent_data, reserve);
	if (!ret && data->domain->ops->activate) {
		ret = data->domain->ops->activate(data->domain, data, reserve);
		if (ret && data->parent_data)
			deactivate_from(data->parent_data);
	}
	return ret;
}

/**
 * irq_domain_activate_irq - program the hardware for a line that is to open
 * @irq_data: outermost controller's data
 * @reserve: nobody has requested it yet: a place-holder will do
 *
 * Return: 0, also when it was done before; what a domain said.
 */
int irq_domain_activate_irq(struct irq_data *irq_data, bool reserve)
{
	int ret = 0;

	if (!irqd_is_activated(irq_data))
		ret = activate_from(irq_data, reserve);
	if (!ret)
		irqd_set_activated(irq_data);
	return ret;
}

/** irq_domain_deactivate_irq - undo irq_domain_activate_irq() */
void irq_domain_deactivate_irq(struct irq_data *irq_data)
{
	if (irqd_is_activated(irq_data)) {
		deactivate_from(irq_data);
		irqd_clr_activated(irq_data);
	}
}
