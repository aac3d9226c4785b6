/* SPDX-License-Identifier: MIT */
/* Timers that delete, re-arm and ask for themselves in their own callback. rows D8 */
#include <linux/timer.h>
#include "test.h"

static int runs, what_to_do;

static void run(struct timer_list *t)
{
	runs++;
	switch (what_to_do) {
	case 0:
		note("del %d", del_timer(t));
		break;
	case 1:
		if (runs < 4)
			note("mod %d", mod_timer(t, jiffies + 1));
		break;
	case 2:
		note("try %d", try_to_del_timer_sync(t));
		break;
	case 3:
		note("mod %d", mod_timer(t, jiffies + 1));
		note("del %d", del_timer(t));
		note("pending %d", timer_pending(t));
		break;
	case 4:
		mod_timer(t, jiffies + 1);
		break;
	}
}
static DEFINE_TIMER(timer, run);

static void use(int what, int times, const char *text)
{
	what_to_do = what;
	runs = 0;
	mod_timer(&timer, jiffies + 1);
	eventually(runs >= times);
	msleep(20);
	if (what != 4)
		note("runs %d", runs);
	del_timer_sync(&timer);
	times = runs;
	msleep(20);
	note("stopped %d pending %d", runs == times, timer_pending(&timer));
	show(text);
}

static void test(void)
{
	use(0, 1, "deletes itself");
	use(1, 4, "re-arms itself");
	use(2, 1, "tries to delete itself in step");
	use(3, 1, "re-arms and deletes itself");
	use(4, 5, "re-arms for ever, deleted from outside");
}
MODULE_TEST(test);
