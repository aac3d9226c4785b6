/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_RT_H
#define _LINUX_SCHED_RT_H

#include <linux/param.h>
#include <linux/sched.h>

#define RR_TIMESLICE	(100 * HZ / 1000)	/* ticks of a SCHED_RR turn */

static inline int rt_prio(int prio)
{
	return prio < MAX_RT_PRIO;
}

static inline int rt_task(struct task_struct *p)
{
	return rt_prio(p->prio);
}

/* Between kernel/locking/rtmutex.c and the scheduler. */
void rt_mutex_setprio(struct task_struct *p, int boost);
void rt_mutex_adjust_pi(struct task_struct *task);

#endif
