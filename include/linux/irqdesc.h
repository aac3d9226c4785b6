/* SPDX-License-Identifier: MIT */
/*
 * A line's descriptor, seen from outside.
 *
 * struct irq_desc belongs to kernel/irq/; controllers hold pointers to it and use the
 * functions here. How it begins is published, so that the way from a vector to the line's
 * flow handler is one load and one call.
 */
#ifndef _LINUX_IRQDESC_H
#define _LINUX_IRQDESC_H

#include <linux/types.h>
#include <linux/irqhandler.h>
#include <linux/spinlock_types.h>

struct irq_desc;
struct irq_data;
struct irq_chip;
struct irq_domain;

/* How every struct irq_desc begins. The lock comes first: its address is the line's. */
struct irq_desc_head {
	raw_spinlock_t		lock;
	unsigned int		istate;		/* kernel/irq/'s own */
	irq_flow_handler_t	handle_irq;	/* written under the line's lock */
};

/**
 * generic_handle_irq_desc - run a line's flow handler
 * @desc: the line
 *
 * Context: hard interrupt, interrupts off, between irq_enter() and irq_exit(); or inside
 * the handler of a line that chains to this one.
 */
static __always_inline void generic_handle_irq_desc(struct irq_desc *desc)
{
	((struct irq_desc_head *)desc)->handle_irq(desc);
}

int handle_irq_desc(struct irq_desc *desc);
int generic_handle_irq(unsigned int irq);
int generic_handle_irq_safe(unsigned int irq);
int generic_handle_domain_irq(struct irq_domain *domain, unsigned int hwirq);
int generic_handle_domain_irq_safe(struct irq_domain *domain, unsigned int hwirq);

struct irq_desc *irq_to_desc(unsigned int irq);
struct irq_desc *irq_data_to_desc(struct irq_data *data);

struct irq_data *irq_desc_get_irq_data(struct irq_desc *desc);
unsigned int irq_desc_get_irq(struct irq_desc *desc);
struct irq_chip *irq_desc_get_chip(struct irq_desc *desc);
void *irq_desc_get_chip_data(struct irq_desc *desc);
void *irq_desc_get_handler_data(struct irq_desc *desc);
bool irq_desc_has_action(struct irq_desc *desc);

void irq_set_handler_locked(struct irq_data *data, irq_flow_handler_t handler);
void irq_set_chip_handler_name_locked(struct irq_data *data, const struct irq_chip *chip,
				      irq_flow_handler_t handler, const char *name);

bool irq_balancing_disabled(unsigned int irq);
bool irq_is_percpu(unsigned int irq);
bool irq_is_percpu_devid(unsigned int irq);

void irq_lock_sparse(void);
void irq_unlock_sparse(void);

#endif
