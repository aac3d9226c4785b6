/* SPDX-License-Identifier: MIT */
/*
 * The clocks, for programs: clock_gettime() and its like, and the older calls.
 *
 * struct timespec64 is what 64-bit programs pass.
 */
#include <linux/errno.h>
#include <linux/ktime.h>
#include <linux/posix-timers.h>
#include <linux/syscalls.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include "internals.h"

_Static_assert(sizeof(struct timespec64) == sizeof(struct __kernel_timespec), "one form");

/* What it is by @clock. False: no such clock. */
static bool read_clock(clockid_t clock, struct timespec64 *now)
{
	u64 ns;

	if (is_cpu_clock(clock)) {
		if (cpu_clock_read(clock, &ns))
			return false;
		*now = ns_to_timespec64((s64)ns);
		return true;
	}
	switch (clock) {
	case CLOCK_REALTIME:
	case CLOCK_REALTIME_ALARM:
		ktime_get_real_ts64(now);
		return true;
	case CLOCK_MONOTONIC:
		ktime_get_ts64(now);
		return true;
	case CLOCK_MONOTONIC_RAW:
		ktime_get_raw_ts64(now);
		return true;
	case CLOCK_REALTIME_COARSE:
		ktime_get_coarse_real_ts64(now);
		return true;
	case CLOCK_MONOTONIC_COARSE:
		ktime_get_coarse_ts64(now);
		return true;
	case CLOCK_BOOTTIME:
	case CLOCK_BOOTTIME_ALARM:
		ktime_get_boottime_ts64(now);
		return true;
	case CLOCK_TAI:
		ktime_get_clocktai_ts64(now);
		return true;
	default:
		return false;
	}
}

SYSCALL_DEFINE2(clock_gettime, clockid_t, clock, struct timespec64 __user *, to)
{
	struct timespec64 now;

	if (!read_clock(clock, &now))
		return -EINVAL;
	return copy_to_user(to, &now, sizeof(now)) ? -EFAULT : 0;
}

SYSCALL_DEFINE2(clock_getres, clockid_t, clock, struct timespec64 __user *, to)
{
	struct timespec64 res = { .tv_nsec = 1 };
	struct timespec64 now;

	if (!read_clock(clock, &now))
		return -EINVAL;
	if (clock == CLOCK_REALTIME_COARSE || clock == CLOCK_MONOTONIC_COARSE ||
	    (clock < 0 && CPUCLOCK_WHICH(clock) != CPUCLOCK_SCHED))
		res.tv_nsec = TICK_NSEC;
	return to && copy_to_user(to, &res, sizeof(res)) ? -EFAULT : 0;
}

/* One clock can be set; that others can't is told in two ways. */
SYSCALL_DEFINE2(clock_settime, clockid_t, clock, const struct timespec64 __user *, from)
{
	struct timespec64 now;

	if (clock >= 0 && clock != CLOCK_REALTIME)
		return -EINVAL;
	if (copy_from_user(&now, from, sizeof(now)))
		return -EFAULT;
	if (clock < 0)
		return read_clock(clock, &now) ? -EPERM : -EINVAL;
	return do_settimeofday64(&now);
}

/* -- The older calls ------------------------------------------------------------------------------ */

SYSCALL_DEFINE1(time, long __user *, to)
{
	long now = ktime_get_real_seconds();

	return to && put_user(now, to) ? -EFAULT : now;
}

/* The time zone is told back as it was set; the kernel has no use for it. */
static struct timezone sys_tz;

SYSCALL_DEFINE2(gettimeofday, struct __kernel_old_timeval __user *, tv, struct timezone __user *, tz)
{
	struct timespec64 now;

	ktime_get_real_ts64(&now);
	if (tv && (put_user(now.tv_sec, &tv->tv_sec) ||
		   put_user(now.tv_nsec / NSEC_PER_USEC, &tv->tv_usec)))
		return -EFAULT;
	return tz && copy_to_user(tz, &sys_tz, sizeof(sys_tz)) ? -EFAULT : 0;
}

SYSCALL_DEFINE2(settimeofday, const struct __kernel_old_timeval __user *, from,
		const struct timezone __user *, zone)
{
	struct __kernel_old_timeval tv;
	struct timespec64 now;
	struct timezone tz;
	int err = 0;

	if ((from && copy_from_user(&tv, from, sizeof(tv))) ||
	    (zone && copy_from_user(&tz, zone, sizeof(tz))))
		return -EFAULT;
	if (from && (tv.tv_usec < 0 || tv.tv_usec > USEC_PER_SEC))
		return -EINVAL;
	if (zone && (tz.tz_minuteswest < -15 * 60 || tz.tz_minuteswest > 15 * 60))
		return -EINVAL;
	if (zone) {
		sys_tz = tz;
		update_vsyscall_tz(tz.tz_minuteswest, tz.tz_dsttime);
	}
	if (from) {
		set_normalized_timespec64(&now, tv.tv_sec, tv.tv_usec * NSEC_PER_USEC);
		err = do_settimeofday64(&now);
	}
	return err;
}
