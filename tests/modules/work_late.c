/* SPDX-License-Identifier: MIT */
/* Works that queue others, and a flush from inside a work. rows D7 */
#include <linux/workqueue.h>
#include "test.h"

static struct workqueue_struct *wq;

static void leaf(struct work_struct *w)
{
	note("leaf");
}
static DECLARE_WORK(leaf_work, leaf);

static void branch(struct work_struct *w)
{
	note("queue %d", queue_work(wq, &leaf_work));
	flush_work(&leaf_work);
	note("flushed");
}
static DECLARE_WORK(branch_work, branch);

static void test(void)
{
	wq = alloc_workqueue("late", 0, 0);
	queue_work_on(0, wq, &branch_work);
	flush_work(&branch_work);
	show("a work waits for another");
	workqueue_set_max_active(wq, 1);
	queue_work_on(0, system_wq, &branch_work);
	flush_work(&branch_work);
	show("on another queue");
	note("congested %d", workqueue_congested(0, wq));
	destroy_workqueue(wq);
	show("end");
}
MODULE_TEST(test);
