/* SPDX-License-Identifier: MIT */
/* A line that nobody cares for is closed after 99,900 of 100,000. rows C7 */
#include "line.h"

static int calls, handled_every;

static irqreturn_t handler(int irq, void *dev)
{
	calls++;
	return handled_every && calls % handled_every == 0 ? IRQ_HANDLED : IRQ_NONE;
}

static void burst(struct irq_work *work)
{
	int i;

	for (i = 0; i < 1000; i++)
		generic_handle_irq(container_of(work, struct line_shot, work)->irq);
}

static void storm(int irq, int thousands)
{
	struct line_shot shot = { .irq = irq };

	init_irq_work(&shot.work, burst);
	while (thousands--) {
		irq_work_queue(&shot.work);
		irq_work_sync(&shot.work);
	}
}

static void test(void)
{
	int irq = line_new(&dummy_irq_chip, handle_level_irq);

	pr_info("%d\n", request_irq(irq, handler, 0, "line", NULL));
	handled_every = 500;
	storm(irq, 250);
	pr_info("2 of 1000 handled: %d calls\n", calls);
	calls = handled_every = 0;
	storm(irq, 250);
	pr_info("none handled: %d calls\n", calls);
	calls = 0;
	enable_irq(irq);
	msleep(20);
	storm(irq, 1);
	pr_info("enabled again: %d calls\n", calls);
	free_irq(irq, NULL);
	line_free(irq);
}
MODULE_TEST(test);
