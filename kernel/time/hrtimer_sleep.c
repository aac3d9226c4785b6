/* SPDX-License-Identifier: MIT */
/* Tasks that sleep on a high-resolution timer. */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/kernel.h>
#include <linux/sched.h>

static enum hrtimer_restart wake_sleeper(struct hrtimer *timer)
{
	struct hrtimer_sleeper *sl = container_of(timer, struct hrtimer_sleeper, timer);
	struct task_struct *task = sl->task;

	/* Before the wake-up: the task takes NULL as the sign that its time has come. */
	WRITE_ONCE(sl->task, NULL);
	if (task)
		wake_up_process(task);
	return HRTIMER_NORESTART;
}

/** hrtimer_init_sleeper - a timer that wakes the calling task; as hrtimer_init() */
void hrtimer_init_sleeper(struct hrtimer_sleeper *sl, clockid_t clock_id, enum hrtimer_mode mode)
{
	hrtimer_init(&sl->timer, clock_id, mode);
	sl->timer.function = wake_sleeper;
	sl->task = current;
}
EXPORT_SYMBOL_GPL(hrtimer_init_sleeper);

#ifdef CONFIG_DEBUG
void hrtimer_init_sleeper_on_stack(struct hrtimer_sleeper *sl, clockid_t clock,
				   enum hrtimer_mode mode)
{
	hrtimer_init_on_stack(&sl->timer, clock, mode);
	sl->timer.function = wake_sleeper;
	sl->task = current;
}
EXPORT_SYMBOL_GPL(hrtimer_init_sleeper_on_stack);
#endif

void hrtimer_sleeper_start_expires(struct hrtimer_sleeper *sl, enum hrtimer_mode mode)
{
	hrtimer_start_expires(&sl->timer, mode);
}
EXPORT_SYMBOL_GPL(hrtimer_sleeper_start_expires);

/**
 * schedule_hrtimeout_range_clock - sleep until a time, or until woken
 * @expires: when, or how long; NULL: no limit
 * @delta: how many nanoseconds later will do as well
 * @mode: HRTIMER_MODE_ABS or _REL
 * @clock_id: the clock that @expires is on
 *
 * The caller has set its state. Context: process.
 * Return: 0 when the time has come; -EINTR when something else woke the task.
 */
int schedule_hrtimeout_range_clock(ktime_t *expires, u64 delta, const enum hrtimer_mode mode,
				   clockid_t clock_id)
{
	struct hrtimer_sleeper sl;

	if (expires && *expires == 0) {
		__set_current_state(TASK_RUNNING);
		return 0;
	}
	if (!expires) {
		schedule();
		return -EINTR;
	}

	hrtimer_init_sleeper_on_stack(&sl, clock_id, mode);
	hrtimer_set_expires_range_ns(&sl.timer, *expires, delta);
	hrtimer_sleeper_start_expires(&sl, mode);
	if (likely(READ_ONCE(sl.task)))
		schedule();
	hrtimer_cancel(&sl.timer);
	destroy_hrtimer_on_stack(&sl.timer);
	__set_current_state(TASK_RUNNING);
	return READ_ONCE(sl.task) ? -EINTR : 0;
}
EXPORT_SYMBOL_GPL(schedule_hrtimeout_range_clock);

int schedule_hrtimeout_range(ktime_t *expires, u64 delta, const enum hrtimer_mode mode)
{
	return schedule_hrtimeout_range_clock(expires, delta, mode, CLOCK_MONOTONIC);
}
EXPORT_SYMBOL_GPL(schedule_hrtimeout_range);

int schedule_hrtimeout(ktime_t *expires, const enum hrtimer_mode mode)
{
	return schedule_hrtimeout_range(expires, 0, mode);
}
EXPORT_SYMBOL_GPL(schedule_hrtimeout);
