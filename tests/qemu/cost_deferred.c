/* SPDX-License-Identifier: MIT */
/*
 * What deferring work and arming timers costs, in instructions. The limits are a little above
 * what was reached, so that a change that costs more is noticed; Linux 6.1 needs more for
 * each, for most two to three times as many. Each figure includes one reading of the counter.
 */
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/timer.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>
#include <linux/completion.h>
#include "cost.h"
#include "test.h"

#define ROUNDS	101

/* The median cost of @body, after @setup each time, held against @limit. */
#define COST(what, limit, setup, body)					\
do {									\
	u32 __v[ROUNDS], __m;						\
	int round;							\
									\
	for (round = 0; round < ROUNDS; round++) {			\
		u64 __t;						\
									\
		setup;							\
		__t = get_cycles();					\
		body;							\
		__v[round] = (u32)(get_cycles() - __t);			\
	}								\
	__m = median(__v, ROUNDS);					\
	test_note("%s: %u", what, __m);					\
	expect(__m <= (limit));						\
} while (0)

#define need_counter() \
	need(counts_instructions(), "the time-stamp counter does not count instructions: boot with --icount")

static u64 entered;

static void note_entry(struct tasklet_struct *t)
{
	entered = get_cycles();
}

static DECLARE_TASKLET(tasklet, note_entry);

static u32 tasklet_entry(void)
{
	u32 v[ROUNDS];
	int i;

	for (i = 0; i < ROUNDS; i++) {
		u64 begun;

		local_bh_disable();
		begun = get_cycles();
		tasklet_schedule(&tasklet);
		local_bh_enable();
		v[i] = (u32)(entered - begun);
	}
	return median(v, ROUNDS);
}

TEST(cost, tasklet, "D2 D4", "bottom halves off and on again, and a tasklet scheduled in between, cost what they may")
{
	u32 entry;

	need_counter();
	COST("local_bh_disable() and enable()", 11, , ({ local_bh_disable(); barrier(); local_bh_enable(); }));
	entry = tasklet_entry();
	test_note("tasklet_schedule() to its first line: %u", entry);
	expect(entry <= 90);
}

static void nothing(struct timer_list *t)
{
}

static DEFINE_TIMER(timer, nothing);

TEST(cost, timer, "D8", "arming, re-arming and deleting a timer cost what they may, near and far")
{
	unsigned long later = jiffies + 1000 * HZ;

	need_counter();
	timer_setup(&timer, nothing, 0);
	COST("mod_timer() add, near", 76, del_timer(&timer), mod_timer(&timer, jiffies + 20));
	COST("mod_timer() add, far", 82, del_timer(&timer), mod_timer(&timer, later + (unsigned int)round * 100));
	COST("mod_timer() re-arm, to another bucket", 95, , mod_timer(&timer, later + (unsigned int)round * 100000));
	COST("del_timer()", 45, mod_timer(&timer, later), del_timer(&timer));
}

#define MANY	10000

TEST(cost, expiry, "D8", "ten thousand timers that are due at once cost what they may")
{
	struct timer_list *t = vzalloc(MANY * sizeof(*t));
	unsigned long when;
	u64 begun;
	u32 each;
	int i;

	need_counter();
	require(t);
	when = jiffies + 40;
	for (i = 0; i < MANY; i++) {
		timer_setup(&t[i], nothing, 0);
		mod_timer(&t[i], when);
	}
	/* All their buckets are due before the softirq gets its turn. */
	local_bh_disable();
	smp_cond_load_relaxed(&jiffies, time_after(VAL, when + 8));
	begun = get_cycles();
	local_bh_enable();
	each = (u32)((get_cycles() - begun) / MANY);
	test_note("each: %u", each);
	expect(each <= 28);
	for (i = 0; i < MANY; i++)
		expect(!timer_pending(&t[i]));
	vfree(t);
}

static enum hrtimer_restart hr_nothing(struct hrtimer *t)
{
	return HRTIMER_NORESTART;
}

TEST(cost, hrtimer, "D8", "starting and cancelling a high-resolution timer costs what it may")
{
	struct hrtimer t;

	need_counter();
	hrtimer_init_on_stack(&t, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	t.function = hr_nothing;
	COST("hrtimer_start(), far", 160, hrtimer_cancel(&t), hrtimer_start(&t, ms_to_ktime(100000), HRTIMER_MODE_REL));
	COST("hrtimer_cancel()", 75, hrtimer_start(&t, ms_to_ktime(100000), HRTIMER_MODE_REL), hrtimer_cancel(&t));
	hrtimer_cancel(&t);
}

static void work_entered(struct irq_work *work)
{
	WRITE_ONCE(entered, get_cycles());
}

TEST(cost, irq_work, "D10", "an irq_work to the own CPU costs what it may")
{
	static DEFINE_IRQ_WORK(work, work_entered);
	u32 v[ROUNDS], m;
	int i;

	need_counter();
	for (i = 0; i < ROUNDS; i++) {
		u64 begun;

		WRITE_ONCE(entered, 0);
		preempt_disable();
		begun = get_cycles();
		irq_work_queue(&work);
		smp_cond_load_relaxed(&entered, VAL != 0);
		preempt_enable();
		v[i] = (u32)(entered - begun);
		irq_work_sync(&work);
	}
	m = median(v, ROUNDS);
	test_note("irq_work_queue() to its first line: %u", m);
	expect(m <= 100);
}

static atomic_t left;
static DECLARE_COMPLETION(all_ran);

static void count_down(struct work_struct *work)
{
	if (atomic_dec_and_test(&left))
		complete(&all_ran);
}

TEST(cost, works, "D7", "ten thousand works, queued and run, cost what they may")
{
	struct work_struct *works = vzalloc(MANY * sizeof(*works));
	u64 begun;
	u32 each;
	int i;

	need_counter();
	require(works);
	for (i = 0; i < MANY; i++)
		INIT_WORK(&works[i], count_down);
	atomic_set(&left, MANY);
	begun = get_cycles();
	for (i = 0; i < MANY; i++)
		schedule_work(&works[i]);
	wait_for_completion(&all_ran);
	each = (u32)((get_cycles() - begun) / MANY);
	test_note("each: %u", each);
	expect(each <= 240);
	flush_scheduled_work();
	vfree(works);
}

/* A loop that does nothing but look at the clock: the ticks are its longest pauses. */
TEST(cost, tick, "D8", "a tick on a busy CPU costs what it may")
{
	u32 v[ROUNDS], m;
	u64 last, now;
	int n = 0;

	need_counter();
	last = get_cycles();
	while (n < ROUNDS) {
		now = get_cycles();
		if (now - last > 200)
			v[n++] = (u32)(now - last);
		last = get_cycles();
	}
	m = median(v, ROUNDS);
	test_note("tick: %u", m);
	expect(m <= 850);
}
