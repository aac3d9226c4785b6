/* SPDX-License-Identifier: MIT */
/*
 * Signals: sending them, and their default actions on the way back to user mode.
 *
 * A signal is a bit: in a thread's pending set, or in its process's for whichever thread gets there
 * first. siglock guards both. A sender keeps tasklist_lock, so that the target's sighand stays; a
 * task that is past its end has none and gets nothing.
 */
#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/freezer.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/signal.h>
#include <linux/syscalls.h>
#include "internals.h"

#define SIG_IGNORED_BY_DEFAULT \
	(sigmask(SIGCHLD) | sigmask(SIGCONT) | sigmask(SIGURG) | sigmask(SIGWINCH))

/**
 * signal_wake_up - let a task see that a signal is there
 * @p: the task
 * @fatal: wake it from sleeps that nothing but its end disturbs
 *
 * Context: siglock held, interrupts off.
 */
void signal_wake_up(struct task_struct *p, bool fatal)
{
	set_tsk_thread_flag(p, TIF_SIGPENDING);
	/* In user mode it sees the flag when an interrupt, this one, brings it into the kernel. */
	if (!wake_up_state(p, TASK_INTERRUPTIBLE | (fatal ? TASK_WAKEKILL : 0)))
		kick_process(p);
}

static unsigned long deliverable(struct task_struct *p)
{
	return (p->pending.signal.sig[0] | p->signal->shared_pending.signal.sig[0]) &
	       ~p->blocked.sig[0];
}

/* recalc_sigpending - whether current has to look. siglock held. */
void recalc_sigpending(void)
{
	if (deliverable(current))
		set_thread_flag(TIF_SIGPENDING);
	else
		clear_thread_flag(TIF_SIGPENDING);
}

/* __flush_signals - forget what is pending for @p. siglock held. */
void __flush_signals(struct task_struct *p)
{
	clear_tsk_thread_flag(p, TIF_SIGPENDING);
	sigemptyset(&p->pending.signal);
}

/* flush_signals - the same for callers without the lock; any context but NMI */
void flush_signals(struct task_struct *p)
{
	unsigned long flags;

	if (p->flags & PF_KTHREAD) {
		kthread_flush_signals(p);
		return;
	}
	spin_lock_irqsave(&p->sighand->siglock, flags);
	__flush_signals(p);
	spin_unlock_irqrestore(&p->sighand->siglock, flags);
}
EXPORT_SYMBOL(flush_signals);

static bool ignored(struct task_struct *p, int sig)
{
	__sighandler_t handler = p->sighand->action[sig - 1].sa.sa_handler;

	if (handler == SIG_IGN)
		return sig != SIGKILL && sig != SIGSTOP;
	if (handler != SIG_DFL)
		return false;
	return (p->signal->flags & SIGNAL_UNKILLABLE) ||
	       (sig < BITS_PER_LONG && (SIG_IGNORED_BY_DEFAULT & sigmask(sig)));
}

/* siglock held. */
static void kill_process(struct task_struct *p)
{
	struct task_struct *t;

	for_each_thread(p, t) {
		sigaddset(&t->pending.signal, SIGKILL);
		signal_wake_up(t, true);
	}
}

static void send_locked(int sig, struct task_struct *p, bool group)
{
	struct task_struct *t;

	if (ignored(p, sig))
		return;
	if (sig == SIGKILL) {
		kill_process(p);
		return;
	}
	sigaddset(group ? &p->signal->shared_pending.signal : &p->pending.signal, sig);
	if (!group) {
		if (!sigismember(&p->blocked, sig))
			signal_wake_up(p, false);
		return;
	}
	for_each_thread(p, t) {
		if (!sigismember(&t->blocked, sig) && !(t->flags & PF_EXITING)) {
			signal_wake_up(t, false);
			break;
		}
	}
}

/* tasklist_lock held. */
static int send(int sig, struct task_struct *p, bool group)
{
	unsigned long flags;

	if (!valid_signal(sig))
		return -EINVAL;
	if (p->flags & PF_KTHREAD) {
		if (sig)
			kthread_send_signal(sig, p);
		return 0;
	}
	if (!p->sighand)
		return -ESRCH;
	if (!sig)
		return 0;
	spin_lock_irqsave(&p->sighand->siglock, flags);
	send_locked(sig, p, group);
	spin_unlock_irqrestore(&p->sighand->siglock, flags);
	return 0;
}

int group_send_sig(int sig, struct task_struct *p)
{
	return send(sig, p, true);
}

/**
 * send_sig - send a signal to a thread
 * @sig: the signal
 * @p: the thread; counted
 * @priv: from the kernel itself
 *
 * Context: any but NMI; not with siglock or tasklist_lock held.
 * Return: 0, also when it is ignored; -ESRCH: it has ended; -EINVAL.
 */
int send_sig(int sig, struct task_struct *p, int priv)
{
	unsigned long flags;
	int err;

	read_lock_irqsave(&tasklist_lock, flags);
	err = send(sig, p, false);
	read_unlock_irqrestore(&tasklist_lock, flags);
	return err;
}
EXPORT_SYMBOL(send_sig);

/* kill_pid - to the process of a number. Return: 0; -ESRCH; -EINVAL. */
int kill_pid(struct pid *pid, int sig, int priv)
{
	struct task_struct *p;
	unsigned long flags;
	int err = -ESRCH;

	read_lock_irqsave(&tasklist_lock, flags);
	p = pid_task(pid, PIDTYPE_TGID);
	if (p)
		err = send(sig, p, true);
	read_unlock_irqrestore(&tasklist_lock, flags);
	return err;
}
EXPORT_SYMBOL(kill_pid);

/* kill_pgrp - to all processes of a group. Return: 0 if there is one; -ESRCH; -EINVAL. */
int kill_pgrp(struct pid *pid, int sig, int priv)
{
	struct task_struct *p;
	unsigned long flags;
	int err = -ESRCH;

	read_lock_irqsave(&tasklist_lock, flags);
	do_each_pid_task(pid, PIDTYPE_PGID, p) {
		int ret = send(sig, p, true);

		if (err)
			err = ret;
	} while_each_pid_task(pid, PIDTYPE_PGID, p);
	read_unlock_irqrestore(&tasklist_lock, flags);
	return err;
}
EXPORT_SYMBOL(kill_pgrp);

static int kill_everybody(int sig)
{
	struct task_struct *p;
	int err = -ESRCH;

	read_lock_irq(&tasklist_lock);
	for_each_process(p)
		if (p->pid > 1 && p->signal && p->signal != current->signal)
			err = send(sig, p, true);
	read_unlock_irq(&tasklist_lock);
	return err;
}

SYSCALL_DEFINE2(kill, pid_t, pid, int, sig)
{
	struct pid *target;
	int err;

	if (pid == -1)
		return kill_everybody(sig);
	if (pid == INT_MIN)
		return -ESRCH;
	target = pid ? find_get_pid(pid > 0 ? pid : -pid) : get_pid(task_pgrp(current));
	err = pid > 0 ? kill_pid(target, sig, 0) : kill_pgrp(target, sig, 0);
	put_pid(target);
	return err;
}

/**
 * force_sig - a signal that current's own doing brought about
 * @sig: the signal
 *
 * A program that blocks or ignores it would fault for ever: it gets the default action.
 * Context: process or exception of current.
 */
void force_sig(int sig)
{
	struct task_struct *p = current;
	struct sighand_struct *sighand = p->sighand;
	unsigned long flags;

	spin_lock_irqsave(&sighand->siglock, flags);
	if (sigismember(&p->blocked, sig) ||
	    sighand->action[sig - 1].sa.sa_handler == SIG_IGN) {
		sighand->action[sig - 1].sa.sa_handler = SIG_DFL;
		sigdelset(&p->blocked, sig);
	}
	if (sighand->action[sig - 1].sa.sa_handler == SIG_DFL)
		p->signal->flags &= ~SIGNAL_UNKILLABLE;
	sigaddset(&p->pending.signal, sig);
	set_thread_flag(TIF_SIGPENDING);
	spin_unlock_irqrestore(&sighand->siglock, flags);
}

/* force_fatal_sig - the same whatever handler there is: the program can't go on */
void force_fatal_sig(int sig)
{
	spin_lock_irq(&current->sighand->siglock);
	current->sighand->action[sig - 1].sa.sa_handler = SIG_DFL;
	spin_unlock_irq(&current->sighand->siglock);
	force_sig(sig);
}

/* force_sig_fault - the same with what a handler is told: why, and where */
int force_sig_fault(int sig, int code, void __user *addr)
{
	force_sig(sig);
	return 0;
}

/**
 * do_notify_parent - tell the parent that a process has ended
 * @p: its first thread, a zombie
 * @sig: the signal that the parent wants for it; 0 for none
 *
 * Context: tasklist_lock held to write.
 * Return: whether the parent does not wait for it: the caller releases @p.
 */
bool do_notify_parent(struct task_struct *p, int sig)
{
	struct task_struct *parent = p->parent;
	const struct sigaction *sa;
	bool unwanted;

	if (!parent->sighand)
		return true;
	spin_lock(&parent->sighand->siglock);
	sa = &parent->sighand->action[SIGCHLD - 1].sa;
	unwanted = sig == SIGCHLD && (sa->sa_handler == SIG_IGN || (sa->sa_flags & SA_NOCLDWAIT));
	if (valid_signal(sig) && sig > 0)
		send_locked(sig, parent, true);
	spin_unlock(&parent->sighand->siglock);
	wake_up_interruptible(&parent->signal->wait_chldexit);
	return unwanted;
}

/* -- Delivery ------------------------------------------------------------------------------------ */

static int take_signal(void)
{
	struct sigpending *sets[] = { &current->pending, &current->signal->shared_pending };
	unsigned long ready;
	unsigned int i;
	int sig = 0;

	spin_lock_irq(&current->sighand->siglock);
	for (i = 0; !sig && i < ARRAY_SIZE(sets); i++) {
		ready = sets[i]->signal.sig[0] & ~current->blocked.sig[0];
		if (!ready)
			continue;
		sig = ready & sigmask(SIGKILL) ? SIGKILL : __ffs(ready) + 1;
		sigdelset(&sets[i]->signal, sig);
	}
	if (sig && ignored(current, sig))
		sig = -1;
	recalc_sigpending();
	spin_unlock_irq(&current->sighand->siglock);
	return sig;
}

/**
 * do_user_signal - take the signals that are pending for current
 * @regs: the program's frame
 *
 * Context: the way to user mode, interrupts on. Does not return if one ends the process.
 */
void do_user_signal(struct pt_regs *regs)
{
	int sig;

	try_to_freeze();
	while ((sig = take_signal()))
		if (sig > 0)
			do_group_exit(sig);
}
