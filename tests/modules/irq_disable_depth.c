/* SPDX-License-Identifier: MIT */
/* Disables nest, and one enable too many is told. rows A6 C1 */
#include "line.h"

static void test(void)
{
	int irq = line_new(&line_chip, handle_level_irq);

	pr_info("request: %d\n", request_irq(irq, line_handler, IRQF_NO_AUTOEN, "line", NULL));
	show("not opened");
	line_fire(irq);
	show("came before the first enable");
	enable_irq(irq);
	msleep(20);
	show("enable");
	disable_irq_nosync(irq);
	disable_irq(irq);
	note("hardirq %d", disable_hardirq(irq));
	show("disabled thrice");
	enable_irq(irq);
	enable_irq(irq);
	msleep(20);
	show("enabled twice");
	line_fire(irq);
	show("still off");
	enable_irq(irq);
	msleep(20);
	show("enabled");
	line_fire(irq);
	show("on");
	enable_irq(irq);
	msleep(20);
	show("one too many");
	line_fire(irq);
	show("still on");
	disable_irq(irq);
	free_irq(irq, NULL);
	show("freed while disabled");
	disable_irq(irq);
	enable_irq(irq);
	msleep(20);
	show("nobody's line");
	disable_irq(1000000);
	enable_irq(1000000);
	pr_info("request: %d\n", request_irq(irq, line_handler, 0, "line", NULL));
	show("opened anew");
	free_irq(irq, NULL);
	line_free(irq);
}
MODULE_TEST(test);
