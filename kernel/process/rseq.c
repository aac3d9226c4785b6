/* SPDX-License-Identifier: MIT */
/*
 * rseq(): critical sections of a program that need no atomic instruction, as they run on one CPU
 * to their end or are left at once.
 *
 * A thread tells where its struct rseq is, which the kernel keeps the CPU's number in. The program
 * writes the address of a section's description there before it enters it. Was the thread
 * disturbed meanwhile (another ran on its CPU, it came to another CPU, it enters a handler), then
 * it goes on at the section's abort address. Whoever disturbs sets rseq_event and
 * TIF_NOTIFY_RESUME; all else is done here, by the thread itself on its way to user mode. What
 * makes no sense there is SIGSEGV.
 */
#include <linux/arch.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/rseq.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <uapi/linux/rseq.h>
#include <asm/processor.h>
#include "internals.h"

#define RSEQ_SIZE	32	/* of its first form, the only one so far */
static_assert(sizeof(struct rseq) == RSEQ_SIZE);

/* Return: 0; -EFAULT; -EINVAL: no section, or its abort address is none of the program's. */
static int read_section(struct rseq_cs *cs, u64 addr)
{
	u32 sig;

	if (addr >= TASK_SIZE_MAX)
		return -EINVAL;
	if (copy_from_user(cs, (const void __user *)(unsigned long)addr, sizeof(*cs)))
		return -EFAULT;
	if (cs->version || cs->start_ip >= TASK_SIZE_MAX || cs->post_commit_offset >= TASK_SIZE_MAX ||
	    cs->start_ip + cs->post_commit_offset >= TASK_SIZE_MAX || cs->abort_ip >= TASK_SIZE_MAX ||
	    cs->abort_ip - cs->start_ip < cs->post_commit_offset)
		return -EINVAL;
	if (get_user(sig, (u32 __user *)(unsigned long)(cs->abort_ip - sizeof(u32))))
		return -EFAULT;
	return sig == current->rseq_sig ? 0 : -EINVAL;
}

/* A disturbance from here on is one of the next look. */
static bool take_event(void)
{
	bool event;

	preempt_disable();
	event = current->rseq_event;
	current->rseq_event = false;
	preempt_enable();
	return event;
}

/* @addr: of the description. Return: 0; -EFAULT; -EINVAL. */
static noinline int leave_section(struct pt_regs *regs, u64 addr)
{
	struct rseq __user *rseq = current->rseq;
	struct rseq_cs cs;
	bool event;
	u32 flags;
	int err;

	event = take_event();
	err = read_section(&cs, addr);
	if (err)
		return err;
	/* Behind it the program need not say so itself. */
	if (instruction_pointer(regs) - cs.start_ip >= cs.post_commit_offset)
		return put_user(0UL, (unsigned long __user *)&rseq->rseq_cs);
	if (get_user(flags, &rseq->flags))
		return -EFAULT;
	if (cs.flags || flags)
		return -EINVAL;
	if (!event)
		return 0;
	if (put_user(0UL, (unsigned long __user *)&rseq->rseq_cs))
		return -EFAULT;
	instruction_pointer_set(regs, cs.abort_ip);
	return 0;
}

static int put_cpu_id(u32 start, u32 id)
{
	struct rseq __user *rseq = current->rseq;

	return put_user(start, &rseq->cpu_id_start) || put_user(id, &rseq->cpu_id) ? -EFAULT : 0;
}

/*
 * Where it runs. If it is moved from there, rseq_switch_to() sees that by rseq_cpu, which is set on
 * the CPU that it names: a move in between, to the CPU told before, would not be seen.
 */
static int tell_cpu(void)
{
	bool same;
	int cpu;

	preempt_disable();
	cpu = raw_smp_processor_id();
	same = current->rseq_cpu == cpu;
	current->rseq_cpu = cpu;
	preempt_enable();
	return same ? 0 : put_cpu_id((u32)cpu, (u32)cpu);
}

/**
 * rseq_handle_notify_resume - current may have been disturbed in a section
 * @ksig: a signal whose handler it is about to enter, or NULL
 * @regs: the program's frame; goes on at the abort address if it was
 *
 * Context: the way to user mode, interrupts on; may sleep. current->rseq is set.
 */
void rseq_handle_notify_resume(struct ksignal *ksig, struct pt_regs *regs)
{
	u64 addr;
	int err = rseq_get_section(current->rseq, &addr);

	/* An event with no section is over. */
	if (likely(!err && !addr))
		current->rseq_event = false;
	else if (!err)
		err = leave_section(regs, addr);
	if (err || tell_cpu())
		force_sigsegv(ksig ? ksig->sig : 0);
}

static int unregister(struct rseq __user *rseq, u32 len, u32 sig)
{
	if (!current->rseq || current->rseq != rseq || len != RSEQ_SIZE)
		return -EINVAL;
	if (current->rseq_sig != sig)
		return -EPERM;
	if (put_cpu_id(0, RSEQ_CPU_ID_UNINITIALIZED))
		return -EFAULT;
	current->rseq = NULL;
	return 0;
}

SYSCALL_DEFINE4(rseq, struct rseq __user *, rseq, u32, len, int, flags, u32, sig)
{
	if (flags == RSEQ_FLAG_UNREGISTER)
		return unregister(rseq, len, sig);
	if (flags)
		return -EINVAL;
	if (current->rseq) {
		if (current->rseq != rseq || len != RSEQ_SIZE)
			return -EINVAL;
		return current->rseq_sig == sig ? -EBUSY : -EPERM;
	}
	if (!IS_ALIGNED((unsigned long)rseq, __alignof__(*rseq)) || len != RSEQ_SIZE)
		return -EINVAL;
	if (!arch_user_range((unsigned long)rseq, len))
		return -EFAULT;
	current->rseq_sig = sig;
	current->rseq_cpu = -1;
	current->rseq = rseq;
	/* It finds its CPU there as soon as it is back. */
	set_thread_flag(TIF_NOTIFY_RESUME);
	return 0;
}
