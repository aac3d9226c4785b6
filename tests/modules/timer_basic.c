/* SPDX-License-Identifier: MIT */
/* What the calls on timers return in each state. rows D8 */
#include <linux/timer.h>
#include "test.h"

static int runs;

static void run(struct timer_list *t)
{
	note("run(pending %d)", timer_pending(t));
	runs++;
}
static DEFINE_TIMER(timer, run);

static void test(void)
{
	note("pending %d del %d sync %d try %d", timer_pending(&timer), del_timer(&timer),
	     del_timer_sync(&timer), try_to_del_timer_sync(&timer));
	show("idle");
	note("mod %d", mod_timer(&timer, jiffies + 100 * HZ));
	note("mod %d", mod_timer(&timer, jiffies + 200 * HZ));
	note("pending %d", timer_pending(&timer));
	note("mod_pending %d", mod_timer_pending(&timer, jiffies + 300 * HZ));
	note("reduce %d", timer_reduce(&timer, jiffies + 400 * HZ));
	note("at %d", time_before(timer.expires, jiffies + 310 * HZ));
	note("reduce %d", timer_reduce(&timer, jiffies + 50 * HZ));
	note("at %d", time_before(timer.expires, jiffies + 60 * HZ));
	note("del %d %d", del_timer(&timer), del_timer(&timer));
	show("far");
	note("mod_pending %d", mod_timer_pending(&timer, jiffies + 1));
	msleep(20);
	note("pending %d", timer_pending(&timer));
	show("mod_pending of an idle one");
	note("reduce %d", timer_reduce(&timer, jiffies + 1));
	eventually(runs == 1);
	show("reduce of an idle one");
	mod_timer(&timer, jiffies - 10);
	eventually(runs == 2);
	show("in the past");
	timer.expires = jiffies + 1;
	add_timer(&timer);
	eventually(runs == 3);
	show("added");
	timer.expires = jiffies + 1;
	add_timer_on(&timer, 1);
	eventually(runs == 4);
	show("added on another CPU");
	mod_timer(&timer, jiffies + 100 * HZ);
	note("try %d", try_to_del_timer_sync(&timer));
	mod_timer(&timer, jiffies + 100 * HZ);
	note("sync %d", del_timer_sync(&timer));
	mod_timer(&timer, jiffies + MAX_JIFFY_OFFSET);
	note("far off %d", del_timer_sync(&timer));
	show("deleted");
}
MODULE_TEST(test);
