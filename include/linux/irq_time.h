/* SPDX-License-Identifier: MIT */
/*
 * Where the time of interrupts goes, when somebody wants to know: kernel/irq/time.c. Off, it
 * costs interrupts nothing, as the machine then enters them by other gates.
 */
#ifndef _LINUX_IRQ_TIME_H
#define _LINUX_IRQ_TIME_H

#include <linux/types.h>

struct irq_desc;

/* What a CPU is at. */
enum irq_time_kind {
	IRQ_TIME_NONE,		/* a task, or idle */
	IRQ_TIME_HARD,
	IRQ_TIME_SOFT,
	NR_IRQ_TIME_KINDS,
};

extern bool irq_time_on;

enum irq_time_kind irq_time_switch(enum irq_time_kind to);
void irq_time_flow(struct irq_desc *desc);

/*
 * The longest time that each CPU kept its interrupts off, in the debug build, always:
 * kernel/irq/irqs_off.c. The machine switches them on and off without a word as it enters and
 * leaves interrupts: who lets it do that forgets.
 */
#ifdef CONFIG_DEBUG
void irqs_off_begin(unsigned long ip);
void irqs_off_end(unsigned long ip);
void irqs_off_forget(void);
#else
static inline void irqs_off_forget(void) { }
#endif

#endif
