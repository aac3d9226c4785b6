/* SPDX-License-Identifier: MIT */
/* A threaded handler behind handle_level_irq: when the line is masked. rows C5 C3 */
#include "line.h"

static irqreturn_t top(int irq, void *dev)
{
	note("top");
	return IRQ_WAKE_THREAD;
}

static irqreturn_t bottom(int irq, void *dev)
{
	synchronize_hardirq(irq);
	note("thread");
	return IRQ_HANDLED;
}

static void once(irq_handler_t primary, unsigned long flags, const char *what)
{
	int irq = line_new(&line_chip, handle_level_irq), err;

	err = request_threaded_irq(irq, primary, bottom, flags, "line", &line_chip);
	note("request %d", err);
	if (!err) {
		line_fire(irq);
		synchronize_irq(irq);
		note("synchronized");
		line_fire(irq);
		synchronize_irq(irq);
		free_irq(irq, &line_chip);
	}
	show(what);
	line_free(irq);
}

static void test(void)
{
	once(top, 0, "plain");
	once(top, IRQF_ONESHOT, "oneshot");
	once(NULL, IRQF_ONESHOT, "no primary, oneshot");
	once(top, IRQF_SHARED, "shared");
	once(top, IRQF_SHARED | IRQF_ONESHOT, "shared oneshot");
	line_chip.flags = IRQCHIP_ONESHOT_SAFE;
	once(top, IRQF_ONESHOT, "oneshot-safe chip");
	once(NULL, 0, "oneshot-safe chip, no primary, not oneshot");
	line_chip.flags = IRQCHIP_EOI_THREADED;
	once(top, IRQF_ONESHOT, "eoi-threaded chip");
}
MODULE_TEST(test);
