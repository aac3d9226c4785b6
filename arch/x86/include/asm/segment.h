/* SPDX-License-Identifier: MIT */
/* Selectors. Their order is SYSCALL's and SYSRET's: SDM Vol. 3, "Fast System Calls in 64-Bit Mode". */
#ifndef _ASM_X86_SEGMENT_H
#define _ASM_X86_SEGMENT_H

#define GDT_ENTRY_KERNEL32_CS	1
#define GDT_ENTRY_KERNEL_CS	2
#define GDT_ENTRY_KERNEL_DS	3
#define GDT_ENTRY_USER32_CS	4
#define GDT_ENTRY_USER_DS	5
#define GDT_ENTRY_USER_CS	6
#define GDT_ENTRY_TSS		8	/* two entries */
#define GDT_ENTRY_TLS_MIN	12	/* the running task's: 64/tls.c */
#define GDT_TLS_ENTRIES		3
#define GDT_ENTRY_CPUNODE	15	/* its limit is the CPU's number, for the vDSO */
#define GDT_ENTRIES		16

#define __KERNEL32_CS		(GDT_ENTRY_KERNEL32_CS * 8)
#define __KERNEL_CS		(GDT_ENTRY_KERNEL_CS * 8)
#define __KERNEL_DS		(GDT_ENTRY_KERNEL_DS * 8)
#define __USER32_CS		(GDT_ENTRY_USER32_CS * 8 + 3)
#define __USER_DS		(GDT_ENTRY_USER_DS * 8 + 3)
#define __USER_CS		(GDT_ENTRY_USER_CS * 8 + 3)
#define __CPUNODE_SEG		(GDT_ENTRY_CPUNODE * 8 + 3)

#endif
