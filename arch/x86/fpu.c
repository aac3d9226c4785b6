/* SPDX-License-Identifier: MIT */
/*
 * The floating-point and vector registers of user mode. The kernel itself uses none of them.
 *
 * A task's registers are in the CPU while it runs and TIF_NEED_FPU_LOAD is clear; else they are in
 * the memory at thread.fpu. The switch away saves them and sets the flag; the return to
 * user mode loads them and clears it, and need not load them when this CPU's registers have been
 * nobody else's since (fpu_owner here, thread.fpu_cpu there, both say so).
 *
 * Intel SDM Vol. 1, "Managing State Using the XSAVE Feature Set"; Vol. 2, "FXSAVE".
 */
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/percpu-defs.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <asm/cpufeature.h>
#include <asm/extable.h>
#include <asm/fpu.h>
#include <asm/msr.h>
#include <asm/processor.h>

#define XCR0			0
#define NO_CPU			(~0U)

/* What a fresh program finds: all exceptions masked, 64-bit precision, round to nearest. */
#define FCW_DEFAULT		0x037f
#define MXCSR_DEFAULT		0x1f80

/* The first 512 bytes, that FXSAVE and XSAVE share; as far as named here. */
struct fxregs {
	u16	fcw, fsw;
	u32	rest[5];
	u32	mxcsr, mxcsr_mask;
};
static_assert(offsetof(struct fxregs, mxcsr) == 24);

static u64 xfeatures __ro_after_init;		/* 0: FXSAVE only */
static unsigned int fpu_size __ro_after_init = FXSAVE_SIZE;
static u32 mxcsr_mask __ro_after_init = 0xffbf;
static struct kmem_cache *fpu_cache __ro_after_init;

/* Whose registers this CPU holds, as far as they are valid. Own CPU's, interrupts off. */
static DEFINE_PER_CPU(struct task_struct *, fpu_owner);

static void save_regs(void *state)
{
	if (xfeatures)
		__asm__ __volatile__("xsave64 (%0)" : : "r" (state), "a" ((u32)xfeatures),
				     "d" ((u32)(xfeatures >> 32)) : "memory");
	else
		__asm__ __volatile__("fxsave64 (%0)" : : "r" (state) : "memory");
}

/* What a program wrote into a signal frame may be refused: false then. */
static bool try_load_regs(const void *state)
{
	bool ok = true;

	if (xfeatures)
		__asm__ __volatile__("1: xrstor64 (%1)\n"
				     "2: .pushsection .text.unlikely, \"ax\"\n"
				     "3: movb $0, %b0\n"
				     "   jmp 2b\n"
				     "   .popsection\n"
				     _ASM_EXTABLE(1b, 3b)
				     : "+r" (ok) : "r" (state), "a" ((u32)xfeatures),
				       "d" ((u32)(xfeatures >> 32)) : "memory");
	else
		__asm__ __volatile__("1: fxrstor64 (%1)\n"
				     "2: .pushsection .text.unlikely, \"ax\"\n"
				     "3: movb $0, %b0\n"
				     "   jmp 2b\n"
				     "   .popsection\n"
				     _ASM_EXTABLE(1b, 3b)
				     : "+r" (ok) : "r" (state) : "memory");
	return ok;
}

/**
 * fpu_state_size - bytes of a task's saved registers, as XSAVE or FXSAVE lays them out
 */
unsigned int fpu_state_size(void)
{
	return fpu_size;
}

/* fpu_xfeatures - the state components that XSAVE saves; 0 without XSAVE */
u64 fpu_xfeatures(void)
{
	return xfeatures;
}

/* fpu_x87_unmasked - the x87 exceptions that are due. Context: #MF. Return: FPU_*. */
unsigned int fpu_x87_unmasked(void)
{
	u16 control, status;

	__asm__ __volatile__("fnstcw %0; fnstsw %1" : "=m" (control), "=m" (status));
	return status & ~control & FPU_EXCEPTIONS;
}

/* fpu_sse_unmasked - the same of the vector registers. Context: #XM. MXCSR's masks are 7 bits further. */
unsigned int fpu_sse_unmasked(void)
{
	u32 mxcsr;

	__asm__ __volatile__("stmxcsr %0" : "=m" (mxcsr));
	return mxcsr & ~(mxcsr >> 7) & FPU_EXCEPTIONS;
}

/* fpu_mxcsr_mask - the bits of MXCSR that may be set: others fault when they are loaded */
u32 fpu_mxcsr_mask(void)
{
	return mxcsr_mask;
}

/**
 * fpu_cpu_init - switch the registers on
 * Context: boot of this CPU.
 */
void fpu_cpu_init(void)
{
	unsigned long cr4 = read_cr4() | X86_CR4_OSFXSR | X86_CR4_OSXMMEXCPT;

	if (boot_cpu_has(X86_FEATURE_XSAVE))
		cr4 |= X86_CR4_OSXSAVE;
	write_cr4(cr4);
	write_cr0(read_cr0() & ~X86_CR0_TS);
	raw_cpu_write(fpu_owner, NULL);		/* a CPU that was off line has lost them */
	if (!boot_cpu_has(X86_FEATURE_XSAVE))
		return;
	if (!xfeatures) {
		u32 eax, ebx, ecx, edx;

		cpuid_count(0xd, 0, &eax, &ebx, &ecx, &edx);
		xfeatures = (eax | (u64)edx << 32) & XFEATURES_WANTED;
	}
	__asm__ __volatile__("xsetbv" : : "c" (XCR0), "a" ((u32)xfeatures),
			     "d" ((u32)(xfeatures >> 32)));
}

static int __init fpu_init(void)
{
	static struct fxregs probe[FXSAVE_SIZE / sizeof(struct fxregs)] __aligned(16) __initdata;

	if (xfeatures) {
		u32 eax, ebx, ecx, edx;

		cpuid_count(0xd, 0, &eax, &ebx, &ecx, &edx);
		fpu_size = ebx;		/* for what XCR0 has enabled */
	}
	__asm__ __volatile__("fxsave64 (%0)" : : "r" (probe) : "memory");
	if (probe->mxcsr_mask)
		mxcsr_mask = probe->mxcsr_mask;
	fpu_cache = kmem_cache_create("fpu_state", fpu_size, 64, SLAB_PANIC, NULL);
	return 0;
}
core_initcall(fpu_init);

/* The registers in memory are the valid ones from here on. Context: task; @task is current or new. */
static void registers_in_memory(struct task_struct *task)
{
	task->thread.fpu_cpu = NO_CPU;
	set_tsk_thread_flag(task, TIF_NEED_FPU_LOAD);
}

static void set_fresh(struct fxregs *regs)
{
	memset(regs, 0, fpu_size);
	regs->fcw = FCW_DEFAULT;
	regs->mxcsr = MXCSR_DEFAULT;
}

/**
 * fpu_reset - the registers as a fresh program finds them
 * @task: current, or one that has not run; one without memory for registers gets it
 *
 * Context: process, may sleep. Return: 0; -ENOMEM.
 */
int fpu_reset(struct task_struct *task)
{
	if (!task->thread.fpu)
		task->thread.fpu = kmem_cache_alloc(fpu_cache, GFP_KERNEL);
	if (!task->thread.fpu)
		return -ENOMEM;
	registers_in_memory(task);
	set_fresh(task->thread.fpu);
	return 0;
}

/**
 * fpu_state - current's registers in memory, for reading and writing
 *
 * What is written holds when the task is back in user mode.
 * Context: process, of a task with a user side. Return: fpu_state_size() bytes.
 */
void *fpu_state(void)
{
	struct task_struct *task = current;

	preempt_disable();
	if (!test_thread_flag(TIF_NEED_FPU_LOAD))
		save_regs(task->thread.fpu);
	registers_in_memory(task);
	preempt_enable();
	return task->thread.fpu;
}

/**
 * fpu_copy - a new task begins with the registers of current
 * @task: the new one
 *
 * Context: process, may sleep. Return: 0; -ENOMEM.
 */
int fpu_copy(struct task_struct *task)
{
	task->thread.fpu = kmem_cache_alloc(fpu_cache, GFP_KERNEL);
	if (!task->thread.fpu)
		return -ENOMEM;
	memcpy(task->thread.fpu, fpu_state(), fpu_size);
	registers_in_memory(task);
	return 0;
}

/* fpu_free - @task runs no more */
void fpu_free(struct task_struct *task)
{
	if (task->thread.fpu)
		kmem_cache_free(fpu_cache, task->thread.fpu);
	task->thread.fpu = NULL;
}

/* fpu_switch_away - save @prev's registers. Context: the switch, interrupts off. */
void fpu_switch_away(struct task_struct *prev)
{
	if (!prev->thread.fpu || test_tsk_thread_flag(prev, TIF_NEED_FPU_LOAD))
		return;
	save_regs(prev->thread.fpu);
	set_tsk_thread_flag(prev, TIF_NEED_FPU_LOAD);
}

/* fpu_load_for_user - current's registers into the CPU. Context: way to user mode, interrupts off. */
void fpu_load_for_user(void)
{
	struct task_struct *task = current;
	unsigned int cpu = raw_smp_processor_id();

	lockdep_assert_irqs_disabled();
	if (raw_cpu_read(fpu_owner) != task || task->thread.fpu_cpu != cpu) {
		if (!try_load_regs(task->thread.fpu)) {
			set_fresh(task->thread.fpu);
			try_load_regs(task->thread.fpu);
		}
		raw_cpu_write(fpu_owner, task);
		task->thread.fpu_cpu = cpu;
	}
	clear_thread_flag(TIF_NEED_FPU_LOAD);
}
