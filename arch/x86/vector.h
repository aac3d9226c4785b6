/* SPDX-License-Identifier: MIT */
/* Between vector.c, which gives out places, and vector_domain.c, which presents them as lines. */
#ifndef _ARCH_X86_VECTOR_H
#define _ARCH_X86_VECTOR_H

#include <linux/cpumask.h>
#include <linux/irq.h>
#include <linux/list.h>
#include <asm/hw_irq.h>

/* A line of the vector domain: its irq_data's chip_data. All but @desc: vector_lock. */
struct vector_line {
	struct irq_desc		*desc;	/* fixed */
	struct irq_cfg		cfg;	/* what the child tells the controller; changes with @now */
	struct cpumask		cpus;	/* of @now */
	struct list_head	now;	/* its places, all at cfg.vector; empty while closed */
	struct list_head	old;	/* may still see interrupts sent before the last moves */
};

/* @irqd may be any child's: the vector domain is the root. */
static inline struct vector_line *irqd_line(struct irq_data *irqd)
{
	while (irqd->parent_data)
		irqd = irqd->parent_data;
	return irqd->chip_data;
}

static inline bool vector_line_is_open(const struct vector_line *line)
{
	return !list_empty(&line->now);
}

void vector_places_init(void);
int vector_line_open(struct vector_line *line, const struct cpumask *mask);
void vector_line_settle(struct vector_line *line);
void vector_line_close(struct vector_line *line);
void vector_line_raise(struct vector_line *line);

#endif
