/* SPDX-License-Identifier: MIT */
/*
 * System calls: the tables, and what stands between entry_user.S and a call.
 *
 * Intel SDM Vol. 3, "Fast System Calls in 64-Bit Mode"; Vol. 2, "SYSCALL", "SYSRET". AMD64
 * Architecture Programmer's Manual Vol. 3, "SYSCALL", for the 32-bit one.
 */
#include <linux/arch.h>
#include <linux/bitmap.h>
#include <linux/bitops.h>
#include <linux/entry-common.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <asm/desc.h>
#include <asm/msr.h>
#include <asm/proto.h>
#include <asm/ptrace.h>
#include <asm/segment.h>
#include <asm/syscall.h>
#include "frame.h"

/*
 * -- Tables: every name of the lists; where nobody defines sys_NAME(), its address is 0. entry_user.S
 * calls what is in the first without looking, so that its holes are filled at boot. --
 */

#define SYSCALL(nr, name)	long sys_##name(__SYSCALL_WORDS) __weak;
#include "syscalls_64.h"
#undef SYSCALL

sys_call_ptr_t sys_call_table_64[NR_SYSCALLS] __ro_after_init = {
#define SYSCALL(nr, name)	[nr] = sys_##name,
#include "syscalls_64.h"
#undef SYSCALL
};

static const char *const names_64[NR_SYSCALLS] = {
#define SYSCALL(nr, name)	[nr] = #name,
#include "syscalls_64.h"
#undef SYSCALL
};

#define SYSCALL(nr, name, function)	long sys_##function(__SYSCALL_WORDS) __weak;
#include "syscalls_32.h"
#undef SYSCALL

static const sys_call_ptr_t calls_32[NR_SYSCALLS] = {
#define SYSCALL(nr, name, function)	[nr] = sys_##function,
#include "syscalls_32.h"
#undef SYSCALL
};

static const char *const names_32[NR_SYSCALLS] = {
#define SYSCALL(nr, name, function)	[nr] = #name,
#include "syscalls_32.h"
#undef SYSCALL
};

/* One of the two ways of counting. */
struct syscall_table {
	const char		*abi;
	const char		*const *names;
	unsigned long		*told;		/* unknown numbers that the log has: atomic bits */
};

static DECLARE_BITMAP(told_64, NR_SYSCALLS);
static DECLARE_BITMAP(told_32, NR_SYSCALLS);
static const struct syscall_table table_64 = { "x86-64", names_64, told_64 };
static const struct syscall_table table_32 = { "i386", names_32, told_32 };

/* Once for each number, by whoever needs it first. */
static noinline long unknown_call(const struct syscall_table *table, unsigned int nr)
{
	const char *name = nr < NR_SYSCALLS ? table->names[nr] : NULL;

	if (nr >= NR_SYSCALLS || !test_and_set_bit(nr, table->told))
		pr_info_ratelimited("%s[%d]: system call %u of %s, %s, is not implemented\n",
				    current->comm, current->pid, nr, table->abi, name ?: "?");
	return -ENOSYS;
}

/* What entry_user.S calls for a number that is too high, and finds in a hole of the table. */
long sys_ni_syscall(__SYSCALL_WORDS)
{
	return unknown_call(&table_64, (unsigned int)current_pt_regs()->orig_ax);
}

static int __init fill_holes(void)
{
	unsigned int nr;

	for (nr = 0; nr < NR_SYSCALLS; nr++)
		if (!sys_call_table_64[nr])
			sys_call_table_64[nr] = sys_ni_syscall;
	return 0;
}
pure_initcall(fill_holes);

/* -- From entry_user.S ------------------------------------------------------------------------- */

/* Interrupts off; the last look at what is pending before user mode goes on. */
static __always_inline void finish_call(struct pt_regs *regs)
{
	raw_local_irq_disable();
	if (unlikely(need_resched() || READ_ONCE(current->thread_info.flags) & _TIF_WORK_MASK))
		exit_to_user_mode_loop(regs);
}

/**
 * do_int80_syscall_32 - a system call by INT 0x80, of 32-bit or 64-bit code
 * @regs: the frame; number in orig_ax
 *
 * Context: interrupts off, in and out.
 */
void do_int80_syscall_32(struct pt_regs *regs)
{
	unsigned int nr = (unsigned int)regs->orig_ax;
	sys_call_ptr_t call = nr < NR_SYSCALLS ? calls_32[nr] : NULL;

	local_irq_enable();
	regs->orig_ax = nr | SYSCALL_32;
	regs->ax = call ? call((u32)regs->bx, (u32)regs->cx, (u32)regs->dx, (u32)regs->si,
			       (u32)regs->di, (u32)regs->bp)
			: unknown_call(&table_32, nr);
	finish_call(regs);
}

/**
 * do_fast_syscall_32 - a system call of 32-bit code by SYSCALL
 * @regs: the frame; RCX, which the instruction has overwritten, comes from EBP
 *
 * EBP, the sixth argument, is the word at the top of the user's stack.
 * Context: interrupts off, in and out.
 */
void do_fast_syscall_32(struct pt_regs *regs)
{
	u32 bp;

	local_irq_enable();
	regs->cx = (u32)regs->bp;
	if (get_user(bp, (u32 __user *)regs->sp)) {
		regs->ax = -EFAULT;
		finish_call(regs);
		return;
	}
	regs->bp = bp;
	local_irq_disable();
	do_int80_syscall_32(regs);
}

/**
 * syscall_cpu_init - where SYSCALL and INT 0x80 lead on this CPU
 *
 * All flags that the kernel has an opinion on are cleared on the way in.
 * Context: boot of that CPU.
 */
void syscall_cpu_init(void)
{
	set_system_intr_gate(IA32_SYSCALL_VECTOR, entry_INT80);
	/* SYSRET adds 16 for the CS of 64-bit code and 8 for SS. */
	wrmsrl(MSR_STAR, (u64)__USER32_CS << 48 | (u64)__KERNEL_CS << 32);
	wrmsrl(MSR_LSTAR, (unsigned long)entry_SYSCALL_64);
	wrmsrl(MSR_CSTAR, (unsigned long)entry_SYSCALL_compat);
	wrmsrl(MSR_SYSCALL_MASK, X86_EFLAGS_CF | X86_EFLAGS_PF | X86_EFLAGS_AF | X86_EFLAGS_ZF |
	       X86_EFLAGS_SF | X86_EFLAGS_TF | X86_EFLAGS_IF | X86_EFLAGS_DF | X86_EFLAGS_OF |
	       X86_EFLAGS_IOPL | X86_EFLAGS_NT | X86_EFLAGS_RF | X86_EFLAGS_AC | X86_EFLAGS_ID);
	wrmsrl(MSR_EFER, __rdmsr(MSR_EFER) | EFER_SCE);
}
