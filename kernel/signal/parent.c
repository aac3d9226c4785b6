/* SPDX-License-Identifier: MIT */
/* What a parent is told of its children: SIGCHLD, and a look for who waits. */
#include <linux/jiffies.h>
#include <linux/lockdep.h>
#include <linux/sched.h>
#include <linux/sched/cputime.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/signal.h>
#include <uapi/linux/wait.h>
#include "internals.h"

static void describe(struct kernel_siginfo *info, int sig, struct task_struct *p, int code, int status)
{
	clear_siginfo(info);
	info->si_signo = sig;
	info->si_code = code;
	info->si_pid = p->pid;
	info->si_status = status;
	info->si_utime = nsec_to_clock_t(p->utime + p->signal->utime);
	info->si_stime = nsec_to_clock_t(p->stime + p->signal->stime);
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
	int status = p->signal->flags & SIGNAL_GROUP_EXIT ? p->signal->group_exit_code : p->exit_code;
	const struct sigaction *sa;
	struct kernel_siginfo info;
	bool unwanted = false;

	if (!parent->sighand)
		return true;
	if (status & 0x7f)
		describe(&info, sig, p, status & 0x80 ? CLD_DUMPED : CLD_KILLED, status & 0x7f);
	else
		describe(&info, sig, p, CLD_EXITED, (status >> 8) & 0xff);
	spin_lock(&parent->sighand->siglock);
	sa = &parent->sighand->action[SIGCHLD - 1].sa;
	if (sig == SIGCHLD) {
		unwanted = sa->sa_handler == SIG_IGN || (sa->sa_flags & SA_NOCLDWAIT);
		if (sa->sa_handler == SIG_IGN)
			sig = 0;
	}
	if (valid_signal(sig) && sig > 0)
		send_signal_locked(sig, &info, parent, PIDTYPE_TGID);
	spin_unlock(&parent->sighand->siglock);
	wake_up_interruptible(&parent->signal->wait_chldexit);
	return unwanted;
}

/*
 * tell_parent_of_stop - current's process has stopped, or goes on
 * @why: CLD_STOPPED or CLD_CONTINUED
 * @status: the signal that did it
 *
 * Context: process, or on the way into a stop: it does not sleep. No lock held.
 */
void tell_parent_of_stop(int why, int status)
{
	struct task_struct *leader, *parent;
	const struct sigaction *sa;
	struct kernel_siginfo info;
	unsigned long flags;

	read_lock_irqsave(&tasklist_lock, flags);
	leader = current->group_leader;
	parent = leader->parent;
	if (!parent->sighand)
		goto unlock;
	describe(&info, SIGCHLD, leader, why, status);
	spin_lock(&parent->sighand->siglock);
	sa = &parent->sighand->action[SIGCHLD - 1].sa;
	if (sa->sa_handler != SIG_IGN && !(sa->sa_flags & SA_NOCLDSTOP))
		send_signal_locked(SIGCHLD, &info, parent, PIDTYPE_TGID);
	spin_unlock(&parent->sighand->siglock);
	wake_up_interruptible(&parent->signal->wait_chldexit);
unlock:
	read_unlock_irqrestore(&tasklist_lock, flags);
}
