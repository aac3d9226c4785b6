/* SPDX-License-Identifier: MIT */
/* Small questions about a line. rows C1 C9 */
#include "line.h"

static void test(void)
{
	int irq = line_new(&dummy_irq_chip, handle_simple_irq);
	static char dev[] = "";
	bool state;

	note("%d", irq_has_action(irq));
	note("%d", request_irq(irq, line_handler, 0, "line", dev));
	note("%d", irq_has_action(irq));
	note("%d", irq_has_action(1000000));
	show("action");
	note("%d", irq_get_irqchip_state(irq, IRQCHIP_STATE_PENDING, &state));
	note("%d", irq_set_irqchip_state(irq, IRQCHIP_STATE_MASKED, true));
	note("%d", irq_get_irqchip_state(1000000, IRQCHIP_STATE_PENDING, &state));
	show("states of a chip that has none");
	note("%d", irq_set_handler_data(irq, dev));
	note("%d", irq_get_handler_data(irq) == dev);
	note("%d", irq_set_chip_data(irq, &irq));
	note("%d", irq_get_chip_data(irq) == &irq);
	note("%d", irq_set_chip(1000000, &dummy_irq_chip));
	note("%d", irq_set_handler_data(1000000, NULL));
	note("%d", irq_get_irq_data(1000000) == NULL);
	show("data");
	irq_wake_thread(irq, dev);
	irq_wake_thread(1000000, dev);
	note("%d", synchronize_hardirq(irq));
	synchronize_irq(1000000);
	local_irq_disable();
	note("%d", generic_handle_irq(irq));
	note("%d", generic_handle_irq(1000000));
	local_irq_enable();
	show("handled");
	free_irq(irq, dev);
	line_free(irq);
	note("%d", irq_alloc_descs(-1, 0, 0, 0));
	note("%d", irq_alloc_descs(5, 8, 1, 0));
	note("%d", irq_alloc_descs(1, 0, 1, 0));
	show("descriptors");
}
MODULE_TEST(test);
