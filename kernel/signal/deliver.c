/* SPDX-License-Identifier: MIT */
/* Signals on the way back to user mode: the default action, or a frame for the handler. */
#include <linux/arch.h>
#include <linux/freezer.h>
#include <linux/rseq.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/signal.h>
#include <uapi/linux/wait.h>
#include "internals.h"

/* -- The default actions ------------------------------------------------------------------------- */

/* Whoever runs first after a stop. siglock held; released when there was something to tell. */
static bool tell_of_continue(struct task_struct *p)
{
	struct signal_struct *sig = p->signal;
	bool continued = sig->flags & SIGNAL_CLD_CONTINUED;

	if (likely(!(sig->flags & SIGNAL_CLD_MASK)))
		return false;
	sig->flags &= ~SIGNAL_CLD_MASK;
	spin_unlock_irq(&p->sighand->siglock);
	/* Of a stop that was over before it was told the signal is forgotten, as on Linux. */
	tell_parent_of_stop(continued ? CLD_CONTINUED : CLD_STOPPED, continued ? SIGCONT : 0);
	return true;
}

static bool process_ends(const struct task_struct *p)
{
	return (p->signal->flags & SIGNAL_GROUP_EXIT) || p->signal->group_exec_task;
}

/* A terminal's stop signals don't stop who could never be continued. siglock held. */
static bool nobody_would_continue(int sig)
{
	bool orphaned;

	if (sig == SIGSTOP)
		return false;
	spin_unlock_irq(&current->sighand->siglock);
	orphaned = is_current_pgrp_orphaned();
	spin_lock_irq(&current->sighand->siglock);
	return orphaned;
}

/* siglock held; not if it returns: the program has a handler for what is in @ksig. */
static bool take_handler(struct sighand_struct *sighand, struct ksignal *ksig, int sig)
{
	struct k_sigaction *ka = &sighand->action[sig - 1];

	if (ka->sa.sa_handler == SIG_DFL || ka->sa.sa_handler == SIG_IGN)
		return false;
	ksig->ka = *ka;
	ksig->sig = sig;
	if (ka->sa.sa_flags & SA_RESETHAND)
		ka->sa.sa_handler = SIG_DFL;
	spin_unlock_irq(&sighand->siglock);
	return true;
}

static void __noreturn end_by(int sig)
{
	spin_unlock_irq(&current->sighand->siglock);
	current->flags |= PF_SIGNALED;
	do_group_exit(sig);
}

/* A signal without a handler. siglock held. Return: whether it was released, for a stop. */
static bool default_action(int sig)
{
	__sighandler_t handler = current->sighand->action[sig - 1].sa.sa_handler;

	if (handler == SIG_IGN || sig_kernel_ignore(sig))
		return false;
	if ((current->signal->flags & SIGNAL_UNKILLABLE) && !sig_kernel_only(sig))
		return false;
	if (!sig_kernel_stop(sig))
		end_by(sig);
	return !nobody_would_continue(sig) && do_signal_stop(sig);
}

/**
 * get_signal - take signals until one has a handler
 * @ksig: that one
 *
 * Context: the way to user mode, interrupts on. Does not return if one ends the process.
 * Return: false: there is none.
 */
bool get_signal(struct ksignal *ksig)
{
	struct task_struct *p = current;
	struct sighand_struct *sighand = p->sighand;
	int sig;

again:
	try_to_freeze();
	spin_lock_irq(&sighand->siglock);
	if (tell_of_continue(p))
		goto again;
	for (;;) {
		if (process_ends(p))
			end_by(SIGKILL);
		if ((p->jobctl & JOBCTL_STOP_PENDING) && do_signal_stop(0))
			goto again;
		sig = 0;
		if (p->pending.signal.sig[0] & ~p->blocked.sig[0] & SYNCHRONOUS_MASK)
			sig = dequeue_synchronous(&ksig->info);
		if (!sig)
			sig = dequeue_signal(&p->blocked, &ksig->info);
		if (!sig)
			break;
		if (take_handler(sighand, ksig, sig))
			return true;
		if (default_action(sig))
			goto again;
	}
	recalc_sigpending();
	spin_unlock_irq(&sighand->siglock);
	return false;
}

/* -- Delivery ------------------------------------------------------------------------------------ */

/* The handler runs with more signals blocked than what it interrupted. */
static void handler_begins(const struct ksignal *ksig)
{
	struct task_struct *p = current;
	sigset_t blocked;

	p->restore_sigmask = false;
	sigorsets(&blocked, &p->blocked, &ksig->ka.sa.sa_mask);
	if (!(ksig->ka.sa.sa_flags & SA_NODEFER))
		sigaddset(&blocked, ksig->sig);
	set_current_blocked(&blocked);
	if (p->sas_ss_flags & SS_AUTODISARM) {
		p->sas_ss_sp = p->sas_ss_size = 0;
		p->sas_ss_flags = SS_DISABLE;
	}
}

/**
 * do_user_signal - take the signals that are pending for current
 * @regs: the program's frame, which is a handler's afterwards if there is one
 *
 * Context: the way to user mode, interrupts on. Does not return if one ends the process.
 */
void do_user_signal(struct pt_regs *regs)
{
	struct ksignal ksig;
	sigset_t *mask;

	if (!get_signal(&ksig)) {
		restart_without_handler(regs);
		restore_saved_sigmask();
		return;
	}
	restart_behind_handler(regs, &ksig.ka);
	rseq_signal_deliver(&ksig, regs);
	mask = current->restore_sigmask ? &current->saved_sigmask : &current->blocked;
	if (arch_signal_frame(&ksig, mask, regs))
		force_sigsegv(ksig.sig);
	else
		handler_begins(&ksig);
}
