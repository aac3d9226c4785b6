/* SPDX-License-Identifier: MIT */
/*
 * Signals that current's own doing brings about: its exceptions, a frame that can't be used.
 *
 * A program that blocks or ignores such a one would fault for ever: it gets the default action.
 */
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include "internals.h"

/* @handled: if there is a handler that can be called, call it. */
static int force(struct kernel_siginfo *info, bool handled)
{
	struct task_struct *p = current;
	struct sighand_struct *sighand = p->sighand;
	struct k_sigaction *ka = sighand->action + info->si_signo - 1;
	int sig = info->si_signo, err;
	unsigned long flags;
	bool blocked;

	spin_lock_irqsave(&sighand->siglock, flags);
	blocked = sigismember(&p->blocked, sig);
	if (blocked || ka->sa.sa_handler == SIG_IGN || !handled) {
		ka->sa.sa_handler = SIG_DFL;
		sigdelset(&p->blocked, sig);
	}
	if (ka->sa.sa_handler == SIG_DFL)
		p->signal->flags &= ~SIGNAL_UNKILLABLE;
	err = send_signal_locked(sig, info, p, PIDTYPE_PID);
	/* It may have been pending, and blocked. */
	if (!signal_pending(p))
		signal_wake_up(p, false);
	spin_unlock_irqrestore(&sighand->siglock, flags);
	return err;
}

/**
 * force_sig_info - a signal that current's own doing brought about
 * @info: which, and why
 *
 * Context: process or exception of current. Return: 0.
 */
int force_sig_info(struct kernel_siginfo *info)
{
	return force(info, true);
}

static void from_kernel(struct kernel_siginfo *info, int sig)
{
	clear_siginfo(info);
	info->si_signo = sig;
	info->si_code = SI_KERNEL;
}

/* force_sig - the same, with nothing to tell */
void force_sig(int sig)
{
	struct kernel_siginfo info;

	from_kernel(&info, sig);
	force(&info, true);
}

/* force_fatal_sig - the same whatever handler there is: the program can't go on */
void force_fatal_sig(int sig)
{
	struct kernel_siginfo info;

	from_kernel(&info, sig);
	force(&info, false);
}

/* force_sigsegv - @sig has no frame: SIGSEGV, and the end if it was that one already */
void force_sigsegv(int sig)
{
	if (sig == SIGSEGV)
		force_fatal_sig(SIGSEGV);
	else
		force_sig(SIGSEGV);
}

/**
 * force_sig_fault - the signal of an exception
 * @sig: the signal
 * @code: si_code, why
 * @addr: si_addr, where
 *
 * Context: process or exception of current. Return: 0.
 */
int force_sig_fault(int sig, int code, void __user *addr)
{
	struct kernel_siginfo info;

	clear_siginfo(&info);
	info.si_signo = sig;
	info.si_code = code;
	info.si_addr = addr;
	return force_sig_info(&info);
}
