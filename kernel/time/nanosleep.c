/* SPDX-License-Identifier: MIT */
/* Programs that sleep: nanosleep(), clock_nanosleep(). */
#include <linux/errno.h>
#include <linux/hrtimer.h>
#include <linux/sched/signal.h>
#include <linux/syscalls.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include "internals.h"

#define SLACK_NSEC	50000	/* later than asked for, so that wake-ups come together */

static ktime_t now_by(clockid_t clock)
{
	switch (clock) {
	case CLOCK_REALTIME:
		return ktime_get_real();
	case CLOCK_BOOTTIME:
		return ktime_get_boottime();
	case CLOCK_TAI:
		return ktime_get_clocktai();
	default:
		return ktime_get();
	}
}

/* Until @end by @clock. Return: 0; -EINTR for a signal. */
static int sleep_until(ktime_t end, clockid_t clock)
{
	int err;

	do {
		set_current_state(TASK_INTERRUPTIBLE);
		err = schedule_hrtimeout_range_clock(&end, SLACK_NSEC, HRTIMER_MODE_ABS, clock);
	} while (err && !signal_pending(current));
	return err;
}

/*
 * nanosleep_interrupted - a signal has come first: @rem is told what is left, and if no handler runs
 * @restart goes on until @end. Both in ns. Context: process. Return: -EFAULT;
 * -ERESTART_RESTARTBLOCK.
 */
long nanosleep_interrupted(clockid_t clock, u64 end, s64 left, struct timespec64 __user *rem,
			   long (*restart)(struct restart_block *))
{
	struct restart_block *block = &current->restart_block;
	struct timespec64 rest = ns_to_timespec64(left);

	if (rem && copy_to_user(rem, &rest, sizeof(rest)))
		return -EFAULT;
	block->nanosleep.clockid = clock;
	block->nanosleep.expires = end;
	block->nanosleep.rmtp = rem;
	return set_restart_fn(block, restart);
}

static long sleep_on(struct restart_block *restart);

/* Until @end, of a call that is given a length: a signal tells @rem what is left, and it goes on. */
static long sleep_rest(ktime_t end, clockid_t clock, struct timespec64 __user *rem)
{
	ktime_t left;

	if (!sleep_until(end, clock))
		return 0;
	left = ktime_sub(end, now_by(clock));
	return left <= 0 ? 0 : nanosleep_interrupted(clock, end, left, rem, sleep_on);
}

static long sleep_on(struct restart_block *restart)
{
	return sleep_rest(restart->nanosleep.expires, restart->nanosleep.clockid,
			  restart->nanosleep.rmtp);
}

/* A length of time is one of CLOCK_MONOTONIC: setting the clock does not change it. */
static long sleep_for(const struct timespec64 *len, clockid_t clock, struct timespec64 __user *rem)
{
	if (clock == CLOCK_REALTIME || clock == CLOCK_TAI)
		clock = CLOCK_MONOTONIC;
	return sleep_rest(ktime_add_safe(now_by(clock), timespec64_to_ktime(*len)), clock, rem);
}

static long sleep_user(clockid_t clock, int flags, const struct timespec64 __user *from,
		      struct timespec64 __user *rem)
{
	struct timespec64 time;

	if (copy_from_user(&time, from, sizeof(time)))
		return -EFAULT;
	if (!timespec64_valid(&time))
		return -EINVAL;
	if (!(flags & TIMER_ABSTIME))
		return sleep_for(&time, clock, rem);
	/* Not to be told how much is left, it can as well begin again. */
	return sleep_until(timespec64_to_ktime(time), clock) ? -ERESTARTNOHAND : 0;
}

SYSCALL_DEFINE2(nanosleep, const struct timespec64 __user *, len, struct timespec64 __user *, rem)
{
	return sleep_user(CLOCK_MONOTONIC, 0, len, rem);
}

SYSCALL_DEFINE4(clock_nanosleep, clockid_t, clock, int, flags, const struct timespec64 __user *, time,
		struct timespec64 __user *, rem)
{
	if (clock < 0 || clock == CLOCK_PROCESS_CPUTIME_ID)
		return cpu_nanosleep(clock, flags, time, rem);
	switch (clock) {
	case CLOCK_REALTIME:
	case CLOCK_MONOTONIC:
	case CLOCK_BOOTTIME:
	case CLOCK_TAI:
		return sleep_user(clock, flags, time, rem);
	case CLOCK_THREAD_CPUTIME_ID:
	case CLOCK_MONOTONIC_RAW:
	case CLOCK_REALTIME_COARSE:
	case CLOCK_MONOTONIC_COARSE:
		return -EOPNOTSUPP;
	default:
		return -EINVAL;
	}
}
