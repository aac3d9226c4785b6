/* SPDX-License-Identifier: MIT */
/* Works that count themselves: shared by the tests of workqueues and kthread_workers, one copy each. */
#ifndef _TESTS_WORK_COUNT_H
#define _TESTS_WORK_COUNT_H

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/sched.h>
#include <linux/workqueue.h>

static atomic_t runs;		/* ended */
static atomic_t inside, most;	/* now, and at most at once */
static struct completion hold;	/* what hold_fn() waits for */

static inline void reset(void)
{
	atomic_set(&runs, 0);
	atomic_set(&inside, 0);
	atomic_set(&most, 0);
	init_completion(&hold);
}

static inline void enter(void)
{
	int now = atomic_inc_return(&inside), seen = atomic_read(&most);

	while (now > seen && !atomic_try_cmpxchg(&most, &seen, now))
		;
}

static inline void leave(void)
{
	atomic_dec(&inside);
	atomic_inc(&runs);
}

static inline void count_fn(struct work_struct *work)
{
	atomic_inc(&runs);
}

static inline void sleep_fn(struct work_struct *work)
{
	enter();
	schedule_timeout_uninterruptible(1);
	leave();
}

static inline void hold_fn(struct work_struct *work)
{
	enter();
	wait_for_completion(&hold);
	leave();
}

#endif
