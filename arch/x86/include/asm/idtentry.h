/* SPDX-License-Identifier: MIT */
/*
 * The exceptions, in one table: gate, stack, frame, signal and handler of each vector
 * come from here and from nowhere else. entry.S makes the stubs exc_NAME from it, idt.c
 * the gates, traps.c the handlers do_NAME and all printed names.
 *
 * Intel SDM Vol. 3, "Protected-Mode Exceptions and Interrupts" gives type and error code.
 *
 * Columns: X(vector, mnemonic, NAME, what it is, gate, DPL, stack, error code, signal, si_code)
 *
 *	gate	INTR	the handler runs with interrupts off
 *		TRAP	the handler runs with interrupts as they were. The gate in the table of the
 *			CPU is an interrupt gate all the same: with a trap gate an interrupt could
 *			come in before SWAPGS, and would take the user's GS for ours. do_NAME enables
 *			them again once the entry code is through.
 *	DPL	3	user code may raise it with INT n
 *	stack	0	the one in use, or the task's when coming from user mode; else IST_*
 *	error	1	the CPU pushes an error code; 0: the stub pushes -1 in its place
 */
#ifndef _ASM_X86_IDTENTRY_H
#define _ASM_X86_IDTENTRY_H

#include <asm/irq_vectors.h>

/* Interrupt stack table slots: SDM Vol. 3, "Interrupt Stack Table"; counted from 1. */
#define IST_NONE	0
#define IST_DF		1
#define IST_NMI		2
#define IST_DB		3
#define IST_MCE		4
#define NR_IST		4

#define EXCEPTIONS(X)											\
	X(0,  DE, divide_error,		"divide error",			TRAP, 0, IST_NONE, 0, SIGFPE,  FPE_INTDIV)	\
	X(1,  DB, debug,		"debug",			INTR, 0, IST_DB,   0, SIGTRAP, TRAP_BRKPT)	\
	X(2,  NMI, nmi,			"NMI",				INTR, 0, IST_NMI,  0, 0,       0)		\
	X(3,  BP, int3,			"int3",				INTR, 3, IST_NONE, 0, SIGTRAP, SI_KERNEL)	\
	X(4,  OF, overflow,		"overflow",			TRAP, 3, IST_NONE, 0, SIGSEGV, SI_KERNEL)	\
	X(5,  BR, bounds,		"bounds",			TRAP, 3, IST_NONE, 0, SIGSEGV, SI_KERNEL)	\
	X(6,  UD, invalid_op,		"invalid opcode",		TRAP, 0, IST_NONE, 0, SIGILL,  ILL_ILLOPN)	\
	X(7,  NM, device_not_available,	"device not available",		INTR, 0, IST_NONE, 0, SIGSEGV, SI_KERNEL)	\
	X(8,  DF, double_fault,		"double fault",			INTR, 0, IST_DF,   1, SIGSEGV, SI_KERNEL)	\
	X(9,  OLD_MF, coprocessor_segment_overrun, "coprocessor segment overrun", TRAP, 0, IST_NONE, 0, SIGFPE, SI_KERNEL) \
	X(10, TS, invalid_TSS,		"invalid TSS",			TRAP, 0, IST_NONE, 1, SIGSEGV, SI_KERNEL)	\
	X(11, NP, segment_not_present,	"segment not present",		TRAP, 0, IST_NONE, 1, SIGBUS,  SI_KERNEL)	\
	X(12, SS, stack_segment,	"stack segment",		TRAP, 0, IST_NONE, 1, SIGBUS,  SI_KERNEL)	\
	X(13, GP, general_protection,	"general protection fault",	TRAP, 0, IST_NONE, 1, SIGSEGV, SI_KERNEL)	\
	X(14, PF, page_fault,		"page fault",			INTR, 0, IST_NONE, 1, SIGSEGV, SEGV_MAPERR)	\
	X(15, SPURIOUS, spurious_interrupt_bug, "spurious interrupt bug", INTR, 0, IST_NONE, 0, SIGILL, ILL_ILLTRP)	\
	X(16, MF, coprocessor_error,	"fpu exception",		TRAP, 0, IST_NONE, 0, SIGFPE,  FPE_FLTINV)	\
	X(17, AC, alignment_check,	"alignment check",		TRAP, 0, IST_NONE, 1, SIGBUS,  BUS_ADRALN)	\
	X(18, MC, machine_check,	"machine check",		INTR, 0, IST_MCE,  0, SIGBUS,  SI_KERNEL)	\
	X(19, XM, simd_coprocessor_error, "simd exception",		TRAP, 0, IST_NONE, 0, SIGFPE,  FPE_FLTINV)	\
	X(20, VE, virtualization_exception, "virtualization exception",	INTR, 0, IST_NONE, 0, SIGSEGV, SI_KERNEL)	\
	X(21, CP, control_protection,	"control protection fault",	TRAP, 0, IST_NONE, 1, SIGSEGV, SI_KERNEL)	\
	X(22, RES22, reserved_22,	"reserved exception 22",	INTR, 0, IST_NONE, 0, SIGILL,  ILL_ILLTRP)	\
	X(23, RES23, reserved_23,	"reserved exception 23",	INTR, 0, IST_NONE, 0, SIGILL,  ILL_ILLTRP)	\
	X(24, RES24, reserved_24,	"reserved exception 24",	INTR, 0, IST_NONE, 0, SIGILL,  ILL_ILLTRP)	\
	X(25, RES25, reserved_25,	"reserved exception 25",	INTR, 0, IST_NONE, 0, SIGILL,  ILL_ILLTRP)	\
	X(26, RES26, reserved_26,	"reserved exception 26",	INTR, 0, IST_NONE, 0, SIGILL,  ILL_ILLTRP)	\
	X(27, RES27, reserved_27,	"reserved exception 27",	INTR, 0, IST_NONE, 0, SIGILL,  ILL_ILLTRP)	\
	X(28, HV, hypervisor_injection,	"hypervisor injection exception", INTR, 0, IST_NONE, 0, SIGILL, ILL_ILLTRP)	\
	X(29, VC, vmm_communication,	"VMM communication exception",	INTR, 0, IST_NONE, 1, SIGILL,  ILL_ILLTRP)	\
	X(30, SX, security_exception,	"security exception",		INTR, 0, IST_NONE, 1, SIGILL,  ILL_ILLTRP)	\
	X(31, RES31, reserved_31,	"reserved exception 31",	INTR, 0, IST_NONE, 0, SIGILL,  ILL_ILLTRP)

/* Device stubs: one per vector from FIRST_EXTERNAL_VECTOR on, at irq_entries_start, this many bytes apart. */
#define IRQ_ENTRY_SIZE	8

#ifndef __ASSEMBLER__
struct pt_regs;

/* The stubs are code, not functions: only their addresses are used. The handlers are traps.c's. */
#define DECLARE_EXCEPTION(vector, mnemonic, name, ...)			\
	extern const char exc_##name[];					\
	void do_##name(struct pt_regs *regs, long error_code);
EXCEPTIONS(DECLARE_EXCEPTION)
#undef DECLARE_EXCEPTION

#define DECLARE_SYSVEC(vector, name)	extern const char asm_sysvec_##name[];
SYSTEM_VECTORS(DECLARE_SYSVEC)
#undef DECLARE_SYSVEC

extern const char irq_entries_start[];
extern const char irq_entries_timed[];
#endif

#endif
