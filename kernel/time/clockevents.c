/* SPDX-License-Identifier: MIT */
/*
 * Clock event devices: registered by their drivers, given to the CPU that they serve best,
 * put in a mode, and told when to interrupt next.
 */
#include <linux/bug.h>
#include <linux/clockchips.h>
#include <linux/clocksource.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/math64.h>
#include <linux/spinlock.h>
#include <linux/tick.h>

#include "internals.h"

/* Guards the list of all devices. Taken before a device changes hands. IRQs off. */
static DEFINE_RAW_SPINLOCK(clockevents_lock);
static LIST_HEAD(clockevent_devices);

/* An event nearer than this is more work to program than to wait for. */
#define LEAST_DELTA_NS		1000
#define MAX_PROGRAM_RETRIES	10

/** clockevent_delta2ns - @latch ticks of @evt in nanoseconds, rounded down */
u64 clockevent_delta2ns(unsigned long latch, struct clock_event_device *evt)
{
	u64 ns;

	if (WARN_ON(!evt->mult))
		evt->mult = 1;
	/* The largest delta that a 64-bit product allows will do for more than that. */
	if ((u64)latch > ~0ULL >> evt->shift)
		ns = div_u64(~0ULL, evt->mult);
	else
		ns = div_u64((u64)latch << evt->shift, evt->mult);
	return max_t(u64, ns, LEAST_DELTA_NS);
}
EXPORT_SYMBOL_GPL(clockevent_delta2ns);

static int enter_state(struct clock_event_device *dev, enum clock_event_state state)
{
	switch (state) {
	case CLOCK_EVT_STATE_DETACHED:
	case CLOCK_EVT_STATE_SHUTDOWN:
		return dev->set_state_shutdown ? dev->set_state_shutdown(dev) : 0;
	case CLOCK_EVT_STATE_PERIODIC:
		if (!(dev->features & CLOCK_EVT_FEAT_PERIODIC))
			return -ENOSYS;
		return dev->set_state_periodic ? dev->set_state_periodic(dev) : 0;
	case CLOCK_EVT_STATE_ONESHOT:
		if (!(dev->features & CLOCK_EVT_FEAT_ONESHOT))
			return -ENOSYS;
		return dev->set_state_oneshot ? dev->set_state_oneshot(dev) : 0;
	case CLOCK_EVT_STATE_ONESHOT_STOPPED:
		return dev->set_state_oneshot_stopped ? dev->set_state_oneshot_stopped(dev) : -ENOSYS;
	}
	return -ENOSYS;
}

/* IRQs off, on the CPU that has the device. */
void clockevents_switch_state(struct clock_event_device *dev, enum clock_event_state state)
{
	if (dev->state_use_accessors == state || enter_state(dev, state))
		return;
	dev->state_use_accessors = state;
	if (state == CLOCK_EVT_STATE_ONESHOT)
		dev->next_event = KTIME_MAX;
}

static int program_delta(struct clock_event_device *dev, s64 delta)
{
	return dev->set_next_event((unsigned long)(((u64)delta * dev->mult) >> dev->shift), dev);
}

/* As soon as the device can; one that finds even that past is given more and more. */
static int program_min_delta(struct clock_event_device *dev)
{
	u64 delta = dev->min_delta_ns;
	int i;

	for (i = 0; i < MAX_PROGRAM_RETRIES; i++) {
		dev->next_event = ktime_add_ns(ktime_get(), delta);
		dev->retries++;
		if (!program_delta(dev, (s64)delta))
			return 0;
		delta += delta / 2;
	}
	return -ETIME;
}

/*
 * Interrupt at @expires on the monotonic clock; KTIME_MAX: not at all, or if the device can't
 * keep silent as late as it can. IRQs off, on the CPU that has @dev.
 * Return: 0; -ETIME when that is past and @force is not set.
 */
int clockevents_program_event(struct clock_event_device *dev, ktime_t expires, bool force)
{
	s64 delta;

	if (unlikely(expires == KTIME_MAX || clockevent_state_oneshot_stopped(dev))) {
		clockevents_switch_state(dev, expires == KTIME_MAX ? CLOCK_EVT_STATE_ONESHOT_STOPPED :
					 CLOCK_EVT_STATE_ONESHOT);
		if (clockevent_state_oneshot_stopped(dev))
			return 0;
	}
	dev->next_event = expires;
	if (dev->features & CLOCK_EVT_FEAT_KTIME)
		return dev->set_next_ktime(expires, dev);

	delta = ktime_sub(expires, ktime_get());
	if (delta <= 0)
		return force ? program_min_delta(dev) : -ETIME;
	delta = clamp_t(s64, delta, (s64)dev->min_delta_ns, (s64)dev->max_delta_ns);
	if (likely(!program_delta(dev, delta)))
		return 0;
	return force ? program_min_delta(dev) : -ETIME;
}

/* A CPU takes @new for @old; either may be NULL. IRQs off. */
void clockevents_exchange_device(struct clock_event_device *old, struct clock_event_device *new)
{
	if (old)
		clockevents_switch_state(old, CLOCK_EVT_STATE_DETACHED);
	if (new) {
		WARN_ON(!clockevent_state_detached(new));
		clockevents_switch_state(new, CLOCK_EVT_STATE_SHUTDOWN);
	}
}

/**
 * clockevents_register_device - offer @dev; this CPU takes it if it is better than what it has
 *
 * A device that is for one CPU is registered on that CPU. Context: any but NMI.
 */
void clockevents_register_device(struct clock_event_device *dev)
{
	unsigned long flags;

	dev->state_use_accessors = CLOCK_EVT_STATE_DETACHED;
	if (!dev->cpumask)
		dev->cpumask = cpumask_of((unsigned int)raw_smp_processor_id());

	raw_spin_lock_irqsave(&clockevents_lock, flags);
	list_add(&dev->list, &clockevent_devices);
	tick_check_new_device(dev);
	raw_spin_unlock_irqrestore(&clockevents_lock, flags);
}
EXPORT_SYMBOL_GPL(clockevents_register_device);

/**
 * tick_offline_cpu - @cpu has no tick any more, and devices that serve it alone are forgotten
 *
 * They are registered again as it comes back. Context: on @cpu, going off line, IRQs off.
 */
void tick_offline_cpu(unsigned int cpu)
{
	struct clock_event_device *dev, *next;

	raw_spin_lock(&clockevents_lock);
	tick_shutdown(cpu);
	list_for_each_entry_safe(dev, next, &clockevent_devices, list) {
		if (!cpumask_test_cpu(cpu, dev->cpumask) || cpumask_weight(dev->cpumask) != 1)
			continue;
		clockevents_switch_state(dev, CLOCK_EVT_STATE_DETACHED);
		list_del(&dev->list);
	}
	raw_spin_unlock(&clockevents_lock);
}

/* How many seconds the longest delta may be, so that the conversion is as fine as it can be. */
#define MAX_DELTA_SECONDS	600

/** clockevents_config - work out conversions and limits of @dev, which counts @freq a second */
void clockevents_config(struct clock_event_device *dev, u32 freq)
{
	u64 seconds;

	if (!(dev->features & CLOCK_EVT_FEAT_ONESHOT))
		return;
	seconds = clamp_t(u64, div_u64(dev->max_delta_ticks, freq), 1, MAX_DELTA_SECONDS);
	clocks_calc_mult_shift(&dev->mult, &dev->shift, (u32)NSEC_PER_SEC, freq, (u32)seconds);
	dev->min_delta_ns = clockevent_delta2ns(dev->min_delta_ticks, dev);
	dev->max_delta_ns = min_t(u64, clockevent_delta2ns(dev->max_delta_ticks, dev),
				  (u64)MAX_DELTA_SECONDS * NSEC_PER_SEC);
}

/**
 * clockevents_config_and_register - offer @dev
 * @freq: its ticks a second
 * @min_delta: least ticks that it can be programmed for
 * @max_delta: most
 */
void clockevents_config_and_register(struct clock_event_device *dev, u32 freq,
				     unsigned long min_delta, unsigned long max_delta)
{
	dev->min_delta_ticks = min_delta;
	dev->max_delta_ticks = max_delta;
	clockevents_config(dev, freq);
	clockevents_register_device(dev);
}
EXPORT_SYMBOL_GPL(clockevents_config_and_register);
