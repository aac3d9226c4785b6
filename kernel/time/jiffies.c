/* SPDX-License-Identifier: MIT */
/* The tick count, its conversions, and the clocksource that is made of it: the last resort. */
#include <linux/clocksource.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/math64.h>
#include <linux/seqlock.h>
#include <linux/time.h>

#include "internals.h"

/* Written by the CPU that keeps time, under jiffies_lock with jiffies_seq odd. */
u64 jiffies_64 __cacheline_aligned = INITIAL_JIFFIES;
EXPORT_SYMBOL(jiffies_64);

/* The same memory: on a little-endian machine the low word comes first. */
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "jiffies is the first word of jiffies_64");
extern volatile unsigned long jiffies __alias(jiffies_64);
EXPORT_SYMBOL(jiffies);

DEFINE_RAW_SPINLOCK(jiffies_lock);
seqcount_t jiffies_seq = SEQCNT_ZERO(jiffies_seq);

#if BITS_PER_LONG < 64
u64 get_jiffies_64(void)
{
	unsigned int seq;
	u64 now;

	do {
		seq = read_seqcount_begin(&jiffies_seq);
		now = jiffies_64;
	} while (read_seqcount_retry(&jiffies_seq, seq));
	return now;
}
EXPORT_SYMBOL(get_jiffies_64);
#endif

u64 nsecs_to_jiffies64(u64 n)
{
	return div_u64(n, (u32)NSEC_PER_TICK);
}
EXPORT_SYMBOL(nsecs_to_jiffies64);

unsigned long nsecs_to_jiffies(u64 n)
{
	return (unsigned long)nsecs_to_jiffies64(n);
}
EXPORT_SYMBOL(nsecs_to_jiffies);

/* Rounded up, as all waits. */
unsigned long timespec64_to_jiffies(const struct timespec64 *value)
{
	if (value->tv_sec >= (time64_t)(MAX_JIFFY_OFFSET / HZ))
		return MAX_JIFFY_OFFSET;
	return (unsigned long)value->tv_sec * HZ +
	       (unsigned long)div_u64((u64)value->tv_nsec + NSEC_PER_TICK - 1, (u32)NSEC_PER_TICK);
}
EXPORT_SYMBOL(timespec64_to_jiffies);

void jiffies_to_timespec64(const unsigned long j, struct timespec64 *value)
{
	value->tv_sec = (time64_t)(j / HZ);
	value->tv_nsec = (long)(j % HZ * NSEC_PER_TICK);
}
EXPORT_SYMBOL(jiffies_to_timespec64);

unsigned long clock_t_to_jiffies(unsigned long x)
{
	return (unsigned long)div_u64((u64)x * HZ, USER_HZ);
}
EXPORT_SYMBOL(clock_t_to_jiffies);

u64 jiffies_64_to_clock_t(u64 x)
{
	return div_u64(x * USER_HZ, HZ);
}
EXPORT_SYMBOL(jiffies_64_to_clock_t);

u64 nsec_to_clock_t(u64 x)
{
	return div_u64(x, (u32)(NSEC_PER_SEC / USER_HZ));
}

static u64 jiffies_read(struct clocksource *cs)
{
	return (u64)jiffies;
}

struct clocksource clocksource_jiffies = {
	.name		= "jiffies",
	.rating		= 1,
	.read		= jiffies_read,
	.mask		= CLOCKSOURCE_MASK(32),
	.mult		= JIFFIES_MULT,
	.shift		= JIFFIES_SHIFT,
	.max_cycles	= 10,
};

static int __init init_jiffies_clocksource(void)
{
	return __clocksource_register_scale(&clocksource_jiffies, 0, 0);
}
core_initcall(init_jiffies_clocksource);
