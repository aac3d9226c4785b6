/* SPDX-License-Identifier: MIT */
/*
 * Switching between tasks on x86-64: the first frame, the switch.
 * What is in memory of a task that is not running: struct switch_frame at thread.sp.
 */
#include <linux/arch.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/lockdep.h>
#include <linux/sched.h>
#include <asm/current.h>
#include <asm/desc.h>
#include <asm/ptrace.h>
#include <asm/user.h>
#include <asm/switch_to.h>
#include "frame.h"

struct task_struct *__switch_stacks(unsigned long *save_sp, unsigned long new_sp,
				    struct task_struct *prev);
extern const char task_first_steps[];

static unsigned long task_stack_top(const struct task_struct *task)
{
	return (unsigned long)task->stack + THREAD_SIZE;
}

/* See <linux/arch.h>. Context: any; @task has its stack and does not run yet. */
void arch_task_init(struct task_struct *task, void (*fn)(void *arg), void *arg)
{
	struct switch_frame *frame;

	/*
	 * Under the frame for user mode; one word less, so that RSP is aligned at the first call.
	 */
	frame = (struct switch_frame *)((unsigned long)task_pt_regs(task) - 8) - 1;
	*frame = (struct switch_frame) {
		.r12	= (unsigned long)fn,
		.r13	= (unsigned long)arg,
		.ret	= (unsigned long)task_first_steps,
	};
	task->thread.sp = (unsigned long)frame;
}

/* See <linux/arch.h>. Context: interrupts off, run-queue lock held. */
struct task_struct *arch_switch_to(struct task_struct *prev, struct task_struct *next)
{
	lockdep_assert_irqs_disabled();
	if (prev->thread.fpu)
		save_user_state(prev);
	if (next->thread.fpu)
		load_user_state(next);
	raw_cpu_write(pcpu_hot.current_task, next);
	raw_cpu_write(pcpu_hot.top_of_stack, task_stack_top(next));
	raw_cpu_write(cpu_tss.sp0, task_stack_top(next));	/* entry from user mode */
	return __switch_stacks(&prev->thread.sp, next->thread.sp, prev);
}

/* See <linux/arch.h>. The way in is at .Lnested in entry.S, off the straight path. */
void arch_tell_irq_entry(bool on)
{
	lockdep_assert_irqs_disabled();
	raw_cpu_write(pcpu_hot.hardirq_stack_inuse, on ? IRQ_DEPTH_TELL : 0);
}
