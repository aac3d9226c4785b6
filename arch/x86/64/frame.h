/* SPDX-License-Identifier: MIT */
/*
 * Offsets that the assembly uses. Each is held to the C structure it comes from by an
 * assertion at the end, compiled with process.c.
 */
#ifndef _X86_64_FRAME_H
#define _X86_64_FRAME_H

/* struct pt_regs */
#define PT_BX		40
#define PT_R11		48
#define PT_AX		80
#define PT_CX		88
#define PT_DI		112
#define PT_ORIG_AX	120
#define PT_IP		128
#define PT_CS		136
#define PT_FLAGS	144
#define PT_SP		152
#define PT_SS		160
#define PT_SIZE		168

#define NR_SYSCALLS	512	/* of each of the tables of system calls */

/* struct pcpu_hot */
#define HOT_CURRENT	0
#define HOT_PREEMPT	8
#define HOT_TASK_STACK	16
#define HOT_IRQ_STACK	24
#define HOT_IRQ_DEPTH	32
#define HOT_USER_SP	40

/*
 * What hardirq_stack_inuse is, instead of 0, in an idle task that arch_tell_irq_entry() is on for.
 */
#define IRQ_DEPTH_TELL	0x40000000

/* struct x86_tss: the top of the NMI's stack */
#define TSS_IST_NMI	44

#define IST_STACK_BYTES	0x2000
#define NMI_COUNT_MASK	0xf00000	/* NMI_MASK of preempt_count */

#ifndef __ASSEMBLER__
#include <linux/preempt.h>
#include <asm/desc.h>
#include <asm/ptrace.h>

static_assert(offsetof(struct pt_regs, bx) == PT_BX);
static_assert(offsetof(struct pt_regs, r11) == PT_R11);
static_assert(offsetof(struct pt_regs, ax) == PT_AX);
static_assert(offsetof(struct pt_regs, cx) == PT_CX);
static_assert(offsetof(struct pt_regs, di) == PT_DI);
static_assert(offsetof(struct pt_regs, orig_ax) == PT_ORIG_AX);
static_assert(offsetof(struct pt_regs, ip) == PT_IP);
static_assert(offsetof(struct pt_regs, cs) == PT_CS);
static_assert(offsetof(struct pt_regs, flags) == PT_FLAGS);
static_assert(offsetof(struct pt_regs, sp) == PT_SP);
static_assert(offsetof(struct pt_regs, ss) == PT_SS);
static_assert(sizeof(struct pt_regs) == PT_SIZE);
static_assert(offsetof(struct pcpu_hot, current_task) == HOT_CURRENT);
static_assert(offsetof(struct pcpu_hot, preempt_count) == HOT_PREEMPT);
static_assert(offsetof(struct pcpu_hot, top_of_stack) == HOT_TASK_STACK);
static_assert(offsetof(struct pcpu_hot, hardirq_stack) == HOT_IRQ_STACK);
static_assert(offsetof(struct pcpu_hot, hardirq_stack_inuse) == HOT_IRQ_DEPTH);
static_assert(offsetof(struct pcpu_hot, user_sp) == HOT_USER_SP);
static_assert(offsetof(struct x86_tss, ist) + (IST_NMI - 1) * 8 == TSS_IST_NMI);
static_assert(IST_STACK_SIZE == IST_STACK_BYTES);
static_assert(NMI_MASK == NMI_COUNT_MASK);
#endif

#endif
