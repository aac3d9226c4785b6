/* SPDX-License-Identifier: MIT */
/* All users of a shared line are called, in the order of their requests. rows C2 */
#include "line.h"

static irqreturn_t none(int irq, void *dev)
{
	note("none%s", (char *)dev);
	return IRQ_NONE;
}

static void test(void)
{
	int irq = line_new(&line_chip, handle_level_irq);
	static char a[] = "-a", b[] = "-b", c[] = "-c", d[] = "-d";

	note("%d", request_irq(irq, line_handler, IRQF_SHARED, "a", a));
	note("%d", request_irq(irq, none, IRQF_SHARED, "b", b));
	note("%d", request_irq(irq, line_handler, IRQF_SHARED, "c", c));
	show("requests");
	line_fire(irq);
	show("three");
	free_irq(irq, a);
	show("first goes");
	line_fire(irq);
	show("two");
	note("%d", request_irq(irq, line_handler, IRQF_SHARED, "d", d));
	line_fire(irq);
	show("another");
	note("%d", request_irq(irq, none, IRQF_SHARED, "d", d));
	line_fire(irq);
	show("the same dev twice");
	free_irq(irq, d);
	line_fire(irq);
	show("one of them freed");
	free_irq(irq, d);
	free_irq(irq, b);
	free_irq(irq, c);
	show("last goes");
	line_free(irq);
}
MODULE_TEST(test);
