/* SPDX-License-Identifier: MIT */
/* Mappings of a linear, a tree and a simple domain. rows C4 */
#include <linux/irqdomain.h>
#include "line.h"

static int map(struct irq_domain *d, unsigned int virq, irq_hw_number_t hw)
{
	note("map(%lu)", hw);
	if (hw == 5)
		return -EINVAL;
	irq_set_chip_and_handler(virq, &dummy_irq_chip, handle_simple_irq);
	return 0;
}

static void unmap(struct irq_domain *d, unsigned int virq)
{
	note("unmap(%lu)", irq_get_irq_data(virq)->hwirq);
}

static const struct irq_domain_ops ops = { .map = map, .unmap = unmap };

static void use(struct irq_domain *d, const char *what)
{
	unsigned int a = irq_create_mapping(d, 3), b = irq_create_mapping(d, 7);
	int err;

	note("%d %d same %d", a > 0, b > 0, irq_create_mapping(d, 3) == a);
	note("find %d %d %u", irq_find_mapping(d, 3) == a, irq_linear_revmap(d, 7) == b,
	     irq_find_mapping(d, 4));
	note("refused %u", irq_create_mapping(d, 5));
	err = request_irq(b, line_handler, 0, "line", NULL);
	note("request %d", err);
	local_irq_disable();
	note("hw 7: %d", generic_handle_domain_irq(d, 7));
	note("hw 4: %d", generic_handle_domain_irq(d, 4));
	local_irq_enable();
	free_irq(b, NULL);
	irq_dispose_mapping(a);
	irq_dispose_mapping(b);
	note("find %u %u", irq_find_mapping(d, 3), irq_find_mapping(d, 7));
	irq_dispose_mapping(0);
	irq_domain_remove(d);
	show(what);
}

static void test(void)
{
	use(irq_domain_add_linear(NULL, 16, &ops, NULL), "linear");
	use(irq_domain_add_tree(NULL, &ops, NULL), "tree");
}
MODULE_TEST(test);
