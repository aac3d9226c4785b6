/* SPDX-License-Identifier: MIT */
/* Model-specific registers, the time-stamp counter, control registers. */
#ifndef _ASM_X86_MSR_H
#define _ASM_X86_MSR_H

#include <asm/msr-index.h>
#include <asm/processor-flags.h>

#ifndef __ASSEMBLER__
#include <linux/types.h>
#include <linux/compiler.h>

static __always_inline u64 __rdmsr(u32 msr)
{
	u32 lo, hi;

	__asm__ __volatile__("rdmsr" : "=a" (lo), "=d" (hi) : "c" (msr));
	return lo | (u64)hi << 32;
}

static __always_inline void __wrmsr(u32 msr, u32 lo, u32 hi)
{
	__asm__ __volatile__("wrmsr" : : "c" (msr), "a" (lo), "d" (hi) : "memory");
}

#define rdmsrl(msr, val)	((val) = __rdmsr(msr))
#define rdmsr(msr, lo, hi)						\
do {									\
	u64 __msr_val = __rdmsr(msr);					\
	(lo) = (u32)__msr_val;						\
	(hi) = (u32)(__msr_val >> 32);					\
} while (0)

static __always_inline void wrmsrl(u32 msr, u64 val)
{
	__wrmsr(msr, (u32)val, (u32)(val >> 32));
}

static __always_inline void wrmsr(u32 msr, u32 lo, u32 hi)
{
	__wrmsr(msr, lo, hi);
}

static __always_inline u64 rdtsc(void)
{
	u32 lo, hi;

	__asm__ __volatile__("rdtsc" : "=a" (lo), "=d" (hi));
	return lo | (u64)hi << 32;
}

/* Not before earlier loads: SDM Vol. 2, RDTSC, says that LFENCE in front does it. */
static __always_inline u64 rdtsc_ordered(void)
{
	__asm__ __volatile__("lfence" : : : "memory");
	return rdtsc();
}

#define __CR_ACCESSORS(reg)						\
static __always_inline unsigned long read_##reg(void)			\
{									\
	unsigned long val;						\
									\
	__asm__ __volatile__("mov %%" #reg ", %0" : "=r" (val) : : "memory"); \
	return val;							\
}									\
static __always_inline void write_##reg(unsigned long val)		\
{									\
	__asm__ __volatile__("mov %0, %%" #reg : : "r" (val) : "memory"); \
}
__CR_ACCESSORS(cr0)
__CR_ACCESSORS(cr2)
__CR_ACCESSORS(cr3)
__CR_ACCESSORS(cr4)

#endif
#endif
