/* SPDX-License-Identifier: MIT */
/*
 * Waiting for children: wait4(), waitid().
 *
 * A waiter is on its process's wait_chldexit queue before it looks at its children, and whatever
 * happens to a child wakes that queue after it has happened (do_notify_parent(), the stop and
 * continue of kernel/signal): so nothing is missed between the look and the sleep.
 */
#include <linux/errno.h>
#include <linux/signal.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/time64.h>
#include <linux/uaccess.h>
#include <uapi/linux/resource.h>
#include <uapi/linux/wait.h>
#include "internals.h"

/* What is asked for, and what was found. */
struct wait_opts {
	int		type;		/* P_ALL, P_PID, P_PGID */
	struct pid	*pid;		/* counted, or NULL for P_ALL */
	int		options;

	bool		eligible;	/* there is a child that it may come to */
	pid_t		child;		/* result: whose */
	int		status;		/* as wait4() tells it */
	int		cause;		/* CLD_* */
	int		code;		/* exit code or signal, as waitid() tells it */
	struct rusage	usage;
};

static bool asked_for(const struct wait_opts *wo, struct task_struct *p)
{
	if (wo->type == P_PID && task_tgid(p) != wo->pid)
		return false;
	if (wo->type == P_PGID && task_pgrp(p) != wo->pid)
		return false;
	/* A child that tells its end by another signal than SIGCHLD is a "clone". */
	return (wo->options & __WALL) ||
	       (p->exit_signal != SIGCHLD) == !!(wo->options & __WCLONE);
}

static void found(struct wait_opts *wo, struct task_struct *p, int status, int cause, int code)
{
	wo->child = p->pid;
	wo->status = status;
	wo->cause = cause;
	wo->code = code;
	process_usage(p, &wo->usage);
}

/* The parent has used what its children have. tasklist_lock held. */
static void account_child(struct task_struct *p)
{
	struct signal_struct *sig = current->signal, *child = p->signal;

	spin_lock(&current->sighand->siglock);
	sig->cutime += child->utime + p->utime + child->cutime;
	sig->cstime += child->stime + p->stime + child->cstime;
	sig->cnvcsw += child->nvcsw + p->nvcsw + child->cnvcsw;
	sig->cnivcsw += child->nivcsw + p->nivcsw + child->cnivcsw;
	sig->cmin_flt += child->min_flt + p->min_flt + child->cmin_flt;
	sig->cmaxrss = max3(sig->cmaxrss, child->maxrss, child->cmaxrss);
	spin_unlock(&current->sighand->siglock);
}

/* tasklist_lock held to write. Return: whether @p is to be released. */
static bool take_zombie(struct wait_opts *wo, struct task_struct *p)
{
	struct signal_struct *sig = p->signal;
	int status = sig->flags & SIGNAL_GROUP_EXIT ? sig->group_exit_code : p->exit_code;

	if (status & 0x7f)
		found(wo, p, status, status & 0x80 ? CLD_DUMPED : CLD_KILLED, status & 0x7f);
	else
		found(wo, p, status, CLD_EXITED, (status >> 8) & 0xff);
	if (wo->options & WNOWAIT)
		return false;
	account_child(p);
	p->exit_state = EXIT_DEAD;
	return true;
}

/* A child that has stopped or goes on again, and that this was not told of yet. */
static bool take_stop(struct wait_opts *wo, struct task_struct *p)
{
	struct signal_struct *sig = p->signal;
	bool keep = wo->options & WNOWAIT;
	bool taken = false;

	spin_lock(&p->sighand->siglock);
	if ((wo->options & WUNTRACED) && (sig->flags & SIGNAL_STOP_STOPPED) && sig->group_exit_code) {
		found(wo, p, sig->group_exit_code << 8 | 0x7f, CLD_STOPPED, sig->group_exit_code);
		if (!keep)
			sig->group_exit_code = 0;
		taken = true;
	} else if ((wo->options & WCONTINUED) && (sig->flags & SIGNAL_STOP_CONTINUED)) {
		found(wo, p, 0xffff, CLD_CONTINUED, SIGCONT);
		if (!keep)
			sig->flags &= ~SIGNAL_STOP_CONTINUED;
		taken = true;
	}
	spin_unlock(&p->sighand->siglock);
	return taken;
}

/* One child. Return: whether it is what was waited for; *dead: to be released. */
static bool look_at(struct wait_opts *wo, struct task_struct *p, struct task_struct **dead)
{
	if (p->exit_state == EXIT_DEAD || !asked_for(wo, p))
		return false;
	wo->eligible = true;
	if (p->exit_state == EXIT_ZOMBIE) {
		/* A first thread that is gone is no result while others run. */
		if (!(wo->options & WEXITED) || !thread_group_empty(p))
			return false;
		if (take_zombie(wo, p))
			*dead = p;
		return true;
	}
	return take_stop(wo, p);
}

/* All children of all threads. Return: whether there is a result; -ECHILD without a child. */
static int look(struct wait_opts *wo)
{
	struct task_struct *t, *p, *dead = NULL;
	bool got = false;

	wo->eligible = false;
	write_lock_irq(&tasklist_lock);
	for_each_thread(current, t) {
		list_for_each_entry(p, &t->children, sibling) {
			got = look_at(wo, p, &dead);
			if (got)
				break;
		}
		if (got || (wo->options & __WNOTHREAD))
			break;
	}
	write_unlock_irq(&tasklist_lock);
	if (dead)
		release_task(dead);
	return got ? 1 : wo->eligible ? 0 : -ECHILD;
}

/* Return: 1: a result; 0: none yet, with WNOHANG; -ECHILD; -ERESTARTSYS. */
static int do_wait(struct wait_opts *wo)
{
	DECLARE_WAITQUEUE(wait, current);
	int ret;

	add_wait_queue(&current->signal->wait_chldexit, &wait);
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		ret = look(wo);
		if (ret || (wo->options & WNOHANG))
			break;
		if (signal_pending(current)) {
			ret = -ERESTARTSYS;
			break;
		}
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	remove_wait_queue(&current->signal->wait_chldexit, &wait);
	return ret;
}

SYSCALL_DEFINE4(wait4, pid_t, upid, int __user *, status, int, options, struct rusage __user *, ru)
{
	struct wait_opts wo = { .type = P_ALL, .options = options | WEXITED };
	int ret;

	if (options & ~(WNOHANG | WUNTRACED | WCONTINUED | __WNOTHREAD | __WCLONE | __WALL))
		return -EINVAL;
	if (upid == INT_MIN)
		return -ESRCH;
	if (upid > 0) {
		wo.type = P_PID;
		wo.pid = find_get_pid(upid);
	} else if (upid != -1) {
		wo.type = P_PGID;
		wo.pid = upid ? find_get_pid(-upid) : get_task_pid(current, PIDTYPE_PGID);
	}
	ret = do_wait(&wo);
	put_pid(wo.pid);
	if (ret <= 0)
		return ret;
	if (status && put_user(wo.status, status))
		return -EFAULT;
	if (ru && copy_to_user(ru, &wo.usage, sizeof(*ru)))
		return -EFAULT;
	return wo.child;
}

/* Of a child there is no more to tell than this; the rest of @to stays as it is. */
static int put_wait_info(siginfo_t __user *to, const kernel_siginfo_t *from)
{
	return put_user(from->si_signo, &to->si_signo) || put_user(from->si_errno, &to->si_errno) ||
	       put_user(from->si_code, &to->si_code) || put_user(from->si_pid, &to->si_pid) ||
	       put_user(from->si_uid, &to->si_uid) || put_user(from->si_status, &to->si_status) ?
	       -EFAULT : 0;
}

SYSCALL_DEFINE5(waitid, int, which, pid_t, upid, siginfo_t __user *, info, int, options,
		struct rusage __user *, ru)
{
	struct wait_opts wo = { .type = which, .options = options };
	kernel_siginfo_t out;
	int ret;

	if ((options & ~(WNOHANG | WNOWAIT | WEXITED | WSTOPPED | WCONTINUED | __WNOTHREAD | __WCLONE |
			 __WALL)) || !(options & (WEXITED | WSTOPPED | WCONTINUED)))
		return -EINVAL;
	if (which < P_ALL || which > P_PGID || (which == P_PID && upid <= 0) ||
	    (which == P_PGID && upid < 0))
		return -EINVAL;
	if (which != P_ALL)
		wo.pid = upid ? find_get_pid(upid) : get_task_pid(current, PIDTYPE_PGID);
	ret = do_wait(&wo);
	put_pid(wo.pid);
	if (ret < 0)
		return ret;
	clear_siginfo(&out);
	if (ret > 0) {
		out.si_signo = SIGCHLD;
		out.si_code = wo.cause;
		out.si_pid = wo.child;
		out.si_status = wo.code;
		if (ru && copy_to_user(ru, &wo.usage, sizeof(*ru)))
			return -EFAULT;
	}
	return info ? put_wait_info(info, &out) : 0;
}
