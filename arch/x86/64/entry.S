/* SPDX-License-Identifier: MIT */
/*
 * The ways into the kernel and the way out: interrupts, exceptions, NMI. System calls and the
 * way back to user mode: entry_user.S.
 *
 * What holds for all of it:
 *
 * Frame. Every way in builds a struct pt_regs (<asm/ptrace.h>) on the stack that the CPU
 * chose, then calls C with its address. The stub pushes what belongs in orig_ax where the
 * CPU pushed no error code.
 *
 * Stack walk. Each call from here to C has the address of the pt_regs in the word above
 * the return address, whatever the stack. stackwalk.c and the CFI below rely on it.
 * Everything is in .entry.text, so that the walker knows a return address as ours.
 *
 * GS. In the kernel GS.base is this CPU's per-CPU offset, a negative number (or 0 before
 * the areas exist); in user mode it is the user's, never negative: CR4.FSGSBASE stays
 * off and arch_prctl checks. Coming from user mode, SWAPGS is the first thing. Interrupts
 * and ordinary exceptions know it from the saved CS, as none can come between the gate and
 * SWAPGS: all gates clear IF, and this code does not fault. NMI, #DB, #MC and #DF can, so
 * they look at GS.base itself ("paranoid").
 *
 * Interrupt stack. pcpu_hot.hardirq_stack_inuse counts down from 0 as interrupts nest; the
 * first one (the subtraction borrows) switches to the interrupt stack. Softirqs run on
 * it too, see arch_call_on_irq_stack(). In an idle task whose tick has stopped it stands at
 * IRQ_DEPTH_TELL: that does not borrow either, and so costs nothing where it is not so.
 *
 * NMI. The CPU blocks NMIs from delivery of one to the next IRET, any IRET (SDM Vol. 3,
 * "Handling Multiple NMIs"). Were an exception inside the NMI handler to return by IRET, the
 * next NMI would come onto the stack of the one still running and overwrite its frame. So
 * no IRET is executed in an NMI but its own: exceptions that interrupted NMI context return by
 * POPF and RET (return_within_nmi). Then NMIs do not nest, and need no provision for it.
 */
#include <asm/idtentry.h>
#include <asm/irqflags.h>
#include <asm/msr-index.h>
#include "entry.h"

	.section .entry.text, "ax", @progbits

/* -- Interrupts -------------------------------------------------------------------------------- */

/*
 * From the stub, which has pushed the vector, to @target(regs, vector) and back. From kernel
 * mode nothing but the registers and the stack pointer has to change. IRQ_ENTRY_COLD, placed
 * somewhere near, is what it takes rarely.
 */
.macro IRQ_ENTRY name, target
	testb	$3, 16(%rsp)		/* CS, above orig_ax and RIP */
	jnz	.Luser_\name
	PUSH_REGS
	movq	%rsp, %rdi
	movzbl	PT_ORIG_AX(%rsp), %esi
	subl	$1, HOT(HOT_IRQ_DEPTH)
	jnc	.Lnested_\name		/* no borrow: this CPU is on its interrupt stack */
	movq	HOT(HOT_IRQ_STACK), %rsp
	CALL_C	\target
	incl	HOT(HOT_IRQ_DEPTH)
.endm

.macro IRQ_ENTRY_COLD name, target
	CFI_FULL_FRAME
.Lnested_\name:
	cmpl	$IRQ_DEPTH_TELL - 1, HOT(HOT_IRQ_DEPTH)
	je	.Ltell_\name
	xorl	%eax, %eax
	subl	HOT(HOT_IRQ_DEPTH), %eax
	cmpl	%gs:irq_depth_max(%rip), %eax
	jbe	1f
	movl	%eax, %gs:irq_depth_max(%rip)
1:	pushq	%gs:irq_regs_nested(%rip)	/* for get_irq_regs() */
	.cfi_remember_state
	.cfi_adjust_cfa_offset 8
	pushq	$0				/* keeps the stack aligned */
	.cfi_adjust_cfa_offset 8
	movq	%rdi, %gs:irq_regs_nested(%rip)
	pushq	%rdi				/* as in CALL_C */
	.cfi_escape 0x0f, 6, 0x77, 0x00, 0x06, 0x23, 0xa8, 0x01
	call	\target
	addq	$16, %rsp
	.cfi_def_cfa rsp, PT_SIZE + 8
	popq	%gs:irq_regs_nested(%rip)
	.cfi_restore_state
	incl	HOT(HOT_IRQ_DEPTH)
	jmp	ret_from_intr

	/* The registers are saved: RBX and R12 keep the arguments. The mark is there again at the end. */
.Ltell_\name:
	movl	$-1, HOT(HOT_IRQ_DEPTH)
	movq	%rdi, %rbx
	movl	%esi, %r12d
	movq	HOT(HOT_IRQ_STACK), %rsp
	CALL_C	tick_irq_enter
	movq	%rbx, %rdi
	movl	%r12d, %esi
	movq	HOT(HOT_IRQ_STACK), %rsp
	CALL_C	\target
	movl	$IRQ_DEPTH_TELL, HOT(HOT_IRQ_DEPTH)
	jmp	ret_from_intr
	.cfi_endproc

	CFI_CPU_FRAME 48
.Luser_\name:
	swapgs
	CLEAR_FLAGS
	PUSH_REGS
	movq	%rsp, %rdi
	movzbl	PT_ORIG_AX(%rsp), %esi
	movq	$-1, PT_ORIG_AX(%rsp)	/* no system call */
	decl	HOT(HOT_IRQ_DEPTH)
	movq	HOT(HOT_IRQ_STACK), %rsp
	CALL_C	\target
	incl	HOT(HOT_IRQ_DEPTH)
	jmp	return_to_user
	.cfi_endproc
.endm

/*
 * One stub per vector, IRQ_ENTRY_SIZE bytes each. The push is the two-byte form, which
 * extends the sign: the vector is the low byte of orig_ax.
 */
	.balign	16
SYM_CODE_START(irq_entries_start)
vector = FIRST_EXTERNAL_VECTOR
.rept NR_VECTORS - FIRST_EXTERNAL_VECTOR
	CFI_CPU_FRAME
	.byte	0x6a, vector		/* pushq $vector */
	.cfi_adjust_cfa_offset 8
	jmp	device_interrupt
	.cfi_endproc
	.balign	IRQ_ENTRY_SIZE
vector = vector + 1
.endr
SYM_CODE_END(irq_entries_start)

/* The same for all vectors while time is measured: arch_time_interrupts(). */
	.balign	16
SYM_CODE_START(irq_entries_timed)
vector = FIRST_EXTERNAL_VECTOR
.rept NR_VECTORS - FIRST_EXTERNAL_VECTOR
	CFI_CPU_FRAME
	.byte	0x6a, vector
	.cfi_adjust_cfa_offset 8
	jmp	timed_entry
	.cfi_endproc
	.balign	IRQ_ENTRY_SIZE
vector = vector + 1
.endr
SYM_CODE_END(irq_entries_timed)

SYM_CODE_START_LOCAL(timed_entry)
	CFI_CPU_FRAME 48
	IRQ_ENTRY timed, timed_interrupt
	jmp	ret_from_intr
	.cfi_endproc
	IRQ_ENTRY_COLD timed, timed_interrupt
SYM_CODE_END(timed_entry)

/* The system vectors call their handler directly. */
#define SYSTEM_STUB(vector, name)			\
SYM_CODE_START(asm_sysvec_##name) ;			\
	CFI_CPU_FRAME ;					\
	.byte	0x6a, vector ;				\
	.cfi_adjust_cfa_offset 8 ;			\
	IRQ_ENTRY name, sysvec_##name ;			\
	jmp	ret_from_intr ;				\
	.cfi_endproc ;					\
	IRQ_ENTRY_COLD name, sysvec_##name ;		\
SYM_CODE_END(asm_sysvec_##name) ;
SYSTEM_VECTORS(SYSTEM_STUB)

SYM_CODE_START_LOCAL(device_interrupt)
	CFI_CPU_FRAME 48
	IRQ_ENTRY device, common_interrupt
	/* falls through to ret_from_intr */

/*
 * The way back to kernel mode, for interrupts and exceptions alike: interrupts off, RSP at
 * the frame. A preempt_count word of zero says that the task may be preempted and
 * that a reschedule is due.
 */
	.globl	ret_from_intr
ret_from_intr:
	cmpl	$0, HOT(HOT_PREEMPT)
	je	.Lpreempt
.Lrestore:
	POP_REGS
	addq	$8, %rsp
	.cfi_adjust_cfa_offset -8
	iretq
	.cfi_endproc
	IRQ_ENTRY_COLD device, common_interrupt
SYM_CODE_END(device_interrupt)

SYM_CODE_START_LOCAL(preempt_on_return)
	CFI_FULL_FRAME
.Lpreempt:
	btl	$X86_EFLAGS_IF_BIT, PT_FLAGS(%rsp)
	jnc	.Lrestore		/* an exception where interrupts are off: not here */
	CLEAR_FLAGS			/* the copy from user memory it came into had AC set */
	movq	%rsp, %rdi
	CALL_C	preempt_schedule_irq
	jmp	.Lrestore
	.cfi_endproc
SYM_CODE_END(preempt_on_return)

/* -- Exceptions ----------------------------------------------------------------------------------- */

/* exc_NAME: evens out the error code, then hands on do_NAME in RDI, whose value is saved. */
.macro EXCEPTION_STUB name, stack, error_code
	.if \error_code
	CFI_CPU_FRAME 48
	.else
	CFI_CPU_FRAME
	pushq	$-1
	.cfi_adjust_cfa_offset 8
	.endif
	PUSH	rdi
	movq	$do_\name, %rdi
	.if \stack == IST_NMI
	jmp	nmi_entry
	.elseif \stack
	jmp	paranoid_entry
	.else
	jmp	exception_entry
	.endif
	.cfi_endproc
.endm

#define EXCEPTION(vector, mnemonic, name, title, gate, dpl, stack, error_code, signal, si_code)	\
SYM_CODE_START(exc_##name) ;				\
	EXCEPTION_STUB name, stack, error_code ;	\
SYM_CODE_END(exc_##name) ;
EXCEPTIONS(EXCEPTION)

SYM_CODE_START_LOCAL(exception_entry)
	CFI_CPU_FRAME 56
	.cfi_offset rdi, PT_DI - PT_SIZE
	testb	$3, 24(%rsp)		/* CS, above RDI, orig_ax and RIP */
	jnz	.Lexception_from_user
	cmpq	$user_iret, 16(%rsp)
	je	.Lbad_iret
	PUSH_REGS rdi=0
	movq	%rdi, %rax
	movq	%rsp, %rdi
	movq	PT_ORIG_AX(%rsp), %rsi
	CALL_C	*%rax
	.globl	ret_from_exception
ret_from_exception:
	cli				/* the handler may have enabled them */
	testl	$NMI_COUNT_MASK, HOT(HOT_PREEMPT)
	jz	ret_from_intr
	jmp	return_within_nmi
	.cfi_endproc

.Lexception_from_user:
	CFI_CPU_FRAME 56
	.cfi_offset rdi, PT_DI - PT_SIZE
	swapgs
	CLEAR_FLAGS
.Luser_exception:
	PUSH_REGS rdi=0
	movq	%rdi, %rax
	movq	%rsp, %rdi
	movq	PT_ORIG_AX(%rsp), %rsi
	movq	$-1, PT_ORIG_AX(%rsp)	/* no system call */
	CALL_C	*%rax
	cli
	jmp	return_to_user
	.cfi_endproc

/*
 * The IRET to user mode faulted. All registers are the user's again; what IRET refused is still
 * where it was, at the top of the task's stack. fix_bad_iret() moves the registers up to it: a
 * frame as if the fault had come in user mode.
 */
	CFI_CPU_FRAME 56
	.cfi_offset rdi, PT_DI - PT_SIZE
.Lbad_iret:
	swapgs
	PUSH_REGS rdi=0
	movq	%rsp, %rdi
	CALL_C	fix_bad_iret
	movq	%rax, %rsp
	movq	%rax, %rdi
	CALL_C	do_bad_iret
	jmp	return_to_user
	.cfi_endproc
SYM_CODE_END(exception_entry)

/*
 * An exception that interrupted an NMI: back without IRET, so that NMIs stay blocked. The
 * two words under the interrupted stack pointer are free: the kernel has no red zone, and
 * where they overlap this frame, that is SP and SS, which have been read. The new stack
 * pointer goes into orig_ax, the last word that is popped. What POPF can't restore is RF.
 */
SYM_CODE_START_LOCAL(return_within_nmi)
	CFI_FULL_FRAME
	movq	PT_SP(%rsp), %rax
	movq	PT_IP(%rsp), %rcx
	movq	PT_FLAGS(%rsp), %rdx
	subq	$16, %rax
	movq	%rdx, (%rax)
	movq	%rcx, 8(%rax)
	movq	%rax, PT_ORIG_AX(%rsp)
	POP_REGS
	popq	%rsp
	.cfi_def_cfa rsp, 16
	.cfi_offset DW_RIP, -8
	.cfi_offset DW_RFLAGS, -16
	.cfi_same_value DW_CS
	.cfi_same_value DW_SS
	.cfi_escape 0x14, 0x07, 0x00	/* DW_CFA_val_offset: RSP = CFA */
	popfq
	.cfi_def_cfa_offset 8
	.cfi_same_value DW_RFLAGS
	ret
	.cfi_endproc
SYM_CODE_END(return_within_nmi)

/* -- Exceptions that may come anywhere ------------------------------------------------------------ */

/*
 * Save everything, make GS ours by looking at it, call the handler in RDI. EBX says on the
 * way out whether GS has to be swapped back. RDMSR's result has bit 31 of EDX as the sign.
 * While GS.base is 0, early in boot, so is its counterpart, and a swap changes nothing.
 */
.macro PARANOID_CALL
	CFI_CPU_FRAME 56
	.cfi_offset rdi, PT_DI - PT_SIZE
	CLEAR_FLAGS
	PUSH_REGS rdi=0
	xorl	%ebx, %ebx
	movl	$MSR_GS_BASE, %ecx
	rdmsr
	testl	%edx, %edx
	js	.Lkernel_gs\@
	swapgs
	incl	%ebx
.Lkernel_gs\@:
	movq	%rdi, %rax
	movq	%rsp, %rdi
	movq	PT_ORIG_AX(%rsp), %rsi
	CALL_C	*%rax
	cli
.endm

/* The way out of it. */
.macro PARANOID_RETURN
	testl	%ebx, %ebx
	jz	.Lkeep_gs\@
	swapgs
.Lkeep_gs\@:
	POP_REGS
	addq	$8, %rsp
	.cfi_adjust_cfa_offset -8
	iretq
	.cfi_endproc
.endm

/* NMIs are blocked until the IRET at the end, and nothing in between executes one. */
SYM_CODE_START_LOCAL(nmi_entry)
	PARANOID_CALL
	PARANOID_RETURN
SYM_CODE_END(nmi_entry)

/*
 * #DB, #MC, #DF. In an NMI either preempt_count says so, or the stack pointer does: an #MC
 * can hit before do_nmi() has counted itself. The frame then was kernel mode with GS right
 * or wrong; SWAPGS undoes what we did in either case.
 */
SYM_CODE_START_LOCAL(paranoid_entry)
	CFI_CPU_FRAME 56
	.cfi_offset rdi, PT_DI - PT_SIZE
	testb	$3, 24(%rsp)
	jnz	.Lparanoid_from_user
	.cfi_endproc
	PARANOID_CALL
	testl	$NMI_COUNT_MASK, HOT(HOT_PREEMPT)
	jnz	.Lparanoid_within_nmi
	movq	%gs:(cpu_tss + TSS_IST_NMI)(%rip), %rax
	subq	PT_SP(%rsp), %rax
	cmpq	$IST_STACK_BYTES, %rax
	jb	.Lparanoid_within_nmi
	PARANOID_RETURN

.Lparanoid_within_nmi:
	CFI_FULL_FRAME
	testl	%ebx, %ebx
	jz	return_within_nmi
	swapgs
	jmp	return_within_nmi
	.cfi_endproc

/*
 * From user mode nothing is uncertain: go on on the task's stack, as an ordinary exception, which
 * may end in a signal. The seven words so far move there; RAX is lent for it.
 */
	CFI_CPU_FRAME 56
	.cfi_offset rdi, PT_DI - PT_SIZE
.Lparanoid_from_user:
	swapgs
	CLEAR_FLAGS
	pushq	%rax
	.cfi_adjust_cfa_offset 8
	movq	HOT(HOT_TASK_STACK), %rax
	.irp off, 8, 16, 24, 32, 40, 48, 56
	pushq	\off(%rsp)
	popq	\off - 64(%rax)
	.endr
	popq	-64(%rax)
	.cfi_adjust_cfa_offset -8
	leaq	-56(%rax), %rsp
	movq	-8(%rsp), %rax		/* the exceptions that may come in now have their own stacks */
	jmp	.Luser_exception
	.cfi_endproc
SYM_CODE_END(paranoid_entry)

/* -- The end of a task ------------------------------------------------------------------------------ */

/*
 * rewind_stack_and_make_dead(code in EDI, irqs_on in ESI): leave whatever stack an oops was
 * reported on, and end the task from the top of its own. Nothing that was on it is wanted
 * any more. Not before that may an interrupt come in: it might switch tasks.
 */
SYM_CODE_START(rewind_stack_and_make_dead)
	.cfi_startproc
	.cfi_undefined rip
	xorl	%ebp, %ebp
	movq	HOT(HOT_TASK_STACK), %rsp
	subq	$PT_SIZE, %rsp		/* the program's frame stays */
	pushq	$0			/* the walk ends here; RSP is aligned at the call */
	testl	%esi, %esi
	jz	1f
	sti
1:	call	make_task_dead
	ud2
	.cfi_endproc
SYM_CODE_END(rewind_stack_and_make_dead)

	.section .note.GNU-stack, "", @progbits
