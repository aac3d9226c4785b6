/* SPDX-License-Identifier: MIT */
/* Arithmetic of times and dates. No state. */
#include <linux/export.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/time.h>

#define SECS_PER_DAY	86400

/** set_normalized_timespec64 - @sec and any @nsec, as a time with 0 <= tv_nsec < 10^9 */
void set_normalized_timespec64(struct timespec64 *ts, time64_t sec, s64 nsec)
{
	s64 carry = div64_s64(nsec, NSEC_PER_SEC);

	nsec -= carry * NSEC_PER_SEC;
	if (nsec < 0) {
		nsec += NSEC_PER_SEC;
		carry--;
	}
	ts->tv_sec = sec + carry;
	ts->tv_nsec = (long)nsec;
}
EXPORT_SYMBOL(set_normalized_timespec64);

struct timespec64 ns_to_timespec64(s64 nsec)
{
	struct timespec64 ts;

	set_normalized_timespec64(&ts, 0, nsec);
	return ts;
}
EXPORT_SYMBOL(ns_to_timespec64);

/*
 * Days from 1 March of year 0 of the Gregorian calendar run on: a year begun in March has
 * its leap day last, so that the months' lengths repeat every five, 153 days in all.
 */
#define DAYS_PER_400_YEARS	146097
#define DAYS_TO_1970		719468

/** mktime64 - seconds from 1970 of a date of the Gregorian calendar; @mon from 1 */
time64_t mktime64(unsigned int year, unsigned int mon, unsigned int day,
		  unsigned int hour, unsigned int min, unsigned int sec)
{
	unsigned int m = mon > 2 ? mon - 3 : mon + 9;	/* from March */
	s64 y = (s64)year - (mon <= 2);
	s64 days = 365 * y + div_s64(y, 4) - div_s64(y, 100) + div_s64(y, 400) +
		   (153 * m + 2) / 5 + day - 1 - DAYS_TO_1970;

	return ((days * 24 + hour) * 60 + min) * 60 + sec;
}
EXPORT_SYMBOL(mktime64);

/* The year that begins in March and the day of it, both from 0, of day @days from 1 March 0. */
static s64 split_year(s64 days, unsigned int *day_of_year)
{
	s64 era = div64_s64(days >= 0 ? days : days - (DAYS_PER_400_YEARS - 1), DAYS_PER_400_YEARS);
	u32 doe = (u32)(days - era * DAYS_PER_400_YEARS);
	u32 yoe = (doe - doe / 1460 + doe / 36524 - doe / (DAYS_PER_400_YEARS - 1)) / 365;

	*day_of_year = doe - (365 * yoe + yoe / 4 - yoe / 100);
	return era * 400 + yoe;
}

/** time64_to_tm - the date of @totalsecs from 1970, @offset seconds east of UTC */
void time64_to_tm(time64_t totalsecs, int offset, struct tm *result)
{
	s64 secs = totalsecs + offset, days = div64_s64(secs, SECS_PER_DAY), year;
	int rest = (int)(secs - days * SECS_PER_DAY);
	unsigned int doy, m;
	bool leap;

	if (rest < 0) {
		rest += SECS_PER_DAY;
		days--;
	}
	result->tm_hour = rest / 3600;
	result->tm_min = rest / 60 % 60;
	result->tm_sec = rest % 60;
	/* 1 January 1970 was a Thursday. */
	result->tm_wday = (int)(days + 4 - 7 * div64_s64(days + 4, 7));
	if (result->tm_wday < 0)
		result->tm_wday += 7;

	year = split_year(days + DAYS_TO_1970, &doy);
	m = (5 * doy + 2) / 153;
	result->tm_mday = (int)(doy - (153 * m + 2) / 5) + 1;
	result->tm_mon = m < 10 ? (int)m + 2 : (int)m - 10;
	year += m >= 10;
	result->tm_year = (long)year - 1900;

	leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	/* January and February end the March year; the rest follow 59 or 60 days of the year. */
	result->tm_yday = m >= 10 ? (int)doy - 306 : (int)doy + 59 + leap;
}
EXPORT_SYMBOL(time64_to_tm);
