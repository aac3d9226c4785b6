/* SPDX-License-Identifier: MIT */
/*
 * The tick: HZ times a second on each CPU, and with it all that happens by the clock.
 *
 * A CPU's clock event device starts out periodic, if it can be and while the clock itself
 * only moves with the tick. As soon as there is a finer clock the device goes to one-shot and
 * is programmed for whatever comes first: the next tick, on a grid that is the same for all
 * CPUs, or a high-resolution timer.
 *
 * One CPU, the first to get a device, also moves jiffies and the clock on.
 */
#include <linux/clockchips.h>
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/irq_work.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/seqlock.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

#include "internals.h"

/* Of its own CPU, IRQs off. */
struct tick_cpu {
	struct clock_event_device *dev;
	ktime_t next_tick;		/* one-shot: when the next tick is due */
	ktime_t programmed;		/* one-shot: what the device was told */
	bool in_handler;		/* it will be programmed at the end */
};

static DEFINE_PER_CPU(struct tick_cpu, tick_cpu);

static bool oneshot_used;		/* by any CPU; goes true once */

#define TICK_DO_TIMER_NONE	(-1)
static int tick_do_timer_cpu = TICK_DO_TIMER_NONE;	/* written once, at boot */

static ktime_t last_jiffies_update;	/* jiffies_lock; the time of the tick that jiffies counts */

/* Count the ticks whose time has come by @now. IRQs off. */
static void update_jiffies(ktime_t now)
{
	unsigned long ticks;
	s64 delta;

	raw_spin_lock(&jiffies_lock);
	delta = ktime_sub(now, last_jiffies_update);
	if (delta >= (s64)TICK_NSEC) {
		/* More than one: interrupts were off for long. */
		ticks = likely(delta < 2 * (s64)TICK_NSEC) ? 1 :
			(unsigned long)ktime_divns(delta, TICK_NSEC);
		last_jiffies_update = ktime_add_ns(last_jiffies_update, ticks * TICK_NSEC);
		write_seqcount_begin(&jiffies_seq);
		jiffies_64 += ticks;
		write_seqcount_end(&jiffies_seq);
	}
	raw_spin_unlock(&jiffies_lock);
	update_wall_time();
}

/* What every CPU does at its tick. */
static void cpu_tick(void)
{
	account_process_tick();
	run_local_timers();
	irq_work_tick();
	scheduler_tick();
}

static bool keeps_time(void)
{
	return tick_do_timer_cpu == raw_smp_processor_id();
}

/* The interrupt of a device in one-shot mode. */
static void tick_handle_oneshot(struct clock_event_device *dev)
{
	struct tick_cpu *tc = this_cpu_ptr(&tick_cpu);
	ktime_t now = ktime_get(), next;

	tc->in_handler = true;
	if (now >= tc->next_tick) {
		if (keeps_time())
			update_jiffies(now);
		cpu_tick();
		tc->next_tick = ktime_add_ns(tc->next_tick, TICK_NSEC);
		/* Ticks that were missed are not made up for, except in jiffies. */
		if (unlikely(now >= tc->next_tick))
			tc->next_tick = ktime_add_ns(tc->next_tick, TICK_NSEC *
				(u64)(ktime_divns(now - tc->next_tick, TICK_NSEC) + 1));
	}
	next = hrtimer_run_queues(now);
	tc->in_handler = false;
	tc->programmed = min(next, tc->next_tick);
	clockevents_program_event(dev, tc->programmed, true);
}

/* A high-resolution timer was armed on this CPU: interrupt no later than @expires. IRQs off. */
void tick_program_before(ktime_t expires)
{
	struct tick_cpu *tc = this_cpu_ptr(&tick_cpu);

	if (!tc->dev || !clockevent_state_oneshot(tc->dev) || tc->in_handler ||
	    expires >= tc->programmed)
		return;
	tc->programmed = expires;
	clockevents_program_event(tc->dev, expires, true);
}

/* The ticks of all CPUs fall on the same times, whenever each CPU came up. */
static ktime_t next_on_grid(ktime_t now)
{
	ktime_t last;
	unsigned long flags;

	raw_spin_lock_irqsave(&jiffies_lock, flags);
	last = last_jiffies_update;
	raw_spin_unlock_irqrestore(&jiffies_lock, flags);
	return ktime_add_ns(last, TICK_NSEC * (u64)(ktime_divns(now - last, TICK_NSEC) + 1));
}

static void switch_to_oneshot(struct tick_cpu *tc)
{
	struct clock_event_device *dev = tc->dev;
	ktime_t now = ktime_get();

	WRITE_ONCE(oneshot_used, true);
	dev->event_handler = tick_handle_oneshot;
	clockevents_switch_state(dev, CLOCK_EVT_STATE_ONESHOT);
	/* Until now a tick was counted whenever the device said so: from here on by the clock. */
	if (keeps_time()) {
		unsigned long flags;

		raw_spin_lock_irqsave(&jiffies_lock, flags);
		last_jiffies_update = now;
		raw_spin_unlock_irqrestore(&jiffies_lock, flags);
	}
	tc->next_tick = next_on_grid(now);
	tc->programmed = tc->next_tick;
	clockevents_program_event(dev, tc->programmed, true);
}

/* Then jiffies follow the clock, and no clock will do that follows jiffies. */
bool tick_oneshot_used(void)
{
	return READ_ONCE(oneshot_used);
}

static bool can_be_oneshot(struct clock_event_device *dev)
{
	return (dev->features & CLOCK_EVT_FEAT_ONESHOT) && timekeeping_valid_for_hres();
}

/* The interrupt of a device in periodic mode. */
static void tick_handle_periodic(struct clock_event_device *dev)
{
	struct tick_cpu *tc = this_cpu_ptr(&tick_cpu);

	if (keeps_time()) {
		raw_spin_lock(&jiffies_lock);
		write_seqcount_begin(&jiffies_seq);
		jiffies_64++;
		write_seqcount_end(&jiffies_seq);
		raw_spin_unlock(&jiffies_lock);
		update_wall_time();
	}
	cpu_tick();
	hrtimer_run_queues(ktime_get());
	if (can_be_oneshot(dev))
		switch_to_oneshot(tc);
}

static void start_device(struct tick_cpu *tc)
{
	struct clock_event_device *dev = tc->dev;

	if (tick_do_timer_cpu == TICK_DO_TIMER_NONE)
		tick_do_timer_cpu = raw_smp_processor_id();
	if (can_be_oneshot(dev) || !(dev->features & CLOCK_EVT_FEAT_PERIODIC)) {
		switch_to_oneshot(tc);
		return;
	}
	dev->event_handler = tick_handle_periodic;
	clockevents_switch_state(dev, CLOCK_EVT_STATE_PERIODIC);
}

static bool is_better(struct clock_event_device *cur, struct clock_event_device *new)
{
	bool cur_own, new_own;

	if (!cur)
		return true;
	/* One that serves this CPU alone before one that could serve others. */
	cur_own = cpumask_weight(cur->cpumask) == 1;
	new_own = cpumask_weight(new->cpumask) == 1;
	if (cur_own != new_own)
		return new_own;
	return new->rating > cur->rating;
}

static void ignore_event(struct clock_event_device *dev)
{
}

/* Take @dev for this CPU if it is better than what it has. IRQs off, clockevents_lock held. */
bool tick_check_new_device(struct clock_event_device *dev)
{
	struct tick_cpu *tc = this_cpu_ptr(&tick_cpu);
	struct clock_event_device *old = tc->dev;

	if (!cpumask_test_cpu((unsigned int)raw_smp_processor_id(), dev->cpumask) ||
	    !is_better(old, dev))
		return false;
	/* An interrupt of the old one may still be on its way. */
	if (old)
		old->event_handler = ignore_event;
	clockevents_exchange_device(old, dev);
	tc->dev = dev;
	start_device(tc);
	return true;
}
