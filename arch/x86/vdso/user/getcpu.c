/* SPDX-License-Identifier: MIT */
/*
 * On which CPU, without the kernel: each CPU's GDT has a segment of which only the limit means
 * something, and user mode can read that. Intel SDM Vol. 2, "LSL".
 */
#include <linux/types.h>
#include <asm/segment.h>
#include <asm/vdso.h>
#include "syscall.h"

/* @unused: of kernels from before 2.6.24. What is told may be over when it is. */
long __vdso_getcpu(unsigned int *cpu, unsigned int *node, void *unused)
{
	unsigned int limit;

	__asm__ __volatile__("lsl %1, %0" : "=r" (limit) : "r" (__CPUNODE_SEG) : "cc");
	if (cpu)
		*cpu = limit & VDSO_CPUNODE_MASK;
	if (node)
		*node = limit >> VDSO_CPUNODE_BITS;
	return 0;
}

long getcpu(unsigned int *cpu, unsigned int *node, void *unused)
	__attribute__((weak, alias("__vdso_getcpu")));
