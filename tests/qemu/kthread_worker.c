/* SPDX-License-Identifier: MIT */
/* kthread_worker: works of one thread of one's own. */
#include <linux/kthread.h>
#include "test.h"
#include "work_count.h"

static void kcount_fn(struct kthread_work *work)
{
	atomic_inc(&runs);
}

static void khold_fn(struct kthread_work *work)
{
	enter();
	wait_for_completion(&hold);
	leave();
}

TEST(kthread_worker, works, "D9", "a kthread_worker runs its works in order; they can be flushed, cancelled, delayed")
{
	struct kthread_worker *worker = kthread_create_worker(0, "test_worker");
	struct kthread_work one, two;
	static struct kthread_delayed_work dwork;

	require(!IS_ERR(worker));
	reset();
	kthread_init_work(&one, khold_fn);
	kthread_init_work(&two, kcount_fn);
	kthread_init_delayed_work(&dwork, kcount_fn);
	expect(kthread_queue_work(worker, &one));
	wait_until(atomic_read(&inside) == 1);
	expect(kthread_queue_work(worker, &two));
	expect(!kthread_queue_work(worker, &two));
	expect(kthread_cancel_work_sync(&two));
	expect(kthread_queue_work(worker, &two));
	expect_eq(atomic_read(&runs), 0);
	complete(&hold);
	kthread_flush_worker(worker);
	expect_eq(atomic_read(&runs), 2);

	expect(kthread_queue_delayed_work(worker, &dwork, 1000 * HZ));
	expect(kthread_mod_delayed_work(worker, &dwork, 1));
	wait_until(atomic_read(&runs) == 3);
	expect(kthread_queue_delayed_work(worker, &dwork, 1000 * HZ));
	expect(kthread_cancel_delayed_work_sync(&dwork));
	kthread_destroy_worker(worker);
	expect_eq(atomic_read(&runs), 3);
}
