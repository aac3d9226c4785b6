/* SPDX-License-Identifier: MIT */
/*
 * Timers that a program makes: timer_create() and its like, as POSIX.1-2017 has them.
 *
 *	armed -- the time is over --> its signal waits -- that is taken --> armed, for the next interval
 *	  ^                                                     \___________ without an interval: idle
 *	  \_______ the signal is ignored: the next interval at once
 *
 * An interval begins anew only when the signal of the last one is taken, so that a short one costs
 * no more than handling it; what went by in the meantime is counted as overruns. A timer that
 * tells nobody (SIGEV_NONE) never runs: its state follows from the clock.
 *
 * Each timer owns the entry that its signal waits in. All of a timer that changes is guarded by
 * its process's siglock, also against the signal's being taken. Its function wants that lock: so a
 * timer is stopped with the lock released in between, and found anew by its number. Timers are
 * gone before exec() or exit() lets the process's signals go.
 *
 * Making and deleting them is in posix_timer_make.c; what is different of timers by the time that
 * somebody runs in posix_cpu_timer.c.
 */
#include <linux/errno.h>
#include <linux/hrtimer.h>
#include <linux/idr.h>
#include <linux/irqflags.h>
#include <linux/ktime.h>
#include <linux/lockdep.h>
#include <linux/posix-timers.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/signal.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "internals.h"
#include "posix_timer.h"

/* -- The time is over ------------------------------------------------------------------------------- */

static bool to_thread(const struct k_itimer *timer)
{
	return timer->notify & SIGEV_THREAD_ID;
}

/* Nobody wants the signal: the intervals go on without it. */
static enum hrtimer_restart go_on(struct k_itimer *timer)
{
	ktime_t now = hrtimer_cb_get_time(&timer->hrtimer);

	timer->requeue = false;
	/* An interval shorter than a tick would keep the CPU busy for nobody. */
	if (timer->interval < TICK_NSEC)
		now = ktime_add(now, TICK_NSEC);
	timer->overrun += hrtimer_forward(&timer->hrtimer, now, timer->interval);
	timer->active = true;
	return HRTIMER_RESTART;
}

/*
 * posix_timer_lock - lock it in the interrupt that finds its time over. Return: the owner's first
 * thread.
 */
struct task_struct *posix_timer_lock(struct k_itimer *timer, unsigned long *flags)
{
	struct task_struct *leader;

	read_lock_irqsave(&tasklist_lock, *flags);
	/* It is there, and has its sighand, until all threads are gone; the last stops the timers. */
	leader = pid_task(timer->signal->pids[PIDTYPE_TGID], PIDTYPE_TGID);
	spin_lock(&leader->sighand->siglock);
	return leader;
}

void posix_timer_unlock(struct task_struct *leader, unsigned long *flags)
{
	spin_unlock(&leader->sighand->siglock);
	read_unlock_irqrestore(&tasklist_lock, *flags);
}

/*
 * posix_timer_over - its time is over: send the signal. Return: nobody wants that, and it is to go
 * on.
 */
bool posix_timer_over(struct k_itimer *timer, struct task_struct *leader)
{
	/* NULL: that thread has ended. */
	struct task_struct *p = to_thread(timer) ? pid_task(timer->pid, PIDTYPE_PID) : leader;
	bool ignored = p && send_sigqueue(timer->sigq, p, to_thread(timer) ? PIDTYPE_PID : PIDTYPE_TGID);

	timer->active = false;
	timer->requeue = timer->interval != 0;
	return ignored && timer->interval;
}

static enum hrtimer_restart posix_timer_fn(struct hrtimer *hrtimer)
{
	struct k_itimer *timer = container_of(hrtimer, struct k_itimer, hrtimer);
	enum hrtimer_restart restart;
	struct task_struct *leader;
	unsigned long flags;

	leader = posix_timer_lock(timer, &flags);
	restart = posix_timer_over(timer, leader) ? go_on(timer) : HRTIMER_NORESTART;
	posix_timer_unlock(leader, &flags);
	return restart;
}

/* At least @more + what the last signal stood for. */
static int overruns(const struct k_itimer *timer, int more)
{
	return min_t(s64, timer->overrun_last + more, INT_MAX);
}

/*
 * posix_timer_taken - a timer's signal is delivered: the next interval begins
 * @info: of the signal; gets the overruns
 *
 * Context: in the timer's process; siglock held.
 */
void posix_timer_taken(kernel_siginfo_t *info)
{
	struct k_itimer *timer = idr_find(&current->signal->posix_timers, info->si_tid);

	lockdep_assert_held(&current->sighand->siglock);
	/* Set anew since, it is armed already, or is not to be. */
	if (!timer->requeue)
		return;
	if (timer->by_cpu_time) {
		posix_cpu_timer_again(timer);
	} else {
		timer->overrun += hrtimer_forward_now(&timer->hrtimer, timer->interval);
		hrtimer_restart(&timer->hrtimer);
		timer->active = true;
	}
	timer->requeue = false;
	timer->overrun_last = timer->overrun;
	timer->overrun = -1;
	info->si_overrun = overruns(timer, info->si_overrun);
}

/* -- Looking and setting ---------------------------------------------------------------------------- */

/* siglock held, as for the next ones. Return: NULL: no such timer, or it is not complete. */
static struct k_itimer *find_timer(int id)
{
	return id < 0 ? NULL : idr_find(&current->signal->posix_timers, id);
}

/*
 * Lock siglock; if the timer is by another process's time, which can't be read then, read it
 * before.
 */
static void lock_with_time(int id)
{
	struct cpu_timer clock = { 0 };
	struct k_itimer *timer;

	spin_lock_irq(&current->sighand->siglock);
	timer = find_timer(id);
	if (likely(!timer || !timer->by_cpu_time || timer->cpu.process == current->signal))
		return;
	cpu_timer_copy_clock(&clock, &timer->cpu);
	spin_unlock_irq(&current->sighand->siglock);
	cpu_timer_refresh(&clock);
	cpu_timer_destroy(&clock);
	spin_lock_irq(&current->sighand->siglock);
}

static void look_at(struct k_itimer *timer, struct itimerspec64 *it)
{
	bool silent = timer->notify == SIGEV_NONE;
	ktime_t left;

	memset(it, 0, sizeof(*it));
	it->it_interval = ktime_to_timespec64(timer->interval);
	if (!timer->interval && !timer->active && !silent)
		return;
	/* It stands still: when would it be over next, had it run? */
	if (timer->interval && (timer->requeue || silent))
		timer->overrun += hrtimer_forward_now(&timer->hrtimer, timer->interval);
	left = hrtimer_get_remaining(&timer->hrtimer);
	if (left > 0)
		it->it_value = ktime_to_timespec64(left);
	else if (!silent)
		it->it_value.tv_nsec = 1;	/* about to be over; 0 would be idle */
}

/* Return: < 0: its function is about to run. */
static int try_to_cancel(struct k_itimer *timer)
{
	return timer->by_cpu_time ? cpu_timer_try_to_cancel(&timer->cpu)
				  : hrtimer_try_to_cancel(&timer->hrtimer);
}

/*
 * stop_timer - neither armed nor about to be over. @old: as it was. Return: NULL: no such timer
 * any more.
 */
struct k_itimer *stop_timer(int id, struct itimerspec64 *old)
{
	spinlock_t *lock = &current->sighand->siglock;
	struct k_itimer *timer;

	for (;;) {
		timer = find_timer(id);
		if (!timer)
			return NULL;
		if (!timer->by_cpu_time)
			look_at(timer, old);
		if (try_to_cancel(timer) >= 0)
			break;
		/* Its function waits for the lock; and another thread may delete it then. */
		spin_unlock_irq(lock);
		cpu_relax();
		spin_lock_irq(lock);
	}
	if (timer->by_cpu_time)
		posix_cpu_timer_stopped(timer, old);
	return timer;
}

static void start_timer(struct k_itimer *timer, const struct itimerspec64 *new, bool absolute)
{
	struct hrtimer *hrtimer = &timer->hrtimer;
	ktime_t end = timespec64_to_ktime(new->it_value);

	hrtimer_init(hrtimer, timer->clock, absolute ? HRTIMER_MODE_ABS : HRTIMER_MODE_REL);
	hrtimer->function = posix_timer_fn;
	if (!absolute)
		end = ktime_add_safe(end, hrtimer_cb_get_time(hrtimer));
	hrtimer_set_expires(hrtimer, end);
	timer->interval = timespec64_to_ktime(new->it_interval);
	timer->active = timer->notify != SIGEV_NONE;
	if (timer->active)
		hrtimer_restart(hrtimer);
}

/* Return: 0; 1: its time is over already, so call its function; -ESRCH. */
static int exchange(struct k_itimer *timer, const struct itimerspec64 *new, bool absolute)
{
	if (timer->by_cpu_time && cpu_timer_ended(&timer->cpu))
		return -ESRCH;
	timer->interval = 0;
	timer->active = false;
	timer->requeue = false;
	timer->overrun_last = 0;
	if (timer->by_cpu_time)
		return posix_cpu_timer_start(timer, new, absolute);
	if (new->it_value.tv_sec || new->it_value.tv_nsec)
		start_timer(timer, new, absolute);
	return 0;
}

SYSCALL_DEFINE4(timer_settime, int, id, int, flags, const struct __kernel_itimerspec __user *, unew,
		struct __kernel_itimerspec __user *, uold)
{
	struct itimerspec64 new, old;
	struct k_itimer *timer;
	int err = -EINVAL;

	if (!unew)
		return -EINVAL;
	if (get_itimerspec64(&new, unew))
		return -EFAULT;
	if (!itimerspec64_valid(&new))
		return -EINVAL;
	lock_with_time(id);
	timer = stop_timer(id, &old);
	if (timer)
		err = exchange(timer, &new, flags & TIMER_ABSTIME);
	spin_unlock(&current->sighand->siglock);
	/* Interrupts stay off: a thread of higher priority may wait for the function, and run for ever. */
	if (err > 0)
		timer->cpu.fn(&timer->cpu);
	local_irq_enable();
	if (err < 0)
		return err;
	return uold ? put_itimerspec64(&old, uold) : 0;
}

SYSCALL_DEFINE2(timer_gettime, int, id, struct __kernel_itimerspec __user *, to)
{
	struct itimerspec64 it;
	struct k_itimer *timer;

	lock_with_time(id);
	timer = find_timer(id);
	if (timer && timer->by_cpu_time)
		posix_cpu_timer_look(timer, &it);
	else if (timer)
		look_at(timer, &it);
	spin_unlock_irq(&current->sighand->siglock);
	return timer ? put_itimerspec64(&it, to) : -EINVAL;
}

SYSCALL_DEFINE1(timer_getoverrun, int, id)
{
	struct k_itimer *timer;
	int ret = -EINVAL;

	spin_lock_irq(&current->sighand->siglock);
	timer = find_timer(id);
	if (timer)
		ret = overruns(timer, 0);
	spin_unlock_irq(&current->sighand->siglock);
	return ret;
}
