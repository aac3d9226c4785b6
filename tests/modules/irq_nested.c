/* SPDX-License-Identifier: MIT */
/* An interrupt that is handled in the thread of another. rows C3 C5 */
#include <linux/sched/rt.h>
#include "line.h"

static int child;

static irqreturn_t parent_thread(int irq, void *dev)
{
	note("parent");
	handle_nested_irq(child);
	note("parent-end");
	return IRQ_HANDLED;
}

static irqreturn_t child_handler(int irq, void *dev)
{
	note("child(rt %d)", rt_task(current));
	return IRQ_HANDLED;
}

static void test(void)
{
	int parent = line_new(&line_chip, handle_level_irq), dev;

	child = line_new(&dummy_irq_chip, handle_simple_irq);
	irq_set_nested_thread(child, true);
	irq_set_parent(child, parent);
	note("%d", request_threaded_irq(parent, NULL, parent_thread, IRQF_ONESHOT, "parent", &dev));
	note("%d", request_irq(child, child_handler, 0, "child", &dev));
	note("%d", request_threaded_irq(child, child_handler, NULL, IRQF_ONESHOT, "child", &dev));
	note("%d", request_threaded_irq(child, NULL, child_handler, IRQF_ONESHOT, "child", &dev));
	show("requests");
	line_fire(parent);
	synchronize_irq(parent);
	show("both");
	disable_irq(child);
	line_fire(parent);
	synchronize_irq(parent);
	show("child disabled");
	enable_irq(child);
	synchronize_irq(parent);
	show("enabled");
	free_irq(child, &dev);
	note("any %d", request_any_context_irq(child, child_handler, 0, "child", &dev));
	free_irq(child, &dev);
	free_irq(parent, &dev);
	show("any context");
	irq_set_nested_thread(child, false);
	line_free(child);
	line_free(parent);
}
MODULE_TEST(test);
