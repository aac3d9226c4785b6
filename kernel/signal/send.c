/* SPDX-License-Identifier: MIT */
/*
 * Sending signals: to a thread, a process, a group.
 *
 * siglock guards what waits. A sender keeps tasklist_lock, so that the target's sighand stays; a
 * task that is past its end has none and gets nothing.
 */
#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/lockdep.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/signal.h>
#include "internals.h"

/* -- Letting a thread see it --------------------------------------------------------------------- */

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
	if (fatal)
		forget_stop(p);
	if (p == current)
		return;			/* neither asleep nor in user mode */
	/* In user mode it sees the flag when an interrupt, this one, brings it into the kernel. */
	if (!wake_up_state(p, TASK_INTERRUPTIBLE | (fatal ? TASK_WAKEKILL : 0)))
		kick_process(p);
}

/* __flush_signals - forget what is pending for @p. siglock held. */
void __flush_signals(struct task_struct *p)
{
	clear_tsk_thread_flag(p, TIF_SIGPENDING);
	flush_sigqueue(&p->pending);
}

/* flush_signals - the same for callers without the lock, and what its process has; any but NMI */
void flush_signals(struct task_struct *p)
{
	unsigned long flags;

	if (p->flags & PF_KTHREAD) {
		kthread_flush_signals(p);
		return;
	}
	spin_lock_irqsave(&p->sighand->siglock, flags);
	__flush_signals(p);
	flush_sigqueue(&p->signal->shared_pending);
	spin_unlock_irqrestore(&p->sighand->siglock, flags);
}
EXPORT_SYMBOL(flush_signals);

/* -- Is it wanted? ------------------------------------------------------------------------------- */

/* handler_ignores - does nothing come of @sig with this handler? */
bool handler_ignores(__sighandler_t handler, int sig)
{
	return handler == SIG_IGN || (handler == SIG_DFL && sig_kernel_ignore(sig));
}

static __sighandler_t handler_of(struct task_struct *p, int sig)
{
	return p->sighand->action[sig - 1].sa.sa_handler;
}

/* @force: from the kernel itself. siglock held. */
static bool is_ignored(struct task_struct *p, int sig, bool force)
{
	/* While it is blocked, the handler may still change. */
	if (sigismember(&p->blocked, sig) || sigismember(&p->real_blocked, sig))
		return false;
	/* Task 1 gets what it has a handler for. */
	if ((p->signal->flags & SIGNAL_UNKILLABLE) && handler_of(p, sig) == SIG_DFL &&
	    !(force && sig_kernel_only(sig)))
		return true;
	return handler_ignores(handler_of(p, sig), sig);
}

/* Stopping and continuing cancel each other, wanted or not. Return: whether it is to be delivered. */
static bool prepare(int sig, struct task_struct *p, bool force)
{
	if (p->signal->flags & SIGNAL_GROUP_EXIT)
		return false;		/* it is as good as dead */
	if (sig_kernel_stop(sig))
		stop_signal_sent(p);
	else if (sig == SIGCONT)
		continue_signal_sent(p);
	return !is_ignored(p, sig, force);
}

/* -- Who takes it? ------------------------------------------------------------------------------- */

static bool may_take(int sig, struct task_struct *p)
{
	if (sigismember(&p->blocked, sig) || (p->flags & PF_EXITING))
		return false;
	if (sig == SIGKILL)
		return true;
	/* One that has others before it, and does not run, would let this one wait. */
	return !(p->jobctl & JOBCTL_STOPPED) && (READ_ONCE(p->on_cpu) || !signal_pending(p));
}

static struct task_struct *choose_thread(int sig, struct task_struct *p, bool group)
{
	struct task_struct *t;

	if (may_take(sig, p))
		return p;
	if (group)
		for_each_thread(p, t)
			if (may_take(sig, t))
				return t;
	return NULL;
}

/*
 * Nothing but the end can come of it: @p ends now, whatever it waits for. Task 1 does not, not even when
 * @p was asked for that signal because it blocks it, and another thread does not.
 */
static bool is_fatal(struct task_struct *p, int sig)
{
	if (p->signal->flags & SIGNAL_UNKILLABLE)
		return false;
	if (handler_of(p, sig) != SIG_DFL || sig_kernel_ignore(sig) || sig_kernel_stop(sig))
		return sig == SIGKILL;
	return true;
}

static void end_process(struct task_struct *p, int sig)
{
	struct signal_struct *signal = p->signal;
	struct task_struct *t;

	signal->flags = SIGNAL_GROUP_EXIT;
	signal->group_exit_code = sig;
	signal->group_stop_count = 0;
	for_each_thread(p, t) {
		sigaddset(&t->pending.signal, SIGKILL);
		signal_wake_up(t, true);
	}
}

/* The signal waits: who comes to take it? */
static void wake_taker(int sig, struct task_struct *p, bool group)
{
	struct task_struct *t = choose_thread(sig, p, group);

	/* Without one, whoever lets it through later finds it. */
	if (!t)
		return;
	if (is_fatal(p, sig) && !sig_kernel_coredump(sig) && !sigismember(&t->real_blocked, sig))
		end_process(p, sig);
	else
		signal_wake_up(t, sig == SIGKILL);
}

/*
 * retarget_shared - other threads come for those of @which that wait for the process
 * @p: does not take them any more, though it was woken to
 */
void retarget_shared(struct task_struct *p, const sigset_t *which)
{
	unsigned long wanted = p->signal->shared_pending.signal.sig[0] & which->sig[0], theirs;
	struct task_struct *t;

	for_each_thread(p, t) {
		if (!wanted)
			break;
		if (t == p || (t->flags & PF_EXITING))
			continue;
		theirs = wanted & ~t->blocked.sig[0];
		if (!theirs)
			continue;
		wanted &= ~theirs;
		if (!signal_pending(t))
			signal_wake_up(t, false);
	}
}

/**
 * exit_signals - a thread ends: it takes no more signals
 * @p: current, which has a program
 *
 * Others take what waits for the process, and it does not keep them from stopping.
 * Context: process. Sets PF_EXITING.
 */
void exit_signals(struct task_struct *p)
{
	sigset_t wanted;
	int stopped_by = 0;

	spin_lock_irq(&p->sighand->siglock);
	WRITE_ONCE(p->flags, p->flags | PF_EXITING);
	if (p->signal->flags & SIGNAL_GROUP_EXIT) {
		forget_stop(p);
	} else {
		siginitset(&wanted, ~p->blocked.sig[0]);
		if (signal_pending(p))
			retarget_shared(p, &wanted);
		stopped_by = leave_group_stop(p);
		if (thread_group_empty(p))
			stopped_by = 0;
	}
	spin_unlock_irq(&p->sighand->siglock);
	if (stopped_by)
		tell_parent_of_stop(CLD_STOPPED, stopped_by);
}

/* -- Sending ------------------------------------------------------------------------------------ */

static void fill_in(struct kernel_siginfo *to, int sig, const struct kernel_siginfo *info)
{
	if (!is_si_special(info)) {
		*to = *info;
		return;
	}
	clear_siginfo(to);
	to->si_signo = sig;
	to->si_code = info == SEND_SIG_PRIV ? SI_KERNEL : SI_USER;
	if (info == SEND_SIG_NOINFO)
		to->si_pid = current->tgid;
}

static __always_inline void arrive(int sig, struct task_struct *p, struct sigpending *pending,
				   bool group)
{
	sigaddset(&pending->signal, sig);
	if (unlikely(waitqueue_active(&p->sighand->signalfd_wqh)))
		wake_up(&p->sighand->signalfd_wqh);
	wake_taker(sig, p, group);
}

/**
 * send_signal_locked - send a signal
 * @sig: valid, not 0
 * @info: why, or SEND_SIG_NOINFO, SEND_SIG_PRIV
 * @p: a task with a program
 * @type: PIDTYPE_PID: to that thread; PIDTYPE_TGID: to its process; PIDTYPE_PGID: to others' too
 *
 * Context: siglock held.
 * Return: 0, also when it is ignored; -EAGAIN: no room for what sigqueue() tells.
 */
int send_signal_locked(int sig, struct kernel_siginfo *info, struct task_struct *p,
		       enum pid_type type)
{
	bool group = type != PIDTYPE_PID;
	struct sigpending *pending = group ? &p->signal->shared_pending : &p->pending;
	struct sigqueue *q = NULL;
	bool kernel = is_si_special(info) || info->si_code >= 0;

	lockdep_assert_held(&p->sighand->siglock);
	if (!prepare(sig, p, info == SEND_SIG_PRIV))
		return 0;
	if (type == PIDTYPE_PGID)
		p->signal->group_signals++;
	if (sig < SIGRTMIN && sigismember(&pending->signal, sig))
		return 0;
	if (sig != SIGKILL)
		q = sigqueue_get(p, kernel && sig < SIGRTMIN);
	if (q) {
		fill_in(&q->info, sig, info);
		list_add_tail(&q->list, &pending->list);
	} else if (sig >= SIGRTMIN && !is_si_special(info) && info->si_code != SI_USER) {
		return -EAGAIN;
	}
	arrive(sig, p, pending, group);
	return 0;
}

/**
 * send_sigqueue - send a timer's signal
 * @q: the timer's, which waits or not
 * @p: as send_signal_locked(), with @type
 *
 * One that waits still only counts how often it was to come.
 * Context: siglock held. Return: 0; 1: it is ignored.
 */
int send_sigqueue(struct sigqueue *q, struct task_struct *p, enum pid_type type)
{
	bool group = type != PIDTYPE_PID;
	struct sigpending *pending = group ? &p->signal->shared_pending : &p->pending;
	int sig = q->info.si_signo;

	lockdep_assert_held(&p->sighand->siglock);
	if (!prepare(sig, p, false))
		return 1;
	if (!list_empty(&q->list)) {
		q->info.si_overrun++;
		return 0;
	}
	q->info.si_overrun = 0;
	list_add_tail(&q->list, &pending->list);
	arrive(sig, p, pending, group);
	return 0;
}

/* tasklist_lock held, interrupts off. */
static __always_inline int send(int sig, struct kernel_siginfo *info, struct task_struct *p,
				enum pid_type type)
{
	int err = 0;

	lockdep_assert_irqs_disabled();
	if (!valid_signal(sig))
		return -EINVAL;
	if (p->flags & PF_KTHREAD) {
		if (sig)
			kthread_send_signal(sig, p);
		return 0;
	}
	if (!p->sighand)
		return -ESRCH;
	if (sig) {
		spin_lock(&p->sighand->siglock);
		err = send_signal_locked(sig, info, p, type);
		spin_unlock(&p->sighand->siglock);
	}
	return err;
}

/* group_send_sig - to @p's process, from the kernel. tasklist_lock held, interrupts off. Return: 0; -ESRCH. */
int group_send_sig(int sig, struct task_struct *p)
{
	return send(sig, SEND_SIG_PRIV, p, PIDTYPE_TGID);
}

/**
 * do_send_sig_info - send a signal to a task or its process
 * @sig: the signal; 0: only see whether it is there
 * @info: why, or SEND_SIG_*
 * @p: counted, or known not to go
 * @type: PIDTYPE_PID: to that thread; else to its process
 *
 * Context: any but NMI; not with siglock or tasklist_lock held.
 * Return: 0, also when it is ignored; -ESRCH: it has ended; -EINVAL; -EAGAIN.
 */
int do_send_sig_info(int sig, struct kernel_siginfo *info, struct task_struct *p,
		     enum pid_type type)
{
	unsigned long flags;
	int err;

	read_lock_irqsave(&tasklist_lock, flags);
	err = send(sig, info, p, type);
	read_unlock_irqrestore(&tasklist_lock, flags);
	return err;
}

/* send_sig_info - to a thread. As do_send_sig_info(). */
int send_sig_info(int sig, struct kernel_siginfo *info, struct task_struct *p)
{
	return do_send_sig_info(sig, info, p, PIDTYPE_PID);
}
EXPORT_SYMBOL(send_sig_info);

/**
 * send_sig - send a signal to a thread
 * @sig: the signal
 * @p: the thread; counted
 * @priv: from the kernel itself; else from current
 *
 * Context: any but NMI; not with siglock or tasklist_lock held.
 * Return: 0, also when it is ignored; -ESRCH: it has ended; -EINVAL.
 */
int send_sig(int sig, struct task_struct *p, int priv)
{
	return send_sig_info(sig, priv ? SEND_SIG_PRIV : SEND_SIG_NOINFO, p);
}
EXPORT_SYMBOL(send_sig);

/* send_to_thread - to the thread @tid, which has to be @tgid's unless that is 0. As do_send_sig_info(). */
int send_to_thread(pid_t tgid, pid_t tid, int sig, struct kernel_siginfo *info)
{
	struct task_struct *p;
	unsigned long flags;
	int err = -ESRCH;

	read_lock_irqsave(&tasklist_lock, flags);
	p = find_task_by_pid(tid);
	if (p && (!tgid || p->tgid == tgid))
		err = send(sig, info, p, PIDTYPE_PID);
	read_unlock_irqrestore(&tasklist_lock, flags);
	return err;
}

/* kill_pid_info - to the process of a number. As do_send_sig_info(). */
int kill_pid_info(int sig, struct kernel_siginfo *info, struct pid *pid)
{
	struct task_struct *p;
	unsigned long flags;
	int err = -ESRCH;

	read_lock_irqsave(&tasklist_lock, flags);
	p = pid_task(pid, PIDTYPE_TGID) ?: pid_task(pid, PIDTYPE_PID);
	if (p)
		err = send(sig, info, p, PIDTYPE_TGID);
	read_unlock_irqrestore(&tasklist_lock, flags);
	return err;
}

/* kill_pid - to the process of a number. Return: 0; -ESRCH; -EINVAL. */
int kill_pid(struct pid *pid, int sig, int priv)
{
	return kill_pid_info(sig, priv ? SEND_SIG_PRIV : SEND_SIG_NOINFO, pid);
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
		int ret = send(sig, priv ? SEND_SIG_PRIV : SEND_SIG_NOINFO, p, PIDTYPE_PGID);

		if (err)
			err = ret;
	} while_each_pid_task(pid, PIDTYPE_PGID, p);
	read_unlock_irqrestore(&tasklist_lock, flags);
	return err;
}
EXPORT_SYMBOL(kill_pgrp);
