/* SPDX-License-Identifier: MIT */
/* What the files about domains share: domain.c, mapping.c, revmap.c, domain_hierarchy.c. */
#ifndef _KERNEL_IRQ_DOMAIN_H
#define _KERNEL_IRQ_DOMAIN_H

#include "internals.h"

extern struct mutex irq_domain_mutex;	/* the list of domains, mapcounts, hierarchies of lines */

int irq_domain_set_mapping(struct irq_domain *domain, irq_hw_number_t hwirq,
			   struct irq_data *data);
void irq_domain_clear_mapping(struct irq_domain *domain, irq_hw_number_t hwirq);
int irq_domain_alloc_descs(int irq, unsigned int cnt, irq_hw_number_t hwirq, int node,
			   const struct irq_affinity_desc *affinity);

#endif
