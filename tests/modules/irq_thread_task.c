/* SPDX-License-Identifier: MIT */
/* The thread of an interrupt, as a task. rows C5 */
#include <linux/sched.h>
#include "line.h"

static irqreturn_t top(int irq, void *dev)
{
	note("[top hardirq %d irqs-off %d]", !!in_hardirq(), irqs_disabled());
	return IRQ_WAKE_THREAD;
}

static irqreturn_t bottom(int irq, void *dev)
{
	char name[TASK_COMM_LEN];

	get_task_comm(name, current);
	note("[thread %s prio %d policy %u rt %u interrupt %d irqs-off %d]",
	     strchr(name, '-') ?: name, current->prio, current->policy, current->rt_priority,
	     !!in_interrupt(), irqs_disabled());
	return IRQ_HANDLED;
}

static void test(void)
{
	int irq = line_new(&line_chip, handle_level_irq), dev;

	note("%d", request_threaded_irq(irq, top, bottom, IRQF_ONESHOT, "name", &dev));
	line_fire(irq);
	synchronize_irq(irq);
	free_irq(irq, &dev);
	show("both");
	note("%d", request_threaded_irq(irq, NULL, bottom, IRQF_ONESHOT,
					"a-name-longer-than-a-task-takes", &dev));
	line_fire(irq);
	synchronize_irq(irq);
	free_irq(irq, &dev);
	show("long name");
	note("%d", request_any_context_irq(irq, top, 0, "name", &dev));
	free_irq(irq, &dev);
	show("any context");
	line_free(irq);
}
MODULE_TEST(test);
