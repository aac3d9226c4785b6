/* SPDX-License-Identifier: MIT */
/* A line's life, and what its flow asks of the chip at each step. */
#ifndef MODULES_LINE_FLOW_H
#define MODULES_LINE_FLOW_H

#include "line.h"

/* @level: the line says so before it is requested; @unlazy: it is masked as soon as it is disabled. */
static void flow(irq_flow_handler_t handle, bool level, bool unlazy)
{
	int irq = line_new(&line_chip, handle);

	if (level)
		irq_set_status_flags(irq, IRQ_LEVEL);
	pr_info("request: %d\n", request_irq(irq, line_handler, 0, "line", NULL));
	if (unlazy)
		irq_set_status_flags(irq, IRQ_DISABLE_UNLAZY);
	show("opened");
	line_fire(irq);
	line_fire(irq);
	show("two");
	disable_irq(irq);
	show("disabled");
	line_fire(irq);
	show("came while disabled");
	line_fire(irq);
	show("again");
	enable_irq(irq);
	msleep(20);
	show("enabled");
	line_fire(irq);
	show("one");
	free_irq(irq, NULL);
	show("closed");
	line_fire(irq);
	show("came while closed");
	line_free(irq);
}

#endif /* MODULES_LINE_FLOW_H */
