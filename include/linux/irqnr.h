/* SPDX-License-Identifier: MIT */
/* Line numbers and walks over all lines. */
#ifndef _LINUX_IRQNR_H
#define _LINUX_IRQNR_H

struct irq_desc;

extern unsigned int nr_irqs;		/* one above the highest number in use or reserved */
struct irq_desc *irq_to_desc(unsigned int irq);
unsigned int irq_get_next_irq(unsigned int offset);

/* Every existing line; the walker keeps lines from going with irq_lock_sparse(). */
#define for_each_irq_desc(irq, desc)					\
	for ((irq) = 0, (desc) = irq_to_desc(irq); (irq) < nr_irqs;	\
	     (irq)++, (desc) = irq_to_desc(irq))			\
		if (!(desc))						\
			;						\
		else

#define for_each_active_irq(irq)					\
	for ((irq) = irq_get_next_irq(0); (irq) < nr_irqs;		\
	     (irq) = irq_get_next_irq((irq) + 1))

#define for_each_irq_nr(irq)	for ((irq) = 0; (irq) < nr_irqs; (irq)++)

#endif
