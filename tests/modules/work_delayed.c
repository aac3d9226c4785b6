/* SPDX-License-Identifier: MIT */
/* What the calls on delayed work return in each state. rows D7 D8 */
#include <linux/workqueue.h>
#include "test.h"

static int runs;

static void run(struct work_struct *w)
{
	runs++;
}
static DECLARE_DELAYED_WORK(dw, run);

static void test(void)
{
	note("pending %d cancel %d flush %d", delayed_work_pending(&dw), cancel_delayed_work(&dw),
	     flush_delayed_work(&dw));
	show("idle");
	note("%d", schedule_delayed_work(&dw, 1000 * HZ));
	note("again %d", schedule_delayed_work(&dw, 1));
	note("pending %d", delayed_work_pending(&dw));
	note("cancel %d %d", cancel_delayed_work(&dw), cancel_delayed_work_sync(&dw));
	note("runs %d", runs);
	show("far, cancelled");
	note("%d", schedule_delayed_work(&dw, 1000 * HZ));
	flush_delayed_work(&dw);
	note("runs %d flush %d", runs, flush_delayed_work(&dw));
	show("far, flushed");
	note("mod %d", mod_delayed_work(system_wq, &dw, 1000 * HZ));
	note("mod %d", mod_delayed_work(system_wq, &dw, 500 * HZ));
	note("mod %d", mod_delayed_work(system_wq, &dw, 0));
	flush_delayed_work(&dw);
	note("runs %d", runs);
	show("modified");
	note("%d", schedule_delayed_work(&dw, 2));
	eventually(runs == 3);
	note("runs %d pending %d", runs, delayed_work_pending(&dw));
	note("on %d", schedule_delayed_work_on(1, &dw, 0));
	eventually(runs == 4);
	note("runs %d", runs);
	show("near");
	cancel_delayed_work_sync(&dw);
}
MODULE_TEST(test);
