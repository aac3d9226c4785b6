/* SPDX-License-Identifier: MIT */
/* Two threads of a shared one-shot line: the line opens when both are done. rows C2 C5 */
#include "line.h"

static irqreturn_t top(int irq, void *dev)
{
	note("top%s", (char *)dev);
	return IRQ_WAKE_THREAD;
}

static irqreturn_t quick(int irq, void *dev)
{
	synchronize_hardirq(irq);
	note("quick");
	return IRQ_HANDLED;
}

static irqreturn_t slow(int irq, void *dev)
{
	msleep(50);
	note("slow");
	return IRQ_HANDLED;
}

static void test(void)
{
	int irq = line_new(&line_chip, handle_level_irq);
	static char a[] = "-a", b[] = "-b";

	note("%d", request_threaded_irq(irq, top, quick, IRQF_SHARED | IRQF_ONESHOT, "a", a));
	note("%d", request_threaded_irq(irq, top, slow, IRQF_SHARED | IRQF_ONESHOT, "b", b));
	show("requests");
	line_fire(irq);
	synchronize_irq(irq);
	show("both");
	disable_irq(irq);
	show("disabled");
	enable_irq(irq);
	show("enabled");
	line_fire(irq);
	disable_irq_nosync(irq);
	synchronize_irq(irq);
	show("disabled while the threads run");
	enable_irq(irq);
	show("enabled");
	free_irq(irq, b);
	show("slow goes");
	line_fire(irq);
	synchronize_irq(irq);
	show("quick alone");
	free_irq(irq, a);
	show("quick goes");
	line_free(irq);
}
MODULE_TEST(test);
