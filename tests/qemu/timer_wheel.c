/* SPDX-License-Identifier: MIT */
/*
 * The timer wheel at all its levels, and with a million timers on it; timers that are used
 * wrongly. On one CPU the test can move jiffies on itself, and so see weeks go by.
 */
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/lockdep.h>
#include <linux/smp.h>
#include <linux/timer.h>
#include <linux/vmalloc.h>
#include "cost.h"
#include "log.h"
#include "test.h"

struct probe {
	struct timer_list timer;
	unsigned long at;
	int runs;
};

static void probe_run(struct timer_list *t)
{
	struct probe *p = from_timer(p, t, timer);

	p->at = jiffies;
	p->runs++;
}

/* It is @now: what is due is called before this returns. */
static void jump(unsigned long now)
{
	local_bh_disable();
	local_irq_disable();
	jiffies_64 = now;
	run_local_timers();
	local_irq_enable();
	local_bh_enable();
	/* It may have been left to ksoftirqd. */
	while (local_softirq_pending())
		yield();
}

/* How late a timer armed for @delta ticks ahead may be called, and the next arming's span. */
static unsigned long span_of(unsigned long delta)
{
	unsigned long span = 1;

	if (delta < 63)
		return span;
	while (delta > 62 * span + span / 16)
		span *= 8;
	return span;
}

/*
 * Armed at @start for @delta ahead: not called when it is a little before that, called once when
 * its span is over. Ticks come in between: it is the jiffy of the call that counts.
 */
static bool one_level(unsigned long start, unsigned long delta)
{
	static struct probe p;

	p.runs = 0;
	timer_setup(&p.timer, probe_run, TIMER_PINNED);
	jump(start);
	mod_timer(&p.timer, start + delta);
	if (delta > 2)
		jump(start + delta - 2);
	jump(start + delta + span_of(delta) + 1);
	del_timer_sync(&p.timer);
	return p.runs == 1 && time_after_eq(p.at, start + delta);
}

TEST(wheel, levels, "D8", "timers of up to 47 days, on all levels and from all places of the wheel, are called once and in their span")
{
	unsigned long reach = 63, delta, back, wrong = 0;
	int place;

	need(num_online_cpus() == 1, "more than one CPU: jiffies are not the test's to change");
	for (; reach < 1000000000; reach *= 8) {
		for (back = 0; back < 4; back++) {
			delta = reach - 2 + back;
			/* From a span's beginning, its end, the end of a round, anywhere. */
			for (place = 0; place < 4; place++) {
				static const unsigned long low[] = { 0, 7, 0x3fffffff, 0x12345677 };
				unsigned long start = ((jiffies >> 30) + 1) << 30 | low[place];

				wrong += !one_level(start, delta);
			}
		}
	}
	expect_eq(wrong, 0);
}

#define MILLION	1000000
#define ROUNDS	51

static void nothing(struct timer_list *t)
{
}

static struct {
	u32 add, move, del;
} first;

/* The three costs with @pending timers on the wheel: the same as with one. */
static void measure(struct timer_list *t, unsigned int pending)
{
	unsigned long later = jiffies + 100000;
	u32 add[ROUNDS], move[ROUNDS], del[ROUNDS];
	unsigned int i;

	for (i = 0; i < ROUNDS; i++) {
		u64 a = get_cycles(), b, c;

		mod_timer(t, later + i * 1000);
		b = get_cycles();
		mod_timer(t, later + i * 1000 + 100000);
		c = get_cycles();
		del_timer(t);
		del[i] = (u32)(get_cycles() - c);
		move[i] = (u32)(c - b);
		add[i] = (u32)(b - a);
	}
	if (pending == 1) {
		first.add = median(add, ROUNDS);
		first.move = median(move, ROUNDS);
		first.del = median(del, ROUNDS);
	}
	test_note("%u pending: add %u, move %u, delete %u", pending, median(add, ROUNDS),
		  median(move, ROUNDS), median(del, ROUNDS));
	/* Two more: the bucket has a timer to be told of its new neighbour. */
	expect(median(add, ROUNDS) <= first.add + 2);
	expect(median(move, ROUNDS) <= first.move + 4);
	expect(median(del, ROUNDS) <= first.del + 2);
}

/* A second or two: there are a million to be set up and taken down. */
TEST(wheel, million, "D8", "adding, moving and deleting a timer costs the same with 1, 100, 10,000 and a million pending")
{
	static const unsigned int steps[] = { 1, 100, 10000, MILLION };
	unsigned int i = 0, step, left = 0;
	struct timer_list *t;

	need(counts_instructions(), "the time-stamp counter does not count instructions: boot with --icount");
	t = vzalloc((MILLION + 1) * sizeof(*t));
	require(t);
	timer_setup(&t[MILLION], nothing, 0);
	for (step = 0; step < ARRAY_SIZE(steps); step++) {
		for (; i < steps[step]; i++) {
			timer_setup(&t[i], nothing, 0);
			mod_timer(&t[i], jiffies + 250000 + i * 7919UL % 10000000);
		}
		measure(&t[MILLION], steps[step]);
	}
	for (i = 0; i < MILLION; i++)
		left += (unsigned int)!del_timer(&t[i]);
	expect_eq(left, 0);
	vfree(t);
}

static bool own_end_done;

static void wait_for_own_end(struct timer_list *t)
{
	expect_eq(del_timer_sync(t), 0);
	WRITE_ONCE(own_end_done, true);
}

TEST(wheel, own_end, "D8", "del_timer_sync() from the timer's own function is reported, and does not wait for ever")
{
	static DEFINE_TIMER(timer, wait_for_own_end);

	watch_log();
	mod_timer(&timer, jiffies);
	wait_until(READ_ONCE(own_end_done));
	expect(logged("wait_for_own_end"));
	expect(logged("waits for its own end"));
	expect_eq(del_timer_sync(&timer), 0);
	lockdep_reset();	/* it sees that as a lock taken twice */
}

static DEFINE_TIMER(plain_timer, nothing);
static bool in_hardirq_done;

static void delete_in_hardirq(struct irq_work *work)
{
	del_timer_sync(&plain_timer);
	WRITE_ONCE(in_hardirq_done, true);
}

TEST(wheel, sync_in_hardirq, "D8", "del_timer_sync() in a hard interrupt is reported, unless the timer is TIMER_IRQSAFE")
{
	static DEFINE_IRQ_WORK(work, delete_in_hardirq);

	watch_log();
	timer_setup(&plain_timer, nothing, TIMER_IRQSAFE);
	mod_timer(&plain_timer, jiffies + 1000 * HZ);
	irq_work_queue(&work);
	wait_until(READ_ONCE(in_hardirq_done));
	irq_work_sync(&work);
	expect(!logged("WARNING:"));

	in_hardirq_done = false;
	timer_setup(&plain_timer, nothing, 0);
	mod_timer(&plain_timer, jiffies + 1000 * HZ);
	irq_work_queue(&work);
	wait_until(READ_ONCE(in_hardirq_done));
	irq_work_sync(&work);
	expect(logged("WARNING:"));
	expect(!timer_pending(&plain_timer));
}
