/* SPDX-License-Identifier: MIT */
/* In which order timers of one CPU run that end at once, or one after another. rows D8 */
#include <linux/timer.h>
#include "test.h"

static struct timer_list timers[6];
static int runs;

static void run(struct timer_list *t)
{
	note("%d", (int)(t - timers));
	runs++;
}

static void use(const int *delays, const char *what)
{
	unsigned long base = jiffies + 10;
	int i;

	runs = 0;
	preempt_disable();
	for (i = 0; i < 6; i++) {
		timer_setup(&timers[i], run, TIMER_PINNED);
		mod_timer(&timers[i], base + delays[i]);
	}
	preempt_enable();
	eventually(runs == 6);
	show(what);
}

static void test(void)
{
	static const int same[] = { 5, 5, 5, 5, 5, 5 }, up[] = { 1, 2, 3, 4, 5, 6 },
			 down[] = { 6, 5, 4, 3, 2, 1 }, mixed[] = { 9, 2, 9, 2, 7, 4 },
			 far[] = { 200, 90, 200, 150, 90, 70 };

	use(same, "same");
	use(up, "up");
	use(down, "down");
	use(mixed, "mixed");
	use(far, "beyond the first level");
}
MODULE_TEST(test);
