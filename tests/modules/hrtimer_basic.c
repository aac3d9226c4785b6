/* SPDX-License-Identifier: MIT */
/* What the calls on hrtimers return in each state, and restarts. rows D8 */
#include <linux/hrtimer.h>
#include "test.h"

static int runs, limit;

static enum hrtimer_restart run(struct hrtimer *t)
{
	note("[run queued %d active %d running %d try %d]", hrtimer_is_queued(t), hrtimer_active(t),
	     hrtimer_callback_running(t), hrtimer_try_to_cancel(t));
	if (++runs >= limit)
		return HRTIMER_NORESTART;
	note("forward %d", hrtimer_forward_now(t, NSEC_PER_MSEC) > 0);
	return HRTIMER_RESTART;
}

static void test(void)
{
	struct hrtimer t;

	hrtimer_init(&t, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	t.function = run;
	note("queued %d active %d cancel %d try %d", hrtimer_is_queued(&t), hrtimer_active(&t),
	     hrtimer_cancel(&t), hrtimer_try_to_cancel(&t));
	show("idle");
	hrtimer_start(&t, 1000 * NSEC_PER_SEC, HRTIMER_MODE_REL);
	note("queued %d active %d", hrtimer_is_queued(&t), hrtimer_active(&t));
	note("remaining %d", hrtimer_get_remaining(&t) > 990 * NSEC_PER_SEC);
	note("cancel %d %d", hrtimer_cancel(&t), hrtimer_cancel(&t));
	show("far");
	limit = 1;
	hrtimer_start(&t, NSEC_PER_MSEC, HRTIMER_MODE_REL);
	eventually(!hrtimer_active(&t));
	note("remaining %d", hrtimer_get_remaining(&t) < 0);
	show("once");
	runs = 0;
	limit = 3;
	hrtimer_start(&t, 0, HRTIMER_MODE_REL);
	eventually(!hrtimer_active(&t));
	show("thrice");
	runs = 0;
	limit = 1;
	hrtimer_start(&t, ktime_sub_ns(ktime_get(), 5), HRTIMER_MODE_ABS);
	eventually(!hrtimer_active(&t));
	show("in the past");
	hrtimer_set_expires(&t, 1000);
	note("%llu", hrtimer_forward(&t, 500, 100));
	note("%llu at %lld", hrtimer_forward(&t, 1000, 100), hrtimer_get_expires(&t));
	note("%llu at %lld", hrtimer_forward(&t, 1100, 100), hrtimer_get_expires(&t));
	note("%llu at %lld", hrtimer_forward(&t, 1999, 100), hrtimer_get_expires(&t));
	note("%llu at %lld", hrtimer_forward(&t, 500000000, 7), hrtimer_get_expires(&t));
	show("forward");
}
MODULE_TEST(test);
