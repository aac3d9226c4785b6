/* SPDX-License-Identifier: MIT */
/*
 * Timers that a program makes: timer_create() and its like, as POSIX.1-2017 has them.
 *
 *	armed -- the time is over --> its signal waits -- that is taken --> armed, for the next interval
 *	  ^                                                     \___________ without an interval: idle
 *	  \_______ the signal is ignored: the next interval at once
 *
 * An interval begins anew only when the signal of the last one is taken, so that a short one costs no
 * more than handling it; what went by in the meantime is counted as overruns. A timer that tells nobody
 * (SIGEV_NONE) never runs: its state follows from the clock.
 *
 * Each timer owns the entry that its signal waits in. All of a timer that changes is guarded by
 * its process's siglock, also against the signal's being taken. Its function wants that lock: so a timer is
 * stopped with the lock released in between, and found anew by its number. Timers are gone before
 * exec() or exit() lets the process's signals go.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/hrtimer.h>
#include <linux/idr.h>
#include <linux/ktime.h>
#include <linux/lockdep.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/signal.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "internals.h"

struct k_itimer {
	int			id;		/* in signal_struct.posix_timers; fixed, as what follows */
	clockid_t		clock;
	int			notify;		/* SIGEV_* */
	struct pid		*pid;		/* counted: of the thread, or of the process */
	struct signal_struct	*signal;	/* outlives it */
	struct sigqueue		*sigq;

	/* The process's siglock guards the rest. */
	struct hrtimer		hrtimer;	/* on CLOCK_MONOTONIC for a time from now by CLOCK_REALTIME */
	ktime_t			interval;	/* 0: only once */
	s64			overrun;	/* ends since the signal was taken, but for the one it tells of */
	s64			overrun_last;	/* that number when it was taken */
	bool			active;		/* armed */
	bool			requeue;	/* its signal waits, or was lost: armed again when that is taken */
};

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

/* @p: who gets the signal; NULL: that thread has ended. siglock held. */
static enum hrtimer_restart time_is_over(struct k_itimer *timer, struct task_struct *p)
{
	bool ignored = p && send_sigqueue(timer->sigq, p, to_thread(timer) ? PIDTYPE_PID : PIDTYPE_TGID);

	timer->active = false;
	timer->requeue = timer->interval != 0;
	return ignored && timer->interval ? go_on(timer) : HRTIMER_NORESTART;
}

static enum hrtimer_restart posix_timer_fn(struct hrtimer *hrtimer)
{
	struct k_itimer *timer = container_of(hrtimer, struct k_itimer, hrtimer);
	enum hrtimer_restart restart;
	struct task_struct *leader;
	unsigned long flags;

	read_lock_irqsave(&tasklist_lock, flags);
	/* It is there, and has its sighand, until all threads are gone; the last stops the timers. */
	leader = pid_task(timer->signal->pids[PIDTYPE_TGID], PIDTYPE_TGID);
	spin_lock(&leader->sighand->siglock);
	restart = time_is_over(timer, to_thread(timer) ? pid_task(timer->pid, PIDTYPE_PID) : leader);
	spin_unlock(&leader->sighand->siglock);
	read_unlock_irqrestore(&tasklist_lock, flags);
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
	timer->overrun += hrtimer_forward_now(&timer->hrtimer, timer->interval);
	hrtimer_restart(&timer->hrtimer);
	timer->active = true;
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

/* Neither armed nor about to be over. @old: as it was. Return: NULL: no such timer any more. */
static struct k_itimer *stop_timer(int id, struct itimerspec64 *old)
{
	spinlock_t *lock = &current->sighand->siglock;
	struct k_itimer *timer;

	for (;;) {
		timer = find_timer(id);
		if (!timer)
			return NULL;
		look_at(timer, old);
		if (hrtimer_try_to_cancel(&timer->hrtimer) >= 0)
			return timer;
		/* Its function waits for the lock; and another thread may delete it then. */
		spin_unlock_irq(lock);
		cpu_relax();
		spin_lock_irq(lock);
	}
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

SYSCALL_DEFINE4(timer_settime, int, id, int, flags, const struct __kernel_itimerspec __user *, unew,
		struct __kernel_itimerspec __user *, uold)
{
	struct itimerspec64 new, old;
	struct k_itimer *timer;

	if (!unew)
		return -EINVAL;
	if (get_itimerspec64(&new, unew))
		return -EFAULT;
	if (!itimerspec64_valid(&new))
		return -EINVAL;
	spin_lock_irq(&current->sighand->siglock);
	timer = stop_timer(id, &old);
	if (timer) {
		timer->interval = 0;
		timer->active = false;
		timer->requeue = false;
		timer->overrun_last = 0;
		if (new.it_value.tv_sec || new.it_value.tv_nsec)
			start_timer(timer, &new, flags & TIMER_ABSTIME);
	}
	spin_unlock_irq(&current->sighand->siglock);
	if (!timer)
		return -EINVAL;
	return uold ? put_itimerspec64(&old, uold) : 0;
}

SYSCALL_DEFINE2(timer_gettime, int, id, struct __kernel_itimerspec __user *, to)
{
	struct itimerspec64 it;
	struct k_itimer *timer;

	spin_lock_irq(&current->sighand->siglock);
	timer = find_timer(id);
	if (timer)
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

/* -- Making and deleting ---------------------------------------------------------------------------- */

static int check_clock(clockid_t clock)
{
	switch (clock) {
	case CLOCK_REALTIME:
	case CLOCK_MONOTONIC:
	case CLOCK_BOOTTIME:
	case CLOCK_TAI:
		return 0;
	case CLOCK_PROCESS_CPUTIME_ID:
	case CLOCK_THREAD_CPUTIME_ID:
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
