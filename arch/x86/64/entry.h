/* SPDX-License-Identifier: MIT */
/*
 * For the ways into the kernel: building and leaving a struct pt_regs on the stack, calling C
 * with it, and telling debuggers (CFI) where it is. entry.S says what holds for all of them.
 */
#ifndef _X86_64_ENTRY_H
#define _X86_64_ENTRY_H

#include <linux/linkage.h>
#include <asm/processor-flags.h>
#include "frame.h"

	.cfi_sections .debug_frame	/* for debuggers only: nothing of it is loaded */

/* A word of pcpu_hot. */
#define HOT(offset)	%gs:(pcpu_hot + offset)(%rip)

/* DWARF's numbers of the registers that not every assembler knows by name. */
#define DW_RIP		16
#define DW_RFLAGS	49
#define DW_CS		51
#define DW_SS		52

/* What the CPU pushed, with RSP @below bytes under the end of it. */
.macro CFI_CPU_FRAME below=40
	.cfi_startproc simple
	.cfi_signal_frame
	.cfi_def_cfa rsp, \below
	.cfi_offset DW_RIP, -40
	.cfi_offset DW_CS, -32
	.cfi_offset DW_RFLAGS, -24
	.cfi_offset rsp, -16
	.cfi_offset DW_SS, -8
.endm

.macro PUSH reg
	pushq	%\reg
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset \reg, 0
.endm

.macro POP reg
	popq	%\reg
	.cfi_adjust_cfa_offset -8
	.cfi_restore \reg
.endm

/* The rest of pt_regs under orig_ax; @rdi=0 when the stub has pushed RDI. */
.macro PUSH_REGS rdi=1
	.if \rdi
	PUSH rdi
	.endif
	.irp reg, rsi, rdx, rcx, rax, r8, r9, r10, r11, rbx, rbp, r12, r13, r14, r15
	PUSH \reg
	.endr
.endm

.macro POP_REGS
	.irp reg, r15, r14, r13, r12, rbp, rbx, r11, r10, r9, r8, rax, rcx, rdx, rsi, rdi
	POP \reg
	.endr
.endm

/* From user mode RFLAGS may hold anything: DF, AC (which would switch SMAP off), NT. IF is off. */
.macro CLEAR_FLAGS
	pushq	$X86_EFLAGS_FIXED
	.cfi_adjust_cfa_offset 8
	popfq
	.cfi_adjust_cfa_offset -8
.endm

/* The frame at RSP is complete, all of it: what follows is reached by a jump. */
.macro CFI_FULL_FRAME
	CFI_CPU_FRAME PT_SIZE
	.cfi_offset rdi, PT_DI - PT_SIZE
	.cfi_offset rbx, PT_BX - PT_SIZE
	.cfi_offset rbp, PT_BX - 8 - PT_SIZE
	.cfi_offset r12, PT_BX - 16 - PT_SIZE
	.cfi_offset r13, PT_BX - 24 - PT_SIZE
	.cfi_offset r14, PT_BX - 32 - PT_SIZE
	.cfi_offset r15, PT_BX - 40 - PT_SIZE
	.cfi_offset r11, PT_BX + 8 - PT_SIZE
	.cfi_offset r10, PT_BX + 16 - PT_SIZE
	.cfi_offset r9, PT_BX + 24 - PT_SIZE
	.cfi_offset r8, PT_BX + 32 - PT_SIZE
	.cfi_offset rax, PT_BX + 40 - PT_SIZE
	.cfi_offset rcx, PT_BX + 48 - PT_SIZE
	.cfi_offset rdx, PT_BX + 56 - PT_SIZE
	.cfi_offset rsi, PT_BX + 64 - PT_SIZE
.endm

/*
 * Call C with the frame's address in @frame, RDI for who takes it as an argument. The word that
 * is pushed is the walker's, and the way back. DW_CFA_def_cfa_expression: CFA = *(RSP) + PT_SIZE.
 */
.macro CALL_C target, frame=%rdi
	pushq	\frame
	.cfi_escape 0x0f, 6, 0x77, 0x00, 0x06, 0x23, 0xa8, 0x01
	call	\target
	popq	%rsp
	.cfi_def_cfa rsp, PT_SIZE
.endm

#endif
