/* SPDX-License-Identifier: MIT */
/* The CPU as the core sees it: spinning politely, identification, a task's saved state. */
#ifndef _ASM_X86_PROCESSOR_H
#define _ASM_X86_PROCESSOR_H

#include <asm/processor-flags.h>

#ifndef __ASSEMBLER__
#include <linux/types.h>
#include <linux/compiler.h>
#include <asm/page.h>
#include <asm/cpufeature.h>

/*
 * What a task that is switched out leaves behind; the rest is on its stack. Its own but for
 * what a switch saves; a kernel thread uses sp alone.
 */
struct thread_struct {
	unsigned long	sp;
	unsigned long	fsbase, gsbase;		/* user mode's, as last set */
	unsigned short	fs, gs, ds, es;		/* user mode's selectors, saved at a switch */
	bool		has_tls;		/* one of tls[] is there */
	u64		tls[3];			/* descriptors of 32-bit code's; 0: none */
	unsigned int	fpu_cpu;		/* CPU whose registers hold what fpu says, if any */
	void		*fpu;			/* see arch/x86/fpu.c; NULL of a kernel thread */
	unsigned long	cr2, trap_nr, error_code; /* of its last exception, for the signal frame */
};

/* User addresses end here: one page before the hole, so that no SYSCALL can end in it. */
#define TASK_SIZE_MAX	((1UL << 47) - PAGE_SIZE)
#define TASK_SIZE	TASK_SIZE_MAX
/* Above it, in the same page table, there is room for the vDSO. */
#define STACK_TOP	(TASK_SIZE_MAX - 4 * PAGE_SIZE)

extern bool apic_lowest;	/* apic=lowest: apic/priority.c. Fixed before CPUs start */
void apic_set_task_priority(int prio);

/* The running CPU goes on with a task of @prio. Interrupts off. */
static __always_inline void arch_set_task_priority(int prio)
{
	if (__builtin_expect(apic_lowest, 0))
		apic_set_task_priority(prio);
}

/* Tell the CPU that this is a spin loop; on SMT the sibling gets its turn. */
static __always_inline void cpu_relax(void)
{
	__asm__ __volatile__("pause" : : : "memory");
}

static __always_inline void prefetch(const void *x)
{
	__builtin_prefetch(x);
}

static __always_inline void native_halt(void)
{
	__asm__ __volatile__("hlt" : : : "memory");
}

/* STI holds interrupts off for one more instruction, so none slips in before HLT. */
static __always_inline void native_safe_halt(void)
{
	__asm__ __volatile__("sti; hlt" : : : "memory");
}

static inline void cpuid_count(u32 leaf, u32 sub, u32 *eax, u32 *ebx, u32 *ecx, u32 *edx)
{
	__asm__ __volatile__("cpuid"
			     : "=a" (*eax), "=b" (*ebx), "=c" (*ecx), "=d" (*edx)
			     : "0" (leaf), "2" (sub));
}

static inline void cpuid(u32 leaf, u32 *eax, u32 *ebx, u32 *ecx, u32 *edx)
{
	cpuid_count(leaf, 0, eax, ebx, ecx, edx);
}

#define __CPUID_REG(reg)						\
static inline u32 cpuid_##reg(u32 leaf)					\
{									\
	u32 eax, ebx, ecx, edx;						\
									\
	cpuid(leaf, &eax, &ebx, &ecx, &edx);				\
	return reg;							\
}
__CPUID_REG(eax)
__CPUID_REG(ebx)
__CPUID_REG(ecx)
__CPUID_REG(edx)

#endif
#endif
