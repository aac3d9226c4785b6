/* SPDX-License-Identifier: MIT */
/* Is a signal waiting? Interruptible sleeps ask. And walking the tasks. */
#ifndef _LINUX_SCHED_SIGNAL_H
#define _LINUX_SCHED_SIGNAL_H

#include <linux/sched.h>

static inline int signal_pending(struct task_struct *p)
{
	return unlikely(READ_ONCE(p->thread_info.flags) & _TIF_SIGPENDING);
}

/* Kernel threads are never killed by a signal. */
static inline int fatal_signal_pending(struct task_struct *p)
{
	return signal_pending(p) && !(p->flags & PF_KTHREAD);
}

static inline int signal_pending_state(unsigned int state, struct task_struct *p)
{
	if (likely(!(state & (TASK_INTERRUPTIBLE | TASK_WAKEKILL))))
		return 0;
	return signal_pending(p) && ((state & TASK_INTERRUPTIBLE) || fatal_signal_pending(p));
}

/* All tasks but the idle ones; the caller holds tasklist_lock. */
#define for_each_process(p)	list_for_each_entry(p, &init_task.tasks, tasks)
#define for_each_process_thread(p, t) \
	for_each_process(p) for ((t) = (p); (t); (t) = NULL)

#endif
