/* SPDX-License-Identifier: MIT */
/*
 * The registers that the innermost interrupt on this CPU interrupted, for handlers that
 * ask what it broke into: the tick, SysRq. NULL outside of interrupts.
 *
 * Written by the interrupt entry of its own CPU only, with interrupts off.
 */
#ifndef _ASM_GENERIC_IRQ_REGS_H
#define _ASM_GENERIC_IRQ_REGS_H

#include <linux/percpu.h>

struct pt_regs;

DECLARE_PER_CPU(struct pt_regs *, __irq_regs);

static inline struct pt_regs *get_irq_regs(void)
{
	return __this_cpu_read(__irq_regs);
}

static inline struct pt_regs *set_irq_regs(struct pt_regs *new_regs)
{
	struct pt_regs *old_regs = __this_cpu_read(__irq_regs);

	__this_cpu_write(__irq_regs, new_regs);
	return old_regs;
}

#endif
