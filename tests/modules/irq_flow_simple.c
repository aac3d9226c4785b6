/* SPDX-License-Identifier: MIT */
/* What handle_simple_irq asks of the chip: opening, an interrupt, disabled, closing. rows C1 C3 A6 */
#include "line.h"

static void test(void)
{
	int irq = line_new(&line_chip, handle_simple_irq);

	
	pr_info("request: %d\n", request_irq(irq, line_handler, 0, "line", NULL));
	show("opened");
	line_fire(irq);
	line_fire(irq);
	show("two");
	disable_irq(irq);
	show("disabled");
	line_fire(irq);
	show("came while disabled");
	line_fire(irq);
	show("again");
	enable_irq(irq);
	msleep(20);
	show("enabled");
	line_fire(irq);
	show("one");
	free_irq(irq, NULL);
	show("closed");
	line_fire(irq);
	show("came while closed");
	line_free(irq);
}
MODULE_TEST(test);
