/* SPDX-License-Identifier: MIT */
/* A threaded handler behind a flow: when the line is masked, by flags and kinds of chip. */
#ifndef MODULES_LINE_ONESHOT_H
#define MODULES_LINE_ONESHOT_H

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

static void once(irq_flow_handler_t flow, irq_handler_t primary, unsigned long flags, const char *what)
{
	int irq = line_new(&line_chip, flow), err;

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

static void oneshot(irq_flow_handler_t flow)
{
	once(flow, top, 0, "plain");
	once(flow, top, IRQF_ONESHOT, "oneshot");
	once(flow, NULL, IRQF_ONESHOT, "no primary, oneshot");
	once(flow, top, IRQF_SHARED, "shared");
	once(flow, top, IRQF_SHARED | IRQF_ONESHOT, "shared oneshot");
	line_chip.flags = IRQCHIP_ONESHOT_SAFE;
	once(flow, top, IRQF_ONESHOT, "oneshot-safe chip");
	once(flow, NULL, 0, "oneshot-safe chip, no primary, not oneshot");
	line_chip.flags = IRQCHIP_EOI_THREADED;
	once(flow, top, IRQF_ONESHOT, "eoi-threaded chip");
}

#endif /* MODULES_LINE_ONESHOT_H */
