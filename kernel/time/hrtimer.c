/* SPDX-License-Identifier: MIT */
/*
 * High-resolution timers: sorted in time, per CPU and clock (hrtimer_base.h), and called from the
 * clock event interrupt, which is programmed for the earliest (hrtimer_run.c).
 *
 * Here they are armed and disarmed. A timer's @base names the tree whose CPU's lock guards it,
 * also while it is not queued; arming moves it to the arming CPU except while its function runs.
 * On its way between two CPUs @base is &in_transit.
 *
 * A timer is due at node.expires and may be called from _softexpires on, when the interrupt
 * of another one comes in between.
 */
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/percpu.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#include "hrtimer_base.h"
#include "internals.h"

DEFINE_PER_CPU_SHARED_ALIGNED(struct hrtimer_cpu, hrtimer_cpu);
static struct hrtimer_clock_base in_transit;

unsigned int hrtimer_resolution = 1;		/* ns: what a device in one-shot mode keeps to */
EXPORT_SYMBOL_GPL(hrtimer_resolution);

static enum clock_index clock_to_index(clockid_t clock)
{
	switch (clock) {
	case CLOCK_REALTIME:
		return BASE_REALTIME;
	case CLOCK_BOOTTIME:
		return BASE_BOOTTIME;
	case CLOCK_TAI:
		return BASE_TAI;
	default:
		WARN_ONCE(clock != CLOCK_MONOTONIC, "no hrtimers on clock %d, taken as monotonic\n", clock);
		return BASE_MONOTONIC;
	}
}

ktime_t hrtimer_clock_offset(enum clock_index clock)
{
	switch (clock) {
	case BASE_REALTIME:
		return ktime_get_offset(TK_OFFS_REAL);
	case BASE_BOOTTIME:
		return ktime_get_offset(TK_OFFS_BOOT);
	case BASE_TAI:
		return ktime_get_offset(TK_OFFS_TAI);
	default:
		return 0;
	}
}

static ktime_t base_time(const struct hrtimer_clock_base *base)
{
	return ktime_add(ktime_get(), clock_offset(base));
}

/*
 * IRQs off, which keeps preemption off as well: do_raw_spin_lock() will do. Returns with the lock
 * of its CPU held.
 */
static __always_inline struct hrtimer_clock_base *lock_base_of(const struct hrtimer *timer)
{
	for (;;) {
		struct hrtimer_clock_base *base = READ_ONCE(timer->base);

		if (unlikely(base == &in_transit))
			base = smp_cond_load_relaxed(&timer->base, VAL != &in_transit);
		do_raw_spin_lock(&base->cpu->lock);
		if (likely(READ_ONCE(timer->base) == base))
			return base;
		do_raw_spin_unlock(&base->cpu->lock);
	}
}

static __always_inline void unlock_base(struct hrtimer_clock_base *base)
{
	do_raw_spin_unlock(&base->cpu->lock);
}

static void set_up(struct hrtimer *timer, clockid_t clock, enum hrtimer_mode mode)
{
	unsigned int index;

	/* A time from now is one of the monotonic clock: setting the date does not change it. */
	if (clock == CLOCK_REALTIME && (mode & HRTIMER_MODE_REL))
		clock = CLOCK_MONOTONIC;
	index = clock_to_index(clock);
	memset(timer, 0, sizeof(*timer));
	RB_CLEAR_NODE(&timer->node.node);
	timer->is_soft = !!(mode & HRTIMER_MODE_SOFT);
	timer->is_hard = !!(mode & HRTIMER_MODE_HARD);
	if (timer->is_soft)
		index += NR_CLOCKS;
	timer->base = &raw_cpu_ptr(&hrtimer_cpu)->base[index];
}

/**
 * hrtimer_init - make @timer ready; set ->function then
 * @clock: CLOCK_MONOTONIC, CLOCK_REALTIME, CLOCK_BOOTTIME or CLOCK_TAI
 * @mode: HRTIMER_MODE_SOFT for a function that runs in softirq context
 */
void hrtimer_init(struct hrtimer *timer, clockid_t clock, enum hrtimer_mode mode)
{
	debug_hrtimer_init(timer);
	set_up(timer, clock, mode);
}
EXPORT_SYMBOL_GPL(hrtimer_init);

#ifdef CONFIG_DEBUG
/* hrtimer_init_on_stack - hrtimer_init() of a local variable; destroy_hrtimer_on_stack() ends it */
void hrtimer_init_on_stack(struct hrtimer *timer, clockid_t clock, enum hrtimer_mode mode)
{
	debug_hrtimer_init_on_stack(timer);
	set_up(timer, clock, mode);
}
EXPORT_SYMBOL_GPL(hrtimer_init_on_stack);
#endif

/* When is it to expire? Lock held. */
static __always_inline void set_expiry(struct hrtimer_clock_base *base, struct hrtimer *timer,
				       ktime_t tim, u64 range_ns, enum hrtimer_mode mode)
{
	if (mode & HRTIMER_MODE_REL)
		tim = ktime_add_safe(tim, base_time(base));
	if (likely(!range_ns))
		hrtimer_set_expires(timer, tim);
	else
		hrtimer_set_expires_range_ns(timer, tim, range_ns);
}

/* It is the first of its tree on this CPU: the interrupt may have to come sooner. Lock held. */
static __always_inline void program_for(struct hrtimer_clock_base *base, struct hrtimer *timer)
{
	if (unlikely(is_soft(base)) && base->cpu->softirq_raised)
		return;
	tick_program_before(ktime_sub(hrtimer_get_expires(timer), clock_offset(base)));
}

/*
 * @timer is on the locked @base of another CPU, and comes to this CPU's tree of the same kind. Only
 * while its function runs it stays: that CPU looks anew after it. Return: where it is now, locked.
 */
static noinline struct hrtimer_clock_base *enqueue_here(struct hrtimer_clock_base *base,
							struct hrtimer *timer)
{
	struct hrtimer_clock_base *to = &this_cpu_ptr(&hrtimer_cpu)->base[base->index];

	if (base->running == timer) {
		enqueue(base, timer);
		return base;
	}
	WRITE_ONCE(timer->base, &in_transit);
	unlock_base(base);
	do_raw_spin_lock(&to->cpu->lock);
	WRITE_ONCE(timer->base, to);
	if (enqueue(to, timer))
		program_for(to, timer);
	return to;
}

/**
 * hrtimer_start_range_ns - arm @timer, whether or not it is queued
 * @tim: when, or with HRTIMER_MODE_REL how long from now
 * @range_ns: how much later will do as well
 * @mode: HRTIMER_MODE_*
 *
 * Context: any but NMI.
 */
void hrtimer_start_range_ns(struct hrtimer *timer, ktime_t tim, u64 range_ns,
			    const enum hrtimer_mode mode)
{
	struct hrtimer_clock_base *base;
	unsigned long flags;

	local_irq_save(flags);
	base = lock_base_of(timer);
	dequeue(base, timer);
	set_expiry(base, timer, tim, range_ns, mode);
	if (unlikely(base->cpu != this_cpu_ptr(&hrtimer_cpu)))
		base = enqueue_here(base, timer);
	else if (enqueue(base, timer))
		program_for(base, timer);
	unlock_base(base);
	local_irq_restore(flags);
}
EXPORT_SYMBOL_GPL(hrtimer_start_range_ns);

/* @where gets the tree. Return: was it queued? -1 when its function runs. */
static __always_inline int try_to_cancel(struct hrtimer *timer, struct hrtimer_clock_base **where)
{
	struct hrtimer_clock_base *base;
	unsigned long flags;
	int ret = -1;

	local_irq_save(flags);
	base = lock_base_of(timer);
	if (likely(base->running != timer))
		ret = dequeue(base, timer);
	unlock_base(base);
	local_irq_restore(flags);
	*where = base;
	return ret;
}

/**
 * hrtimer_try_to_cancel - disarm @timer unless its function runs
 *
 * Context: any but NMI. Return: was it queued? -1 when its function runs.
 */
int hrtimer_try_to_cancel(struct hrtimer *timer)
{
	struct hrtimer_clock_base *base;

	return try_to_cancel(timer, &base);
}
EXPORT_SYMBOL_GPL(hrtimer_try_to_cancel);

/**
 * hrtimer_cancel - disarm @timer and wait until its function does not run
 *
 * Context: not the timer's own function, nor what interrupts it. Return: was it queued?
 */
int hrtimer_cancel(struct hrtimer *timer)
{
	struct hrtimer_clock_base *base;
	int ret;

	while (unlikely((ret = try_to_cancel(timer, &base)) < 0))
		smp_cond_load_relaxed(&base->running, VAL != timer);
	return ret;
}
EXPORT_SYMBOL_GPL(hrtimer_cancel);

/** hrtimer_active - is @timer queued, or does its function run? Any context but NMI. */
bool hrtimer_active(const struct hrtimer *timer)
{
	struct hrtimer_clock_base *base;
	unsigned long flags;
	bool active;

	local_irq_save(flags);
	base = lock_base_of(timer);
	active = timer->state != HRTIMER_STATE_INACTIVE || base->running == timer;
	unlock_base(base);
	local_irq_restore(flags);
	return active;
}
EXPORT_SYMBOL_GPL(hrtimer_active);

bool hrtimer_callback_running(struct hrtimer *timer)
{
	return READ_ONCE(READ_ONCE(timer->base)->running) == timer;
}
EXPORT_SYMBOL_GPL(hrtimer_callback_running);

/** hrtimer_cb_get_time - now, on @timer's clock */
ktime_t hrtimer_cb_get_time(const struct hrtimer *timer)
{
	struct hrtimer_clock_base *base = READ_ONCE(timer->base);

	if (unlikely(base == &in_transit))
		base = smp_cond_load_relaxed(&timer->base, VAL != &in_transit);
	return base_time(base);
}
EXPORT_SYMBOL_GPL(hrtimer_cb_get_time);

ktime_t __hrtimer_get_remaining(const struct hrtimer *timer, bool adjust)
{
	struct hrtimer_clock_base *base;
	unsigned long flags;
	ktime_t rest;

	local_irq_save(flags);
	base = lock_base_of(timer);
	rest = ktime_sub(hrtimer_get_expires(timer), base_time(base));
	unlock_base(base);
	local_irq_restore(flags);
	return rest;
}
EXPORT_SYMBOL_GPL(__hrtimer_get_remaining);

/**
 * hrtimer_forward - move the expiry of @timer on, by whole intervals, to after @now
 *
 * Context: the timer's function, or while it is not queued.
 * Return: how many intervals; 0 when it is after @now already.
 */
u64 hrtimer_forward(struct hrtimer *timer, ktime_t now, ktime_t interval)
{
	s64 late = ktime_sub(now, hrtimer_get_expires(timer));
	u64 overruns = 1;

	if (late < 0 || WARN_ON(timer->state & HRTIMER_STATE_ENQUEUED))
		return 0;
	interval = max_t(ktime_t, interval, hrtimer_resolution);
	if (unlikely(late >= interval)) {
		overruns = (u64)ktime_divns(late, interval);
		hrtimer_add_expires_ns(timer, overruns * (u64)interval);
		if (hrtimer_get_expires(timer) > now)
			return overruns;
		/* What the division rounded off. */
		overruns++;
	}
	hrtimer_add_expires(timer, interval);
	return overruns;
}
EXPORT_SYMBOL_GPL(hrtimer_forward);
