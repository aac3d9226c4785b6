/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_KCONFIG_H
#define _ASM_X86_KCONFIG_H

#define CONFIG_X86 1
#ifdef __x86_64__
#define CONFIG_X86_64 1
#define CONFIG_64BIT 1
#else
#define CONFIG_X86_32 1
#endif
#define CONFIG_X86_LOCAL_APIC 1
#define CONFIG_X86_IO_APIC 1
#define CONFIG_X86_TSC 1
#define CONFIG_HAVE_EFFICIENT_UNALIGNED_ACCESS 1

#endif
