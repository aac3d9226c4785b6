/* SPDX-License-Identifier: MIT */
/* What queueing, flushing and cancelling a work return. rows D7 */
#include <linux/completion.h>
#include <linux/workqueue.h>
#include "test.h"

static DECLARE_COMPLETION(started);
static DECLARE_COMPLETION(go);
static int runs;

static void gate(struct work_struct *w)
{
	complete(&started);
	wait_for_completion(&go);
	runs++;
}
static DECLARE_WORK(blocked, gate);

static void count(struct work_struct *w)
{
	runs++;
}
static DECLARE_WORK(plain, count);

static void test(void)
{
	note("flush %d cancel %d pending %d", flush_work(&plain), cancel_work_sync(&plain), work_pending(&plain));
	show("never queued");
	note("%d", schedule_work(&blocked));
	wait_for_completion(&started);
	note("pending %d busy %x", work_pending(&blocked), work_busy(&blocked));
	note("again %d", schedule_work(&blocked));
	note("thrice %d", schedule_work(&blocked));
	note("pending %d busy %x", work_pending(&blocked), work_busy(&blocked));
	note("cancel %d", cancel_work(&blocked));
	note("cancel %d", cancel_work(&blocked));
	note("again %d", schedule_work(&blocked));
	complete(&go);
	complete(&go);
	note("flush %d", flush_work(&blocked));
	note("runs %d busy %x", runs, work_busy(&blocked));
	note("flush %d", flush_work(&blocked));
	show("queued while it runs");
	reinit_completion(&started);
	reinit_completion(&go);
	runs = 0;
	schedule_work(&blocked);
	wait_for_completion(&started);
	schedule_work(&blocked);
	complete(&go);
	complete(&go);
	cancel_work_sync(&blocked);
	note("pending %d", work_pending(&blocked));
	note("cancel_sync %d", cancel_work_sync(&blocked));
	show("cancelled while running");
}
MODULE_TEST(test);
