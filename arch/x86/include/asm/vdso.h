/* SPDX-License-Identifier: MIT */
/* What the kernel and its vDSO agree on: arch/x86/vdso/. */
#ifndef _ASM_X86_VDSO_H
#define _ASM_X86_VDSO_H

#define VDSO_CLOCKMODE_TSC	1	/* struct vdso_data: the clocksource is the TSC, as RDTSC gives it */

/* The segment GDT_ENTRY_CPUNODE tells by its limit where a program runs. */
#define VDSO_CPUNODE_BITS	12
#define VDSO_CPUNODE_MASK	0xfff

#endif
