/* SPDX-License-Identifier: MIT */
/*
 * Page faults. One of a user address is mm/fault.c's, be it user mode's or that of a copy to or
 * from user memory. Of its own the kernel maps everything before it uses it: a fault there is
 * either expected by the exception table, or a bug, or a stack that has grown into its guard page.
 *
 * Intel SDM Vol. 3, "Page-Fault Exceptions".
 */
#include <linux/kdebug.h>
#include <linux/extable.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/uaccess.h>
#include <asm/extable.h>
#include <asm/idtentry.h>
#include <asm/msr.h>
#include <asm/page.h>
#include <asm/ptrace.h>
#include <asm/traps.h>

static void explain_fault(unsigned long addr, long error_code)
{
	const char *access = error_code & X86_PF_INSTR ? "instruction fetch" :
			     error_code & X86_PF_WRITE ? "write access" : "read access";

	if (addr < PAGE_SIZE)
		pr_alert("BUG: kernel NULL pointer dereference, address: %016lx\n", addr);
	else
		pr_alert("BUG: unable to handle page fault for address: %016lx\n", addr);
	pr_alert("#PF: %s %s in kernel mode\n",
		 error_code & X86_PF_USER ? "user" : "supervisor", access);
	pr_alert("#PF: error_code(0x%04lx) - %s\n", error_code,
		 !(error_code & X86_PF_PROT) ? "not-present page" :
		 error_code & X86_PF_RSVD ? "reserved bit violation" : "permissions violation");
}

/* A user address that a program, or the kernel for it, may touch: see what mm/ can do about it. */
static bool may_bring_in(const struct pt_regs *regs, unsigned long addr, long error_code)
{
	if (!current->mm || addr >= TASK_SIZE_MAX || (error_code & X86_PF_RSVD))
		return false;
	if (user_mode(regs))
		return true;
	/* In the kernel only copies may touch it: they have an entry in the exception table. */
	return !faulthandler_disabled() && !regs_irqs_disabled(regs) &&
	       search_exception_tables(regs->ip);
}

static void user_fault(struct pt_regs *regs, unsigned long addr, long error_code)
{
	unsigned int flags = (error_code & X86_PF_WRITE ? FAULT_FLAG_WRITE : 0) |
			     (error_code & X86_PF_INSTR ? FAULT_FLAG_INSTRUCTION : 0) |
			     (user_mode(regs) ? FAULT_FLAG_USER : 0);
	int sig, code;

	if (!user_mode(regs))
		clac();		/* the copy goes on with what is in its frame */
	local_irq_enable();
	sig = user_page_fault(addr, flags, &code);
	raw_local_irq_disable();
	if (!sig)
		return;
	if (!user_mode(regs)) {
		fixup_exception(regs);
		return;
	}
	current->thread.trap_nr = X86_TRAP_PF;
	current->thread.error_code = error_code;
	current->thread.cr2 = addr;
	if (sig != SIGKILL)
		force_sig_fault(sig, code, (void __user *)addr);
}

/* One that nothing can be brought in for. */
static noinline void bad_fault(struct pt_regs *regs, unsigned long addr, long error_code)
{
	exception_enter(regs, X86_TRAP_PF);
	if ((user_mode(regs) || !fixup_exception(regs)) &&
	    notify_die(DIE_PAGE_FAULT, "page fault", regs, error_code, X86_TRAP_PF, SIGSEGV) !=
	    NOTIFY_STOP) {
		if (user_mode(regs)) {
			current->thread.cr2 = addr;
			/* A program is not told what the kernel's addresses lead to. */
			exception_user(regs, error_code | (addr >= TASK_SIZE_MAX ? X86_PF_PROT : 0),
				       X86_TRAP_PF, SEGV_MAPERR, addr);
			exception_exit();
			return;
		}
		exception_exit();
		stack_overflow_die(regs, addr, error_code);
		explain_fault(addr, error_code);
		die("Oops", regs, error_code, SIGKILL);
		exception_enter(regs, X86_TRAP_PF);
	}
	exception_return(regs);
}

/**
 * do_page_fault - #PF
 * @regs: the frame
 * @error_code: X86_PF_*
 *
 * Context: exception, any. CR2 is read before anything that could fault in turn.
 */
void do_page_fault(struct pt_regs *regs, long error_code)
{
	unsigned long addr = read_cr2();

	if (likely(may_bring_in(regs, addr, error_code)))
		user_fault(regs, addr, error_code);
	else
		bad_fault(regs, addr, error_code);
}
