/* SPDX-License-Identifier: MIT */
/*
 * Registers of the local APIC.
 *
 * Intel SDM Vol. 3, chapter "Advanced Programmable Interrupt Controller (APIC)": the table
 * "Local APIC Register Address Map" for the xAPIC, "Local APIC Register Address Map
 * Supported by x2APIC" for the MSRs. Register n of the page is MSR 0x800 + n / 16.
 * IA32_APIC_BASE and IA32_TSC_DEADLINE are in <asm/msr-index.h>.
 */
#ifndef _ASM_X86_APICDEF_H
#define _ASM_X86_APICDEF_H

#include <asm/msr-index.h>

#define APIC_DEFAULT_PHYS_BASE		0xfee00000

#define X2APIC_MSR(reg)			(APIC_BASE_MSR + ((reg) >> 4))

/* "Local APIC ID Register": bits 31-24 in xAPIC mode, all 32 in x2APIC mode. R */
#define APIC_ID				0x020
#define   XAPIC_ID(x)			((x) >> 24)
/* "Local APIC Version Register". R */
#define APIC_LVR			0x030
#define   GET_APIC_VERSION(x)		((x) & 0xff)
#define   GET_APIC_MAXLVT(x)		(((x) >> 16) & 0xff)	/* last LVT entry: their number less 1 */
/* "Task Priority Register": vectors of this class and below wait. RW */
#define APIC_TASKPRI			0x080
/* "Processor Priority Register". R */
#define APIC_PROCPRI			0x0a0
/* "EOI Register": ends the highest interrupt in service. W, only 0 */
#define APIC_EOI			0x0b0
/* "Logical Destination Register": RW in xAPIC mode, derived from the id in x2APIC mode */
#define APIC_LDR			0x0d0
#define   XAPIC_LOGICAL_ID(x)		((u32)(x) << 24)
/* "Destination Format Register": xAPIC mode only. RW */
#define APIC_DFR			0x0e0
#define   APIC_DFR_FLAT			0xffffffffu
/* "Spurious Interrupt Vector Register". RW */
#define APIC_SPIV			0x0f0
#define   APIC_SPIV_APIC_ENABLED	(1 << 8)
#define   APIC_SPIV_FOCUS_DISABLED	(1 << 9)
/* "IRR, ISR, and TMR Registers": 256 bits each, 32 in every 16 bytes. R */
#define APIC_ISR			0x100
#define APIC_TMR			0x180
#define APIC_IRR			0x200
#define   APIC_BIT_WORD(vector)		(((vector) >> 5) << 4)
#define   APIC_BIT_MASK(vector)		(1u << ((vector) & 31))
#define   APIC_BIT_WORDS		8
/* "Error Status Register": write (0) to latch, then read */
#define APIC_ESR			0x280
/* "Interrupt Command Register": low half sends. Two words in xAPIC mode, one MSR in x2APIC mode */
#define APIC_ICR			0x300
#define APIC_ICR2			0x310
#define   APIC_DM_FIXED			0x00000
#define   APIC_DM_LOWEST		0x00100
#define   APIC_DM_SMI			0x00200
#define   APIC_DM_NMI			0x00400
#define   APIC_DM_INIT			0x00500
#define   APIC_DM_STARTUP		0x00600
#define   APIC_DM_EXTINT		0x00700		/* LVT and redirection entries only */
#define   APIC_DEST_PHYSICAL		0x00000
#define   APIC_DEST_LOGICAL		0x00800
#define   APIC_ICR_BUSY			0x01000		/* "Delivery Status", absent in x2APIC mode */
#define   APIC_INT_ASSERT		0x04000
#define   APIC_INT_LEVELTRIG		0x08000
#define   APIC_DEST_SELF		0x40000
#define   APIC_DEST_ALLINC		0x80000
#define   APIC_DEST_ALLBUT		0xc0000
#define   XAPIC_ICR2_DEST(x)		((u32)(x) << 24)
/* "Local Vector Table" */
#define APIC_LVTCMCI			0x2f0
#define APIC_LVTT			0x320
#define APIC_LVTTHMR			0x330
#define APIC_LVTPC			0x340
#define APIC_LVT0			0x350
#define APIC_LVT1			0x360
#define APIC_LVTERR			0x370
#define   APIC_LVT_POLARITY_LOW		(1 << 13)
#define   APIC_LVT_REMOTE_IRR		(1 << 14)
#define   APIC_LVT_LEVEL_TRIGGER	(1 << 15)
#define   APIC_LVT_MASKED		(1 << 16)
#define   APIC_LVT_TIMER_ONESHOT	(0 << 17)
#define   APIC_LVT_TIMER_PERIODIC	(1 << 17)
#define   APIC_LVT_TIMER_TSCDEADLINE	(2 << 17)
/* "APIC Timer": initial count (RW), current count (R), divide configuration (RW) */
#define APIC_TMICT			0x380
#define APIC_TMCCT			0x390
#define APIC_TDCR			0x3e0
#define   APIC_TDR_DIV_1		0xb
#define   APIC_TDR_DIV_16		0x3
/* "Self IPI Register": x2APIC mode only. W, the vector */
#define APIC_SELF_IPI			0x3f0

#endif
