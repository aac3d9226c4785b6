/* SPDX-License-Identifier: MIT */
/*
 * Signals to kernel threads: a thread ignores all but those that it allowed, and those it only sees:
 * its interruptible sleeps end, signal_pending() holds, and kernel_dequeue_signal() tells which.
 *
 * A kernel thread has no sighand. What it allows, and what is pending, is guarded by one lock for all.
 */
#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/spinlock.h>
#include "internals.h"

static DEFINE_SPINLOCK(kthread_siglock);	/* irqs off; inside tasklist_lock */

/* @sig is valid and not 0; @p is a kernel thread. */
void kthread_send_signal(int sig, struct task_struct *p)
{
	unsigned long flags;

	spin_lock_irqsave(&kthread_siglock, flags);
	if (sigismember(&p->kthread_allowed, sig)) {
		sigaddset(&p->pending.signal, sig);
		if (!sigismember(&p->blocked, sig))
			signal_wake_up(p, sig == SIGKILL);
	}
	spin_unlock_irqrestore(&kthread_siglock, flags);
}

/**
 * kernel_sigaction - what the calling kernel thread does about a signal
 * @sig: the signal
 * @action: SIG_IGN, the default; SIG_KTHREAD or SIG_KTHREAD_KERNEL: see it
 *
 * Context: the thread itself. allow_signal() and disallow_signal() are the usual ways.
 */
void kernel_sigaction(int sig, __sighandler_t action)
{
	struct task_struct *p = current;

	if (WARN_ON_ONCE(!(p->flags & PF_KTHREAD) || !valid_signal(sig) || !sig))
		return;
	spin_lock_irq(&kthread_siglock);
	if (action == SIG_IGN) {
		sigdelset(&p->kthread_allowed, sig);
		/* What came already is forgotten. */
		sigdelset(&p->pending.signal, sig);
		if (!p->pending.signal.sig[0])
			clear_thread_flag(TIF_SIGPENDING);
	} else {
		sigaddset(&p->kthread_allowed, sig);
	}
	spin_unlock_irq(&kthread_siglock);
}
EXPORT_SYMBOL(kernel_sigaction);

/**
 * kernel_dequeue_signal - take the first of the signals that the calling kernel thread has
 *
 * Context: the thread itself. Return: the signal; 0 when there is none.
 */
int kernel_dequeue_signal(void)
{
	struct task_struct *p = current;
	unsigned long ready;
	int sig = 0;

	spin_lock_irq(&kthread_siglock);
	ready = p->pending.signal.sig[0] & ~p->blocked.sig[0];
	if (ready) {
		sig = (int)__ffs(ready) + 1;
		sigdelset(&p->pending.signal, sig);
		ready &= ready - 1;
	}
	if (!ready)
		clear_thread_flag(TIF_SIGPENDING);
	spin_unlock_irq(&kthread_siglock);
	return sig;
}
EXPORT_SYMBOL_GPL(kernel_dequeue_signal);

void kthread_flush_signals(struct task_struct *p)
{
	unsigned long flags;

	spin_lock_irqsave(&kthread_siglock, flags);
	clear_tsk_thread_flag(p, TIF_SIGPENDING);
	sigemptyset(&p->pending.signal);
	spin_unlock_irqrestore(&kthread_siglock, flags);
}
