/* SPDX-License-Identifier: MIT */
/*
 * Domains: making them, and finding the one that firmware means. Mapping a controller's
 * numbers to lines: mapping.c; stacked controllers: domain_hierarchy.c.
 */
#define pr_fmt(fmt) "irq: " fmt

#include <linux/err.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "domain.h"

DEFINE_MUTEX(irq_domain_mutex);
static LIST_HEAD(irq_domain_list);		/* under irq_domain_mutex */
static struct irq_domain *irq_default_domain;	/* set at boot */

/* -- Naming ------------------------------------------------------------------------------------- */

struct irqchip_fwid {
	struct fwnode_handle	fwnode;
	char			*name;
};

static const char *irqchip_fwnode_get_name(const struct fwnode_handle *fwnode)
{
	return container_of(fwnode, const struct irqchip_fwid, fwnode)->name;
}

static const struct fwnode_operations irqchip_fwnode_ops = {
	.get_name = irqchip_fwnode_get_name,
};

/** is_fwnode_irqchip - was the name made by irq_domain_alloc_fwnode()? */
bool is_fwnode_irqchip(struct fwnode_handle *fwnode)
{
	return fwnode && fwnode->ops == &irqchip_fwnode_ops;
}
EXPORT_SYMBOL_GPL(is_fwnode_irqchip);

/**
 * __irq_domain_alloc_fwnode - a name for a controller that firmware has none for
 * @type: IRQCHIP_FWNODE_*
 * @id: appended with IRQCHIP_FWNODE_NAMED_ID
 * @name: with the named types
 * @pa: address of the controller, with IRQCHIP_FWNODE_REAL
 *
 * Context: process, may sleep. Return: NULL when there is no memory.
 */
struct fwnode_handle *__irq_domain_alloc_fwnode(unsigned int type, int id, const char *name,
						phys_addr_t *pa)
{
	struct irqchip_fwid *fwid = kzalloc(sizeof(*fwid), GFP_KERNEL);

	if (!fwid)
		return NULL;
	switch (type) {
	case IRQCHIP_FWNODE_NAMED:
		fwid->name = kasprintf(GFP_KERNEL, "%s", name);
		break;
	case IRQCHIP_FWNODE_NAMED_ID:
		fwid->name = kasprintf(GFP_KERNEL, "%s-%d", name, id);
		break;
	default:
		fwid->name = kasprintf(GFP_KERNEL, "irqchip@%llx",
				       pa ? (unsigned long long)*pa : 0);
	}
	if (!fwid->name) {
		kfree(fwid);
		return NULL;
	}
	fwid->fwnode.ops = &irqchip_fwnode_ops;
	return &fwid->fwnode;
}
EXPORT_SYMBOL_GPL(__irq_domain_alloc_fwnode);

/** irq_domain_free_fwnode - undo irq_domain_alloc_fwnode() */
void irq_domain_free_fwnode(struct fwnode_handle *fwnode)
{
	struct irqchip_fwid *fwid;

	if (!fwnode || WARN_ON(!is_fwnode_irqchip(fwnode)))
		return;
	fwid = container_of(fwnode, struct irqchip_fwid, fwnode);
	kfree(fwid->name);
	kfree(fwid);
}
EXPORT_SYMBOL_GPL(irq_domain_free_fwnode);

static int irq_domain_set_name(struct irq_domain *domain)
{
	static int unnamed;	/* under irq_domain_mutex */

	lockdep_assert_held(&irq_domain_mutex);
	if (is_fwnode_irqchip(domain->fwnode))
		domain->name = kstrdup(irqchip_fwnode_get_name(domain->fwnode), GFP_KERNEL);
	else
		domain->name = kasprintf(GFP_KERNEL, "unknown-%d", unnamed++);
	if (!domain->name)
		return -ENOMEM;
	domain->flags |= IRQ_DOMAIN_NAME_ALLOCATED;
	return 0;
}

/* -- Making ---------------------------------------------------------------------------------------- */

/**
 * __irq_domain_add - make a domain
 * @fwnode: whose it is, or NULL
 * @size: numbers below this are mapped by an array
 * @hwirq_max: numbers end below this
 * @direct_max: must be 0
 * @ops: what the owner does
 * @host_data: the owner's
 *
 * Context: process, may sleep.
 * Return: NULL when there is no memory, or @direct_max is not 0.
 */
struct irq_domain *__irq_domain_add(struct fwnode_handle *fwnode, unsigned int size,
				    irq_hw_number_t hwirq_max, int direct_max,
				    const struct irq_domain_ops *ops, void *host_data)
{
	struct irq_domain *domain;
	int ret;

	if (WARN_ON(direct_max))
		return NULL;
	domain = kzalloc(struct_size(domain, revmap, size), GFP_KERNEL);
	if (!domain)
		return NULL;
	domain->fwnode = fwnode;
	domain->ops = ops;
	domain->host_data = host_data;
	domain->hwirq_max = hwirq_max;
	domain->revmap_size = size;
	raw_spin_lock_init(&domain->revmap_lock);
	if (ops->alloc)
		domain->flags |= IRQ_DOMAIN_FLAG_HIERARCHY;

	mutex_lock(&irq_domain_mutex);
	ret = irq_domain_set_name(domain);
	if (!ret)
		list_add(&domain->link, &irq_domain_list);
	mutex_unlock(&irq_domain_mutex);
	if (ret) {
		kfree(domain);
		return NULL;
	}
	return domain;
}
EXPORT_SYMBOL_GPL(__irq_domain_add);

/**
 * irq_domain_remove - end a domain that has no mappings left
 * @domain: the domain
 *
 * Context: process, may sleep.
 */
void irq_domain_remove(struct irq_domain *domain)
{
	mutex_lock(&irq_domain_mutex);
	WARN_ON(domain->mapcount);
	list_del(&domain->link);
	if (irq_default_domain == domain)
		irq_default_domain = NULL;
	mutex_unlock(&irq_domain_mutex);
	if (domain->flags & IRQ_DOMAIN_NAME_ALLOCATED)
		kfree(domain->name);
	kfree(domain);
}
EXPORT_SYMBOL_GPL(irq_domain_remove);

/**
 * irq_domain_create_simple - a linear domain, with its lines from @first_irq on if that is not 0
 * Return: NULL when there is no memory.
 */
struct irq_domain *irq_domain_create_simple(struct fwnode_handle *fwnode, unsigned int size,
					    unsigned int first_irq,
					    const struct irq_domain_ops *ops, void *host_data)
{
	struct irq_domain *domain = __irq_domain_add(fwnode, size, size, 0, ops, host_data);

	if (!domain || !first_irq)
		return domain;
	/* They may be there already, from the machine's fixed numbers. */
	if (irq_alloc_descs(first_irq, first_irq, size, NUMA_NO_NODE) < 0)
		pr_info("cannot allocate irq_descs @ IRQ%u, assuming pre-allocated\n", first_irq);
	irq_domain_associate_many(domain, first_irq, 0, size);
	return domain;
}
EXPORT_SYMBOL_GPL(irq_domain_create_simple);

/**
 * irq_domain_create_legacy - a domain whose lines exist, from @first_irq and @first_hwirq on
 * Return: NULL when there is no memory.
 */
struct irq_domain *irq_domain_create_legacy(struct fwnode_handle *fwnode, unsigned int size,
					    unsigned int first_irq, irq_hw_number_t first_hwirq,
					    const struct irq_domain_ops *ops, void *host_data)
{
	struct irq_domain *domain = __irq_domain_add(fwnode, first_hwirq + size,
						     first_hwirq + size, 0, ops, host_data);

	if (domain)
		irq_domain_associate_many(domain, first_irq, first_hwirq, size);
	return domain;
}
EXPORT_SYMBOL_GPL(irq_domain_create_legacy);

/* -- Finding ------------------------------------------------------------------------------------------ */

static bool irq_domain_matches(struct irq_domain *d, struct irq_fwspec *fwspec,
			       enum irq_domain_bus_token bus_token)
{
	if (d->ops->select && fwspec->param_count)
		return d->ops->select(d, fwspec, bus_token);
	if (d->ops->match)
		return d->ops->match(d, NULL, bus_token);
	return fwspec->fwnode && d->fwnode == fwspec->fwnode &&
	       (bus_token == DOMAIN_BUS_ANY || d->bus_token == bus_token);
}

/**
 * irq_find_matching_fwspec - the domain that a firmware specifier means
 * @fwspec: the specifier
 * @bus_token: which of several domains of one controller
 *
 * Context: process, may sleep. Return: NULL when there is none.
 */
struct irq_domain *irq_find_matching_fwspec(struct irq_fwspec *fwspec,
					    enum irq_domain_bus_token bus_token)
{
	struct irq_domain *d, *found = NULL;

	mutex_lock(&irq_domain_mutex);
	list_for_each_entry(d, &irq_domain_list, link) {
		if (irq_domain_matches(d, fwspec, bus_token)) {
			found = d;
			break;
		}
	}
	mutex_unlock(&irq_domain_mutex);
	return found;
}
EXPORT_SYMBOL_GPL(irq_find_matching_fwspec);

/** irq_domain_update_bus_token - say which of a controller's domains this is */
void irq_domain_update_bus_token(struct irq_domain *domain, enum irq_domain_bus_token bus_token)
{
	mutex_lock(&irq_domain_mutex);
	domain->bus_token = bus_token;
	mutex_unlock(&irq_domain_mutex);
}
EXPORT_SYMBOL_GPL(irq_domain_update_bus_token);

/** irq_set_default_host - the domain that is meant where none is given */
void irq_set_default_host(struct irq_domain *domain)
{
	irq_default_domain = domain;
}
EXPORT_SYMBOL_GPL(irq_set_default_host);

struct irq_domain *irq_get_default_host(void)
{
	return irq_default_domain;
}
EXPORT_SYMBOL_GPL(irq_get_default_host);
