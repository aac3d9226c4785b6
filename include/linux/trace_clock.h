/* SPDX-License-Identifier: MIT */
/* Clocks for what is traced, in nanoseconds: any context. */
#ifndef _LINUX_TRACE_CLOCK_H
#define _LINUX_TRACE_CLOCK_H

#include <linux/jiffies.h>
#include <linux/sched/clock.h>
#include <linux/timekeeping.h>
#include <linux/types.h>

static inline u64 trace_clock_local(void)
{
	return local_clock();
}

static inline u64 trace_clock(void)
{
	return local_clock();
}

static inline u64 trace_clock_global(void)
{
	return ktime_get_mono_fast_ns();
}

static inline u64 trace_clock_jiffies(void)
{
	return jiffies_64_to_clock_t(get_jiffies_64() - INITIAL_JIFFIES);
}

#endif
