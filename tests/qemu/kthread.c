/* SPDX-License-Identifier: MIT */
/* Kernel threads: parking, stopping, what they do as they end; the names of the kernel's own. */
#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/task_work.h>
#include "tasks.h"
#include "test.h"

static int parker(void *arg)
{
	int *loops = arg;

	while (!kthread_should_stop()) {
		if (kthread_should_park())
			kthread_parkme();
		WRITE_ONCE(*loops, *loops + 1);
		schedule_timeout_interruptible(1);
	}
	return 7;
}

TEST(sched, park, "D9", "a parked thread stands still until it is unparked or stopped")
{
	int loops = 0, seen;
	struct task_struct *t = start(parker, &loops, -1, "parker");

	require(t);
	wait_until(READ_ONCE(loops) > 2);
	expect_eq(kthread_park(t), 0);
	seen = READ_ONCE(loops);
	msleep(20);
	expect_eq(READ_ONCE(loops), seen);
	expect_eq(t->__state, TASK_PARKED);
	kthread_unpark(t);
	wait_until(READ_ONCE(loops) != seen);
	expect_eq(kthread_park(t), 0);
	expect_eq(kthread_stop(t), 7);
}

TEST(sched, stop_unstarted, "D9", "a thread that is stopped before it was woken never runs: -EINTR")
{
	int loops = 0;
	struct task_struct *t = kthread_create(parker, &loops, "unborn");

	require(!IS_ERR(t));
	expect_eq(kthread_stop(t), -EINTR);
	expect_eq(loops, 0);
}

static int worked;

static void work_fn(struct callback_head *head)
{
	worked++;
}

static int task_worker(void *arg)
{
	struct callback_head one, two;

	init_task_work(&one, work_fn);
	init_task_work(&two, work_fn);
	expect_eq(task_work_add(current, &one, TWA_NONE), 0);
	expect_eq(task_work_add(current, &two, TWA_NONE), 0);
	expect(task_work_cancel(current, work_fn) == &two);
	do_exit(0);
}

TEST(sched, task_work, "D9", "a task runs its task works as it exits, but those taken back")
{
	struct task_struct *t = kthread_create(task_worker, NULL, "task_work");

	require(!IS_ERR(t));
	worked = 0;
	get_task_struct(t);
	wake_up_process(t);
	wait_until(t->flags & PF_EXITING);
	kthread_stop(t);
	put_task_struct(t);
	expect_eq(worked, 1);
}

TEST(sched, names, "D9", "the kernel's own tasks are named as on Linux, init is 1 and kthreadd 2")
{
	struct task_struct *t;
	char name[TASK_COMM_LEN];
	int cpu;

	t = find_get_task_by_pid(1);
	require(t);
	expect_str(t->comm, "init");
	put_task_struct(t);
	t = find_get_task_by_pid(2);
	require(t);
	expect_str(t->comm, "kthreadd");
	put_task_struct(t);
	for_each_online_cpu(cpu) {
		snprintf(name, sizeof(name), "swapper/%d", cpu);
		expect_str(idle_task(cpu)->comm, name);
	}
}
