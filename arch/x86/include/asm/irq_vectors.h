/* SPDX-License-Identifier: MIT */
/*
 * Which of the CPU's 256 vectors means what.
 *
 *	0x00-0x1f	exceptions and NMI: <asm/idtentry.h>
 *	0x20-0x2f	the 16 lines of the 8259A pair, and what the boot CPU's allocator leaves there
 *	0x30-0xeb	devices: given out per CPU by arch/x86/vector.c
 *	0x80		the old system call of user programs: never given to a device
 *	0xec-0xff	the local APIC's own interrupts and the messages between CPUs
 *
 * A higher vector is the higher priority: Intel SDM Vol. 3, "Task and Processor
 * Priorities". The 16 vectors of one high nibble form one class.
 */
#ifndef _ASM_X86_IRQ_VECTORS_H
#define _ASM_X86_IRQ_VECTORS_H

#define NR_VECTORS			256
#define NUM_EXCEPTION_VECTORS		32
#define NMI_VECTOR			0x02

#define FIRST_EXTERNAL_VECTOR		0x20
#define NR_IRQS_LEGACY			16
#define ISA_IRQ_VECTOR(irq)		(FIRST_EXTERNAL_VECTOR + (irq))
#define FIRST_DEVICE_VECTOR		ISA_IRQ_VECTOR(NR_IRQS_LEGACY)
#define IA32_SYSCALL_VECTOR		0x80

#define LOCAL_TIMER_VECTOR		0xec
#define IRQ_WORK_VECTOR			0xf6
#define REBOOT_VECTOR			0xf8
#define CALL_FUNCTION_SINGLE_VECTOR	0xfb
#define CALL_FUNCTION_VECTOR		0xfc
#define RESCHEDULE_VECTOR		0xfd
#define ERROR_APIC_VECTOR		0xfe
#define SPURIOUS_APIC_VECTOR		0xff	/* low four bits set: older APICs hard-wire them */

#define FIRST_SYSTEM_VECTOR		LOCAL_TIMER_VECTOR
#define NR_EXTERNAL_VECTORS		FIRST_SYSTEM_VECTOR
#define NR_SYSTEM_VECTORS		(NR_VECTORS - FIRST_SYSTEM_VECTOR)

/*
 * The system vectors: X(vector, name). The gate's stub is asm_sysvec_NAME, its body the C
 * function sysvec_NAME(struct pt_regs *). A new one is a line here and its body. Vectors
 * from FIRST_SYSTEM_VECTOR on that have no line go to common_interrupt(), as devices do,
 * which finds no descriptor for them and says so.
 */
#define SYSTEM_VECTORS(X)						\
	X(LOCAL_TIMER_VECTOR,		apic_timer_interrupt)		\
	X(IRQ_WORK_VECTOR,		irq_work)			\
	X(REBOOT_VECTOR,		reboot)				\
	X(CALL_FUNCTION_SINGLE_VECTOR,	call_function_single)		\
	X(CALL_FUNCTION_VECTOR,		call_function)			\
	X(RESCHEDULE_VECTOR,		reschedule_ipi)			\
	X(ERROR_APIC_VECTOR,		error_interrupt)		\
	X(SPURIOUS_APIC_VECTOR,		spurious_apic_interrupt)

#ifndef __ASSEMBLER__
#include <linux/types.h>

struct pt_regs;

/*
 * Both are called by entry.S with interrupts off, on this CPU's interrupt stack, and own
 * everything from irq_enter() to irq_exit(). @regs is what was interrupted.
 */
void common_interrupt(struct pt_regs *regs, unsigned long vector);
void timed_interrupt(struct pt_regs *regs, unsigned long vector);
#define DECLARE_SYSVEC(vector, name)	void sysvec_##name(struct pt_regs *regs);
SYSTEM_VECTORS(DECLARE_SYSVEC)
#undef DECLARE_SYSVEC
#endif

#endif
