/* SPDX-License-Identifier: MIT */
/* Works: delayed, cancelled, waited for, by one task and by many at once. */
#include <linux/cpumask.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/workqueue.h>
#include "test.h"
#include "work_count.h"

TEST(workqueue, delayed, "D7", "a delayed work runs no earlier than asked; its time can be changed, or cut short")
{
	struct delayed_work dwork;
	unsigned long begin;

	reset();
	INIT_DELAYED_WORK_ONSTACK(&dwork, count_fn);
	begin = jiffies;
	expect(schedule_delayed_work(&dwork, 5));
	wait_until(atomic_read(&runs) == 1);
	expect(time_after_eq(jiffies, begin + 5));

	expect(schedule_delayed_work(&dwork, 1000 * HZ));
	expect(!schedule_delayed_work(&dwork, 1));
	expect(delayed_work_pending(&dwork));
	expect(mod_delayed_work(system_wq, &dwork, 2));
	wait_until(atomic_read(&runs) == 2);
	expect(!mod_delayed_work(system_wq, &dwork, 1000 * HZ));
	flush_delayed_work(&dwork);	/* true, unless a worker was faster than the wait */
	expect_eq(atomic_read(&runs), 3);
	schedule_delayed_work(&dwork, 0);
	flush_delayed_work(&dwork);
	expect_eq(atomic_read(&runs), 4);
	schedule_delayed_work_on(num_online_cpus() - 1, &dwork, 1);
	wait_until(atomic_read(&runs) == 5);
	destroy_delayed_work_on_stack(&dwork);
}

TEST(workqueue, cancel, "D7", "a cancelled work does not run; cancel_work_sync waits for one that runs")
{
	struct workqueue_struct *wq = alloc_workqueue("test_cancel", 0, 1);
	struct work_struct first, second;
	struct delayed_work dwork;

	require(wq);
	reset();
	INIT_WORK_ONSTACK(&first, hold_fn);
	INIT_WORK_ONSTACK(&second, count_fn);
	queue_work_on(0, wq, &first);
	wait_until(atomic_read(&inside) == 1);
	queue_work_on(0, wq, &second);		/* waits for max_active */
	expect(cancel_work_sync(&second));
	expect(!cancel_work_sync(&second));
	queue_work_on(0, wq, &second);
	complete(&hold);
	expect(!cancel_work_sync(&first));
	expect_eq(atomic_read(&inside), 0);
	flush_work(&second);
	expect_eq(atomic_read(&runs), 2);

	INIT_DELAYED_WORK_ONSTACK(&dwork, count_fn);
	queue_delayed_work(wq, &dwork, 1000 * HZ);
	expect(cancel_delayed_work_sync(&dwork));
	expect(!cancel_delayed_work(&dwork));
	queue_delayed_work(wq, &dwork, 1);
	wait_until(atomic_read(&runs) == 3);
	destroy_workqueue(wq);
}

static struct delayed_work again;

static void again_fn(struct work_struct *work)
{
	atomic_inc(&runs);
	schedule_delayed_work(&again, atomic_read(&runs) % 2);
}

TEST(workqueue, cancel_self_queueing, "D7", "cancel_delayed_work_sync ends a work that queues itself for ever")
{
	int seen;

	for (int i = 0; i < 20; i++) {
		reset();
		INIT_DELAYED_WORK(&again, again_fn);
		schedule_delayed_work(&again, 0);
		wait_until(atomic_read(&runs) > i % 5);
		cancel_delayed_work_sync(&again);
		seen = atomic_read(&runs);
		expect(!delayed_work_pending(&again));
		msleep(8);
		expect_eq(atomic_read(&runs), seen);
	}
}

static struct workqueue_struct *chain_wq;
static struct work_struct chain;

static void chain_fn(struct work_struct *work)
{
	if (atomic_inc_return(&runs) < 10)
		queue_work(chain_wq, work);
}

TEST(workqueue, drain, "D7", "draining lets works queue works until there are none; flushing does not wait for those")
{
	chain_wq = alloc_workqueue("test_chain", 0, 0);
	require(chain_wq);
	reset();
	INIT_WORK(&chain, chain_fn);
	queue_work(chain_wq, &chain);
	drain_workqueue(chain_wq);
	expect_eq(atomic_read(&runs), 10);
	reset();
	queue_work(chain_wq, &chain);
	destroy_workqueue(chain_wq);
	expect_eq(atomic_read(&runs), 10);
}

static struct work_struct storm_works[8];

static int stormer(void *arg)
{
	unsigned int seed = (unsigned long)arg * 2654435761U + 1;

	for (int i = 0; i < 150; i++) {
		struct work_struct *work;

		seed = seed * 1103515245 + 12345;
		work = &storm_works[(seed >> 16) % 8];
		switch ((seed >> 20) % 8) {
		case 0:
			cancel_work_sync(work);
			break;
		case 1:
			flush_work(work);
			break;
		case 2:
			flush_workqueue(chain_wq);
			break;
		case 3:
			cancel_work(work);
			break;
		default:
			queue_work_on((seed >> 24) % num_online_cpus(), chain_wq, work);
		}
	}
	return 0;
}

TEST(workqueue, storm, "D7", "queued, flushed and cancelled from everywhere at once, works come to rest")
{
	struct task_struct *t[6];

	chain_wq = alloc_workqueue("test_storm", 0, 2);
	require(chain_wq);
	reset();
	for (int i = 0; i < 8; i++)
		INIT_WORK(&storm_works[i], i % 4 ? count_fn : sleep_fn);
	for (long i = 0; i < 6; i++) {
		t[i] = kthread_create(stormer, (void *)i, "stormer/%ld", i);
		require(!IS_ERR(t[i]));
		get_task_struct(t[i]);
		wake_up_process(t[i]);
	}
	for (int i = 0; i < 6; i++) {
		wait_until(t[i]->flags & PF_EXITING);
		kthread_stop(t[i]);
		put_task_struct(t[i]);
	}
	destroy_workqueue(chain_wq);
	for (int i = 0; i < 8; i++)
		expect_eq(work_busy(&storm_works[i]), 0);
	expect(atomic_read(&runs) > 0);
}
