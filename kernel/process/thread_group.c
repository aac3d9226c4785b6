/* SPDX-License-Identifier: MIT */
/*
 * exec() in a process of several threads: the caller goes on alone, as the first thread, under the
 * process's number, whichever thread it was.
 */
#include <linux/errno.h>
#include <linux/signal.h>
#include <linux/slab.h>
#include "internals.h"

/* siglock held. All but current, and a first thread that is a zombie and waits to be replaced. */
static bool others_are_gone(struct signal_struct *sig)
{
	struct task_struct *leader = current->group_leader;

	if (leader == current || leader->exit_state != EXIT_ZOMBIE)
		return sig->nr_threads == 1;
	return sig->nr_threads == 2;
}

/* Return: 0; -EAGAIN: another thread was first, or current is to end itself. */
static int end_other_threads(void)
{
	struct sighand_struct *sighand = current->sighand;
	struct signal_struct *sig = current->signal;
	struct task_struct *t;
	int err = 0;

	spin_lock_irq(&sighand->siglock);
	if ((sig->flags & SIGNAL_GROUP_EXIT) || sig->group_exec_task) {
		spin_unlock_irq(&sighand->siglock);
		return -EAGAIN;
	}
	sig->group_exec_task = current;
	__for_each_thread(sig, t) {
		if (t == current || (t->flags & PF_EXITING))
			continue;
		sigaddset(&t->pending.signal, SIGKILL);
		signal_wake_up(t, true);
	}
	while (!others_are_gone(sig)) {
		if (__fatal_signal_pending(current)) {
			err = -EAGAIN;
			break;
		}
		__set_current_state(TASK_KILLABLE);
		spin_unlock_irq(&sighand->siglock);
		schedule();
		spin_lock_irq(&sighand->siglock);
	}
	if (err)
		sig->group_exec_task = NULL;
	spin_unlock_irq(&sighand->siglock);
	return err;
}

/* current takes the zombie's number and its place in the lists. tasklist_lock held to write. */
static void replace_leader(struct task_struct *leader)
{
	struct task_struct *p = current;
	struct pid *own = p->thread_pid, *process = leader->thread_pid;
	enum pid_type type;

	hlist_del_init(&p->pid_links[PIDTYPE_PID]);
	hlist_del_init(&leader->pid_links[PIDTYPE_PID]);
	attach_pid(p, PIDTYPE_PID, process);
	attach_pid(leader, PIDTYPE_PID, own);
	leader->pid = p->pid;
	p->pid = p->tgid;
	for (type = PIDTYPE_TGID; type < PIDTYPE_MAX; type++) {
		hlist_del_init(&leader->pid_links[type]);
		hlist_add_head(&p->pid_links[type], &p->signal->pids[type]->tasks[type]);
	}
	list_replace_init(&leader->tasks, &p->tasks);
	list_replace_init(&leader->sibling, &p->sibling);
	p->parent = leader->parent;
	p->group_leader = p;
	leader->group_leader = p;
	p->exit_signal = SIGCHLD;
	leader->exit_signal = -1;
	leader->exit_state = EXIT_DEAD;
}

/* Handlers may be shared with a process that shares memory (CLONE_SIGHAND without CLONE_THREAD). */
static int own_sighand(void)
{
	struct sighand_struct *old = current->sighand, *new;

	if (refcount_read(&old->count) == 1)
		return 0;
	new = sighand_alloc(old);
	if (!new)
		return -ENOMEM;
	write_lock_irq(&tasklist_lock);
	spin_lock(&old->siglock);
	current->sighand = new;
	spin_unlock(&old->siglock);
	write_unlock_irq(&tasklist_lock);
	put_sighand(old);
	return 0;
}

/**
 * be_only_thread - end all other threads of current's process, and be its first
 *
 * Context: process, may sleep. Return: 0; -EAGAIN: the process is about to end, or to run another
 * program; -ENOMEM.
 */
int be_only_thread(void)
{
	struct task_struct *leader;
	int err = end_other_threads();

	if (err)
		return err;
	leader = current->group_leader;
	if (leader != current) {
		write_lock_irq(&tasklist_lock);
		replace_leader(leader);
		write_unlock_irq(&tasklist_lock);
		release_task(leader);
	}
	spin_lock_irq(&current->sighand->siglock);
	current->signal->group_exec_task = NULL;
	spin_unlock_irq(&current->sighand->siglock);
	return own_sighand();
}
