/* SPDX-License-Identifier: MIT */
/* The time that tasks have had, in ns. */
#ifndef _LINUX_SCHED_CPUTIME_H
#define _LINUX_SCHED_CPUTIME_H

#include <linux/types.h>

struct task_struct;

struct task_cputime {
	u64	stime, utime;		/* as the tick samples it */
	u64	sum_exec_runtime;	/* exactly */
};

u64 task_sched_runtime(struct task_struct *p);		/* kernel/sched/ */
void thread_group_cputime(struct task_struct *p, struct task_cputime *times);	/* kernel/process/ */

#endif
