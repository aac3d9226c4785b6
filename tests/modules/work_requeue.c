/* SPDX-License-Identifier: MIT */
/* Works that queue themselves: run again, drained, cancelled, destroyed. rows D7 */
#include <linux/workqueue.h>
#include "test.h"

static struct workqueue_struct *wq;
static int runs, limit;

static void again(struct work_struct *w)
{
	if (++runs < limit)
		note("%d", queue_work(wq, w));
}
static DECLARE_WORK(work, again);

static void test(void)
{
	wq = alloc_workqueue("requeue", 0, 0);
	limit = 5;
	note("%d", queue_work(wq, &work));
	eventually(runs == 5);
	flush_work(&work);
	show("five times");
	runs = 0;
	queue_work(wq, &work);
	drain_workqueue(wq);
	note("runs %d", runs);
	show("drained");
	runs = 0;
	limit = 1 << 30;
	queue_work(wq, &work);
	eventually(runs > 10);
	note("cancelled %d", cancel_work_sync(&work));
	notes_len = 0;
	limit = runs;
	msleep(10);
	note("pending %d stopped %d", work_pending(&work), runs == limit);
	show("cancelled");
	runs = 0;
	limit = 4;
	queue_work(wq, &work);
	destroy_workqueue(wq);
	note("runs %d", runs);
	show("destroyed");
}
MODULE_TEST(test);
