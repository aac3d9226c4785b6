/* SPDX-License-Identifier: MIT */
/*
 * Mapping a controller's numbers to lines, one by one: by the number, or by what firmware
 * says about it, a specifier in the controller's own format.
 */
#define pr_fmt(fmt) "irq: " fmt

#include <linux/export.h>
#include <linux/kernel.h>
#include "domain.h"

/* Lines are numbered like the controller's inputs where they can be: never 0, "no line". */
int irq_domain_alloc_descs(int irq, unsigned int cnt, irq_hw_number_t hwirq, int node,
			   const struct irq_affinity_desc *affinity)
{
	unsigned int hint = hwirq % nr_irqs;
	int ret;

	if (irq >= 0)
		return __irq_alloc_descs(irq, irq, cnt, node, THIS_MODULE, affinity);
	ret = __irq_alloc_descs(-1, hint ? hint : 1, cnt, node, THIS_MODULE, affinity);
	if (ret <= 0 && hint > 1)
		ret = __irq_alloc_descs(-1, 1, cnt, node, THIS_MODULE, affinity);
	return ret;
}

/**
 * irq_domain_associate - map a controller's number to a line that exists
 * @domain: the controller's
 * @irq: the line
 * @hwirq: the number
 *
 * Context: process, may sleep.
 * Return: 0; -EINVAL no such line, it is mapped already, or @hwirq is too high; -ENOMEM; what
 * the domain's map() said.
 */
int irq_domain_associate(struct irq_domain *domain, unsigned int irq, irq_hw_number_t hwirq)
{
	struct irq_data *data = irq_get_irq_data(irq);
	int ret = 0;

	if (WARN(hwirq >= domain->hwirq_max, "error: hwirq 0x%lx is too large for %s\n", hwirq,
		 domain->name))
		return -EINVAL;
	if (WARN(!data, "error: irq_desc not allocated for irq %u\n", irq) ||
	    WARN(data->domain, "error: irq %u is already associated\n", irq))
		return -EINVAL;

	mutex_lock(&irq_domain_mutex);
	data->hwirq = hwirq;
	data->domain = domain;
	if (domain->ops->map)
		ret = domain->ops->map(domain, irq, hwirq);
	if (!ret)
		ret = irq_domain_set_mapping(domain, hwirq, data);
	if (ret) {
		/* -EPERM: the owner keeps this number to itself. Said by nobody. */
		if (ret != -EPERM)
			pr_info("%s didn't like hwirq-0x%lx to VIRQ%u mapping (rc=%d)\n",
				domain->name, hwirq, irq, ret);
		data->domain = NULL;
		data->hwirq = 0;
	} else {
		domain->mapcount++;
		irq_clear_status_flags(irq, IRQ_NOREQUEST);
	}
	mutex_unlock(&irq_domain_mutex);
	return ret;
}
EXPORT_SYMBOL_GPL(irq_domain_associate);

/** irq_domain_associate_many - irq_domain_associate() for @count numbers and lines */
void irq_domain_associate_many(struct irq_domain *domain, unsigned int irq_base,
			       irq_hw_number_t hwirq_base, int count)
{
	int i;

	for (i = 0; i < count; i++)
		irq_domain_associate(domain, irq_base + i, hwirq_base + i);
}
EXPORT_SYMBOL_GPL(irq_domain_associate_many);

static void irq_domain_disassociate(struct irq_domain *domain, unsigned int irq)
{
	struct irq_data *data = irq_get_irq_data(irq);
	irq_hw_number_t hwirq = data->hwirq;

	mutex_lock(&irq_domain_mutex);
	irq_set_status_flags(irq, IRQ_NOREQUEST);
	/* Without chip and flow before the owner lets go of it; no handler still runs. */
	irq_set_chip_and_handler(irq, NULL, NULL);
	synchronize_irq(irq);
	if (domain->ops->unmap)
		domain->ops->unmap(domain, irq);
	data->domain = NULL;
	data->hwirq = 0;
	domain->mapcount--;
	irq_domain_clear_mapping(domain, hwirq);
	mutex_unlock(&irq_domain_mutex);
}

/**
 * irq_create_mapping_affinity - the line of a controller's number, made if there is none
 * @domain: the controller's; NULL for the default
 * @hwirq: its number
 * @affinity: CPUs of a new line; NULL for the default
 *
 * Context: process, may sleep.
 * Return: the line; 0 when it could not be made.
 */
unsigned int irq_create_mapping_affinity(struct irq_domain *domain, irq_hw_number_t hwirq,
					 const struct irq_affinity_desc *affinity)
{
	unsigned int irq;
	int virq;

	if (!domain)
		domain = irq_get_default_host();
	if (WARN(!domain, "%s(, %lx) called with NULL domain\n", __func__, hwirq))
		return 0;
	irq = irq_find_mapping(domain, hwirq);
	if (irq)
		return irq;
	virq = irq_domain_alloc_descs(-1, 1, hwirq, NUMA_NO_NODE, affinity);
	if (virq <= 0)
		return 0;
	if (irq_domain_associate(domain, virq, hwirq)) {
		irq_free_desc(virq);
		return 0;
	}
	return virq;
}
EXPORT_SYMBOL_GPL(irq_create_mapping_affinity);

static int irq_domain_translate(struct irq_domain *d, struct irq_fwspec *fwspec,
				irq_hw_number_t *hwirq, unsigned int *type)
{
	if (d->ops->translate)
		return d->ops->translate(d, fwspec, hwirq, type);
	if (d->ops->xlate)
		return d->ops->xlate(d, NULL, fwspec->param, fwspec->param_count, hwirq, type);
	*hwirq = fwspec->param[0];
	return 0;
}

/**
 * irq_create_fwspec_mapping - the line that a firmware specifier means, made if there is none
 * @fwspec: controller, number, trigger
 *
 * Context: process, may sleep.
 * Return: the line; 0 when it could not be made, or is in use with another trigger.
 */
unsigned int irq_create_fwspec_mapping(struct irq_fwspec *fwspec)
{
	struct irq_domain *domain;
	unsigned int type = IRQ_TYPE_NONE, now;
	irq_hw_number_t hwirq;
	struct irq_data *data;
	int virq;

	domain = fwspec->fwnode ? irq_find_matching_fwspec(fwspec, DOMAIN_BUS_ANY) :
				  irq_get_default_host();
	if (!domain) {
		pr_warn("no irq domain found for the specifier\n");
		return 0;
	}
	if (irq_domain_translate(domain, fwspec, &hwirq, &type))
		return 0;
	type &= IRQ_TYPE_SENSE_MASK;

	virq = irq_find_mapping(domain, hwirq);
	if (!virq) {
		if (irq_domain_is_hierarchy(domain))
			virq = irq_domain_alloc_irqs(domain, 1, NUMA_NO_NODE, fwspec);
		else
			virq = irq_create_mapping(domain, hwirq);
		if (virq <= 0)
			return 0;
	}
	data = irq_get_irq_data(virq);
	now = irqd_get_trigger_type(data);
	if (type != IRQ_TYPE_NONE && now != IRQ_TYPE_NONE && type != now) {
		pr_warn("type mismatch, failed to map hwirq-%lu for %s!\n", hwirq, domain->name);
		return 0;
	}
	if (type != IRQ_TYPE_NONE)
		irqd_set_trigger_type(data, type);
	return virq;
}
EXPORT_SYMBOL_GPL(irq_create_fwspec_mapping);

/**
 * irq_dispose_mapping - undo irq_create_mapping() or irq_create_fwspec_mapping()
 * @virq: the line, requested by nobody
 *
 * Context: process, may sleep.
 */
void irq_dispose_mapping(unsigned int virq)
{
	struct irq_data *data = virq ? irq_get_irq_data(virq) : NULL;

	if (!data || WARN_ON(!data->domain))
		return;
	if (irq_domain_is_hierarchy(data->domain)) {
		irq_domain_free_irqs(virq, 1);
	} else {
		irq_domain_disassociate(data->domain, virq);
		irq_free_desc(virq);
	}
}
EXPORT_SYMBOL_GPL(irq_dispose_mapping);

/* -- Reading specifiers ------------------------------------------------------------------------------------ */

/** irq_domain_xlate_onecell - a specifier of one word: the number */
int irq_domain_xlate_onecell(struct irq_domain *d, struct device_node *ctrlr, const u32 *intspec,
			     unsigned int intsize, unsigned long *out_hwirq,
			     unsigned int *out_type)
{
	if (WARN_ON(intsize < 1))
		return -EINVAL;
	*out_hwirq = intspec[0];
	*out_type = IRQ_TYPE_NONE;
	return 0;
}
EXPORT_SYMBOL_GPL(irq_domain_xlate_onecell);

/** irq_domain_xlate_twocell - a specifier of two words: number and trigger */
int irq_domain_xlate_twocell(struct irq_domain *d, struct device_node *ctrlr, const u32 *intspec,
			     unsigned int intsize, unsigned long *out_hwirq,
			     unsigned int *out_type)
{
	if (WARN_ON(intsize < 2))
		return -EINVAL;
	*out_hwirq = intspec[0];
	*out_type = intspec[1] & IRQ_TYPE_SENSE_MASK;
	return 0;
}
EXPORT_SYMBOL_GPL(irq_domain_xlate_twocell);

/** irq_domain_translate_onecell - irq_domain_xlate_onecell() for a struct irq_fwspec */
int irq_domain_translate_onecell(struct irq_domain *d, struct irq_fwspec *fwspec,
				 unsigned long *out_hwirq, unsigned int *out_type)
{
	return irq_domain_xlate_onecell(d, NULL, fwspec->param, fwspec->param_count, out_hwirq,
					out_type);
}
EXPORT_SYMBOL_GPL(irq_domain_translate_onecell);

/** irq_domain_translate_twocell - irq_domain_xlate_twocell() for a struct irq_fwspec */
int irq_domain_translate_twocell(struct irq_domain *d, struct irq_fwspec *fwspec,
				 unsigned long *out_hwirq, unsigned int *out_type)
{
	return irq_domain_xlate_twocell(d, NULL, fwspec->param, fwspec->param_count, out_hwirq,
					out_type);
}
EXPORT_SYMBOL_GPL(irq_domain_translate_twocell);

const struct irq_domain_ops irq_domain_simple_ops = {
	.xlate = irq_domain_xlate_twocell,
};
EXPORT_SYMBOL_GPL(irq_domain_simple_ops);
