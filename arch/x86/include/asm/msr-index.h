/* SPDX-License-Identifier: MIT */
/* Model-specific registers used here. Intel SDM Vol. 4, "Architectural MSRs". */
#ifndef _ASM_X86_MSR_INDEX_H
#define _ASM_X86_MSR_INDEX_H

#define MSR_IA32_TSC		0x00000010
#define MSR_IA32_APICBASE	0x0000001b
#define   MSR_IA32_APICBASE_BSP		(1 << 8)
#define   X2APIC_ENABLE			(1 << 10)
#define   MSR_IA32_APICBASE_ENABLE	(1 << 11)
#define   MSR_IA32_APICBASE_BASE	0x000ffffffffff000ULL
#define MSR_IA32_CR_PAT		0x00000277
#define MSR_IA32_TSC_ADJUST	0x0000003b
#define MSR_IA32_MISC_ENABLE	0x000001a0
#define MSR_IA32_TSC_DEADLINE	0x000006e0
#define APIC_BASE_MSR		0x00000800	/* x2APIC: register offset / 16 from here */

#define MSR_EFER		0xc0000080
#define   EFER_SCE			(1 << 0)
#define   EFER_LME			(1 << 8)
#define   EFER_LMA			(1 << 10)
#define   EFER_NX			(1 << 11)
#define MSR_STAR		0xc0000081
#define MSR_LSTAR		0xc0000082
#define MSR_CSTAR		0xc0000083
#define MSR_SYSCALL_MASK	0xc0000084
#define MSR_FS_BASE		0xc0000100
#define MSR_GS_BASE		0xc0000101
#define MSR_KERNEL_GS_BASE	0xc0000102

#endif
