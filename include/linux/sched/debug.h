/* SPDX-License-Identifier: MIT */
/* Showing what tasks do. */
#ifndef _LINUX_SCHED_DEBUG_H
#define _LINUX_SCHED_DEBUG_H

#include <linux/sched.h>

#define __sched			/* functions that only wait; kept for sources that say so */

struct pt_regs;

void show_regs(struct pt_regs *regs);
/* @task NULL: the caller's. @sp is not looked at: the walk starts where the task stands. */
void show_stack(struct task_struct *task, unsigned long *sp, const char *loglvl);
void sched_show_task(struct task_struct *p);
void show_state_filter(unsigned int state_filter);

static inline void show_state(void)
{
	show_state_filter(0);
}

#endif
