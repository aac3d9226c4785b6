/* SPDX-License-Identifier: MIT */
/* A kthread_worker: order, requeueing, flushing, delays and cancelling. rows D9 */
#include <linux/kthread.h>
#include "test.h"

static struct kthread_worker *worker;

struct named {
	struct kthread_work work;
	const char *name;
	int again;
};

static void run(struct kthread_work *work)
{
	struct named *n = container_of(work, struct named, work);

	note("%s", n->name);
	if (n->again-- > 0)
		note("requeued %d", kthread_queue_work(worker, work));
}

static struct named a = { .name = "a" }, b = { .name = "b" }, c = { .name = "c", .again = 2 };
static struct kthread_delayed_work delayed;
static int late_runs;

static void run_late(struct kthread_work *work)
{
	late_runs++;
}

static void hold(struct kthread_work *work)
{
	msleep(40);
}
static DEFINE_KTHREAD_WORK(holder, hold);

static void test(void)
{
	worker = kthread_create_worker(0, "works");
	if (IS_ERR(worker))
		return;
	kthread_init_work(&a.work, run);
	kthread_init_work(&b.work, run);
	kthread_init_work(&c.work, run);
	kthread_queue_work(worker, &holder);
	note("b %d", kthread_queue_work(worker, &b.work));
	note("a %d", kthread_queue_work(worker, &a.work));
	note("b %d", kthread_queue_work(worker, &b.work));
	kthread_flush_worker(worker);
	show("order");
	kthread_queue_work(worker, &c.work);
	kthread_flush_work(&c.work);
	kthread_flush_worker(worker);
	kthread_flush_worker(worker);
	show("again");
	kthread_queue_work(worker, &holder);
	kthread_queue_work(worker, &a.work);
	note("cancelled %d", kthread_cancel_work_sync(&a.work));
	note("again %d", kthread_cancel_work_sync(&a.work));
	kthread_flush_worker(worker);
	show("cancel");
	kthread_init_delayed_work(&delayed, run_late);
	note("queued %d", kthread_queue_delayed_work(worker, &delayed, 1000 * HZ));
	note("again %d", kthread_queue_delayed_work(worker, &delayed, 1));
	note("moved %d", kthread_mod_delayed_work(worker, &delayed, 2));
	eventually(late_runs == 1);
	kthread_flush_work(&delayed.work);
	note("cancelled %d", kthread_cancel_delayed_work_sync(&delayed));
	note("new %d", kthread_mod_delayed_work(worker, &delayed, 1000 * HZ));
	note("cancelled %d", kthread_cancel_delayed_work_sync(&delayed));
	note("runs %d", late_runs);
	show("delayed");
	kthread_queue_work(worker, &b.work);
	kthread_destroy_worker(worker);
	show("destroyed");
}
MODULE_TEST(test);
