/* SPDX-License-Identifier: MIT */
/*
 * Timers that a program makes: making and deleting them. posix_timer.c tells how they run.
 *
 * A timer has its number before it is complete; nobody finds it until then.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/hrtimer.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/posix-timers.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/signal.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "internals.h"
#include "posix_timer.h"

static struct kmem_cache *timer_cache __ro_after_init;

static int __init posix_timer_cache_init(void)
{
	timer_cache = KMEM_CACHE(k_itimer, SLAB_PANIC);
	return 0;
}
core_initcall(posix_timer_cache_init);

/* posix_timers_init - of a new process, which has none */
void posix_timers_init(struct signal_struct *sig)
{
	idr_init(&sig->posix_timers);
}

static int check_clock(clockid_t clock)
{
	if (is_cpu_clock(clock))
		return 0;
	if (clock < 0)
		return -EOPNOTSUPP;
	switch (clock) {
	case CLOCK_REALTIME:
	case CLOCK_MONOTONIC:
	case CLOCK_BOOTTIME:
	case CLOCK_TAI:
		return 0;
	case CLOCK_MONOTONIC_RAW:
	case CLOCK_REALTIME_COARSE:
	case CLOCK_MONOTONIC_COARSE:
	case CLOCK_REALTIME_ALARM:
	case CLOCK_BOOTTIME_ALARM:
		return -EOPNOTSUPP;
	default:
		return -EINVAL;
	}
}

/* Whom @event names. Return: counted; NULL: no thread of current's process, or no such signal. */
static struct pid *whom_to_tell(const sigevent_t *event)
{
	struct task_struct *p;
	struct pid *pid = NULL;

	if (event->sigev_notify != SIGEV_NONE && (event->sigev_signo < 1 || event->sigev_signo > _NSIG))
		return NULL;
	switch (event->sigev_notify) {
	case SIGEV_SIGNAL | SIGEV_THREAD_ID:
		p = find_get_task_by_pid(event->sigev_notify_thread_id);
		if (!p)
			return NULL;
		if (p->signal == current->signal)
			pid = get_pid(task_pid(p));
		put_task_struct(p);
		return pid;
	case SIGEV_SIGNAL:
	case SIGEV_THREAD:
	case SIGEV_NONE:
		return get_pid(task_tgid(current));
	default:
		return NULL;
	}
}

/* The signal: SIGALRM, with the timer's number, unless @event says another. */
static int fill_in(struct k_itimer *timer, const sigevent_t *event)
{
	sigevent_t usual = { .sigev_signo = SIGALRM, .sigev_notify = SIGEV_SIGNAL };
	kernel_siginfo_t *info = &timer->sigq->info;

	usual.sigev_value.sival_int = timer->id;
	if (!event)
		event = &usual;
	timer->pid = whom_to_tell(event);
	if (!timer->pid)
		return -EINVAL;
	timer->notify = event->sigev_notify;
	clear_siginfo(info);
	info->si_signo = event->sigev_signo;
	info->si_code = SI_TIMER;
	info->si_tid = timer->id;
	info->_sifields._timer._sigval = event->sigev_value;
	return 0;
}

/* It has its number, but nobody finds it yet. Return: it, or an error. */
static struct k_itimer *alloc_timer(clockid_t clock)
{
	struct k_itimer *timer = kmem_cache_zalloc(timer_cache, GFP_KERNEL);

	if (!timer)
		return ERR_PTR(-EAGAIN);
	timer->clock = clock;
	timer->signal = current->signal;
	timer->overrun = -1;
	timer->by_cpu_time = is_cpu_clock(clock);
	if (!timer->by_cpu_time)
		hrtimer_init(&timer->hrtimer, clock, HRTIMER_MODE_ABS);
	timer->sigq = sigqueue_get(current, false);
	if (!timer->sigq) {
		kmem_cache_free(timer_cache, timer);
		return ERR_PTR(-EAGAIN);
	}
	INIT_LIST_HEAD(&timer->sigq->list);	/* tells whether it waits */
	timer->sigq->flags |= SIGQUEUE_PREALLOC;
	spin_lock_irq(&current->sighand->siglock);
	timer->id = idr_alloc_cyclic(&current->signal->posix_timers, NULL, 0, 0, GFP_ATOMIC);
	spin_unlock_irq(&current->sighand->siglock);
	return timer;
}

/* siglock held, and released. @timer is stopped, and has a number or an error for one. */
static void free_timer(struct k_itimer *timer)
{
	if (timer->id >= 0)
		idr_remove(&current->signal->posix_timers, timer->id);
	sigqueue_free(timer->sigq);
	spin_unlock_irq(&current->sighand->siglock);
	if (timer->by_cpu_time)
		cpu_timer_destroy(&timer->cpu);
	put_pid(timer->pid);
	kmem_cache_free(timer_cache, timer);
}

SYSCALL_DEFINE3(timer_create, clockid_t, clock, const sigevent_t __user *, uevent, int __user *, uid)
{
	struct k_itimer *timer;
	sigevent_t event;
	int err;

	if (uevent && copy_from_user(&event, uevent, sizeof(event)))
		return -EFAULT;
	err = check_clock(clock);
	if (err)
		return err;
	timer = alloc_timer(clock);
	if (IS_ERR(timer))
		return PTR_ERR(timer);
	err = timer->id < 0 ? -EAGAIN : fill_in(timer, uevent ? &event : NULL);
	if (!err && copy_to_user(uid, &timer->id, sizeof(timer->id)))
		err = -EFAULT;
	if (!err && timer->by_cpu_time)
		err = posix_cpu_timer_init(timer);
	spin_lock_irq(&current->sighand->siglock);
	if (err) {
		free_timer(timer);
		return err;
	}
	idr_replace(&current->signal->posix_timers, timer, timer->id);
	spin_unlock_irq(&current->sighand->siglock);
	return 0;
}

SYSCALL_DEFINE1(timer_delete, int, id)
{
	struct itimerspec64 old;
	struct k_itimer *timer;

	spin_lock_irq(&current->sighand->siglock);
	timer = stop_timer(id, &old);
	if (!timer) {
		spin_unlock_irq(&current->sighand->siglock);
		return -EINVAL;
	}
	free_timer(timer);
	return 0;
}

/**
 * exit_itimers - the program of a process goes, and its timers with it
 * @p: current, the only thread of its process, or the last
 *
 * Context: process; siglock not held.
 */
void exit_itimers(struct task_struct *p)
{
	struct itimerspec64 old;
	int id = 0;

	if (idr_is_empty(&p->signal->posix_timers))
		return;
	for (;; id++) {
		spin_lock_irq(&p->sighand->siglock);
		if (!idr_get_next(&p->signal->posix_timers, &id))
			break;
		free_timer(stop_timer(id, &old));
	}
	spin_unlock_irq(&p->sighand->siglock);
}

static void forget_timers_signals(struct sigpending *pending)
{
	struct sigqueue *q, *next;
	unsigned long others = 0, timers = 0;

	list_for_each_entry_safe(q, next, &pending->list, list) {
		if (q->info.si_code != SI_TIMER) {
			others |= sigmask(q->info.si_signo);
			continue;
		}
		timers |= sigmask(q->info.si_signo);
		list_del_init(&q->list);
		sigqueue_put(q);
	}
	sigdelsetmask(&pending->signal, timers & ~others);
}

/* flush_itimer_signals - what timers sent to current's old program its new one does not get */
void flush_itimer_signals(void)
{
	spin_lock_irq(&current->sighand->siglock);
	forget_timers_signals(&current->pending);
	forget_timers_signals(&current->signal->shared_pending);
	recalc_sigpending();
	spin_unlock_irq(&current->sighand->siglock);
}
