/* SPDX-License-Identifier: MIT */
/* irq_set_irq_wake: counts, and what the chip is told. rows C9 */
#include "line.h"

static int answer;

static int set_wake(struct irq_data *d, unsigned int on)
{
	note("wake(%u)", on);
	return answer;
}

static void test(void)
{
	int irq = line_new(&line_chip, handle_level_irq);

	note("%d", irq_set_irq_wake(irq, 1));
	show("a chip that can't");
	line_chip.flags = IRQCHIP_SKIP_SET_WAKE;
	note("%d %d", irq_set_irq_wake(irq, 1), irq_set_irq_wake(irq, 0));
	show("a chip that needn't");
	line_chip.flags = 0;
	line_chip.irq_set_wake = set_wake;
	note("%d", enable_irq_wake(irq));
	note("%d", irqd_is_wakeup_set(irq_get_irq_data(irq)));
	note("%d", enable_irq_wake(irq));
	note("%d", disable_irq_wake(irq));
	note("%d", disable_irq_wake(irq));
	note("%d", irqd_is_wakeup_set(irq_get_irq_data(irq)));
	show("twice on, twice off");
	answer = -EIO;
	note("%d", enable_irq_wake(irq));
	show("a chip that fails");
	note("%d", irq_set_irq_wake(1000000, 1));
	show("no such line");
	note("%d", disable_irq_wake(irq));
	show("one too many");
	line_free(irq);
}
MODULE_TEST(test);
