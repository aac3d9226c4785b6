/* SPDX-License-Identifier: MIT */
/*
 * The registers that the innermost interrupt on this CPU interrupted, for handlers that
 * ask what it broke into: the tick, SysRq.
 *
 * Nothing is stored for it on the way in: the entry code pushes the address of the saved
 * registers as the first word of the interrupt stack anyhow. Only an interrupt that finds
 * that stack in use keeps its own, and the outer one's, by itself.
 */
#ifndef _ASM_X86_IRQ_REGS_H
#define _ASM_X86_IRQ_REGS_H

#include <linux/percpu.h>
#include <linux/preempt.h>
#include <asm/current.h>

struct pt_regs;

/* Written by the entry code of its own CPU, with interrupts off. */
DECLARE_PER_CPU(struct pt_regs *, irq_regs_nested);

/** get_irq_regs - what this interrupt interrupted; NULL outside of interrupts */
static inline struct pt_regs *get_irq_regs(void)
{
	int frames = -(int)raw_cpu_read_4(pcpu_hot.hardirq_stack_inuse);

	if (!in_hardirq() || !frames)
		return NULL;
	if (frames > 1)
		return raw_cpu_read_8(irq_regs_nested);
	return ((struct pt_regs **)raw_cpu_read_8(pcpu_hot.hardirq_stack))[-1];
}

#endif
