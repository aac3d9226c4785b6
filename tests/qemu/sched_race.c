/* SPDX-License-Identifier: MIT */
/* Tasks: who looks at a task without a lock while it is handled. */
#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include "tasks.h"
#include "test.h"

#define NR_SPINNERS	3
#define MOVES		40

static struct task_struct *spinners[NR_SPINNERS];
static unsigned long turns[NR_SPINNERS];
static atomic_t ready;
static unsigned long looks, missed;	/* of the watcher */

/* A waker that finds a task to be on no queue puts it on one: of these nobody may find that ever. */
static int watch(void *arg)
{
	int i;

	atomic_set(&ready, 1);
	while (!kthread_should_stop()) {
		for (i = 0; i < NR_SPINNERS; i++)
			if (!READ_ONCE(spinners[i]->on_rq))
				missed++;
		WRITE_ONCE(looks, looks + 1);
	}
	return 0;
}

/* Sleeps again and again, so that its CPU looks for others to run. */
static int doze(void *arg)
{
	while (!kthread_should_stop())
		usleep_range(50, 100);
	return 0;
}

TEST(sched, always_runnable, "D9 A8", "a task that never sleeps is runnable for all who look, also while it is moved or changed")
{
	struct task_struct *watcher, *dozer;
	struct cpumask others;
	unsigned int i, cpu = 1;

	need(num_online_cpus() > 2, "one or two CPUs");
	cpumask_copy(&others, cpu_online_mask);
	cpumask_clear_cpu(0, &others);
	for (i = 0; i < NR_SPINNERS; i++) {
		spinners[i] = start(spinner, &turns[i], -1, "runs");
		require(spinners[i]);
		set_cpus_allowed_ptr(spinners[i], &others);
	}
	looks = missed = 0;
	atomic_set(&ready, 0);
	watcher = start(watch, NULL, 0, "watcher");
	dozer = start(doze, NULL, 1, "dozer");
	require(watcher && dozer);
	wait_until(atomic_read(&ready));
	for (i = 0; i < MOVES; i++) {
		unsigned long seen = READ_ONCE(looks);

		cpu = cpumask_next(cpu, &others);
		if (cpu >= nr_cpu_ids)
			cpu = cpumask_first(&others);
		set_cpus_allowed_ptr(spinners[0], cpumask_of(cpu));
		set_user_nice(spinners[1], i % 2);
		wait_until(READ_ONCE(looks) != seen);
	}
	kthread_stop(dozer);
	kthread_stop(watcher);
	for (i = 0; i < NR_SPINNERS; i++)
		kthread_stop(spinners[i]);
	expect_eq(missed, 0);
}
