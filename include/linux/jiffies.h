/* SPDX-License-Identifier: MIT */
/* The tick count, its comparisons and conversions. */
#ifndef _LINUX_JIFFIES_H
#define _LINUX_JIFFIES_H

#include <linux/types.h>
#include <linux/limits.h>
#include <linux/cache.h>
#include <linux/minmax.h>
#include <linux/time.h>
#include <linux/typecheck.h>
#include <asm/param.h>

/*
 * jiffies is the low word of jiffies_64 (on a 64-bit machine the same thing). The tick
 * writes it under jiffies_lock; anyone reads jiffies, and jiffies_64 by get_jiffies_64().
 */
extern u64 jiffies_64;
extern unsigned long volatile jiffies;

#if BITS_PER_LONG == 64
static inline u64 get_jiffies_64(void)
{
	return jiffies;
}
#else
u64 get_jiffies_64(void);
#endif

/* Five minutes before the 32-bit count wraps, so that code which forgets that it does is found soon. */
#define INITIAL_JIFFIES	((unsigned long)(unsigned int)(-300 * HZ))

/* A timeout beyond this means for ever; half the range, so that comparisons hold. */
#define MAX_JIFFY_OFFSET ((LONG_MAX >> 1) - 1)

/* Which of two counts is later, across the wrap. */
#define time_after(a, b)						\
	(typecheck(unsigned long, a) && typecheck(unsigned long, b) &&	\
	 ((long)((b) - (a)) < 0))
#define time_before(a, b)	time_after(b, a)
#define time_after_eq(a, b)						\
	(typecheck(unsigned long, a) && typecheck(unsigned long, b) &&	\
	 ((long)((a) - (b)) >= 0))
#define time_before_eq(a, b)	time_after_eq(b, a)
#define time_in_range(a, b, c)	(time_after_eq(a, b) && time_before_eq(a, c))
#define time_in_range_open(a, b, c) (time_after_eq(a, b) && time_before(a, c))

#define time_after64(a, b)						\
	(typecheck(__u64, a) && typecheck(__u64, b) && ((__s64)((b) - (a)) < 0))
#define time_before64(a, b)	time_after64(b, a)
#define time_after_eq64(a, b)						\
	(typecheck(__u64, a) && typecheck(__u64, b) && ((__s64)((a) - (b)) >= 0))
#define time_before_eq64(a, b)	time_after_eq64(b, a)
#define time_in_range64(a, b, c) (time_after_eq64(a, b) && time_before_eq64(a, c))

#define time_is_before_jiffies(a)	time_after(jiffies, a)
#define time_is_after_jiffies(a)	time_before(jiffies, a)
#define time_is_before_eq_jiffies(a)	time_after_eq(jiffies, a)
#define time_is_after_eq_jiffies(a)	time_before_eq(jiffies, a)
#define time_is_before_jiffies64(a)	time_after64(get_jiffies_64(), a)
#define time_is_after_jiffies64(a)	time_before64(get_jiffies_64(), a)

_Static_assert(MSEC_PER_SEC % HZ == 0, "the conversions below take a tick as whole milliseconds");

#define MSEC_PER_TICK	((unsigned int)(MSEC_PER_SEC / HZ))
#define USEC_PER_TICK	((unsigned int)(USEC_PER_SEC / HZ))
#define NSEC_PER_TICK	((u64)(NSEC_PER_SEC / HZ))

static inline unsigned int jiffies_to_msecs(const unsigned long j)
{
	return MSEC_PER_TICK * (unsigned int)j;
}

static inline unsigned int jiffies_to_usecs(const unsigned long j)
{
	return USEC_PER_TICK * (unsigned int)j;
}

/* By way of 32 bits of microseconds, as on Linux: what is longer than 71 minutes wraps. */
static inline u64 jiffies_to_nsecs(const unsigned long j)
{
	return (u64)jiffies_to_usecs(j) * NSEC_PER_USEC;
}

static inline u64 jiffies64_to_nsecs(u64 j)
{
	return NSEC_PER_TICK * j;
}

static inline u64 jiffies64_to_msecs(u64 j)
{
	return MSEC_PER_TICK * j;
}

/* Rounded up: a wait is never shorter than was asked. A negative int means for ever. */
static __always_inline unsigned long msecs_to_jiffies(const unsigned int m)
{
	if ((int)m < 0)
		return MAX_JIFFY_OFFSET;
	return (m + MSEC_PER_TICK - 1) / MSEC_PER_TICK;
}
#define _msecs_to_jiffies(m)	msecs_to_jiffies(m)
#define __msecs_to_jiffies(m)	msecs_to_jiffies(m)

/* Linux's limit is a wrapped one: the last few of the 32 bits mean for ever. */
static __always_inline unsigned long usecs_to_jiffies(const unsigned int u)
{
	if (u > jiffies_to_usecs(MAX_JIFFY_OFFSET))
		return MAX_JIFFY_OFFSET;
	return ((u64)u + USEC_PER_TICK - 1) / USEC_PER_TICK;
}

u64 nsecs_to_jiffies64(u64 n);
unsigned long nsecs_to_jiffies(u64 n);
unsigned long timespec64_to_jiffies(const struct timespec64 *value);
void jiffies_to_timespec64(const unsigned long jiffies, struct timespec64 *value);
unsigned long clock_t_to_jiffies(unsigned long x);
u64 jiffies_64_to_clock_t(u64 x);
u64 nsec_to_clock_t(u64 x);

static inline unsigned long jiffies_to_clock_t(unsigned long x)
{
	return (unsigned long)jiffies_64_to_clock_t(x);
}

static inline unsigned long jiffies_delta_to_clock_t(long delta)
{
	return jiffies_to_clock_t((unsigned long)max(0L, delta));
}

static inline unsigned int jiffies_delta_to_msecs(long delta)
{
	return jiffies_to_msecs((unsigned long)max(0L, delta));
}

#endif
