/* SPDX-License-Identifier: MIT */
/* CPU numbers and the APIC ids behind them; how the other CPUs come up. */
#ifndef _ASM_X86_SMP_H
#define _ASM_X86_SMP_H

#define BAD_APICID	0xffffffff	/* no CPU has this id */
#define AP_CLAIMED	0xfffffffe	/* ap_start_apicid: its CPU is reading the rest */

#ifndef __ASSEMBLER__
#include <linux/types.h>
#include <asm/current.h>

/* By CPU number; BAD_APICID where there is no CPU. Fixed by setup_arch(). */
extern u32 cpu_to_apicid[];
#define cpu_physical_id(cpu)	cpu_to_apicid[cpu]

int apicid_to_cpu(u32 apicid);		/* the CPU with this APIC id, or -1 */
int cpu_add(u32 apicid);		/* boot: a CPU that the MADT tells of */
void smp_find_cpus(void);
void smp_reserve_trampoline(void);

#endif
#endif
