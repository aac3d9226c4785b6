/* SPDX-License-Identifier: MIT */
/* Sleeping for a time, by the tick (msleep) and by a high-resolution timer (usleep_range). */
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

/**
 * msleep - sleep for at least @msecs, whatever wakes the task
 *
 * Context: process.
 */
void msleep(unsigned int msecs)
{
	/* One more: the jiffy under way is gone through in part. */
	unsigned long timeout = msecs_to_jiffies(msecs) + 1;

	while (timeout)
		timeout = (unsigned long)schedule_timeout_uninterruptible((long)timeout);
}
EXPORT_SYMBOL(msleep);

/**
 * msleep_interruptible - sleep for at least @msecs, or until a signal comes
 *
 * Context: process. Return: the milliseconds that were left.
 */
unsigned long msleep_interruptible(unsigned int msecs)
{
	unsigned long timeout = msecs_to_jiffies(msecs) + 1;

	while (timeout && !signal_pending(current))
		timeout = (unsigned long)schedule_timeout_interruptible((long)timeout);
	return jiffies_to_msecs(timeout);
}
EXPORT_SYMBOL(msleep_interruptible);

/**
 * usleep_range_state - sleep for at least @min and if it can be at most @max microseconds
 * @state: TASK_* to sleep in
 *
 * Context: process.
 */
void usleep_range_state(unsigned long min, unsigned long max, unsigned int state)
{
	ktime_t until = ktime_add_us(ktime_get(), min);
	u64 slack = (u64)(max - min) * NSEC_PER_USEC;

	for (;;) {
		__set_current_state(state);
		if (!schedule_hrtimeout_range(&until, slack, HRTIMER_MODE_ABS))
			break;
	}
}
EXPORT_SYMBOL(usleep_range_state);
