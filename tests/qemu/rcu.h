/* SPDX-License-Identifier: MIT */
/* A thread that is in a reader, or in something else that RCU waits for, until it is told to leave. */
#ifndef _TESTS_RCU_H
#define _TESTS_RCU_H

#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/sched/task.h>
#include "test.h"

struct holder {
	void (*enter)(void);
	void (*leave)(void);
	bool inside, release;
	struct task_struct *task;
};

static inline int holder_fn(void *data)
{
	struct holder *h = data;

	h->enter();
	WRITE_ONCE(h->inside, true);
	spin_until(READ_ONCE(h->release));
	h->leave();
	return 0;
}

/* Have it run on @cpu, and wait until it is inside. */
static inline bool holder_start(struct holder *h, unsigned int cpu)
{
	h->inside = h->release = false;
	h->task = kthread_create(holder_fn, h, "holder/%u", cpu);
	if (!expect(!IS_ERR(h->task)))
		return false;
	get_task_struct(h->task);
	kthread_bind(h->task, cpu);
	wake_up_process(h->task);
	return wait_until(READ_ONCE(h->inside));
}

static inline void holder_stop(struct holder *h)
{
	WRITE_ONCE(h->release, true);
	kthread_stop(h->task);
	put_task_struct(h->task);
}

static inline bool is_listed_reader(struct task_struct *t)
{
	return READ_ONCE(t->thread_info.rcu_special);
}

/* A CPU that is not the one of most else, if there is one. */
static inline unsigned int last_cpu(void)
{
	return cpumask_last(cpu_online_mask);
}

#endif
