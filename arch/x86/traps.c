/* SPDX-License-Identifier: MIT */
/*
 * The exceptions' C side. Each do_NAME is called by 64/entry.S with the frame and the error
 * code (-1 where the CPU pushes none), interrupts off.
 *
 * In kernel mode an exception is, in this order: expected at this instruction (the exception
 * table); wanted by someone on the die chain; or a bug, which die() reports.
 *
 * Intel SDM Vol. 3, "Exception and Interrupt Reference".
 */
#include <linux/arch.h>
#include <linux/bh.h>
#include <linux/irqflags.h>
#include <linux/kdebug.h>
#include <linux/kernel.h>
#include <linux/percpu-defs.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/string.h>
#include <asm/debugreg.h>
#include <asm/desc.h>
#include <asm/extable.h>
#include <asm/fpu.h>
#include <asm/idtentry.h>
#include <asm/msr.h>
#include <asm/proto.h>
#include <asm/ptrace.h>
#include <asm/traps.h>

enum { INTR, TRAP };	/* the gate column */

static const struct exception_info exceptions[NUM_EXCEPTION_VECTORS] = {
#define EXCEPTION_INFO(vec, name_, name, what, gate, d, stack, error, sig, code) \
	[vec] = {								\
		.mnemonic = "#" #name_, .title = what, .keeps_irqs = gate == TRAP, \
		.dpl = d, .ist = stack, .error_code = error, .signal = sig, .si_code = code, \
	},
	EXCEPTIONS(EXCEPTION_INFO)
};

/* Handlers in progress on this CPU, and the most there ever were. Own CPU's: preemption is off. */
static DEFINE_PER_CPU(unsigned int, exception_depth);
static DEFINE_PER_CPU(unsigned int, exception_depth_max);

/**
 * exception_info - the table's line of a vector
 * @vector: 0-31
 */
const struct exception_info *exception_info(unsigned int vector)
{
	return &exceptions[vector];
}

/**
 * exception_nesting_deepest - most exceptions ever under way on one CPU at the same time
 * @cpu: a CPU that is or was online
 */
unsigned int exception_nesting_deepest(unsigned int cpu)
{
	return READ_ONCE(per_cpu(exception_depth_max, cpu));
}

/**
 * exception_enter - what every handler starts with
 * @regs: the frame
 * @vector: its vector
 *
 * Enables interrupts where the table says so and they were on; an interrupt may come in
 * then, but no other task.
 */
void exception_enter(struct pt_regs *regs, unsigned int vector)
{
	unsigned int depth;

	preempt_disable_notrace();
	depth = this_cpu_inc_return(exception_depth);
	if (depth > this_cpu_read(exception_depth_max))
		this_cpu_write(exception_depth_max, depth);
	if (exceptions[vector].keeps_irqs && !regs_irqs_disabled(regs))
		local_irq_enable();
}

/** exception_exit - what every handler ends with; interrupts are off after */
void exception_exit(void)
{
	local_irq_disable();
	this_cpu_dec(exception_depth);
	preempt_enable_no_resched_notrace();
}

/**
 * exception_return - the end of a handler whose task goes on: old bottom halves run first
 * @regs: the frame
 */
void exception_return(struct pt_regs *regs)
{
	exception_exit();
	if (unlikely(READ_ONCE(bh_active)) && !regs_irqs_disabled(regs)) {
		local_irq_enable();
		do_bottom_half();
		local_irq_disable();
	}
}

/**
 * exception_die - nobody wanted the exception: the oops
 * @regs: the frame
 * @error_code: of the exception
 * @vector: its vector
 */
void exception_die(struct pt_regs *regs, long error_code, unsigned int vector)
{
	exception_exit();
	die(exceptions[vector].title, regs, error_code, SIGSEGV);
	exception_enter(regs, vector);
}

/**
 * exception_user - an exception of user mode that nobody wanted: its signal
 * @regs: the frame
 * @error_code: of the exception
 * @vector: its vector
 * @code: si_code
 * @addr: si_addr
 *
 * Context: exception_enter() was called, on the task's stack. Does not return for a kernel thread,
 * which can't be sent one: that ends here.
 */
void exception_user(struct pt_regs *regs, long error_code, unsigned int vector, int code,
		    unsigned long addr)
{
	const struct exception_info *info = &exceptions[vector];

	current->thread.trap_nr = vector;
	current->thread.error_code = error_code;
	if (current->mm) {
		if (code == SI_KERNEL)		/* there is no address to tell */
			force_sig(info->signal);
		else
			force_sig_fault(info->signal, code, (void __user *)addr);
		return;
	}
	pr_info("%s[%d] trap %s ip:%lx sp:%lx error:%lx\n", current->comm, current->pid,
		info->title, regs->ip, regs->sp, error_code);
	exception_exit();
	local_irq_enable();
	do_exit(info->signal);
}

/* The course of most exceptions. */
static void handle_exception(struct pt_regs *regs, long error_code, unsigned int vector,
			     enum die_val event)
{
	const struct exception_info *info = &exceptions[vector];

	if (!info->error_code)
		error_code = 0;
	exception_enter(regs, vector);
	if ((user_mode(regs) || !fixup_exception(regs)) &&
	    notify_die(event, info->title, regs, error_code, vector, info->signal) != NOTIFY_STOP) {
		if (user_mode(regs))
			exception_user(regs, error_code, vector, info->si_code, regs->ip);
		else
			exception_die(regs, error_code, vector);
	}
	exception_return(regs);
}

#define DEFINE_HANDLER(vector, name, event)				\
void do_##name(struct pt_regs *regs, long error_code)			\
{									\
	handle_exception(regs, error_code, vector, event);		\
}

DEFINE_HANDLER(X86_TRAP_DE, divide_error, DIE_TRAP)
DEFINE_HANDLER(X86_TRAP_BP, int3, DIE_INT3)
DEFINE_HANDLER(X86_TRAP_OF, overflow, DIE_TRAP)
DEFINE_HANDLER(X86_TRAP_BR, bounds, DIE_TRAP)
DEFINE_HANDLER(X86_TRAP_UD, invalid_op, DIE_TRAP)
DEFINE_HANDLER(X86_TRAP_NM, device_not_available, DIE_TRAP)
DEFINE_HANDLER(X86_TRAP_OLD_MF, coprocessor_segment_overrun, DIE_TRAP)
DEFINE_HANDLER(X86_TRAP_TS, invalid_TSS, DIE_TRAP)
DEFINE_HANDLER(X86_TRAP_NP, segment_not_present, DIE_TRAP)
DEFINE_HANDLER(X86_TRAP_SS, stack_segment, DIE_TRAP)
DEFINE_HANDLER(X86_TRAP_GP, general_protection, DIE_GPF)
DEFINE_HANDLER(X86_TRAP_SPURIOUS, spurious_interrupt_bug, DIE_TRAP)
DEFINE_HANDLER(X86_TRAP_AC, alignment_check, DIE_TRAP)
DEFINE_HANDLER(X86_TRAP_VE, virtualization_exception, DIE_TRAP)
DEFINE_HANDLER(X86_TRAP_CP, control_protection, DIE_TRAP)
DEFINE_HANDLER(22, reserved_22, DIE_TRAP)
DEFINE_HANDLER(23, reserved_23, DIE_TRAP)
DEFINE_HANDLER(24, reserved_24, DIE_TRAP)
DEFINE_HANDLER(25, reserved_25, DIE_TRAP)
DEFINE_HANDLER(26, reserved_26, DIE_TRAP)
DEFINE_HANDLER(27, reserved_27, DIE_TRAP)
DEFINE_HANDLER(28, hypervisor_injection, DIE_TRAP)
DEFINE_HANDLER(29, vmm_communication, DIE_TRAP)
DEFINE_HANDLER(30, security_exception, DIE_TRAP)
DEFINE_HANDLER(31, reserved_31, DIE_TRAP)

/* The first of the exceptions that are not masked: SDM Vol. 1, "x87 FPU Status Register". */
static int floating_point_code(unsigned int unmasked)
{
	if (unmasked & FPU_INVALID)
		return FPE_FLTINV;
	if (unmasked & FPU_ZERO_DIVIDE)
		return FPE_FLTDIV;
	if (unmasked & FPU_OVERFLOW)
		return FPE_FLTOVF;
	if (unmasked & (FPU_UNDERFLOW | FPU_DENORMAL))
		return FPE_FLTUND;
	return unmasked & FPU_PRECISION ? FPE_FLTRES : 0;
}

/*
 * #MF and #XM: the registers are still those of whom it interrupted. An x87 exception is told late,
 * and may have been cleared meanwhile: then the instruction is tried again.
 */
static void floating_point(struct pt_regs *regs, unsigned int vector, unsigned int unmasked)
{
	const struct exception_info *info = &exceptions[vector];
	int code = floating_point_code(unmasked);

	exception_enter(regs, vector);
	if ((user_mode(regs) || !fixup_exception(regs)) &&
	    notify_die(DIE_TRAP, info->title, regs, 0, vector, info->signal) != NOTIFY_STOP) {
		if (!user_mode(regs))
			exception_die(regs, 0, vector);
		else if (code)
			exception_user(regs, 0, vector, code, regs->ip);
	}
	exception_return(regs);
}

void do_coprocessor_error(struct pt_regs *regs, long error_code)
{
	floating_point(regs, X86_TRAP_MF, fpu_x87_unmasked());
}

void do_simd_coprocessor_error(struct pt_regs *regs, long error_code)
{
	floating_point(regs, X86_TRAP_XF, fpu_sse_unmasked());
}

/**
 * do_debug - #DB: single step, breakpoint and watchpoint registers
 * @regs: the frame
 * @error_code: none
 *
 * Context: from user mode the task's stack; else its own, anywhere in the kernel, NMI too.
 * Breakpoints are off while it runs: one on what it touches would come onto the stack in use.
 */
void do_debug(struct pt_regs *regs, long error_code)
{
	unsigned long dr7 = local_db_save(), dr6 = debug_read_reset_dr6();

	if (notify_die(DIE_DEBUG, "debug", regs, (long)dr6, X86_TRAP_DB, SIGTRAP) == NOTIFY_STOP) {
		;
	} else if (user_mode(regs)) {
		exception_enter(regs, X86_TRAP_DB);
		exception_user(regs, 0, X86_TRAP_DB, dr6 & DR_STEP ? TRAP_TRACE : TRAP_BRKPT,
			       regs->ip);
		exception_exit();
	} else {
		pr_err("debug exception that nobody asked for, DR6 %#lx\n", dr6);
		show_regs(regs);
		regs->flags &= ~X86_EFLAGS_TF;
		dr7 = DR7_DISABLED;
	}
	local_db_restore(dr7);
}

/*
 * The IRET to user mode faulted: see 64/entry.S. What it refused lies where a frame for user
 * mode ends; the other registers go there from @regs, the fault's frame, which is further down.
 */
struct pt_regs *fix_bad_iret(struct pt_regs *regs)
{
	struct pt_regs *user = task_pt_regs(current);

	current->thread.error_code = regs->orig_ax;
	current->thread.trap_nr = X86_TRAP_GP;
	memmove(user, regs, offsetof(struct pt_regs, orig_ax));
	user->orig_ax = -1;
	return user;
}

/* The second half, with the frame complete. Interrupts off, in and out. */
void do_bad_iret(struct pt_regs *regs)
{
	force_sig(SIGSEGV);
}

/**
 * stack_overflow_die - if an address is a stack's guard page, say so and oops
 * @regs: the frame
 * @addr: what was touched
 * @error_code: of the exception
 */
void stack_overflow_die(struct pt_regs *regs, unsigned long addr, long error_code)
{
	unsigned long low = (unsigned long)current->stack, size = THREAD_SIZE;
	const char *name = "TASK";
	enum cpu_stack which;
	unsigned int cpu;

	if (cpu_stack_of(addr, &cpu, &which)) {
		size = cpu_stack_size(which);
		low = cpu_stack_top(cpu, which) - size;
		name = cpu_stack_name(which);
	}
	if (addr < low - PAGE_SIZE || addr >= low)
		return;
	pr_emerg("BUG: %s stack guard page was hit at %px (stack is %px..%px)\n", name,
		 (void *)addr, (void *)low, (void *)(low + size - 1));
	pr_emerg("BUG: stack overflow in task %s[%d]\n", current->comm, current->pid);
	die("stack guard page", regs, error_code, SIGSEGV);
}

/**
 * do_double_fault - #DF: an exception while delivering another
 * @regs: the frame; where it was is not certain, that is why it is an abort
 * @error_code: 0
 *
 * Mostly a stack that is full: the page fault in its guard page had nowhere to put its frame. CR2
 * is that page fault's. Context: its own stack. Does not return.
 */
void do_double_fault(struct pt_regs *regs, long error_code)
{
	notify_die(DIE_TRAP, "double fault", regs, error_code, X86_TRAP_DF, SIGSEGV);
	stack_overflow_die(regs, read_cr2(), error_code);
	pr_emerg("PANIC: double fault, error_code: 0x%lx\n", error_code);
	die("double fault", regs, error_code, SIGSEGV);
	panic("Machine halted.");
}
