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
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
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

/* What FXSAVE and XSAVE share begins with this. */
struct fxregs {
	u16	fcw, fsw;
	u32	rest[5];
	u32	mxcsr;
};
static_assert(offsetof(struct fxregs, mxcsr) == 24);

u64 fpu_xfeatures __ro_after_init;
unsigned int fpu_state_size __ro_after_init = FXSAVE_SIZE;
static struct kmem_cache *fpu_cache __ro_after_init;
static struct fxregs *fresh __ro_after_init;

/* Whose registers this CPU holds, as far as they are valid. Own CPU's, preemption off. */
static DEFINE_PER_CPU(struct task_struct *, fpu_owner);

/* A program's memory need not be there: false then. The kernel's own is. */
static __always_inline bool try_save_regs(void *state)
{
	if (fpu_xfeatures)
		asm goto("1: xsave64 (%0)\n" _ASM_EXTABLE(1b, %l3)
			 : : "r" (state), "a" ((u32)fpu_xfeatures), "d" ((u32)(fpu_xfeatures >> 32))
			 : "memory" : not_there);
	else
		asm goto("1: fxsave64 (%0)\n" _ASM_EXTABLE(1b, %l1) : : "r" (state) : "memory" : not_there);
	return true;
not_there:
	return false;
}

/* @features: which XRSTOR loads; 0: FXRSTOR. What a program wrote may also be refused: false. */
static bool try_load_regs(const void *state, u64 features)
{
	if (features)
		asm goto("1: xrstor64 (%0)\n" _ASM_EXTABLE(1b, %l3)
			 : : "r" (state), "a" ((u32)features), "d" ((u32)(features >> 32))
			 : "memory" : refused);
	else
		asm goto("1: fxrstor64 (%0)\n" _ASM_EXTABLE(1b, %l1) : : "r" (state) : "memory" : refused);
	return true;
refused:
	return false;
}

/* fpu_x87_unmasked - the x87 exceptions that are due. Context: #MF. Return: FPU_*. */
unsigned int fpu_x87_unmasked(void)
{
	u16 control, status;

	__asm__ __volatile__("fnstcw %0; fnstsw %1" : "=m" (control), "=m" (status));
	return status & ~control & FPU_EXCEPTIONS;
}

/*
 * fpu_sse_unmasked - the same of the vector registers. Context: #XM. MXCSR's masks are 7 bits
 * further.
 */
unsigned int fpu_sse_unmasked(void)
{
	u32 mxcsr;

	__asm__ __volatile__("stmxcsr %0" : "=m" (mxcsr));
	return mxcsr & ~(mxcsr >> 7) & FPU_EXCEPTIONS;
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
	if (!fpu_xfeatures) {
		u32 eax, ebx, ecx, edx;

		cpuid_count(0xd, 0, &eax, &ebx, &ecx, &edx);
		fpu_xfeatures = (eax | (u64)edx << 32) & XFEATURES_WANTED;
	}
	__asm__ __volatile__("xsetbv" : : "c" (XCR0), "a" ((u32)fpu_xfeatures),
			     "d" ((u32)(fpu_xfeatures >> 32)));
}

static int __init fpu_init(void)
{
	if (fpu_xfeatures) {
		u32 eax, ebx, ecx, edx;

		cpuid_count(0xd, 0, &eax, &ebx, &ecx, &edx);
		fpu_state_size = ebx;		/* for what XCR0 has enabled */
	}
	fpu_cache = kmem_cache_create("fpu_state", fpu_state_size, 64, SLAB_PANIC, NULL);
	fresh = kmem_cache_zalloc(fpu_cache, GFP_KERNEL);
	if (!fresh)
		panic("No memory for the floating-point registers");
	fresh->fcw = FCW_DEFAULT;
	fresh->mxcsr = MXCSR_DEFAULT;
	return 0;
}
core_initcall(fpu_init);

/*
 * The registers in memory are the valid ones from here on. Context: task; @task is current or new.
 */
static void registers_in_memory(struct task_struct *task)
{
	task->thread.fpu_cpu = NO_CPU;
	set_tsk_thread_flag(task, TIF_NEED_FPU_LOAD);
}

/* Those in this CPU are, and current's. Context: preemption off. */
static void registers_in_cpu(void)
{
	if (!test_thread_flag(TIF_NEED_FPU_LOAD))
		return;
	raw_cpu_write(fpu_owner, current);
	current->thread.fpu_cpu = raw_smp_processor_id();
	clear_thread_flag(TIF_NEED_FPU_LOAD);
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
	memcpy(task->thread.fpu, fresh, fpu_state_size);
	return 0;
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
	preempt_disable();
	if (!test_thread_flag(TIF_NEED_FPU_LOAD))
		try_save_regs(current->thread.fpu);
	preempt_enable();
	memcpy(task->thread.fpu, current->thread.fpu, fpu_state_size);
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
	try_save_regs(prev->thread.fpu);
	set_tsk_thread_flag(prev, TIF_NEED_FPU_LOAD);
}

/* fpu_load_for_user - current's registers into the CPU. Context: preemption off. */
void fpu_load_for_user(void)
{
	const struct thread_struct *t = &current->thread;

	lockdep_assert_preemption_disabled();
	if (raw_cpu_read(fpu_owner) != current || t->fpu_cpu != (unsigned int)raw_smp_processor_id())
		try_load_regs(t->fpu, fpu_xfeatures);
	registers_in_cpu();
}

/* -- Signal frames: between the CPU and the program's memory, with no copy in between ---------- */

/**
 * fpu_save_to_user - write current's registers, and go on with fresh ones
 * @to: the program's memory, as aligned as XSAVE wants it; access_ok() for fpu_state_size
 *
 * Context: process. Return: false if not all of it is there, and nothing has changed:
 * fault_in_writeable(), and once more.
 */
bool fpu_save_to_user(void __user *to)
{
	bool saved;

	preempt_disable();
	if (test_thread_flag(TIF_NEED_FPU_LOAD))
		fpu_load_for_user();
	stac();
	saved = try_save_regs(to);
	clac();
	if (likely(saved))
		try_load_regs(fresh, fpu_xfeatures);
	preempt_enable();
	return saved;
}

/* fpu_load_fresh - current's registers as a fresh program finds them. Context: process. */
void fpu_load_fresh(void)
{
	preempt_disable();
	try_load_regs(fresh, fpu_xfeatures);
	registers_in_cpu();
	preempt_enable();
}

/* What is not loaded becomes fresh, as does everything if not all of it is. */
static __always_inline bool load_once(const void __user *from, u64 features)
{
	bool loaded;

	preempt_disable();
	if (features != fpu_xfeatures)
		try_load_regs(fresh, fpu_xfeatures);
	stac();
	loaded = try_load_regs(from, features);
	clac();
	if (unlikely(!loaded))
		try_load_regs(fresh, fpu_xfeatures);
	registers_in_cpu();
	preempt_enable();
	return loaded;
}

static unsigned int size_of(u64 features)
{
	return features ? fpu_state_size : FXSAVE_SIZE;
}

/*
 * A page may have been missing, which only the program itself could make go away again. How much is
 * read the CPU knows, not the program.
 */
static noinline int load_again(const void __user *from, u64 features)
{
	return !fault_in_readable(from, size_of(features)) && load_once(from, features) ? 0 : -EFAULT;
}

/**
 * fpu_load_from_user - current's registers from what the program says they are
 * @from: the program's memory
 * @features: what of it XRSTOR is to load, which makes the others fresh; 0: it is what FXSAVE saves
 *
 * Context: process, may sleep. Return: 0; -EFAULT if not all of it is there, or the CPU does not like
 * it; what the registers hold then is nothing to go on with.
 */
int fpu_load_from_user(const void __user *from, u64 features)
{
	if (!access_ok(from, size_of(features)))
		return -EFAULT;
	return likely(load_once(from, features)) ? 0 : load_again(from, features);
}
