/* SPDX-License-Identifier: MIT */
/* A simulated line of the module's own, that interrupts when it is told to. */
#ifndef _TESTS_FAULT_LINE_H
#define _TESTS_FAULT_LINE_H

#include <linux/err.h>
#include <linux/interrupt.h>
#include <linux/irq_sim.h>
#include <linux/irqdomain.h>

static struct irq_domain *line_domain;
static unsigned int line_irq;

static inline int line_open(irq_handler_t handler)
{
	line_domain = irq_domain_create_sim(NULL, 1);
	if (IS_ERR(line_domain))
		return PTR_ERR(line_domain);
	line_irq = irq_create_mapping(line_domain, 0);
	return request_irq(line_irq, handler, 0, KBUILD_MODNAME, &line_irq);
}

static inline void line_close(void)
{
	free_irq(line_irq, &line_irq);
	irq_dispose_mapping(line_irq);
	irq_domain_remove_sim(line_domain);
}

static inline void line_interrupts(void)
{
	irq_set_irqchip_state(line_irq, IRQCHIP_STATE_PENDING, true);
}

#endif
