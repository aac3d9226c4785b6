/* SPDX-License-Identifier: MIT */
/* Waiting for signals: pause(), rt_sigsuspend(), rt_sigtimedwait(). */
#include <linux/errno.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/syscalls.h>
#include <linux/time64.h>
#include <linux/uaccess.h>
#include "internals.h"

#define SLACK_NS	50000

static long sleep_until_signal(void)
{
	while (!signal_pending(current)) {
		__set_current_state(TASK_INTERRUPTIBLE);
		schedule();
	}
	return -ERESTARTNOHAND;
}

SYSCALL_DEFINE0(pause)
{
	return sleep_until_signal();
}

SYSCALL_DEFINE2(rt_sigsuspend, const sigset_t __user *, umask, size_t, size)
{
	int err;

	if (size != sizeof(sigset_t))
		return -EINVAL;
	err = umask ? set_user_sigmask(umask, size) : -EFAULT;
	return err ?: sleep_until_signal();
}

/* Taken out of what is blocked, so that they wake us; and back again. */
static void let_through(const sigset_t *which)
{
	spin_lock_irq(&current->sighand->siglock);
	current->real_blocked = current->blocked;
	sigandnsets(&current->blocked, &current->blocked, which);
	recalc_sigpending();
	spin_unlock_irq(&current->sighand->siglock);
}

/* siglock held. */
static void block_again(void)
{
	sigset_t extra;

	sigandnsets(&extra, &current->real_blocked, &current->blocked);
	current->blocked = current->real_blocked;
	sigemptyset(&current->real_blocked);
	retarget_shared(current, &extra);
	recalc_sigpending();
}

/* @end: NULL for no end. Return: the signal; -EAGAIN: time is over; -EINTR: another signal. */
static int wait_for_signal(const sigset_t *which, kernel_siginfo_t *info, ktime_t *end)
{
	sigset_t others;
	int sig, in_time = 0;

	siginitset(&others, ~which->sig[0]);
	spin_lock_irq(&current->sighand->siglock);
	sig = dequeue_signal(&others, info);
	spin_unlock_irq(&current->sighand->siglock);
	if (sig)
		return sig;
	if (!end || *end) {
		let_through(which);
		set_current_state(TASK_INTERRUPTIBLE);
		in_time = -EINTR;
		if (!signal_pending(current))
			in_time = schedule_hrtimeout_range(end, SLACK_NS, HRTIMER_MODE_ABS);
		__set_current_state(TASK_RUNNING);
		spin_lock_irq(&current->sighand->siglock);
		block_again();
		sig = dequeue_signal(&others, info);
		spin_unlock_irq(&current->sighand->siglock);
		if (sig)
			return sig;
	}
	return in_time ? -EINTR : -EAGAIN;
}

SYSCALL_DEFINE4(rt_sigtimedwait, const sigset_t __user *, uset, siginfo_t __user *, uinfo,
		const struct __kernel_timespec __user *, utime, size_t, size)
{
	struct timespec64 time;
	kernel_siginfo_t info;
	ktime_t end = 0;
	sigset_t which;
	int sig;

	if (size != sizeof(sigset_t))
		return -EINVAL;
	if (copy_from_user(&which, uset, sizeof(which)))
		return -EFAULT;
	sigdelsetmask(&which, SIG_KERNEL_ONLY_MASK);
	if (utime) {
		if (get_timespec64(&time, utime))
			return -EFAULT;
		if (!timespec64_valid(&time))
			return -EINVAL;
		if (time.tv_sec || time.tv_nsec)
			end = ktime_add_safe(ktime_get(), timespec64_to_ktime(time));
	}
	sig = wait_for_signal(&which, &info, utime ? &end : NULL);
	if (sig > 0 && uinfo && copy_siginfo_to_user(uinfo, &info))
		return -EFAULT;
	return sig;
}
