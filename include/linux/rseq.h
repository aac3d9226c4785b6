/* SPDX-License-Identifier: MIT */
/*
 * Restartable sequences: the scheduler and signals tell of what disturbs one; on its way to user
 * mode the task looks whether it was in one. kernel/process/rseq.c.
 */
#ifndef _LINUX_RSEQ_H
#define _LINUX_RSEQ_H

#include <linux/sched.h>
#include <linux/uaccess.h>
#include <uapi/linux/rseq.h>
#include <asm/ptrace.h>
#include <asm/syscall.h>

struct ksignal;

void rseq_handle_notify_resume(struct ksignal *ksig, struct pt_regs *regs);

/* On its own CPU, preemption off: @p has been disturbed. */
static inline void rseq_disturbed(struct task_struct *p)
{
	p->rseq_event = true;
	set_tsk_thread_flag(p, TIF_NOTIFY_RESUME);
}

/*
 * @prev, which has a program, leaves this CPU. In a system call it is in no section, as none may
 * contain one: only interrupts, and pages that have to be waited for, come in between.
 */
static __always_inline void rseq_switch_away(struct task_struct *prev)
{
	if (unlikely(prev->rseq) && !syscall_in_progress(task_pt_regs(prev)))
		rseq_disturbed(prev);
}

/* @next, which has a program, comes to @cpu. */
static __always_inline void rseq_switch_to(struct task_struct *next, unsigned int cpu)
{
	if (unlikely(next->rseq) && next->rseq_cpu != (int)cpu)
		rseq_disturbed(next);
}

/*
 * Where the program says the description of its section is, which it has registered; 0: it is in
 * none.
 */
static __always_inline int rseq_get_section(struct rseq __user *rseq, u64 *addr)
{
	might_fault();
	return arch_get_user(addr, &rseq->rseq_cs, sizeof(*addr));
}

/* current is about to enter a handler; most are in no section. */
static inline void rseq_signal_deliver(struct ksignal *ksig, struct pt_regs *regs)
{
	struct rseq __user *rseq = current->rseq;
	u64 addr;

	if (!rseq || (!rseq_get_section(rseq, &addr) && !addr))
		return;
	current->rseq_event = true;
	rseq_handle_notify_resume(ksig, regs);
}

/* A new process goes on where its parent's thread was; a thread has none yet. */
static inline void rseq_fork(struct task_struct *p, u64 clone_flags)
{
	if (clone_flags & CLONE_VM)
		return;
	p->rseq = current->rseq;
	p->rseq_sig = current->rseq_sig;
	p->rseq_cpu = -1;
}

static inline void rseq_execve(struct task_struct *p)
{
	p->rseq = NULL;
}

#endif
