/* SPDX-License-Identifier: MIT */
/* Handlers that return what they should not, or leave what they should not. rows C1 C7 */
#include "line.h"

static int answer;
static bool enables;

static irqreturn_t handler(int irq, void *dev)
{
	note("handler");
	if (enables)
		local_irq_enable();
	return answer;
}

static void test(void)
{
	int irq = line_new(&dummy_irq_chip, handle_level_irq);

	note("%d", request_irq(irq, handler, 0, "line", NULL));
	answer = IRQ_WAKE_THREAD;
	line_fire(irq);
	line_fire(irq);
	show("wakes a thread that is not there");
	answer = 42;
	line_fire(irq);
	show("bogus");
	answer = IRQ_HANDLED;
	enables = true;
	line_fire(irq);
	line_fire(irq);
	show("enables interrupts");
	free_irq(irq, NULL);
	line_free(irq);
}
MODULE_TEST(test);
