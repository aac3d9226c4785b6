/* SPDX-License-Identifier: MIT */
/* The stack of a task: THREAD_SIZE bytes, aligned to it, a guard page below. */
#ifndef _LINUX_SCHED_TASK_STACK_H
#define _LINUX_SCHED_TASK_STACK_H

#include <linux/sched.h>

static inline void *task_stack_page(const struct task_struct *task)
{
	return task->stack;
}

static inline unsigned long *end_of_stack(const struct task_struct *task)
{
	return task->stack;
}

static inline bool object_is_on_stack(const void *obj)
{
	const char *stack = task_stack_page(current);

	return (const char *)obj >= stack && (const char *)obj < stack + THREAD_SIZE;
}

#endif
