// SPDX-License-Identifier: MIT
/* So many lines more than the machine has, to see what does not depend on their number. */
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include "irqbench.h"

static struct irq_domain *domain;
static unsigned int mapped;

static int map(struct irq_domain *d, unsigned int irq, irq_hw_number_t hwirq)
{
	irq_set_chip_and_handler(irq, &dummy_irq_chip, handle_simple_irq);
	return 0;
}

static const struct irq_domain_ops ops = { .map = map };

void add_lines(unsigned int n)
{
	domain = irq_domain_add_linear(NULL, n, &ops, NULL);
	while (domain && mapped < n && irq_create_mapping(domain, mapped))
		mapped++;
	report("boot.extra_lines", mapped);
}

void remove_lines(void)
{
	while (mapped > 0)
		irq_dispose_mapping(irq_find_mapping(domain, --mapped));
	if (domain)
		irq_domain_remove(domain);
}
