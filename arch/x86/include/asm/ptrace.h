/* SPDX-License-Identifier: MIT */
/*
 * The register frame that every way into the kernel builds.
 *
 * Drawn once; entry.S builds it, the assertions below hold it. Lowest address first:
 *
 *	  0 r15 r14 r13 r12 rbp rbx		pushed by the entry code
 *	 48 r11 r10 r9 r8 rax rcx rdx rsi rdi
 *	120 orig_ax				error code, vector, or system-call number
 *	128 rip cs rflags rsp ss		pushed by the CPU (SDM Vol. 3, "64-Bit Mode Stack Frame")
 */
#ifndef _ASM_X86_PTRACE_H
#define _ASM_X86_PTRACE_H

#ifndef __ASSEMBLER__
#include <linux/types.h>
#include <linux/stddef.h>
#include <linux/build_bug.h>

struct pt_regs {
	unsigned long r15, r14, r13, r12, bp, bx;
	unsigned long r11, r10, r9, r8, ax, cx, dx, si, di;
	unsigned long orig_ax;
	unsigned long ip, cs, flags, sp, ss;
};

static_assert(offsetof(struct pt_regs, orig_ax) == 120);
static_assert(sizeof(struct pt_regs) == 168);

/* Where a task's frame lies while it is in the kernel on behalf of its program. */
#define task_pt_regs(task)	((struct pt_regs *)((char *)(task)->stack + THREAD_SIZE) - 1)
#define current_pt_regs()	task_pt_regs(current)

#define user_mode(regs)			(((regs)->cs & 3) != 0)
#define instruction_pointer(regs)	((regs)->ip)
#define instruction_pointer_set(regs, to) ((void)((regs)->ip = (to)))
#define kernel_stack_pointer(regs)	((regs)->sp)
#define user_stack_pointer(regs)	((regs)->sp)
#define frame_pointer(regs)		((regs)->bp)
#define regs_irqs_disabled(regs)	(!((regs)->flags & (1UL << 9)))

static inline unsigned long regs_return_value(struct pt_regs *regs)
{
	return regs->ax;
}

#endif
#endif
