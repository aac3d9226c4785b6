/* SPDX-License-Identifier: MIT */
/*
 * The end of a task: what it has goes back, who waits for it hears of it.
 *
 *	running -- do_exit() --> zombie -- its parent's wait4() --> released
 *	   \___ no parent that wants to know, or not the last thread ____/
 *
 * A zombie is the first thread of a process all of whose threads are gone: it keeps number and
 * result. The task's memory outlives release_task() until nobody counts it.
 */
#include <linux/arch.h>
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/fdtable.h>
#include <linux/fs_struct.h>
#include <linux/futex.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/mm.h>
#include <linux/posix-timers.h>
#include <linux/signal.h>
#include <linux/syscalls.h>
#include <linux/task_work.h>
#include "internals.h"

/* -- Out of the lists -------------------------------------------------------------------------- */

/* What a thread has used is its process's from here on. siglock held. */
static void account_dead(struct task_struct *p, struct signal_struct *sig)
{
	sig->utime += p->utime;
	sig->stime += p->stime;
	sig->sum_exec_runtime += p->sum_exec_runtime;
	sig->nvcsw += p->nvcsw;
	sig->nivcsw += p->nivcsw;
	sig->min_flt += p->min_flt;
}

/* tasklist_lock held to write. */
static void leave_process(struct task_struct *p)
{
	struct sighand_struct *sighand = p->sighand;
	struct signal_struct *sig = p->signal;

	spin_lock(&sighand->siglock);
	account_dead(p, sig);
	sig->nr_threads--;
	cpu_timers_exit(p, !sig->nr_threads);
	list_del_init(&p->thread_node);
	__flush_signals(p);
	if (!sig->nr_threads)
		flush_sigqueue(&sig->shared_pending);	/* it counts against a limit */
	p->sighand = NULL;
	if (sig->group_exec_task)	/* exec() waits for the other threads to go */
		wake_up_process(sig->group_exec_task);
	spin_unlock(&sighand->siglock);
	if (thread_group_leader(p)) {
		list_del_init(&p->sibling);
		detach_pid(p, PIDTYPE_TGID);
		detach_pid(p, PIDTYPE_PGID);
		detach_pid(p, PIDTYPE_SID);
	}
}

/* @p was the last thread but for the leader, a zombie already: now the process has ended. */
static bool leader_is_due(struct task_struct *p)
{
	struct task_struct *leader = p->group_leader;

	if (leader == p || leader->exit_state != EXIT_ZOMBIE || !thread_group_empty(leader))
		return false;
	if (!do_notify_parent(leader, leader->exit_signal))
		return false;
	leader->exit_state = EXIT_DEAD;
	return true;
}

/**
 * release_task - the last of a task that has ended: nobody can find it any more
 * @p: EXIT_DEAD, which whoever set it releases, and nobody else
 *
 * Context: process; no lock held.
 */
void release_task(struct task_struct *p)
{
	struct sighand_struct *sighand = p->sighand;
	struct task_struct *leader = p->group_leader;
	bool leader_too;

	write_lock_irq(&tasklist_lock);
	leave_process(p);
	__task_unlist(p);
	leader_too = leader_is_due(p);
	write_unlock_irq(&tasklist_lock);
	put_sighand(sighand);
	put_task_struct(p);
	if (leader_too)
		release_task(leader);
}

/* -- Children without a parent ----------------------------------------------------------------- */

/* A thread of @p's process that does not end, or NULL. tasklist_lock held. */
static struct task_struct *live_thread(struct task_struct *p)
{
	struct task_struct *t;

	for_each_thread(p, t)
		if (!(t->flags & PF_EXITING))
			return t;
	return NULL;
}

/*
 * Another thread of the process, else the nearest process above it that has asked for such children
 * (PR_SET_CHILD_SUBREAPER), else task 1. tasklist_lock held.
 */
static struct task_struct *new_parent(struct task_struct *p)
{
	struct task_struct *t = live_thread(p), *above;

	for (above = p->parent; !t && above && above->signal; above = above->parent)
		if (above->signal->is_child_subreaper)
			t = live_thread(above);
	if (t)
		return t;
	t = find_task_by_pid(1);
	return t && t->signal && t != p ? t : NULL;
}

/*
 * Give @p's children away. Zombies that the new parent does not want are put on @dead. Without
 * anybody to take them (task 1 is none yet) they are nobody's: they leave no zombies. tasklist_lock
 * held to write.
 */
static void give_children_away(struct task_struct *p, struct list_head *dead)
{
	struct task_struct *heir = new_parent(p), *child, *next;

	list_for_each_entry_safe(child, next, &p->children, sibling) {
		bool ended = child->exit_state == EXIT_ZOMBIE && thread_group_empty(child);

		child->parent = heir ?: &init_task;
		list_move_tail(&child->sibling, &child->parent->children);
		if (child->pdeath_signal)
			group_send_sig(child->pdeath_signal, child);
		if (!heir || heir->signal != p->signal)
			child->exit_signal = SIGCHLD;
		if (ended && do_notify_parent(child, child->exit_signal)) {
			child->exit_state = EXIT_DEAD;
			list_move_tail(&child->sibling, dead);
		}
		if (!heir || heir->signal != p->signal)
			parent_leaves(p, child, NULL);
	}
}

/* exec() in another thread waits for its leader to be a zombie: siglock is held where it looks. */
static void become_zombie(struct task_struct *p)
{
	spin_lock(&p->sighand->siglock);
	p->exit_state = EXIT_ZOMBIE;
	if (p->signal->group_exec_task)
		wake_up_process(p->signal->group_exec_task);
	spin_unlock(&p->sighand->siglock);
}

/* The task is a zombie, or gone for good. @last: so is its process. */
static void exit_notify(struct task_struct *p, bool last)
{
	struct task_struct *child, *next;
	LIST_HEAD(dead);
	bool gone;

	write_lock_irq(&tasklist_lock);
	give_children_away(p, &dead);
	if (last)
		parent_leaves(p->group_leader->parent, p->group_leader, p->group_leader);
	become_zombie(p);
	if (thread_group_leader(p))
		gone = thread_group_empty(p) && do_notify_parent(p, p->exit_signal);
	else
		gone = true;
	if (gone)
		p->exit_state = EXIT_DEAD;
	write_unlock_irq(&tasklist_lock);

	list_for_each_entry_safe(child, next, &dead, sibling)
		release_task(child);
	if (gone)
		release_task(p);
}

/* -- The end ----------------------------------------------------------------------------------- */

/* mm_release - tell who waits for this task to leave its memory: by exit or by exec */
void mm_release(struct task_struct *p)
{
	futex_exit_release(p);
	complete_vfork_done(p);
}

static bool note_result(struct task_struct *p, long code)
{
	struct signal_struct *sig = p->signal;
	bool last = true;

	if (sig) {
		spin_lock_irq(&p->sighand->siglock);
		if (p->mm)
			sig->maxrss = max(sig->maxrss, get_mm_rss(p->mm));
		last = atomic_dec_and_test(&sig->live);
		if (sig->flags & SIGNAL_GROUP_EXIT)
			code = sig->group_exit_code;
		spin_unlock_irq(&p->sighand->siglock);
	}
	if (unlikely(last && p->group_leader->pid == 1))
		panic("Attempted to kill init! exitcode=0x%08x", (int)code);
	p->exit_code = code;
	return last;
}

static void (*session_end)(int on_exit);	/* set once, at boot */

/* on_session_end - what is to be done when a session's leader ends, last but its own end */
void __init on_session_end(void (*fn)(int on_exit))
{
	session_end = fn;
}

/**
 * do_exit - end the current task
 * @code: its result as wait4() tells it; of a kernel thread for who asks
 *
 * Context: process, preemption and interrupts on. Does not return.
 */
void __noreturn do_exit(long code)
{
	struct task_struct *p = current;
	bool last;

	/* First, so that a work can tell those who still count on the task that it goes. */
	if (p->signal)
		exit_signals(p);
	else
		WRITE_ONCE(p->flags, p->flags | PF_EXITING);
	last = note_result(p, code);
	if (last && p->signal) {
		hrtimer_cancel(&p->signal->real_timer);
		exit_itimers(p);
	}
	if (p->mm) {
		mm_release(p);
		exit_mm();
	}
	exit_files(p);
	exit_fs(p);
	task_work_run();
	if (p->signal) {
		if (last && p->signal->leader && session_end)
			session_end(1);
		exit_notify(p, last);
	} else {
		write_lock_irq(&tasklist_lock);
		__task_unlist(p);
		write_unlock_irq(&tasklist_lock);
	}
	task_exit();
}
EXPORT_SYMBOL(do_exit);

/**
 * do_group_exit - end the current process, with all its threads
 * @exit_code: as wait4() tells it; that of whichever thread comes first holds
 *
 * Context: process. Does not return.
 */
void __noreturn do_group_exit(int exit_code)
{
	struct signal_struct *sig = current->signal;
	struct task_struct *t;

	spin_lock_irq(&current->sighand->siglock);
	if (sig->flags & SIGNAL_GROUP_EXIT) {
		exit_code = sig->group_exit_code;
	} else if (sig->group_exec_task) {
		exit_code = 0;		/* a thread's that exec() has asked to go */
	} else {
		sig->flags = SIGNAL_GROUP_EXIT;
		sig->group_exit_code = exit_code;
		__for_each_thread(sig, t) {
			if (t == current || (t->flags & PF_EXITING))
				continue;
			sigaddset(&t->pending.signal, SIGKILL);
			signal_wake_up(t, true);
		}
	}
	spin_unlock_irq(&current->sighand->siglock);
	do_exit(exit_code);
}

SYSCALL_DEFINE1(exit, int, error_code)
{
	do_exit((error_code & 0xff) << 8);
}

SYSCALL_DEFINE1(exit_group, int, error_code)
{
	do_group_exit((error_code & 0xff) << 8);
}

/**
 * make_task_dead - end the current task after an oops
 * @signr: the signal the fault would have been, kept as its result
 *
 * Context: any. Where there is no task to end, the machine stops.
 */
void __noreturn make_task_dead(int signr)
{
	struct task_struct *p = current;

	if (in_interrupt())
		panic("Aiee, killing interrupt handler!");
	if (!p->pid)
		panic("Attempted to kill the idle task!");
	if (p->pid == 1 || (p->signal && p->group_leader->pid == 1))
		panic("Attempted to kill init! exitcode=0x%08x", signr);
	if (irqs_disabled()) {
		pr_info("note: %s[%d] exited with irqs disabled\n", p->comm, p->pid);
		local_irq_enable();
	}
	if (in_atomic()) {
		pr_info("note: %s[%d] exited with preempt_count %d\n", p->comm, p->pid,
			preempt_count());
		preempt_count_set(PREEMPT_ENABLED);
	}
	lockdep_forget_held();	/* what it held stays locked: that was bound to be so */
	if (p->flags & PF_EXITING) {
		/* It died while it died. It stays as it is: its state can't be trusted. */
		pr_alert("Fixing recursive fault but reboot is needed!\n");
		for (;;) {
			set_current_state(TASK_UNINTERRUPTIBLE);
			schedule();
		}
	}
	do_exit(signr);
}
