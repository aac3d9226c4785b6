/* SPDX-License-Identifier: MIT */
/* Tasks for tests. */
#ifndef _TESTS_TASKS_H
#define _TESTS_TASKS_H

#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/sched.h>

/* Running, bound to @cpu unless that is negative; NULL when it can't be made. */
static inline struct task_struct *start(int (*fn)(void *), void *arg, int cpu, const char *name)
{
	struct task_struct *t = kthread_create(fn, arg, "%s", name);

	if (IS_ERR(t))
		return NULL;
	if (cpu >= 0)
		kthread_bind(t, cpu);
	wake_up_process(t);
	return t;
}

/* Counts in *@arg, a long, until it is stopped. */
static inline int spinner(void *arg)
{
	unsigned long *turns = arg;

	while (!kthread_should_stop())
		WRITE_ONCE(*turns, *turns + 1);
	return 0;
}

#endif
