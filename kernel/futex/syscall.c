/* SPDX-License-Identifier: MIT */
/* futex(): one number for many calls. Those that inherit priority are not there. */
#include <linux/errno.h>
#include <linux/syscalls.h>
#include <linux/time64.h>
#include <linux/timekeeping.h>
#include "internals.h"

/* The operations whose fourth argument is a time. */
static bool has_timeout(unsigned int cmd)
{
	return cmd == FUTEX_WAIT || cmd == FUTEX_WAIT_BITSET || cmd == FUTEX_LOCK_PI ||
	       cmd == FUTEX_LOCK_PI2 || cmd == FUTEX_WAIT_REQUEUE_PI;
}

/*
 * When it ends: FUTEX_WAIT's is a length of time, the others' a time. Return: 0; -EFAULT; -EINVAL.
 */
static int read_timeout(ktime_t *end, unsigned int cmd, const struct __kernel_timespec __user *from)
{
	struct timespec64 time;

	if (get_timespec64(&time, from))
		return -EFAULT;
	if (!timespec64_valid(&time))
		return -EINVAL;
	*end = timespec64_to_ktime(time);
	if (cmd == FUTEX_WAIT)
		*end = ktime_add_safe(ktime_get(), *end);
	return 0;
}

SYSCALL_DEFINE6(futex, u32 __user *, uaddr, int, op, u32, val,
		const struct __kernel_timespec __user *, utime, u32 __user *, uaddr2, u32, val3)
{
	unsigned int cmd = op & FUTEX_CMD_MASK;
	unsigned int flags = (op & FUTEX_PRIVATE_FLAG ? 0 : FLAGS_SHARED) |
			     (op & FUTEX_CLOCK_REALTIME ? FLAGS_CLOCKRT : 0);
	u32 val2 = (unsigned long)utime;
	ktime_t time, *end = NULL;
	int err;

	if (utime && has_timeout(cmd)) {
		err = read_timeout(&time, cmd, utime);
		if (err)
			return err;
		end = &time;
	}
	/* The others have no time, or, as FUTEX_WAIT, a length of time. */
	if ((flags & FLAGS_CLOCKRT) && cmd != FUTEX_WAIT_BITSET)
		return -ENOSYS;
	switch (cmd) {
	case FUTEX_WAIT:
		val3 = FUTEX_BITSET_MATCH_ANY;
		fallthrough;
	case FUTEX_WAIT_BITSET:
		return futex_wait(uaddr, flags, val, end, val3);
	case FUTEX_WAKE:
		val3 = FUTEX_BITSET_MATCH_ANY;
		fallthrough;
	case FUTEX_WAKE_BITSET:
		return futex_wake(uaddr, flags, val, val3);
	case FUTEX_REQUEUE:
		return futex_requeue(uaddr, uaddr2, flags, val, val2, NULL);
	case FUTEX_CMP_REQUEUE:
		return futex_requeue(uaddr, uaddr2, flags, val, val2, &val3);
	case FUTEX_WAKE_OP:
		return futex_wake_op(uaddr, uaddr2, flags, val, val2, val3);
	default:
		return -ENOSYS;
	}
}
