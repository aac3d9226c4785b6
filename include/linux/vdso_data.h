/* SPDX-License-Identifier: MIT */
/*
 * The page that programs read the time from: [vvar] in /proc/PID/maps. The timekeeper writes it,
 * the machine's vDSO reads it in user mode. Included by both, so it needs nothing of the kernel.
 *
 * A reader waits until seq is even, reads, and reads again when seq has changed meanwhile.
 */
#ifndef _LINUX_VDSO_DATA_H
#define _LINUX_VDSO_DATA_H

#include <linux/types.h>

/* clock_mode: how user mode reads the clocksource. The machine has other numbers for its ways. */
#define VDSO_CLOCKMODE_NONE	0		/* it can't: by system call */

#define VDSO_CLOCKS		12		/* below that, those that the page knows by their numbers */

struct vdso_data {
	u32	seq;
	s32	clock_mode;
	u64	cycle_last;			/* count of the clocksource at base */
	u64	frac;				/* of a nanosecond, << shift, beyond base */
	s64	base;				/* ns of the monotonic clock */
	u32	mult, shift;			/* ns = (counts * mult + frac) >> shift */
	s64	offset[VDSO_CLOCKS];		/* what to add for each clock */
	u32	coarse_res;			/* ns of a tick */

	s32	tz_minuteswest, tz_dsttime;	/* one by one, as they are set */
};

#endif
