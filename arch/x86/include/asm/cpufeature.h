/* SPDX-License-Identifier: MIT */
/*
 * What CPUID says the CPU can do. Intel SDM Vol. 2, "CPUID".
 *
 * A feature is word * 32 + bit; each word is one CPUID register, filled by
 * cpu_features_init() on the boot CPU before anybody asks.
 */
#ifndef _ASM_X86_CPUFEATURE_H
#define _ASM_X86_CPUFEATURE_H

#include <linux/types.h>

enum cpuid_word {
	CPUID_1_EDX,
	CPUID_1_ECX,
	CPUID_7_0_EBX,
	CPUID_7_0_ECX,
	CPUID_6_EAX,
	CPUID_8000_0001_EDX,
	CPUID_8000_0001_ECX,
	CPUID_8000_0007_EDX,
	NCAPINTS
};

#define X86_FEATURE(word, bit)		((word) * 32 + (bit))

#define X86_FEATURE_FPU			X86_FEATURE(CPUID_1_EDX, 0)
#define X86_FEATURE_DE			X86_FEATURE(CPUID_1_EDX, 2)
#define X86_FEATURE_PSE			X86_FEATURE(CPUID_1_EDX, 3)
#define X86_FEATURE_TSC			X86_FEATURE(CPUID_1_EDX, 4)
#define X86_FEATURE_MSR			X86_FEATURE(CPUID_1_EDX, 5)
#define X86_FEATURE_PAE			X86_FEATURE(CPUID_1_EDX, 6)
#define X86_FEATURE_MCE			X86_FEATURE(CPUID_1_EDX, 7)
#define X86_FEATURE_CX8			X86_FEATURE(CPUID_1_EDX, 8)
#define X86_FEATURE_APIC		X86_FEATURE(CPUID_1_EDX, 9)
#define X86_FEATURE_PGE			X86_FEATURE(CPUID_1_EDX, 13)
#define X86_FEATURE_PAT			X86_FEATURE(CPUID_1_EDX, 16)
#define X86_FEATURE_FXSR		X86_FEATURE(CPUID_1_EDX, 24)
#define X86_FEATURE_XMM			X86_FEATURE(CPUID_1_EDX, 25)
#define X86_FEATURE_XMM2		X86_FEATURE(CPUID_1_EDX, 26)
#define X86_FEATURE_MWAIT		X86_FEATURE(CPUID_1_ECX, 3)
#define X86_FEATURE_X2APIC		X86_FEATURE(CPUID_1_ECX, 21)
#define X86_FEATURE_TSC_DEADLINE_TIMER	X86_FEATURE(CPUID_1_ECX, 24)
#define X86_FEATURE_XSAVE		X86_FEATURE(CPUID_1_ECX, 26)
#define X86_FEATURE_RDRAND		X86_FEATURE(CPUID_1_ECX, 30)
#define X86_FEATURE_HYPERVISOR		X86_FEATURE(CPUID_1_ECX, 31)
#define X86_FEATURE_FSGSBASE		X86_FEATURE(CPUID_7_0_EBX, 0)
#define X86_FEATURE_TSC_ADJUST		X86_FEATURE(CPUID_7_0_EBX, 1)
#define X86_FEATURE_SMEP		X86_FEATURE(CPUID_7_0_EBX, 7)
#define X86_FEATURE_ERMS		X86_FEATURE(CPUID_7_0_EBX, 9)
#define X86_FEATURE_RDSEED		X86_FEATURE(CPUID_7_0_EBX, 18)
#define X86_FEATURE_SMAP		X86_FEATURE(CPUID_7_0_EBX, 20)
#define X86_FEATURE_UMIP		X86_FEATURE(CPUID_7_0_ECX, 2)
#define X86_FEATURE_ARAT		X86_FEATURE(CPUID_6_EAX, 2)
#define X86_FEATURE_SYSCALL		X86_FEATURE(CPUID_8000_0001_EDX, 11)
#define X86_FEATURE_NX			X86_FEATURE(CPUID_8000_0001_EDX, 20)
#define X86_FEATURE_GBPAGES		X86_FEATURE(CPUID_8000_0001_EDX, 26)
#define X86_FEATURE_RDTSCP		X86_FEATURE(CPUID_8000_0001_EDX, 27)
#define X86_FEATURE_LM			X86_FEATURE(CPUID_8000_0001_EDX, 29)
#define X86_FEATURE_CONSTANT_TSC	X86_FEATURE(CPUID_8000_0007_EDX, 8)

#define X86_VENDOR_INTEL	0
#define X86_VENDOR_AMD		2
#define X86_VENDOR_UNKNOWN	0xff

/* The boot CPU. The others are taken to be alike; fixed after cpu_features_init(). */
struct cpuinfo_x86 {
	u8	x86;			/* family */
	u8	x86_model;
	u8	x86_stepping;
	u8	x86_vendor;		/* X86_VENDOR_* */
	u32	cpuid_level;
	u32	extended_cpuid_level;
	u32	x86_capability[NCAPINTS];
	char	x86_vendor_id[16];
	char	x86_model_id[64];
};

extern struct cpuinfo_x86 boot_cpu_data;

void cpu_features_init(void);
/* Take a feature away, as the command line asked. Boot only. */
void setup_clear_cpu_cap(unsigned int feature);

static inline bool boot_cpu_has(unsigned int feature)
{
	return boot_cpu_data.x86_capability[feature / 32] & (1U << (feature % 32));
}

#define static_cpu_has(feature)		boot_cpu_has(feature)
#define cpu_feature_enabled(feature)	boot_cpu_has(feature)

#endif
