// SPDX-License-Identifier: MIT
/* Work items from a task: the call, to the function's first line, there and back; and many. */
#include <linux/atomic.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>
#include "irqbench.h"

#define MANY	10000

static u64 entered;
static DECLARE_COMPLETION(ran);

static void note_and_complete(struct work_struct *work)
{
	entered = get_cycles();
	complete(&ran);
}
static DECLARE_WORK(one, note_and_complete);

static void one_at_a_time(void)
{
	unsigned int i;

	clear_samples();
	for (i = 0; i < ROUNDS; i++) {
		u64 before = get_cycles(), called, after;

		schedule_work(&one);
		called = get_cycles();
		wait_for_completion(&ran);
		after = get_cycles();
		add_sample(&out, called - before);
		add_sample(&in, entered - before);
		add_sample(&whole, after - before);
	}
	report_median("work.call", &out);
	report_median("work.entry", &in);
	report_median("work.round_trip", &whole);
}

static atomic_t left;

static void count_down(struct work_struct *work)
{
	if (atomic_dec_and_test(&left))
		complete(&ran);
}

static void many(void)
{
	struct work_struct *works = vzalloc(MANY * sizeof(*works));
	unsigned int i;
	u64 before;

	if (!works)
		return;
	for (i = 0; i < MANY; i++)
		INIT_WORK(&works[i], count_down);
	atomic_set(&left, MANY);
	before = get_cycles();
	for (i = 0; i < MANY; i++)
		schedule_work(&works[i]);
	wait_for_completion(&ran);
	report("work.each_of_10000", (get_cycles() - before) / MANY);
	flush_scheduled_work();
	vfree(works);
}

void bench_work(void)
{
	one_at_a_time();
	many();
}
