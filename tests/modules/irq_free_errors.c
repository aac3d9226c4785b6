/* SPDX-License-Identifier: MIT */
/* What free_irq gives back and says. rows C1 C2 */
#include "line.h"

static const char *freed(int irq, void *dev)
{
	const char *name = free_irq(irq, dev);

	return name ? name : "nothing";
}

static void test(void)
{
	int irq = line_new(&dummy_irq_chip, handle_simple_irq), a, b;

	pr_info("unrequested: %s\n", freed(irq, &a));
	pr_info("request: %d\n", request_irq(irq, line_handler, IRQF_SHARED, "first", &a));
	pr_info("request: %d\n", request_irq(irq, line_handler, IRQF_SHARED, "second", &b));
	pr_info("another dev: %s\n", freed(irq, &irq));
	pr_info("second: %s\n", freed(irq, &b));
	pr_info("first: %s\n", freed(irq, &a));
	pr_info("first again: %s\n", freed(irq, &a));
	pr_info("no such line: %s\n", freed(1000000, &a));
	line_free(irq);
}
MODULE_TEST(test);
