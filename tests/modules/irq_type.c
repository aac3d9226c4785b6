/* SPDX-License-Identifier: MIT */
/* irq_set_irq_type and the trigger flags of a request, against the chip's answers. rows C1 C3 */
#include "line.h"

static int answer;

static int set_type(struct irq_data *d, unsigned int type)
{
	note("type(%u)", type);
	return answer;
}

static void type_is(int irq)
{
	struct irq_data *d = irq_get_irq_data(irq);

	note("now %u%s", irq_get_trigger_type(irq), irqd_is_level_type(d) ? " level" : "");
}

static void test(void)
{
	int irq = line_new(&line_chip, handle_level_irq), err;

	note("%d", irq_set_irq_type(irq, IRQ_TYPE_EDGE_RISING));
	type_is(irq);
	show("a chip without set_type");
	line_chip.irq_set_type = set_type;
	note("%d", irq_set_irq_type(irq, IRQ_TYPE_EDGE_FALLING));
	type_is(irq);
	note("%d", irq_set_irq_type(irq, IRQ_TYPE_LEVEL_HIGH));
	type_is(irq);
	note("%d", irq_set_irq_type(irq, IRQ_TYPE_NONE));
	type_is(irq);
	note("%d", irq_set_irq_type(irq, 0xf00 | IRQ_TYPE_EDGE_BOTH));
	type_is(irq);
	show("types");
	answer = IRQ_SET_MASK_OK_NOCOPY;
	note("%d", irq_set_irq_type(irq, IRQ_TYPE_LEVEL_LOW));
	type_is(irq);
	show("NOCOPY");
	answer = -EINVAL;
	note("%d", irq_set_irq_type(irq, IRQ_TYPE_LEVEL_LOW));
	show("refused");
	err = request_irq(irq, line_handler, IRQF_TRIGGER_HIGH, "line", NULL);
	note("request %d", err);
	show("request of a type that is refused");
	answer = 0;
	err = request_irq(irq, line_handler, IRQF_TRIGGER_FALLING, "line", NULL);
	note("request %d", err);
	type_is(irq);
	show("request");
	line_chip.flags = IRQCHIP_SET_TYPE_MASKED;
	note("%d", irq_set_irq_type(irq, IRQ_TYPE_EDGE_BOTH));
	show("a chip that must be masked for it");
	free_irq(irq, NULL);
	note("%d", irq_set_irq_type(1000000, IRQ_TYPE_EDGE_BOTH));
	show("freed, and no such line");
	line_free(irq);
}
MODULE_TEST(test);
