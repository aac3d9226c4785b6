/* SPDX-License-Identifier: MIT */
/* Two users of a line: which flags go together. rows C1 C2 */
#include "line.h"

static const struct {
	unsigned long first, second;
} pairs[] = {
	{ 0, 0 },
	{ IRQF_SHARED, IRQF_SHARED },
	{ IRQF_SHARED, 0 },
	{ 0, IRQF_SHARED },
	{ IRQF_SHARED, IRQF_SHARED | IRQF_ONESHOT },
	{ IRQF_SHARED | IRQF_ONESHOT, IRQF_SHARED },
	{ IRQF_SHARED | IRQF_ONESHOT, IRQF_SHARED | IRQF_ONESHOT },
	{ IRQF_SHARED | IRQF_TRIGGER_LOW, IRQF_SHARED | IRQF_TRIGGER_LOW },
	{ IRQF_SHARED | IRQF_TRIGGER_LOW, IRQF_SHARED | IRQF_TRIGGER_HIGH },
	{ IRQF_SHARED | IRQF_TRIGGER_LOW, IRQF_SHARED },
	{ IRQF_SHARED, IRQF_SHARED | IRQF_TRIGGER_LOW },
	{ IRQF_SHARED | IRQF_PERCPU, IRQF_SHARED },
	{ IRQF_SHARED, IRQF_SHARED | IRQF_PERCPU },
	{ IRQF_SHARED | IRQF_NOBALANCING, IRQF_SHARED },
	{ 0, IRQF_PROBE_SHARED },
	{ IRQF_SHARED, IRQF_PROBE_SHARED },
};

static void test(void)
{
	int irq, a, b, first, second;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(pairs); i++) {
		irq = line_new(&dummy_irq_chip, handle_simple_irq);
		first = request_threaded_irq(irq, line_handler, line_handler, pairs[i].first, "first", &a);
		second = request_threaded_irq(irq, line_handler, line_handler, pairs[i].second, "second", &b);
		pr_info("%06lx then %06lx: %d %d\n", pairs[i].first, pairs[i].second, first, second);
		if (!second)
			free_irq(irq, &b);
		if (!first)
			free_irq(irq, &a);
		line_free(irq);
	}
}
MODULE_TEST(test);
