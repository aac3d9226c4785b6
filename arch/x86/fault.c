/* SPDX-License-Identifier: MIT */
/*
 * Page faults. The kernel maps everything before it uses it: a fault is either expected by the
 * exception table, or a bug, or a stack that has grown into its guard page.
 *
 * Intel SDM Vol. 3, "Page-Fault Exceptions".
 */
#include <linux/kdebug.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/signal.h>
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

	exception_enter(regs, X86_TRAP_PF);
	if (!fixup_exception(regs) &&
	    notify_die(DIE_PAGE_FAULT, "page fault", regs, error_code, X86_TRAP_PF, SIGSEGV) !=
	    NOTIFY_STOP) {
		if (user_mode(regs))
			exception_end_user(regs, error_code, X86_TRAP_PF);
		exception_exit();
		stack_overflow_die(regs, addr, error_code);
		explain_fault(addr, error_code);
		die("Oops", regs, error_code, SIGSEGV);
		exception_enter(regs, X86_TRAP_PF);
	}
	exception_return(regs);
}
