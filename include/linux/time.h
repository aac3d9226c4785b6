/* SPDX-License-Identifier: MIT */
/* Calendar time. */
#ifndef _LINUX_TIME_H
#define _LINUX_TIME_H

#include <linux/cache.h>
#include <linux/math64.h>
#include <linux/time64.h>

struct tm {
	int	tm_sec;		/* 0-60 */
	int	tm_min;
	int	tm_hour;
	int	tm_mday;	/* from 1 */
	int	tm_mon;		/* from 0 */
	long	tm_year;	/* from 1900 */
	int	tm_wday;	/* Sunday is 0 */
	int	tm_yday;	/* from 0 */
};

time64_t mktime64(unsigned int year, unsigned int mon, unsigned int day,
		  unsigned int hour, unsigned int min, unsigned int sec);
void time64_to_tm(time64_t totalsecs, int offset, struct tm *result);

/* For 32-bit times and sequence numbers that wrap: is @t in [l, h]? */
#define time_between32(t, l, h)	((u32)(h) - (u32)(l) >= (u32)(t) - (u32)(l))
#define time_after32(a, b)	((s32)((u32)(b) - (u32)(a)) < 0)
#define time_before32(b, a)	time_after32(a, b)

#endif
