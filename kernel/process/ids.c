/* SPDX-License-Identifier: MIT */
/* Who am I: numbers of processes, process groups, sessions. */
#include <linux/errno.h>
#include <linux/signal.h>
#include <linux/syscalls.h>
#include "internals.h"

SYSCALL_DEFINE0(getpid)
{
	return current->tgid;
}

SYSCALL_DEFINE0(gettid)
{
	return current->pid;
}

SYSCALL_DEFINE0(getppid)
{
	struct task_struct *parent;
	pid_t nr;

	read_lock_irq(&tasklist_lock);
	parent = current->group_leader->parent;
	nr = parent->signal ? parent->tgid : 0;		/* task 1's is the kernel */
	read_unlock_irq(&tasklist_lock);
	return nr;
}

/* The process of a number, current's for 0. tasklist_lock held. */
static struct task_struct *process_of(pid_t nr)
{
	struct task_struct *p = nr ? find_task_by_pid(nr) : current->group_leader;

	return p && p->signal ? p : NULL;
}

static bool is_child(const struct task_struct *p)
{
	return p->parent->signal == current->signal;
}

/* tasklist_lock held to write. */
static int set_pgrp(struct task_struct *p, pid_t pgid)
{
	struct pid *group = task_pid(p);
	struct task_struct *member;

	if (!thread_group_leader(p))
		return -EINVAL;
	if (p->signal != current->signal) {
		if (!is_child(p))
			return -ESRCH;
		if (task_session(p) != task_session(current))
			return -EPERM;
		if (!(p->flags & PF_FORKNOEXEC))
			return -EACCES;
	}
	if (p->signal->leader)
		return -EPERM;
	if (pgid != p->pid) {
		group = find_vpid(pgid);
		member = pid_task(group, PIDTYPE_PGID);
		if (!member || task_session(member) != task_session(current))
			return -EPERM;
	}
	if (task_pgrp(p) != group)
		change_pid(p, PIDTYPE_PGID, group);
	return 0;
}

/* -- Orphaned process groups (POSIX.1-2017, 3.264) --------------------------------------------- */

/* Could @parent continue the group of its child @p, being outside of it, in the same session? */
static bool looks_after(struct task_struct *parent, struct task_struct *p)
{
	return task_pgrp(parent) != task_pgrp(p) && task_session(parent) == task_session(p);
}

/*
 * Has nobody a child in @pgrp who could continue it? @leaving does not count. tasklist_lock held.
 */
static bool is_orphaned(struct pid *pgrp, struct task_struct *leaving)
{
	struct task_struct *p;

	do_each_pid_task(pgrp, PIDTYPE_PGID, p) {
		if (p == leaving || (p->exit_state && thread_group_empty(p)) || p->parent->tgid == 1)
			continue;
		if (looks_after(p->parent, p))
			return false;
	} while_each_pid_task(pgrp, PIDTYPE_PGID, p);
	return true;
}

/**
 * is_current_pgrp_orphaned - is nobody left who could continue current's process group?
 *
 * That would be a parent, but for task 1, in the same session, of a process of the group, and not
 * in it itself.
 *
 * Context: process. Return: whether there is none.
 */
bool is_current_pgrp_orphaned(void)
{
	bool orphaned;

	read_lock_irq(&tasklist_lock);
	orphaned = is_orphaned(task_pgrp(current), NULL);
	read_unlock_irq(&tasklist_lock);
	return orphaned;
}

static bool has_stopped(struct pid *pgrp)
{
	struct task_struct *p;

	do_each_pid_task(pgrp, PIDTYPE_PGID, p) {
		if (READ_ONCE(p->signal->flags) & SIGNAL_STOP_STOPPED)
			return true;
	} while_each_pid_task(pgrp, PIDTYPE_PGID, p);
	return false;
}

/*
 * parent_leaves - one of two ends: a stopped group that nobody could continue now gets SIGHUP and
 * SIGCONT
 * @parent: looked after the group of @p until now
 * @p: its child
 * @leaving: @p where that is the one who ends, else NULL
 *
 * Context: tasklist_lock held to write.
 */
void parent_leaves(struct task_struct *parent, struct task_struct *p, struct task_struct *leaving)
{
	struct pid *pgrp = task_pgrp(p);

	if (!looks_after(parent, p) || !is_orphaned(pgrp, leaving) || !has_stopped(pgrp))
		return;
	do_each_pid_task(pgrp, PIDTYPE_PGID, p) {
		group_send_sig(SIGHUP, p);
		group_send_sig(SIGCONT, p);
	} while_each_pid_task(pgrp, PIDTYPE_PGID, p);
}

SYSCALL_DEFINE2(setpgid, pid_t, pid, pid_t, pgid)
{
	struct task_struct *p;
	int err = -ESRCH;

	pgid = pgid ?: pid;
	if (pgid < 0)
		return -EINVAL;
	write_lock_irq(&tasklist_lock);
	p = process_of(pid);
	if (p)
		err = set_pgrp(p, pgid ?: p->pid);
	write_unlock_irq(&tasklist_lock);
	return err;
}

/* A number that process @pid has. Return: -ESRCH no such process. */
static long number_of(pid_t pid, pid_t (*number)(struct task_struct *p))
{
	struct task_struct *p;
	long ret = -ESRCH;

	read_lock_irq(&tasklist_lock);
	p = process_of(pid);
	if (p)
		ret = number(p);
	read_unlock_irq(&tasklist_lock);
	return ret;
}

SYSCALL_DEFINE1(getpgid, pid_t, pid)
{
	return number_of(pid, task_pgrp_vnr);
}

SYSCALL_DEFINE0(getpgrp)
{
	return number_of(0, task_pgrp_vnr);
}

SYSCALL_DEFINE1(getsid, pid_t, pid)
{
	return number_of(pid, task_session_vnr);
}

SYSCALL_DEFINE0(setsid)
{
	struct task_struct *leader = current->group_leader;
	struct pid *own = task_pid(leader);
	int ret = -EPERM;

	write_lock_irq(&tasklist_lock);
	/* No leader of a group: its members would be in another session than it. */
	if (!leader->signal->leader && !pid_task(own, PIDTYPE_PGID)) {
		leader->signal->leader = 1;
		change_pid(leader, PIDTYPE_SID, own);
		change_pid(leader, PIDTYPE_PGID, own);
		spin_lock(&leader->sighand->siglock);
		leader->signal->tty = NULL;
		spin_unlock(&leader->sighand->siglock);
		ret = own->nr;
	}
	write_unlock_irq(&tasklist_lock);
	return ret;
}
