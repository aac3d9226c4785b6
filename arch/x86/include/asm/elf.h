/* SPDX-License-Identifier: MIT */
/* What programs of this machine look like, and what they are told of it. */
#ifndef _ASM_X86_ELF_H
#define _ASM_X86_ELF_H

#include <asm/cpufeature.h>
#include <asm/processor.h>

#define ELF_ARCH		EM_X86_64
#define ELF_PLATFORM		"x86_64"
#define ELF_HWCAP		(boot_cpu_data.x86_capability[CPUID_1_EDX])
#define ELF_HWCAP2		0UL
/* Where a program that may lie anywhere is put. */
#define ELF_ET_DYN_BASE		0x555555554000UL

#endif
