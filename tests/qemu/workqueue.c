/* SPDX-License-Identifier: MIT */
/* Works: that each queueing runs, never twice at once, where and in the order that it should. */
#include <linux/cpumask.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/workqueue.h>
#include "test.h"
#include "work_count.h"

TEST(workqueue, basic, "D7", "a work runs once for each time it was queued; queued twice it is queued once")
{
	struct work_struct work;

	reset();
	INIT_WORK_ONSTACK(&work, count_fn);
	expect(!flush_work(&work));
	for (int i = 0; i < 100; i++) {
		expect(schedule_work(&work));
		flush_work(&work);
		expect_eq(atomic_read(&runs), i + 1);
		expect(!work_pending(&work));
	}
	preempt_disable();
	expect(queue_work_on(raw_smp_processor_id(), system_wq, &work));
	expect(!queue_work_on(raw_smp_processor_id(), system_wq, &work));
	expect(work_pending(&work));
	preempt_enable();
	flush_work(&work);
	expect_eq(atomic_read(&runs), 101);
	destroy_work_on_stack(&work);
}

static int ran_on;
static char ran_by[TASK_COMM_LEN];

static void where_fn(struct work_struct *work)
{
	ran_on = raw_smp_processor_id();
	get_task_comm(ran_by, current);
	expect(current_work() == work);
	expect(in_task() && !irqs_disabled());
}

TEST(workqueue, cpu, "D7", "a work runs on the CPU it was queued for, in a worker named as on Linux")
{
	struct work_struct work;
	char name[TASK_COMM_LEN];
	int cpu, digits;

	INIT_WORK_ONSTACK(&work, where_fn);
	for_each_online_cpu(cpu) {
		digits = snprintf(name, sizeof(name), "kworker/%d:", cpu);
		schedule_work_on(cpu, &work);
		flush_work(&work);
		expect_eq(ran_on, cpu);
		expect(!strncmp(ran_by, name, digits));
		queue_work_on(cpu, system_highpri_wq, &work);
		flush_work(&work);
		expect_eq(ran_on, cpu);
		expect_eq(ran_by[strlen(ran_by) - 1], 'H');
	}
	queue_work(system_unbound_wq, &work);
	flush_work(&work);
	expect(!strncmp(ran_by, "kworker/u", 9));
	expect(!current_work());
}

TEST(workqueue, concurrency, "D7", "while a work sleeps, another worker of the CPU runs the next")
{
	struct work_struct sleeper, next;

	reset();
	INIT_WORK_ONSTACK(&sleeper, hold_fn);
	INIT_WORK_ONSTACK(&next, count_fn);
	schedule_work_on(0, &sleeper);
	wait_until(atomic_read(&inside) == 1);
	schedule_work_on(0, &next);
	flush_work(&next);
	expect_eq(atomic_read(&runs), 1);
	expect_eq(work_busy(&sleeper), WORK_BUSY_RUNNING);
	complete(&hold);
	flush_work(&sleeper);
	expect_eq(atomic_read(&runs), 2);
	expect_eq(work_busy(&sleeper), 0);
}

static void hog_fn(struct work_struct *work)
{
	atomic_inc(&inside);
	smp_cond_load_acquire(&hold.done, VAL);
	leave();
}

TEST(workqueue, cpu_intensive, "D7", "a work that never sleeps keeps the next from running, unless it is marked CPU intensive")
{
	struct workqueue_struct *wq = alloc_workqueue("test_hog", WQ_CPU_INTENSIVE, 0);
	struct work_struct hog, next;

	require(wq);
	for (int intensive = 0; intensive < 2; intensive++) {
		reset();
		INIT_WORK_ONSTACK(&hog, hog_fn);
		INIT_WORK_ONSTACK(&next, count_fn);
		queue_work_on(0, intensive ? wq : system_wq, &hog);
		wait_until(atomic_read(&inside) == 1);
		schedule_work_on(0, &next);
		if (intensive) {
			flush_work(&next);
			expect_eq(atomic_read(&runs), 1);
		} else {
			msleep(20);
			expect_eq(atomic_read(&runs), 0);
		}
		complete(&hold);
		flush_work(&hog);
		flush_work(&next);
		expect_eq(atomic_read(&runs), 2);
	}
	destroy_workqueue(wq);
}

#define NR_WORKS	64

/* All of them begin as far as they may, then go on. */
static void crowd(struct workqueue_struct *wq, int max_active)
{
	struct work_struct *works = kcalloc(NR_WORKS, sizeof(*works), GFP_KERNEL);

	require(works && wq);
	reset();
	for (int i = 0; i < NR_WORKS; i++) {
		INIT_WORK(&works[i], hold_fn);
		expect(queue_work_on(0, wq, &works[i]));
	}
	wait_until(atomic_read(&inside) >= max_active);
	msleep(8);	/* for one too many */
	complete_all(&hold);
	flush_workqueue(wq);
	expect_eq(atomic_read(&most), max_active);
	expect_eq(atomic_read(&runs), NR_WORKS);
	expect_eq(atomic_read(&inside), 0);
	kfree(works);
}

TEST(workqueue, max_active, "D7", "no more works of a workqueue run at once than max_active says, and all run")
{
	struct workqueue_struct *wq = alloc_workqueue("test_active", 0, 3);

	crowd(wq, 3);
	workqueue_set_max_active(wq, 5);
	crowd(wq, 5);
	destroy_workqueue(wq);

	wq = alloc_workqueue("test_unbound", WQ_UNBOUND, 4);
	crowd(wq, 4);
	destroy_workqueue(wq);
}

static int next_in_order;

struct numbered {
	struct work_struct work;
	int number;
};

static void order_fn(struct work_struct *work)
{
	struct numbered *n = container_of(work, struct numbered, work);

	enter();
	expect_eq(n->number, next_in_order++);
	if (n->number % 16 == 0)
		schedule_timeout_uninterruptible(1);
	leave();
}

TEST(workqueue, ordered, "D7", "an ordered workqueue runs its works one by one in the order they were queued")
{
	struct workqueue_struct *wq = alloc_ordered_workqueue("test_ordered", 0);
	struct numbered *works = kcalloc(NR_WORKS, sizeof(*works), GFP_KERNEL);

	require(wq && works);
	reset();
	next_in_order = 0;
	for (int i = 0; i < NR_WORKS; i++) {
		works[i].number = i;
		INIT_WORK(&works[i].work, order_fn);
		queue_work_on(i % num_online_cpus(), wq, &works[i].work);
	}
	flush_workqueue(wq);
	expect_eq(atomic_read(&runs), NR_WORKS);
	expect_eq(atomic_read(&most), 1);
	destroy_workqueue(wq);
	kfree(works);
}

TEST(workqueue, not_twice, "D7", "a work queued again while it runs, even on another CPU, does not run beside itself")
{
	struct work_struct work;

	reset();
	INIT_WORK_ONSTACK(&work, sleep_fn);
	for (int i = 0; i < 40 || atomic_read(&runs) < 10; i++) {
		queue_work_on(i % num_online_cpus(), system_wq, &work);
		if (i % 4 == 0)
			schedule_timeout_uninterruptible(1);
		else
			schedule();
	}
	flush_work(&work);
	expect_eq(atomic_read(&most), 1);
	expect_eq(atomic_read(&inside), 0);
}
static atomic_t on_cpus[NR_CPUS];

static void each_fn(struct work_struct *work)
{
	atomic_inc(&on_cpus[raw_smp_processor_id()]);
}

static long cpu_fn(void *arg)
{
	return raw_smp_processor_id() + (long)arg;
}

TEST(workqueue, each_cpu, "D7", "schedule_on_each_cpu runs once on every CPU; work_on_cpu gives its result")
{
	int cpu;

	for_each_online_cpu(cpu)
		atomic_set(&on_cpus[cpu], 0);
	expect_eq(schedule_on_each_cpu(each_fn), 0);
	for_each_online_cpu(cpu) {
		expect_eq(atomic_read(&on_cpus[cpu]), 1);
		expect_eq(work_on_cpu(cpu, cpu_fn, (void *)100), cpu + 100);
	}
}
