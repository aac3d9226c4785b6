/* SPDX-License-Identifier: MIT */
/* Tasks for tests. */
#ifndef _TESTS_TASKS_H
#define _TESTS_TASKS_H

#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include "test.h"

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

/* Run @fn in a thread of its own, and wait for its end. */
static inline void run_in_thread(int (*fn)(void *), const char *name)
{
	struct task_struct *t = kthread_create(fn, NULL, "%s", name);

	require(!IS_ERR(t));
	get_task_struct(t);
	wake_up_process(t);
	wait_until(t->flags & PF_EXITING);
	kthread_stop(t);
	put_task_struct(t);
}

/*
 * Tests that hold a CPU inside a tasklet or a timer's function are watched from another one: the
 * timers that end the watcher's sleeps would not run on the held CPU.
 */
static inline unsigned int held_cpu(void)
{
	return cpumask_first(cpu_online_mask);
}

static inline void run_beside_held(int (*body)(void *))
{
	need(num_online_cpus() > 1, "one CPU only");
	test_on_cpu(cpumask_next(held_cpu(), cpu_online_mask), body, NULL);
}

/* Not waited for: what it starts may hold its CPU, and it, before it ends. */
static inline void start_on(unsigned int cpu, int (*fn)(void *))
{
	struct task_struct *t = kthread_create_on_cpu(fn, NULL, cpu, "helper/%u");

	if (expect(!IS_ERR(t)))
		wake_up_process(t);
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
