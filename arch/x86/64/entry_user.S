/* SPDX-License-Identifier: MIT */
/*
 * System calls, and the way back to user mode. What entry.S says holds here as well.
 *
 * SYSCALL changes no stack and saves RIP and RFLAGS in RCX and R11; its mask
 * clears IF, so that only an NMI or its like can come before the stack is ours.
 *
 * The way back can fault too, at its IRET, when the program has made its own registers
 * impossible; GS is the user's by then. exception_entry knows that one address (user_iret).
 */
#include <linux/linkage.h>
#include <linux/thread_info.h>
#include <asm/segment.h>
#include "entry.h"

	.section .entry.text, "ax", @progbits

/*
 * The way back to user mode: interrupts off, RSP at the frame, at the top of the task's stack.
 * Work that is pending comes first, and may bring more.
 */
SYM_CODE_START(return_to_user)
	CFI_FULL_FRAME
	cmpl	$0, HOT(HOT_PREEMPT)
	je	.Lwork_pending
	movq	HOT(HOT_CURRENT), %rax
	testl	$_TIF_WORK_MASK, (%rax)		/* thread_info is the task's first field */
	jnz	.Lwork_pending
	POP_REGS
	addq	$8, %rsp
	.cfi_adjust_cfa_offset -8
	swapgs
	.globl	user_iret
user_iret:
	iretq
	.cfi_endproc

	CFI_FULL_FRAME
.Lwork_pending:
	movq	%rsp, %rdi
	CALL_C	exit_to_user_mode_loop
	jmp	return_to_user
	.cfi_endproc
SYM_CODE_END(return_to_user)

/* A frame on the task's stack like that of an interrupt; @cs: of the mode that SYSCALL came from. */
.macro SYSCALL_FRAME cs
	.cfi_startproc simple
	.cfi_signal_frame
	.cfi_undefined rip
	swapgs
	movq	%rsp, HOT(HOT_USER_SP)
	movq	HOT(HOT_TASK_STACK), %rsp
	pushq	$__USER_DS
	pushq	HOT(HOT_USER_SP)
	pushq	%r11
	pushq	$\cs
	pushq	%rcx
	.cfi_endproc
	CFI_CPU_FRAME
	movl	%eax, %eax		/* the number has 32 bits */
	pushq	%rax
	.cfi_adjust_cfa_offset 8
	PUSH_REGS
.endm

/*
 * SYSCALL of 64-bit code. The registers still hold the arguments, all but the fourth where C has
 * them, so that the call is made from here. Who wants more of the program's registers finds the frame by
 * current_pt_regs(). entry_SYSCALL_64 and what it calls is the way that programs take most.
 */
SYM_CODE_START(entry_SYSCALL_64)
	SYSCALL_FRAME __USER_CS
	xorl	%ebp, %ebp		/* no frame of C above this one */
	sti
	movq	%r10, %rcx
	cmpl	$NR_SYSCALLS, %eax
	jae	.Lno_such_call
	CALL_C	"*sys_call_table_64(,%rax,8)", %rsp
.Lcall_made:
	movq	%rax, PT_AX(%rsp)
	cli
	cmpl	$0, HOT(HOT_PREEMPT)
	je	.Lcall_left_work
	movq	HOT(HOT_CURRENT), %rax
	testl	$_TIF_WORK_MASK, (%rax)
	jnz	.Lcall_left_work

	/*
	 * SYSRET takes RIP from RCX and RFLAGS from R11, and sets CS and SS to fixed values. With a RIP
	 * that is not canonical it would fault in kernel mode on the user's stack, and with TF trap one
	 * instruction early.
	 */
.Lcall_back:
	movq	PT_IP(%rsp), %rcx
	movq	PT_FLAGS(%rsp), %r11
	movq	%rcx, %rax
	shrq	$47, %rax		/* canonical, and the program's */
	jnz	return_to_user
	cmpq	%rcx, PT_CX(%rsp)
	jne	return_to_user
	cmpq	%r11, PT_R11(%rsp)
	jne	return_to_user
	testl	$(X86_EFLAGS_RF | X86_EFLAGS_TF), %r11d
	jnz	return_to_user
	cmpl	$__USER_CS, PT_CS(%rsp)
	jne	return_to_user
	cmpl	$__USER_DS, PT_SS(%rsp)
	jne	return_to_user
	POP_REGS
	movq	32(%rsp), %rsp
	.cfi_same_value rsp
	swapgs
	sysretq
	.cfi_endproc

	CFI_FULL_FRAME
.Lno_such_call:
	CALL_C	sys_ni_syscall, %rsp
	jmp	.Lcall_made

.Lcall_left_work:
	movq	%rsp, %rdi
	CALL_C	exit_to_user_mode_loop
	jmp	.Lcall_back
	.cfi_endproc
SYM_CODE_END(entry_SYSCALL_64)

/* SYSCALL of 32-bit code, which AMD's CPUs have: the second argument is in EBP instead of ECX. */
SYM_CODE_START(entry_SYSCALL_compat)
	movl	%esp, %esp
	SYSCALL_FRAME __USER32_CS
	movq	%rsp, %rdi
	CALL_C	do_fast_syscall_32
	jmp	return_to_user
	.cfi_endproc
SYM_CODE_END(entry_SYSCALL_compat)

/* INT 0x80, from 32-bit and from 64-bit code: i386's numbers and arguments. */
SYM_CODE_START(entry_INT80)
	CFI_CPU_FRAME
	testb	$3, 8(%rsp)
	jz	1f
	pushq	%rax
	.cfi_adjust_cfa_offset 8
	swapgs
	CLEAR_FLAGS
	PUSH_REGS
	movq	%rsp, %rdi
	CALL_C	do_int80_syscall_32
	jmp	return_to_user
1:	ud2				/* the kernel has no calls to make */
	.cfi_endproc
SYM_CODE_END(entry_INT80)

	.section .note.GNU-stack, "", @progbits
