/* SPDX-License-Identifier: MIT */
/*
 * The tick: HZ times a second on each CPU, and with it all that happens by the clock.
 *
 * A CPU's clock event device starts out periodic, if it can be and while the clock itself
 * only moves with the tick. As soon as there is a finer clock the device goes to one-shot and
 * is programmed for whatever comes first: the next tick, on a grid that is the same for all
 * CPUs, or a high-resolution timer.
 *
 * One CPU, at first the one that got a device first, also moves jiffies and the clock on.
 * How the tick stops while a CPU is idle, and who then has that duty: nohz.c.
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
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/seqlock.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/tick.h>
#include <linux/timer.h>
#include <asm/irq_regs.h>
#include <asm/ptrace.h>

#include "internals.h"

DEFINE_PER_CPU(struct tick_cpu, tick_cpu) = { .programmed = KTIME_MIN };

static bool oneshot_used;		/* by any CPU; goes true once */

/*
 * Written by the CPU that takes the duty at its tick, when nobody has it, and by the one that
 * lets it go as it stops its tick. Should two take it at once, jiffies_lock keeps the count right.
 */
int tick_do_timer_cpu = TICK_DO_TIMER_NONE;

static ktime_t last_jiffies_update;	/* jiffies_lock; the time of the tick that jiffies counts */

/* Count the ticks whose time has come by @now. IRQs off. */
void tick_update_jiffies(ktime_t now)
{
	unsigned long ticks;
	s64 delta;

	/* A torn or old value only means a look too many, or that another CPU is at it. */
	if (ktime_sub(now, READ_ONCE(last_jiffies_update)) < (s64)TICK_NSEC)
		return;
	raw_spin_lock(&jiffies_lock);
	delta = ktime_sub(now, last_jiffies_update);
	if (delta >= (s64)TICK_NSEC) {
		/* More than one: interrupts were off for long, or all CPUs were idle. */
		ticks = likely(delta < 2 * (s64)TICK_NSEC) ? 1 :
			(unsigned long)ktime_divns(delta, TICK_NSEC);
		WRITE_ONCE(last_jiffies_update,
			   ktime_add_ns(last_jiffies_update, ticks * TICK_NSEC));
		write_seqcount_begin(&jiffies_seq);
		jiffies_64 += ticks;
		write_seqcount_end(&jiffies_seq);
	}
	raw_spin_unlock(&jiffies_lock);
	update_wall_time();
}

/* The time of the tick that jiffies counts, and jiffies as it was then. IRQs off. */
ktime_t tick_last_update(unsigned long *jiffies_then)
{
	ktime_t last;

	raw_spin_lock(&jiffies_lock);
	last = last_jiffies_update;
	*jiffies_then = jiffies;
	raw_spin_unlock(&jiffies_lock);
	return last;
}

/* What every CPU does at its tick. */
static void cpu_tick(void)
{
	struct pt_regs *regs = get_irq_regs();

	account_process_tick();
	run_local_timers();
	irq_work_tick();
	rcu_sched_clock_irq(regs && user_mode(regs));
	scheduler_tick();
}

static bool keeps_time(void)
{
	int cpu = raw_smp_processor_id();

	/* The one that had the duty has gone idle: its next owner is the first to tick. */
	if (unlikely(READ_ONCE(tick_do_timer_cpu) == TICK_DO_TIMER_NONE))
		WRITE_ONCE(tick_do_timer_cpu, cpu);
	return READ_ONCE(tick_do_timer_cpu) == cpu;
}

/* The CPU that has the duty keeps interrupts off for long, or is held up: who ticks steps in. */
static bool jiffies_are_late(ktime_t now)
{
	return ktime_sub(now, READ_ONCE(last_jiffies_update)) >= 3 * (s64)TICK_NSEC;
}

/*
 * When the next tick is due. A stopped one is not: the idle loop says what comes next. Ticks
 * that were missed are not made up for, except in jiffies.
 */
static ktime_t tick_after(const struct tick_cpu *tc, ktime_t now)
{
	ktime_t next = ktime_add_ns(tc->next_tick, TICK_NSEC);

	if (tc->stopped)
		return KTIME_MAX;
	if (unlikely(now >= next))
		next = ktime_add_ns(next, TICK_NSEC * (u64)(ktime_divns(now - next, TICK_NSEC) + 1));
	return next;
}

/* The interrupt of a device in one-shot mode. */
static void tick_handle_oneshot(struct clock_event_device *dev)
{
	struct tick_cpu *tc = this_cpu_ptr(&tick_cpu);
	ktime_t now = ktime_get(), next;

	tc->programmed = KTIME_MIN;	/* until the end: what is armed meanwhile is looked at there */
	if (now >= tc->next_tick) {
		/* With the tick stopped jiffies were brought up to date on entry. */
		if (!tc->stopped && (keeps_time() || unlikely(jiffies_are_late(now))))
			tick_update_jiffies(now);
		if (is_idle_task(current))
			tc->idle_ticked = true;
		cpu_tick();
		tc->next_tick = tick_after(tc, now);
	}
	next = hrtimer_run_queues(now);
	tick_program(tc, min(next, tc->next_tick));
}

/* Interrupt this CPU at @expires; KTIME_MAX: not at all. IRQs off. */
void tick_program(struct tick_cpu *tc, ktime_t expires)
{
	tc->programmed = expires;
	clockevents_program_event(tc->dev, expires, true);
}

/* The ticks of all CPUs fall on the same times, whenever each CPU came up. IRQs off. */
ktime_t tick_next_on_grid(ktime_t now)
{
	unsigned long unused;
	ktime_t last = tick_last_update(&unused);

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
		WRITE_ONCE(last_jiffies_update, now);
		raw_spin_unlock_irqrestore(&jiffies_lock, flags);
	}
	tc->next_tick = tick_next_on_grid(now);
	tick_program(tc, tc->next_tick);
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
	tc->programmed = KTIME_MIN;
	if (old)
		old->event_handler = ignore_event;
	clockevents_exchange_device(old, dev);
	tc->dev = dev;
	start_device(tc);
	return true;
}

/**
 * tick_handover_do_timer - a CPU goes off line: jiffies are somebody else's business
 *
 * Context: that CPU, IRQs off. Who ticks next takes the duty.
 */
void tick_handover_do_timer(void)
{
	if (READ_ONCE(tick_do_timer_cpu) == raw_smp_processor_id())
		WRITE_ONCE(tick_do_timer_cpu, TICK_DO_TIMER_NONE);
}

/* @cpu gives its device back, if it has one. clockevents_lock held. */
void tick_shutdown(unsigned int cpu)
{
	struct tick_cpu *tc = per_cpu_ptr(&tick_cpu, cpu);

	if (!tc->dev)
		return;
	tc->dev->event_handler = ignore_event;
	clockevents_exchange_device(tc->dev, NULL);
	*tc = (struct tick_cpu){ .programmed = KTIME_MIN };
}
