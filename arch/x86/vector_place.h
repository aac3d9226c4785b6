/* SPDX-License-Identifier: MIT */
/*
 * Places of lines, as vector.c opens with: between it and vector_leave.c, where they are given
 * back.
 */
#ifndef _ARCH_X86_VECTOR_PLACE_H
#define _ARCH_X86_VECTOR_PLACE_H

#include <linux/bitmap.h>
#include <linux/irq_work.h>
#include <linux/list.h>
#include <linux/percpu.h>
#include <linux/spinlock.h>
#include <asm/hw_irq.h>

#include "vector.h"

/* A vector of one CPU that belongs to a line, or did. All fields: vector_lock. */
struct vector_place {
	struct list_head	node;	/* in line->now, line->old, then in vector_cpu.leaving */
	unsigned int		cpu;
	u8			vector;
};

struct vector_cpu {
	DECLARE_BITMAP(used, NR_VECTORS);	/* vector_lock */
	unsigned int		nr_used;	/* vector_lock */
	struct list_head	leaving;	/* vector_lock */
	struct irq_work		work;		/* looks through @leaving */
};

extern raw_spinlock_t vector_lock;	/* innermost but for irq_work's; irqs off */
DECLARE_PER_CPU(struct vector_cpu, vector_cpus);

static inline void set_slot(const struct vector_place *place, struct irq_desc *desc,
			    unsigned long special)
{
	WRITE_ONCE(per_cpu(vector_irq, place->cpu)[place->vector],
		   (struct irq_desc *)((unsigned long)desc | special));
}

static inline struct irq_desc *slot_desc(unsigned int cpu, u8 vector)
{
	struct irq_desc *slot = READ_ONCE(per_cpu(vector_irq, cpu)[vector]);

	return (struct irq_desc *)((unsigned long)slot & ~VECTOR_SPECIAL);
}

static inline struct vector_place *find_place(struct list_head *list, unsigned int cpu, u8 vector)
{
	struct vector_place *place;

	list_for_each_entry(place, list, node)
		if (place->cpu == cpu && place->vector == vector)
			return place;
	return NULL;
}

/* vector.c; all of these under vector_lock */
void vector_free_place(struct vector_place *place);
void vector_mark_now(struct vector_line *line, unsigned long special);

/* vector_leave.c */
void vector_retire_place(struct vector_place *place);
void vector_forget_leaving(struct vector_line *line);
void vector_leave_work(struct irq_work *work);

#endif
