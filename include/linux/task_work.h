/* SPDX-License-Identifier: MIT */
/* Calls that a task makes itself as it exits. */
#ifndef _LINUX_TASK_WORK_H
#define _LINUX_TASK_WORK_H

#include <linux/sched.h>

typedef void (*task_work_func_t)(struct callback_head *);

static inline void init_task_work(struct callback_head *twork, task_work_func_t func)
{
	twork->func = func;
}

enum task_work_notify_mode {
	TWA_NONE,
	TWA_RESUME,
	TWA_SIGNAL,
};

int task_work_add(struct task_struct *task, struct callback_head *twork,
		  enum task_work_notify_mode notify);
struct callback_head *task_work_cancel(struct task_struct *task, task_work_func_t func);
void task_work_run(void);

#endif
