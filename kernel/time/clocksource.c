/* SPDX-License-Identifier: MIT */
/*
 * Clocksources: the free-running counters there are, and which one time is read from.
 *
 * The list is in order of rating; the first that suits is used, or the one that the
 * "clocksource=NAME" option asks for. The tick count is always there to fall back on.
 */
#include <linux/clocksource.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/math64.h>
#include <linux/printk.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#include "internals.h"

/* Guards the list, what is current, and the ratings. IRQs off: registration begins before there are tasks. */
static DEFINE_RAW_SPINLOCK(clocksource_lock);
static LIST_HEAD(clocksource_list);
static struct clocksource *current_clocksource;

static char override_name[32];

/* Two reads may be this far apart, so far must the multiplication carry. */
#define MAX_SECONDS_BETWEEN_READS	600

/**
 * clocks_calc_mult_shift - factors to convert between two rates
 * @mult: to = (from * mult) >> shift
 * @from: ticks a second of what is converted
 * @to: ticks a second of the result
 * @minsec: this many seconds' worth is to be converted without overflow of 64 bits
 *
 * The largest shift, and so the finest mult, that leaves room for that.
 */
void clocks_calc_mult_shift(u32 *mult, u32 *shift, u32 from, u32 to, u32 minsec)
{
	int room = 64 - fls64((u64)minsec * from);
	u64 factor = 0;
	u32 bits;

	if (room > 32)
		room = 32;
	for (bits = 32; bits > 0; bits--) {
		factor = div_u64(((u64)to << bits) + from / 2, from);
		if (fls64(factor) <= room)
			break;
	}
	*mult = (u32)factor;
	*shift = bits;
}
EXPORT_SYMBOL(clocks_calc_mult_shift);

static bool suits(struct clocksource *cs)
{
	if (cs->flags & CLOCK_SOURCE_UNSTABLE)
		return false;
	return (cs->flags & CLOCK_SOURCE_VALID_FOR_HRES) || !tick_oneshot_used();
}

/* clocksource_lock held. */
static void select_best(void)
{
	struct clocksource *cs, *best = NULL, *old = current_clocksource;

	list_for_each_entry(cs, &clocksource_list, list) {
		if (!suits(cs))
			continue;
		if (!best)
			best = cs;
		if (!strcmp(cs->name, override_name)) {
			best = cs;
			break;
		}
	}
	if (!best || best == old)
		return;
	if (best->enable && best->enable(best)) {
		pr_warn("clocksource: %s does not start, %s stays\n", best->name,
			old ? old->name : "jiffies");
		return;
	}
	current_clocksource = best;
	timekeeping_notify(best);
	if (old && old->disable)
		old->disable(old);
	pr_info("clocksource: Switched to clocksource %s\n", best->name);
}

static void insert_by_rating(struct clocksource *cs)
{
	struct clocksource *pos;

	list_for_each_entry(pos, &clocksource_list, list)
		if (pos->rating < cs->rating)
			break;
	list_add_tail(&cs->list, &pos->list);
}

static void set_scale(struct clocksource *cs, u32 scale, u32 freq)
{
	u64 seconds = div_u64(div_u64(cs->mask, freq), scale);

	seconds = seconds ? min_t(u64, seconds, MAX_SECONDS_BETWEEN_READS) : 1;
	clocks_calc_mult_shift(&cs->mult, &cs->shift, freq, (u32)NSEC_PER_SEC / scale,
			       (u32)seconds * scale);
}

/**
 * __clocksource_register_scale - clocksource_register_hz() and _khz()
 * @cs: with name, read, mask, rating and flags
 * @scale: 1 or 1000
 * @freq: ticks a second / @scale; 0 when mult and shift are set already
 *
 * Context: any but NMI. Return: 0.
 */
int __clocksource_register_scale(struct clocksource *cs, u32 scale, u32 freq)
{
	unsigned long flags;

	if (freq)
		set_scale(cs, scale, freq);
	cs->max_cycles = min_t(u64, div_u64(~0ULL >> 1, cs->mult), cs->mask);
	cs->max_idle_ns = (u64)clocksource_cyc2ns(cs->max_cycles, cs->mult, cs->shift);
	pr_info("clocksource: %s: mask: 0x%llx max_cycles: 0x%llx, max_idle_ns: %llu ns\n",
		cs->name, cs->mask, cs->max_cycles, cs->max_idle_ns);

	raw_spin_lock_irqsave(&clocksource_lock, flags);
	insert_by_rating(cs);
	select_best();
	raw_spin_unlock_irqrestore(&clocksource_lock, flags);
	return 0;
}
EXPORT_SYMBOL_GPL(__clocksource_register_scale);

/**
 * clocksource_change_rating - rate @cs anew, and use another one if that is better now
 *
 * Context: any but NMI.
 */
void clocksource_change_rating(struct clocksource *cs, int rating)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&clocksource_lock, flags);
	list_del(&cs->list);
	cs->rating = rating;
	insert_by_rating(cs);
	select_best();
	raw_spin_unlock_irqrestore(&clocksource_lock, flags);
}
EXPORT_SYMBOL(clocksource_change_rating);

/**
 * clocksource_unregister - forget @cs; time goes on with another one
 *
 * Context: any but NMI. Return: 0; -EBUSY when there is no other.
 */
int clocksource_unregister(struct clocksource *cs)
{
	unsigned long flags;
	int ret = 0;

	raw_spin_lock_irqsave(&clocksource_lock, flags);
	list_del_init(&cs->list);
	select_best();
	if (current_clocksource == cs) {
		insert_by_rating(cs);
		ret = -EBUSY;
	}
	raw_spin_unlock_irqrestore(&clocksource_lock, flags);
	return ret;
}
EXPORT_SYMBOL(clocksource_unregister);

static int __init clocksource_option(char *str)
{
	strscpy(override_name, str, sizeof(override_name));
	return 1;
}
__setup("clocksource=", clocksource_option);
