/* SPDX-License-Identifier: MIT */
/*
 * Stopping a process, and continuing it.
 *
 *	running -- a thread takes a stop signal --> stopping -- the last thread has stopped --> stopped
 *	   ^___________________ SIGCONT is sent, wanted or not ________________________________/
 *
 * group_stop_count is the number of threads that are still to stop; each has JOBCTL_STOP_PENDING,
 * and looks for signals. The parent is told by the last one to stop, and of a SIGCONT by
 * the first thread that runs again: only then is tasklist_lock to be had.
 */
#include <linux/freezer.h>
#include <linux/lockdep.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/signal.h>
#include "internals.h"

/* stop_signal_sent - a SIGCONT that waits is void */
void stop_signal_sent(struct task_struct *p)
{
	struct task_struct *t;

	flush_mask(&p->signal->shared_pending, sigmask(SIGCONT));
	for_each_thread(p, t)
		flush_mask(&t->pending, sigmask(SIGCONT));
}

/* continue_signal_sent - stop signals that wait are void, and all threads run */
void continue_signal_sent(struct task_struct *p)
{
	struct signal_struct *sig = p->signal;
	struct task_struct *t;
	unsigned int why = 0;

	flush_mask(&sig->shared_pending, SIG_KERNEL_STOP_MASK);
	for_each_thread(p, t) {
		flush_mask(&t->pending, SIG_KERNEL_STOP_MASK);
		t->jobctl &= ~(JOBCTL_STOP_DEQUEUED | JOBCTL_STOP_PENDING | JOBCTL_STOPPED);
		wake_up_state(t, __TASK_STOPPED);
	}
	/* Was it stopped, or about to be? The parent hears of the stop either way. */
	if (sig->flags & SIGNAL_STOP_STOPPED)
		why = SIGNAL_CLD_CONTINUED;
	else if (sig->group_stop_count)
		why = SIGNAL_CLD_STOPPED;
	if (why) {
		sig->flags = (sig->flags & ~SIGNAL_STOP_MASK) | why | SIGNAL_STOP_CONTINUED;
		sig->group_stop_count = 0;
		sig->group_exit_code = 0;
	}
}

/*
 * leave_group_stop - @p stops, or ends instead. Return: the signal if it was the last to, else 0. The
 * parent is told of it later, and may have asked and so taken it from the process by then.
 */
int leave_group_stop(struct task_struct *p)
{
	struct signal_struct *sig = p->signal;

	if (!(p->jobctl & JOBCTL_STOP_PENDING))
		return 0;
	p->jobctl &= ~(JOBCTL_STOP_PENDING | JOBCTL_STOP_DEQUEUED);
	if (WARN_ON_ONCE(!sig->group_stop_count) || --sig->group_stop_count)
		return 0;
	if (sig->flags & SIGNAL_STOP_STOPPED)
		return 0;		/* a thread that was new to it: the parent knows */
	sig->flags = (sig->flags & ~SIGNAL_STOP_MASK) | SIGNAL_STOP_STOPPED;
	return sig->group_exit_code & 0x7f;
}

/* forget_stop - @p is to end: it does not stop, nor stay stopped */
void forget_stop(struct task_struct *p)
{
	if ((p->jobctl & JOBCTL_STOP_PENDING) && p->signal->group_stop_count)
		p->signal->group_stop_count--;
	p->jobctl &= ~(JOBCTL_STOPPED | JOBCTL_STOP_PENDING);
}

/* All threads of current's process are to stop. siglock held. Return: false: not after all. */
static bool begin_stop(int signr)
{
	struct signal_struct *sig = current->signal;
	struct task_struct *t;

	/* A SIGCONT, or the end, has come since the signal was taken. */
	if (!(current->jobctl & JOBCTL_STOP_DEQUEUED) || (sig->flags & SIGNAL_GROUP_EXIT) ||
	    sig->group_exec_task)
		return false;
	if (!(sig->flags & SIGNAL_STOP_STOPPED))
		sig->group_exit_code = signr;
	sig->group_stop_count = 0;
	for_each_thread(current, t) {
		if ((t->jobctl & JOBCTL_STOPPED) || (t->flags & PF_EXITING))
			continue;
		t->jobctl |= JOBCTL_STOP_PENDING;
		sig->group_stop_count++;
		if (t != current)
			signal_wake_up(t, false);
	}
	return true;
}

/*
 * do_signal_stop - stop, and come back when it is to go on
 * @signr: a stop signal that current has taken; not used when JOBCTL_STOP_PENDING
 *
 * Context: siglock held; released if it returns true. Return: false: it did not stop.
 */
bool do_signal_stop(int signr)
{
	spinlock_t *lock = &current->sighand->siglock;
	int last;

	lockdep_assert_held(lock);
	if (!(current->jobctl & JOBCTL_STOP_PENDING) && !begin_stop(signr))
		return false;
	last = leave_group_stop(current);
	current->jobctl |= JOBCTL_STOPPED;
	__set_current_state(TASK_STOPPED | TASK_FREEZABLE);
	spin_unlock_irq(lock);
	if (last)
		tell_parent_of_stop(CLD_STOPPED, last);
	/* A wake-up for something it waited for before does not count. */
	for (;;) {
		schedule();
		spin_lock_irq(lock);
		if (!(current->jobctl & JOBCTL_STOPPED))
			break;
		__set_current_state(TASK_STOPPED | TASK_FREEZABLE);
		spin_unlock_irq(lock);
	}
	__set_current_state(TASK_RUNNING);
	spin_unlock_irq(lock);
	return true;
}
