/* SPDX-License-Identifier: MIT */
/* A device polled from IRQ_POLL_SOFTIRQ while it has work, as NAPI does for networks. kernel/softirq/irq_poll.c */
#ifndef _LINUX_IRQ_POLL_H
#define _LINUX_IRQ_POLL_H

#include <linux/list.h>

struct irq_poll;

/* Does at most so much; the amount done. Less than that only after irq_poll_complete(). */
typedef int (irq_poll_fn)(struct irq_poll *, int);

struct irq_poll {
	struct list_head	list;	/* of the CPU that polls it: that CPU, IRQs off */
	unsigned long		state;	/* IRQ_POLL_F_*, by atomic bit operations */
	int			weight;	/* fixed, as is */
	irq_poll_fn		*poll;
};

enum {
	IRQ_POLL_F_SCHED	= 0,	/* owned: by the list it is on, or by who disabled it */
	IRQ_POLL_F_DISABLE	= 1,	/* somebody waits to own it */
};

void irq_poll_init(struct irq_poll *iop, int weight, irq_poll_fn *poll_fn);
void irq_poll_sched(struct irq_poll *iop);
void irq_poll_complete(struct irq_poll *iop);
void irq_poll_enable(struct irq_poll *iop);
void irq_poll_disable(struct irq_poll *iop);

#endif
