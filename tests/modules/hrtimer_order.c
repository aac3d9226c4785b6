/* SPDX-License-Identifier: MIT */
/* hrtimers end in the order of their times; of equal ones, the first started first. rows D8 */
#include <linux/hrtimer.h>
#include "test.h"

static struct hrtimer timers[6];
static int runs;

static enum hrtimer_restart run(struct hrtimer *t)
{
	note("%d", (int)(t - timers));
	runs++;
	return HRTIMER_NORESTART;
}

static void use(const int *delays, const char *what)
{
	ktime_t base;
	int i;

	runs = 0;
	local_irq_disable();
	base = ktime_get();
	for (i = 0; i < 6; i++) {
		hrtimer_init(&timers[i], CLOCK_MONOTONIC, HRTIMER_MODE_ABS_PINNED);
		timers[i].function = run;
		hrtimer_start(&timers[i], ktime_add_ms(base, 5 + delays[i]), HRTIMER_MODE_ABS_PINNED);
	}
	local_irq_enable();
	eventually(runs == 6);
	show(what);
}

static void test(void)
{
	static const int same[] = { 0, 0, 0, 0, 0, 0 }, up[] = { 1, 2, 3, 4, 5, 6 },
			 down[] = { 6, 5, 4, 3, 2, 1 }, mixed[] = { 3, 1, 3, 1, 2, 2 };

	use(same, "same");
	use(up, "up");
	use(down, "down");
	use(mixed, "mixed");
}
MODULE_TEST(test);
