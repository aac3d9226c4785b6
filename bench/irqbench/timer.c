// SPDX-License-Identifier: MIT
/*
 * Timers: adding, moving and deleting one while so many others are pending; the cost of each
 * when many are due at once; high-resolution timers, not first in line and first; the tick.
 */
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/timer.h>
#include <linux/vmalloc.h>
#include "irqbench.h"

#define DUE	10000

static void nothing(struct timer_list *t)
{
}

/* Pauses would hand the turn to every other CPU of the virtual machine, one after the other. */
static noinline void spin(unsigned int turns)
{
	unsigned int i;

	for (i = 0; i < turns; i++)
		barrier();
}

static struct timer_list *make_timers(unsigned int n)
{
	struct timer_list *t = vzalloc(n * sizeof(*t));
	unsigned int i;

	for (i = 0; t && i < n; i++)
		timer_setup(&t[i], nothing, 0);
	return t;
}

/* The others are due from 1000 seconds on, spread over the wheel. */
static void with_pending(unsigned int n, const char *add, const char *move, const char *del)
{
	struct timer_list *others = make_timers(n);
	unsigned long later = jiffies + 1000 * HZ;
	struct timer_list timer;
	unsigned int i;

	if (!others)
		return;
	for (i = 0; i < n; i++)
		mod_timer(&others[i], later + i * 7919UL % 10000000);
	timer_setup_on_stack(&timer, nothing, 0);
	COUNT(add, del_timer(&timer), mod_timer(&timer, later + round * 1000UL));
	COUNT(move, , mod_timer(&timer, later + (round & 1) * 100000UL));
	COUNT(del, mod_timer(&timer, later + round * 1000UL), del_timer(&timer));
	del_timer_sync(&timer);
	destroy_timer_on_stack(&timer);
	for (i = 0; i < n; i++)
		del_timer(&others[i]);
	vfree(others);
}

static void expire_many(void)
{
	struct timer_list *t = make_timers(DUE);
	unsigned long when;
	unsigned int i;
	u64 begun;

	if (!t)
		return;
	/* Far enough off to be armed in time, near enough for the wheel's finest level. */
	when = jiffies + 40;
	begun = get_cycles();
	for (i = 0; i < DUE; i++)
		mod_timer(&t[i], when);
	report("timer.arm_each", (get_cycles() - begun) / DUE);
	/* All are due before the softirq gets its turn. */
	local_bh_disable();
	while (time_before(jiffies, when + 8))
		spin(1000);
	begun = get_cycles();
	local_bh_enable();
	report("timer.expire_each", (get_cycles() - begun) / DUE);
	for (i = 0; i < DUE; i++)
		del_timer_sync(&t[i]);
	vfree(t);
}

void bench_timer(void)
{
	with_pending(1, "timer.add_1", "timer.move_1", "timer.del_1");
	with_pending(100, "timer.add_100", "timer.move_100", "timer.del_100");
	with_pending(10000, "timer.add_10000", "timer.move_10000", "timer.del_10000");
	with_pending(1000000, "timer.add_1000000", "timer.move_1000000", "timer.del_1000000");
	expire_many();
}

static enum hrtimer_restart hr_nothing(struct hrtimer *t)
{
	return HRTIMER_NORESTART;
}

void bench_hrtimer(void)
{
	ktime_t far = ms_to_ktime(100000), near = ns_to_ktime(500000);
	struct hrtimer t;

	hrtimer_init_on_stack(&t, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	t.function = hr_nothing;
	COUNT("hrtimer.start_far", hrtimer_cancel(&t), hrtimer_start(&t, far, HRTIMER_MODE_REL));
	COUNT("hrtimer.start_near", hrtimer_cancel(&t), hrtimer_start(&t, near, HRTIMER_MODE_REL));
	COUNT("hrtimer.cancel", hrtimer_start(&t, far, HRTIMER_MODE_REL), hrtimer_cancel(&t));
	hrtimer_cancel(&t);
	destroy_hrtimer_on_stack(&t);
}

/*
 * A loop that always takes the same, but for the ticks in it. It is a quarter of a tick long, so
 * that most turns have none and no turn has two.
 */
#define TICK_TURNS	400

static u64 one_turn(void)
{
	u64 begun = get_cycles();

	spin(250000);
	return get_cycles() - begun;
}

void bench_tick(void)
{
	u64 alone = one_turn();
	unsigned int i;

	for (i = 0; i < 8; i++)
		alone = min(alone, one_turn());
	clear_samples();
	for (i = 0; i < TICK_TURNS; i++) {
		u64 more = one_turn() - alone;

		if (more > 100)
			add_sample(&whole, more);
	}
	report_median("tick.busy", &whole);
}
