/* SPDX-License-Identifier: MIT */
/* free_irq waits for a thread that sleeps; what came meanwhile runs once more. rows C2 C5 */
#include <linux/completion.h>
#include "line.h"

static DECLARE_COMPLETION(entered);
static int runs;

static irqreturn_t top(int irq, void *dev)
{
	note("top");
	return IRQ_WAKE_THREAD;
}

static irqreturn_t bottom(int irq, void *dev)
{
	note("enter%d", ++runs);
	complete(&entered);
	msleep(100);
	note("leave%d", runs);
	return IRQ_HANDLED;
}

static void test(void)
{
	int irq = line_new(&line_chip, handle_edge_irq), dev;

	note("%d", request_threaded_irq(irq, top, bottom, 0, "line", &dev));
	line_fire(irq);
	wait_for_completion(&entered);
	line_fire(irq);
	line_fire(irq);
	synchronize_hardirq(irq);
	note("hardirq-synchronized");
	synchronize_irq(irq);
	note("synchronized");
	show("came while the thread slept");
	reinit_completion(&entered);
	line_fire(irq);
	wait_for_completion(&entered);
	free_irq(irq, &dev);
	note("freed");
	show("freed while the thread slept");
	line_free(irq);
}
MODULE_TEST(test);
