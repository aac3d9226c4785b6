/* SPDX-License-Identifier: MIT */
/* Times from and to programs. */
#include <linux/errno.h>
#include <linux/time64.h>
#include <linux/uaccess.h>

/**
 * get_timespec64 - a time that a program gives
 * @ts: where to
 * @uts: the program's; not checked for sense, see timespec64_valid()
 *
 * Context: process, may sleep. Return: 0 or -EFAULT.
 */
int get_timespec64(struct timespec64 *ts, const struct __kernel_timespec __user *uts)
{
	struct __kernel_timespec kts;

	if (copy_from_user(&kts, uts, sizeof(kts)))
		return -EFAULT;
	ts->tv_sec = kts.tv_sec;
	ts->tv_nsec = kts.tv_nsec;
	return 0;
}

/* put_timespec64 - a time to a program; 0 or -EFAULT */
int put_timespec64(const struct timespec64 *ts, struct __kernel_timespec __user *uts)
{
	struct __kernel_timespec kts = { .tv_sec = ts->tv_sec, .tv_nsec = ts->tv_nsec };

	return copy_to_user(uts, &kts, sizeof(kts)) ? -EFAULT : 0;
}

/* get_itimerspec64 - the setting of a timer, as get_timespec64() */
int get_itimerspec64(struct itimerspec64 *it, const struct __kernel_itimerspec __user *uit)
{
	struct __kernel_itimerspec kit;

	if (copy_from_user(&kit, uit, sizeof(kit)))
		return -EFAULT;
	it->it_interval = (struct timespec64){ kit.it_interval.tv_sec, kit.it_interval.tv_nsec };
	it->it_value = (struct timespec64){ kit.it_value.tv_sec, kit.it_value.tv_nsec };
	return 0;
}

/* put_itimerspec64 - the setting of a timer to a program; 0 or -EFAULT */
int put_itimerspec64(const struct itimerspec64 *it, struct __kernel_itimerspec __user *uit)
{
	struct __kernel_itimerspec kit = {
		.it_interval = { it->it_interval.tv_sec, it->it_interval.tv_nsec },
		.it_value = { it->it_value.tv_sec, it->it_value.tv_nsec },
	};

	return copy_to_user(uit, &kit, sizeof(kit)) ? -EFAULT : 0;
}
