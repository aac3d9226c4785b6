/* SPDX-License-Identifier: MIT */
/*
 * From one stack to another: task switch, a task's first steps.
 *
 * What a switched-out task has on its stack, lowest first, is struct switch_frame of
 * process.c: r15 r14 r13 r12 rbx rbp and the return address. All other registers belong to the
 * caller by the C calling convention.
 */
#include <linux/linkage.h>
#include "frame.h"

	.cfi_sections .debug_frame	/* for debuggers only: nothing of it is loaded */

	.text

/*
 * struct task_struct *__switch_stacks(unsigned long *save_sp, unsigned long new_sp,
 *				       struct task_struct *prev)
 * Returns @prev of whoever switched, on the new stack.
 */
SYM_FUNC_START(__switch_stacks)
	pushq	%rbp
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset rbp, 0
	pushq	%rbx
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset rbx, 0
	pushq	%r12
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset r12, 0
	pushq	%r13
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset r13, 0
	pushq	%r14
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset r14, 0
	pushq	%r15
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset r15, 0
	movq	%rsp, (%rdi)
	movq	%rsi, %rsp
	movq	%rdx, %rax
	popq	%r15
	.cfi_adjust_cfa_offset -8
	.cfi_restore r15
	popq	%r14
	.cfi_adjust_cfa_offset -8
	.cfi_restore r14
	popq	%r13
	.cfi_adjust_cfa_offset -8
	.cfi_restore r13
	popq	%r12
	.cfi_adjust_cfa_offset -8
	.cfi_restore r12
	popq	%rbx
	.cfi_adjust_cfa_offset -8
	.cfi_restore rbx
	popq	%rbp
	.cfi_adjust_cfa_offset -8
	.cfi_restore rbp
	ret
SYM_FUNC_END(__switch_stacks)

/*
 * Where a new task's first switch returns to: RAX = prev, R12 = its function, R13 = the argument.
 * A function that returns has made a frame for user mode, where the task's stack begins.
 */
SYM_CODE_START(task_first_steps)
	.cfi_startproc
	.cfi_undefined rip
	movq	%rax, %rdi
	call	task_entry
	movq	%r13, %rdi
	call	*%r12
	cli
	movq	%gs:(pcpu_hot + HOT_TASK_STACK)(%rip), %rsp
	subq	$PT_SIZE, %rsp
	jmp	return_to_user
	.cfi_endproc
SYM_CODE_END(task_first_steps)

	.section .note.GNU-stack, "", @progbits
