/* SPDX-License-Identifier: MIT */
/*
 * Programs that send signals: kill(), tgkill(), sigqueue() and their like. All may send to all:
 * there is one user, root.
 */
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/signal.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "internals.h"

static int kill_everybody(int sig)
{
	struct task_struct *p;
	int err = -ESRCH;

	if (!valid_signal(sig))
		return -EINVAL;
	read_lock_irq(&tasklist_lock);
	for_each_process(p) {
		if (p->pid <= 1 || (p->signal && p->signal == current->signal))
			continue;
		err = 0;
		if (p->sighand && sig) {
			spin_lock(&p->sighand->siglock);
			send_signal_locked(sig, SEND_SIG_NOINFO, p, PIDTYPE_PGID);
			spin_unlock(&p->sighand->siglock);
		}
	}
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
	target = pid ? find_get_pid(pid > 0 ? pid : -pid) : get_task_pid(current, PIDTYPE_PGID);
	err = pid > 0 ? kill_pid(target, sig, 0) : kill_pgrp(target, sig, 0);
	put_pid(target);
	return err;
}

static int do_tkill(pid_t tgid, pid_t tid, int sig)
{
	struct kernel_siginfo info;

	clear_siginfo(&info);
	info.si_signo = sig;
	info.si_code = SI_TKILL;
	info.si_pid = current->tgid;
	return send_to_thread(tgid, tid, sig, &info);
}

SYSCALL_DEFINE2(tkill, pid_t, tid, int, sig)
{
	return tid <= 0 ? -EINVAL : do_tkill(0, tid, sig);
}

SYSCALL_DEFINE3(tgkill, pid_t, tgid, pid_t, tid, int, sig)
{
	return tid <= 0 || tgid <= 0 ? -EINVAL : do_tkill(tgid, tid, sig);
}

/* What the kernel tells, and what tkill() does, a thread may only tell itself. */
static bool may_tell(const struct kernel_siginfo *info, pid_t nr)
{
	return (info->si_code < 0 && info->si_code != SI_TKILL) || nr == current->pid;
}

static int get_info(struct kernel_siginfo *info, int sig, const siginfo_t __user *uinfo)
{
	int err = copy_siginfo_from_user(info, uinfo);

	info->si_signo = sig;
	return err;
}

SYSCALL_DEFINE3(rt_sigqueueinfo, pid_t, pid, int, sig, const siginfo_t __user *, uinfo)
{
	struct kernel_siginfo info;
	struct pid *target;
	int err = get_info(&info, sig, uinfo);

	if (err)
		return err;
	if (!may_tell(&info, pid))
		return -EPERM;
	target = find_get_pid(pid);
	err = kill_pid_info(sig, &info, target);
	put_pid(target);
	return err;
}

SYSCALL_DEFINE4(rt_tgsigqueueinfo, pid_t, tgid, pid_t, tid, int, sig, const siginfo_t __user *, uinfo)
{
	struct kernel_siginfo info;
	int err = get_info(&info, sig, uinfo);

	if (err)
		return err;
	if (tid <= 0 || tgid <= 0)
		return -EINVAL;
	return may_tell(&info, tid) ? send_to_thread(tgid, tid, sig, &info) : -EPERM;
}
