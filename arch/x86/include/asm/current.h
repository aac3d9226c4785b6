/* SPDX-License-Identifier: MIT */
/*
 * The per-CPU words that every path touches, in one cache line.
 *
 * Only the CPU itself writes its line, with interrupts in any state; each access is one
 * instruction, so an interrupt sees it whole.
 */
#ifndef _ASM_X86_CURRENT_H
#define _ASM_X86_CURRENT_H

#include <linux/types.h>
#include <asm/percpu.h>

struct task_struct;

struct pcpu_hot {
	struct task_struct	*current_task;
	u32			preempt_count;
	u32			cpu_number;
	unsigned long		top_of_stack;	/* of the running task; as TSS.sp0 */
	unsigned long		hardirq_stack;	/* top of this CPU's interrupt stack */
	u32			hardirq_stack_inuse;
	u32			softirq_pending;
	unsigned long		user_sp;	/* the user's RSP, for SYSCALL's first instructions */
} __attribute__((__aligned__(64)));

extern struct pcpu_hot pcpu_hot;	/* template: DEFINE_PER_CPU in arch/x86/percpu.c */

static __always_inline struct task_struct *get_current(void)
{
	/* Not volatile: a task sees itself wherever it is moved, so the value may be kept. */
	struct task_struct *task;

	__asm__("movq %%gs:%1, %0" : "=r" (task) : "m" (pcpu_hot.current_task));
	return task;
}
#define current get_current()

#define raw_smp_processor_id()	((int)raw_cpu_read_4(pcpu_hot.cpu_number))

#endif
