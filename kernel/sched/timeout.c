/* SPDX-License-Identifier: MIT */
/* Sleeping for a time, or until woken if that comes first. */
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/timer.h>
#include "internals.h"

struct timeout {
	struct timer_list	timer;
	struct task_struct	*task;
};

static void timeout_over(struct timer_list *t)
{
	struct timeout *timeout = from_timer(timeout, t, timer);

	wake_up_process(timeout->task);
}

/* Apart, so that a sleep without a limit does not pay for the timer's place on the stack. */
static noinline long sleep_with_timer(long timeout)
{
	struct timeout sleep = { .task = current };
	unsigned long expires = jiffies + timeout;

	timer_setup_on_stack(&sleep.timer, timeout_over, 0);
	mod_timer(&sleep.timer, expires);
	schedule();
	del_timer_sync(&sleep.timer);
	destroy_timer_on_stack(&sleep.timer);

	timeout = expires - jiffies;
	return timeout < 0 ? 0 : timeout;
}

/**
 * schedule_timeout - sleep, but not longer than a given time
 * @timeout: jiffies; MAX_SCHEDULE_TIMEOUT for no limit
 *
 * The caller has set the task's state, as for schedule(); in TASK_RUNNING it returns at once.
 *
 * Context: process.
 * Return: the jiffies left, 0 when the time is over; MAX_SCHEDULE_TIMEOUT stays itself.
 */
long schedule_timeout(long timeout)
{
	if (timeout == MAX_SCHEDULE_TIMEOUT) {
		schedule();
		return timeout;
	}
	if (unlikely(timeout < 0)) {
		pr_err("schedule_timeout: wrong timeout value %lx\n", timeout);
		dump_stack();
		__set_current_state(TASK_RUNNING);
		return 0;
	}
	return sleep_with_timer(timeout);
}
EXPORT_SYMBOL(schedule_timeout);

long schedule_timeout_interruptible(long timeout)
{
	__set_current_state(TASK_INTERRUPTIBLE);
	return schedule_timeout(timeout);
}
EXPORT_SYMBOL(schedule_timeout_interruptible);

long schedule_timeout_killable(long timeout)
{
	__set_current_state(TASK_KILLABLE);
	return schedule_timeout(timeout);
}
EXPORT_SYMBOL(schedule_timeout_killable);

long schedule_timeout_uninterruptible(long timeout)
{
	__set_current_state(TASK_UNINTERRUPTIBLE);
	return schedule_timeout(timeout);
}
EXPORT_SYMBOL(schedule_timeout_uninterruptible);

long schedule_timeout_idle(long timeout)
{
	__set_current_state(TASK_IDLE);
	return schedule_timeout(timeout);
}
EXPORT_SYMBOL(schedule_timeout_idle);
