/* SPDX-License-Identifier: MIT */
/* Between ioapic.c, the controller, and ioapic_setup.c, which finds them and numbers lines. */
#ifndef _DRIVERS_IRQCHIP_IOAPIC_H
#define _DRIVERS_IRQCHIP_IOAPIC_H

#include <linux/irqdomain.h>
#include <linux/spinlock.h>
#include <asm/io_apic.h>

struct ioapic {
	u32			gsi_base;	/* fixed, as all but the registers */
	unsigned int		nr_pins;
	unsigned int		version;
	u8			id;
	struct irq_domain	*domain;

	raw_spinlock_t		lock;		/* guards the register pair, and the pins' rte */
	void __iomem		*base;
};

/* What a line's creator tells the domain. */
struct ioapic_request {
	unsigned int		pin;
	unsigned int		type;		/* IRQ_TYPE_* */
};

extern const struct irq_domain_ops ioapic_domain_ops;

bool ioapic_probe(struct ioapic *ioapic);
void ioapic_mask_all(struct ioapic *ioapic);
void ioapic_write_rte(struct ioapic *ioapic, unsigned int pin, union ioapic_rte rte);

#endif
