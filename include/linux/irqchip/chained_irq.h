/* SPDX-License-Identifier: MIT */
/* Begin and end of a chained flow handler, whatever flow its parent controller has. */
#ifndef _LINUX_IRQCHIP_CHAINED_IRQ_H
#define _LINUX_IRQCHIP_CHAINED_IRQ_H

#include <linux/irq.h>

/* A chip with irq_eoi needs nothing at the start; the others are masked and acknowledged. */
static inline void chained_irq_enter(struct irq_chip *chip, struct irq_desc *desc)
{
	struct irq_data *data = irq_desc_get_irq_data(desc);

	if (chip->irq_eoi)
		return;
	if (chip->irq_mask_ack) {
		chip->irq_mask_ack(data);
		return;
	}
	chip->irq_mask(data);
	if (chip->irq_ack)
		chip->irq_ack(data);
}

static inline void chained_irq_exit(struct irq_chip *chip, struct irq_desc *desc)
{
	struct irq_data *data = irq_desc_get_irq_data(desc);

	if (chip->irq_eoi)
		chip->irq_eoi(data);
	else
		chip->irq_unmask(data);
}

#endif
