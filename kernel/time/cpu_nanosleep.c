/* SPDX-License-Identifier: MIT */
/* Sleeping while another thread or process runs for so long: clock_nanosleep() by a CPU clock. */
#include <linux/errno.h>
#include <linux/ktime.h>
#include <linux/posix-timers.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/uaccess.h>
#include <uapi/linux/time.h>
#include "internals.h"

struct sleeper {
	struct cpu_timer	timer;
	struct task_struct	*task;		/* NULL: the time is over */
};

static void wake_sleeper(struct cpu_timer *timer)
{
	struct sleeper *sleeper = container_of(timer, struct sleeper, timer);
	struct task_struct *task = sleeper->task;

	/* Awake, it waits for the timer to be done. */
	WRITE_ONCE(sleeper->task, NULL);
	wake_up_process(task);
	cpu_timer_done(timer);
}

/* What the clock shows, of whomever. */
static u64 now_by(const struct cpu_timer *timer)
{
	u64 now;

	read_lock_irq(&tasklist_lock);
	now = cpu_clock_sample(timer->process, timer->thread, timer->which);
	read_unlock_irq(&tasklist_lock);
	return now;
}

/* Return: 0; -EINTR for a signal. */
static int sleep_until(struct sleeper *sleeper, u64 end)
{
	sleeper->timer.expires = end;
	cpu_timer_start(&sleeper->timer);
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (!READ_ONCE(sleeper->task) || signal_pending(current))
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	while (cpu_timer_try_to_cancel(&sleeper->timer) < 0)
		cpu_relax();
	return sleeper->task ? -EINTR : 0;
}

static long sleep_on(struct restart_block *restart);

/*
 * @end: by the clock, or from now. Return: 0; -EINVAL: no such clock; -ESRCH;
 * -ERESTART_RESTARTBLOCK.
 */
static long sleep_by(clockid_t clock, u64 end, bool absolute, struct timespec64 __user *rem)
{
	struct sleeper sleeper = { .task = current };
	u64 now;
	int err = cpu_timer_init(&sleeper.timer, clock, wake_sleeper);

	if (err)
		return err;
	now = now_by(&sleeper.timer);
	if (end && !absolute)
		end += now;
	if (cpu_timer_ended(&sleeper.timer))
		err = -ESRCH;
	else if (end > now)
		err = sleep_until(&sleeper, end);
	now = now_by(&sleeper.timer);
	cpu_timer_destroy(&sleeper.timer);
	if (err != -EINTR)
		return err;
	return nanosleep_interrupted(clock, end, end > now ? (s64)(end - now) : 1, rem, sleep_on);
}

static long sleep_on(struct restart_block *restart)
{
	return sleep_by(restart->nanosleep.clockid, restart->nanosleep.expires, true,
			restart->nanosleep.rmtp);
}

/*
 * cpu_nanosleep - clock_nanosleep() by the time that somebody runs: not one's own thread's, which
 * would not end
 */
long cpu_nanosleep(clockid_t clock, int flags, const struct timespec64 __user *from,
		   struct timespec64 __user *rem)
{
	bool absolute = flags & TIMER_ABSTIME;
	struct timespec64 time;
	long ret;

	if (!is_cpu_clock(clock))
		return -EOPNOTSUPP;
	if (copy_from_user(&time, from, sizeof(time)))
		return -EFAULT;
	if (!timespec64_valid(&time))
		return -EINVAL;
	if (clock < 0 && CPUCLOCK_PERTHREAD(clock) &&
	    (!CPUCLOCK_PID(clock) || CPUCLOCK_PID(clock) == current->pid))
		return -EINVAL;
	ret = sleep_by(clock, (u64)timespec64_to_ktime(time), absolute, absolute ? NULL : rem);
	return ret == -ERESTART_RESTARTBLOCK && absolute ? -ERESTARTNOHAND : ret;
}
