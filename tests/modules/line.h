/* SPDX-License-Identifier: MIT */
/*
 * An interrupt line of the module's own: its chip notes what it is asked to do, and line_fire()
 * makes it interrupt in hard-IRQ context on this CPU.
 */
#ifndef MODULES_LINE_H
#define MODULES_LINE_H

#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irq_work.h>
#include <linux/irqdesc.h>
#include "test.h"

#define CHIP_NOTES(what)				\
	static void line_##what(struct irq_data *d)	\
	{						\
		note(#what);				\
	}
CHIP_NOTES(mask)
CHIP_NOTES(unmask)
CHIP_NOTES(ack)
CHIP_NOTES(eoi)

static __maybe_unused struct irq_chip line_chip = {
	.name = "line",
	.irq_mask = line_mask,
	.irq_unmask = line_unmask,
	.irq_ack = line_ack,
	.irq_eoi = line_eoi,
};

static inline int line_new(struct irq_chip *chip, irq_flow_handler_t flow)
{
	int irq = irq_alloc_desc(NUMA_NO_NODE);

	if (irq > 0) {
		irq_set_chip_and_handler(irq, chip, flow);
		irq_clear_status_flags(irq, IRQ_NOREQUEST | IRQ_NOAUTOEN);
	}
	return irq;
}

static inline void line_free(int irq)
{
	irq_set_chip_and_handler(irq, NULL, NULL);
	irq_free_desc(irq);
}

struct line_shot {
	struct irq_work work;
	int irq;
};

static inline void line_shoot(struct irq_work *work)
{
	generic_handle_irq(container_of(work, struct line_shot, work)->irq);
}

/* One interrupt, handled when this returns. */
static inline void line_fire(int irq)
{
	struct line_shot shot = { .irq = irq };

	init_irq_work(&shot.work, line_shoot);
	preempt_disable();
	irq_work_queue(&shot.work);
	preempt_enable();
	irq_work_sync(&shot.work);
}

static inline irqreturn_t line_handler(int irq, void *dev)
{
	note("handler%s", dev ? (const char *)dev : "");
	return IRQ_HANDLED;
}

#endif /* MODULES_LINE_H */
