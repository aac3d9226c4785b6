/* SPDX-License-Identifier: MIT */
/* Threads: stopped before the first run, ended by themselves, parked, bound. rows D9 */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include "test.h"

static int until_stopped(void *data)
{
	note("in");
	while (!kthread_should_stop()) {
		if (kthread_should_park()) {
			note("parking");
			kthread_parkme();
			note("unparked");
		}
		schedule_timeout_interruptible(1);
	}
	return 42;
}

static int at_once(void *data)
{
	note("ran");
	return (long)data;
}

static int where(void *data)
{
	note("cpu %d bound %d", raw_smp_processor_id(), current->nr_cpus_allowed == 1);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static void test(void)
{
	struct task_struct *t;
	char name[TASK_COMM_LEN];

	t = kthread_create(until_stopped, NULL, "a-thread/%d", 7);
	get_task_comm(name, t);
	note("%s", name);
	note("stop %d", kthread_stop(t));
	show("stopped before it was woken");
	t = kthread_run(until_stopped, NULL, "thread");
	eventually(notes_len);
	note("park %d", kthread_park(t));
	note("stays");
	kthread_unpark(t);
	eventually(strstr(notes, "unparked"));
	note("stop %d", kthread_stop(t));
	show("parked");
	t = kthread_create(at_once, (void *)-5, "thread");
	get_task_struct(t);
	wake_up_process(t);
	eventually(strstr(notes, "ran"));
	msleep(20);
	note("stop %d", kthread_stop(t));
	put_task_struct(t);
	show("ended by itself");
	t = kthread_create(where, NULL, "thread");
	kthread_bind(t, 1);
	wake_up_process(t);
	eventually(notes_len);
	note("stop %d", kthread_stop(t));
	show("bound");
	t = kthread_create_on_cpu(where, NULL, 1, "thread/%u");
	get_task_comm(name, t);
	note("%s", name);
	note("stop %d", kthread_stop(t));
	show("on a CPU");
}
MODULE_TEST(test);
