/* SPDX-License-Identifier: MIT */
/*
 * What a program has beside its frame: segments with their bases, floating-point registers. How it
 * is saved and loaded at a switch, how a program and a new thread begin, arch_prctl().
 *
 * The kernel uses GS for itself and the other segment registers for nothing, so user mode's
 * stay in place until another task's are needed. While the kernel runs, the user's GS base is in
 * MSR_KERNEL_GS_BASE, from where SWAPGS takes it. Intel SDM Vol. 3, "Segment Registers", "64-Bit
 * Mode of Operation"; a base without selector is set by its MSR alone, as CR4.FSGSBASE is off.
 */
#include <linux/arch.h>
#include <linux/errno.h>
#include <linux/irqflags.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <asm/prctl.h>
#include <asm/fpu.h>
#include <asm/msr.h>
#include <asm/ptrace.h>
#include <asm/segment.h>
#include <asm/user.h>

#define read_segment(reg)						\
({	unsigned short __sel;						\
	__asm__ __volatile__("movw %%" #reg ", %0" : "=r" (__sel));	\
	__sel; })

/*
 * Selectors come from the registers that they go back to; see loadable() for those that would
 * fault.
 */
#define load_segment(reg, sel)						\
	__asm__ __volatile__("movl %0, %%" #reg : : "r" ((unsigned int)(sel)) : "memory")

/*
 * Loading GS changes the base in use, which is the kernel's: so on the other side of SWAPGS. IRQs
 * off.
 */
static void load_user_gs(unsigned short sel)
{
	__asm__ __volatile__("swapgs; movl %0, %%gs; swapgs" : : "r" ((unsigned int)sel) : "memory");
}

/* A thread's descriptor may have gone while a register still has its selector. */
static unsigned short loadable(const struct thread_struct *t, unsigned short sel)
{
	return tls_selector_loads(t, sel) ? sel : 0;
}

/* save_user_state - @prev, which has a program, leaves this CPU, or is copied. Preemption off. */
void save_user_state(struct task_struct *prev)
{
	struct thread_struct *t = &prev->thread;

	t->fs = read_segment(fs);
	t->gs = read_segment(gs);
	t->ds = read_segment(ds);
	t->es = read_segment(es);
	fpu_switch_away(prev);
}

/* load_user_state - @next has a program and comes. Interrupts off. */
void load_user_state(struct task_struct *next)
{
	const struct thread_struct *t = &next->thread;

	if (unlikely(t->has_tls | raw_cpu_read(tls_loaded)))
		load_tls(t);
	if (unlikely(read_segment(ds) != t->ds))
		load_segment(ds, loadable(t, t->ds));
	if (unlikely(read_segment(es) != t->es))
		load_segment(es, loadable(t, t->es));
	/* With a selector the base is the descriptor's. */
	if (unlikely(t->fs || read_segment(fs)))
		load_segment(fs, loadable(t, t->fs));
	if (likely(!t->fs))
		wrmsrl(MSR_FS_BASE, t->fsbase);
	if (unlikely(t->gs || read_segment(gs)))
		load_user_gs(loadable(t, t->gs));
	if (likely(!t->gs))
		wrmsrl(MSR_KERNEL_GS_BASE, t->gsbase);
}

/**
 * reload_user_segments - the descriptor of a selector has changed: those who have it take it anew
 * @task: current, its selectors just saved
 * @sel: the selector
 *
 * Context: interrupts off.
 */
void reload_user_segments(struct task_struct *task, unsigned short sel)
{
	const struct thread_struct *t = &task->thread;

	if (t->ds == sel)
		load_segment(ds, loadable(t, sel));
	if (t->es == sel)
		load_segment(es, loadable(t, sel));
	if (t->fs == sel)
		load_segment(fs, loadable(t, sel));
	if (t->gs == sel)
		load_user_gs(loadable(t, sel));
}

/* See <linux/arch.h>. */
int arch_thread_exec(void)
{
	struct thread_struct *t = &current->thread;
	int err = fpu_reset(current);

	if (err)
		return err;
	preempt_disable();
	t->fsbase = t->gsbase = 0;
	t->fs = t->gs = t->ds = t->es = 0;
	memset(t->tls, 0, sizeof(t->tls));
	t->has_tls = false;
	local_irq_disable();
	load_tls(t);
	load_segment(ds, 0);
	load_segment(es, 0);
	load_segment(fs, 0);
	load_user_gs(0);
	wrmsrl(MSR_FS_BASE, 0);
	wrmsrl(MSR_KERNEL_GS_BASE, 0);
	local_irq_enable();
	preempt_enable();
	return 0;
}

/* See <linux/arch.h>. */
void start_thread(struct pt_regs *regs, unsigned long ip, unsigned long sp)
{
	memset(regs, 0, sizeof(*regs));
	regs->orig_ax = -1UL;
	regs->ip = ip;
	regs->sp = sp;
	regs->cs = __USER_CS;
	regs->ss = __USER_DS;
	regs->flags = X86_EFLAGS_IF | X86_EFLAGS_FIXED;
}

/* See <linux/arch.h>. */
int arch_thread_fork(struct task_struct *child, const struct kernel_clone_args *args)
{
	struct pt_regs *regs = task_pt_regs(child);
	int err = fpu_copy(child);

	if (err)
		return err;
	preempt_disable();
	save_user_state(current);
	preempt_enable();
	child->thread.fsbase = current->thread.fsbase;
	child->thread.gsbase = current->thread.gsbase;
	child->thread.fs = current->thread.fs;
	child->thread.gs = current->thread.gs;
	child->thread.ds = current->thread.ds;
	child->thread.es = current->thread.es;
	memcpy(child->thread.tls, current->thread.tls, sizeof(child->thread.tls));
	child->thread.has_tls = current->thread.has_tls;

	*regs = *current_pt_regs();
	regs->ax = 0;
	if (args->stack)
		regs->sp = args->stack;
	if (args->flags & CLONE_SETTLS) {
		if (args->tls >= TASK_SIZE_MAX)
			return -EPERM;
		child->thread.fs = 0;
		child->thread.fsbase = args->tls;
	}
	return 0;
}

/* See <linux/arch.h>. */
void arch_thread_free(struct task_struct *task)
{
	fpu_free(task);
}

/* See <linux/arch.h>. Context: interrupts off. */
void arch_exit_to_user_mode(void)
{
	if (test_thread_flag(TIF_NEED_FPU_LOAD))
		fpu_load_for_user();
}

/* A base in the kernel's half would be a negative one in GS, and entry.S takes that for its own. */
static long set_base(int option, unsigned long base)
{
	if (base >= TASK_SIZE_MAX)
		return -EPERM;
	local_irq_disable();
	if (option == ARCH_SET_FS) {
		load_segment(fs, 0);
		current->thread.fs = 0;
		current->thread.fsbase = base;
		wrmsrl(MSR_FS_BASE, base);
	} else {
		load_user_gs(0);
		current->thread.gs = 0;
		current->thread.gsbase = base;
		wrmsrl(MSR_KERNEL_GS_BASE, base);
	}
	local_irq_enable();
	return 0;
}

SYSCALL_DEFINE2(arch_prctl, int, option, unsigned long, arg)
{
	switch (option) {
	case ARCH_SET_FS:
	case ARCH_SET_GS:
		return set_base(option, arg);
	case ARCH_GET_FS:
		return put_user(__rdmsr(MSR_FS_BASE), (unsigned long __user *)arg);
	case ARCH_GET_GS:
		return put_user(__rdmsr(MSR_KERNEL_GS_BASE), (unsigned long __user *)arg);
	default:
		return -EINVAL;
	}
}
