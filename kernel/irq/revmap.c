/* SPDX-License-Identifier: MIT */
/*
 * From a controller's number to its line: an array for numbers below revmap_size, which
 * interrupts read without a lock, and a small hash for the sparse rest.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/hash.h>
#include <linux/list.h>
#include <linux/log2.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include "internals.h"

struct revmap_node {
	struct hlist_node	link;
	irq_hw_number_t		hwirq;
	struct irq_data		*data;
};

static struct hlist_head *revmap_bucket(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	return &domain->revmap_tree[hash_long(hwirq, ilog2(IRQ_DOMAIN_TREE_BUCKETS))];
}

static struct revmap_node *revmap_find(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	struct revmap_node *node;

	lockdep_assert_held(&domain->revmap_lock);
	hlist_for_each_entry(node, revmap_bucket(domain, hwirq), link) {
		if (node->hwirq == hwirq)
			return node;
	}
	return NULL;
}

/**
 * irq_domain_set_mapping - enter a line under its controller's number
 * @domain: the controller's
 * @hwirq: its number
 * @data: the controller's view of the line
 *
 * A number that is entered already, as two lines may have one on a tree, goes to the new line.
 *
 * Context: process, may sleep. Return: 0; -ENOMEM.
 */
int irq_domain_set_mapping(struct irq_domain *domain, irq_hw_number_t hwirq,
			   struct irq_data *data)
{
	struct revmap_node *node = NULL, *old;
	unsigned long flags;

	if (domain->flags & IRQ_DOMAIN_FLAG_NO_MAP)
		return 0;
	if (hwirq >= domain->revmap_size) {
		node = kzalloc(sizeof(*node), GFP_KERNEL);
		if (!node)
			return -ENOMEM;
		node->hwirq = hwirq;
		node->data = data;
	}
	raw_spin_lock_irqsave(&domain->revmap_lock, flags);
	if (!node) {
		smp_store_release(&domain->revmap[hwirq], data);
	} else {
		old = revmap_find(domain, hwirq);
		if (old) {
			old->data = data;
		} else {
			hlist_add_head(&node->link, revmap_bucket(domain, hwirq));
			node = NULL;
		}
	}
	raw_spin_unlock_irqrestore(&domain->revmap_lock, flags);
	kfree(node);
	return 0;
}

/** irq_domain_clear_mapping - take a controller's number out */
void irq_domain_clear_mapping(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	struct revmap_node *node = NULL;
	unsigned long flags;

	if (domain->flags & IRQ_DOMAIN_FLAG_NO_MAP)
		return;
	raw_spin_lock_irqsave(&domain->revmap_lock, flags);
	if (hwirq < domain->revmap_size) {
		WRITE_ONCE(domain->revmap[hwirq], NULL);
	} else {
		node = revmap_find(domain, hwirq);
		if (node)
			hlist_del(&node->link);
	}
	raw_spin_unlock_irqrestore(&domain->revmap_lock, flags);
	kfree(node);
}

/**
 * __irq_resolve_mapping - the line of a controller's number
 * @domain: the controller's; NULL for the default
 * @hwirq: its number
 * @irq: gets the line's number, when not NULL
 *
 * Context: any.
 * Return: NULL when nothing is mapped there.
 */
struct irq_desc *__irq_resolve_mapping(struct irq_domain *domain, irq_hw_number_t hwirq,
				       unsigned int *irq)
{
	struct irq_data *data = NULL;
	struct revmap_node *node;
	unsigned long flags;

	if (!domain)
		domain = irq_get_default_host();
	if (!domain || (domain->flags & IRQ_DOMAIN_FLAG_NO_MAP))
		return NULL;
	if (hwirq < domain->revmap_size) {
		data = smp_load_acquire(&domain->revmap[hwirq]);
	} else {
		raw_spin_lock_irqsave(&domain->revmap_lock, flags);
		node = revmap_find(domain, hwirq);
		if (node)
			data = node->data;
		raw_spin_unlock_irqrestore(&domain->revmap_lock, flags);
	}
	if (!data)
		return NULL;
	if (irq)
		*irq = data->irq;
	return irq_data_to_desc(data);
}
EXPORT_SYMBOL_GPL(__irq_resolve_mapping);
