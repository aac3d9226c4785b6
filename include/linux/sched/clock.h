/* SPDX-License-Identifier: MIT */
/* The scheduler's clock: nanoseconds from boot, cheap, any context; 0 until it is calibrated. */
#ifndef _LINUX_SCHED_CLOCK_H
#define _LINUX_SCHED_CLOCK_H

#include <linux/types.h>

u64 sched_clock(void);
u64 local_clock(void);

static inline u64 cpu_clock(int cpu)
{
	return sched_clock();
}

static inline u64 sched_clock_cpu(int cpu)
{
	return sched_clock();
}

#endif
