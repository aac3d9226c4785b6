/* SPDX-License-Identifier: MIT */
/*
 * The three timers that every process has: setitimer(), getitimer(), alarm().
 *
 * ITIMER_REAL runs by the clock and sends SIGALRM. It begins again when that is taken, so that an
 * interval too short to be handled costs no more than handling it. ITIMER_VIRTUAL and ITIMER_PROF
 * count what the process runs, in user mode and in all, as the tick samples it; so does RLIMIT_CPU.
 */
#include <linux/errno.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/posix-timers.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <uapi/linux/time.h>
#include "internals.h"

static enum hrtimer_restart real_timer_fn(struct hrtimer *timer)
{
	struct signal_struct *sig = container_of(timer, struct signal_struct, real_timer);

	/* The process is there: its last thread stops the timer. */
	kill_pid_info(SIGALRM, SEND_SIG_PRIV, sig->pids[PIDTYPE_TGID]);
	return HRTIMER_NORESTART;
}

/* itimers_init - of a new process, none of which runs; its limits are there */
void itimers_init(struct signal_struct *sig)
{
	spin_lock_init(&sig->cpu_timer_lock);
	cpu_limit_changed(sig);
	hrtimer_init(&sig->real_timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	sig->real_timer.function = real_timer_fn;
}

/* itimer_real_rearm - SIGALRM was taken, from this timer or not. siglock held. */
void itimer_real_rearm(struct signal_struct *sig)
{
	struct hrtimer *timer = &sig->real_timer;

	/* real_timer_fn() that has sent it may not have returned yet, on another CPU. */
	if (!sig->it_real_incr || hrtimer_is_queued(timer))
		return;
	hrtimer_forward_now(timer, sig->it_real_incr);
	hrtimer_restart(timer);
}

/* One of the two that count; ticks of all threads may come at once. */
static void count_down(struct signal_struct *sig, struct cpu_itimer *it, int signo)
{
	u64 value = it->value;

	if (!value)
		return;
	if (value > TICK_NSEC) {
		it->value = value - TICK_NSEC;
		return;
	}
	/* Late by what the tick is coarser: the next one is the earlier for it. */
	it->value = it->incr > TICK_NSEC - value ? it->incr - (TICK_NSEC - value) : it->incr;
	send_signal_locked(signo, SEND_SIG_PRIV, current, PIDTYPE_TGID);
}

/* RLIMIT_CPU: SIGXCPU each second from the soft limit on, the end at the hard one. siglock held. */
static void check_cpu_limit(struct signal_struct *sig)
{
	struct rlimit *limit = &sig->rlim[RLIMIT_CPU];
	unsigned long soft = READ_ONCE(limit->rlim_cur), hard = READ_ONCE(limit->rlim_max), used;
	u64 ns = sig->utime + sig->stime;
	struct task_struct *t;

	__for_each_thread(sig, t)
		ns += READ_ONCE(t->utime) + READ_ONCE(t->stime);
	used = ns / NSEC_PER_SEC;
	if (used >= hard) {
		send_signal_locked(SIGKILL, SEND_SIG_PRIV, current, PIDTYPE_TGID);
	} else if (used >= soft) {
		WRITE_ONCE(limit->rlim_cur, soft + 1);
		send_signal_locked(SIGXCPU, SEND_SIG_PRIV, current, PIDTYPE_TGID);
	}
}

/* Whether the tick looks at them. siglock held. */
static void watch_itimers(struct signal_struct *sig)
{
	if (sig->it[CPU_ITIMER_VIRTUAL].value | sig->it[CPU_ITIMER_PROF].value)
		set_bit(TICK_ITIMERS, &sig->tick_watch);
	else
		clear_bit(TICK_ITIMERS, &sig->tick_watch);
}

/*
 * cpu_limit_changed - RLIMIT_CPU is set. task_lock() of the leader held, or nobody knows the
 * process yet.
 */
void cpu_limit_changed(struct signal_struct *sig)
{
	if (READ_ONCE(sig->rlim[RLIMIT_CPU].rlim_cur) != RLIM_INFINITY)
		set_bit(TICK_CPU_LIMIT, &sig->tick_watch);
	else
		clear_bit(TICK_CPU_LIMIT, &sig->tick_watch);
}

/*
 * itimer_tick_slow - a tick has found current, in user mode or not, and a timer or limit counts it
 */
void itimer_tick_slow(bool user)
{
	struct task_struct *p = current;
	struct signal_struct *sig = p->signal;
	LIST_HEAD(due);

	lockdep_assert_irqs_disabled();
	/* Until it is past its end, a task's sighand is there as long as it runs. */
	if (p->flags & PF_EXITING)
		return;
	spin_lock(&p->sighand->siglock);
	if (test_bit(TICK_ITIMERS, &sig->tick_watch)) {
		if (user)
			count_down(sig, &sig->it[CPU_ITIMER_VIRTUAL], SIGVTALRM);
		count_down(sig, &sig->it[CPU_ITIMER_PROF], SIGPROF);
		watch_itimers(sig);
	}
	if (test_bit(TICK_CPU_LIMIT, &sig->tick_watch))
		check_cpu_limit(sig);
	if (test_bit(TICK_CPU_TIMERS, &sig->tick_watch))
		cpu_timers_collect(&due);
	spin_unlock(&p->sighand->siglock);
	cpu_timers_fire(&due);
}

/* -- Setting them -------------------------------------------------------------------------------- */

/* In ns. */
struct itimer_setting {
	u64	value;		/* until it is time; 0: it does not run */
	u64	incr;		/* and again after this; 0: only once */
};

/* siglock held. */
static void look_at_real(struct signal_struct *sig, struct itimer_setting *it)
{
	ktime_t left = hrtimer_get_remaining(&sig->real_timer);

	it->value = !hrtimer_active(&sig->real_timer) ? 0 : left > 0 ? left : NSEC_PER_USEC;
	it->incr = sig->it_real_incr;
}

static void exchange_real(const struct itimer_setting *new, struct itimer_setting *old)
{
	struct signal_struct *sig = current->signal;
	spinlock_t *lock = &current->sighand->siglock;

	spin_lock_irq(lock);
	look_at_real(sig, old);
	while (hrtimer_try_to_cancel(&sig->real_timer) < 0) {
		/* Its function runs, and may want the lock. */
		spin_unlock_irq(lock);
		hrtimer_cancel(&sig->real_timer);
		spin_lock_irq(lock);
		look_at_real(sig, old);
	}
	sig->it_real_incr = new->value ? new->incr : 0;
	if (new->value)
		hrtimer_start(&sig->real_timer, new->value, HRTIMER_MODE_REL);
	spin_unlock_irq(lock);
}

static struct cpu_itimer *cpu_itimer(int which)
{
	return &current->signal->it[which == ITIMER_PROF ? CPU_ITIMER_PROF : CPU_ITIMER_VIRTUAL];
}

/* @new may be NULL. Return: 0; -EINVAL: no such timer. */
static int exchange(int which, const struct itimer_setting *new, struct itimer_setting *old)
{
	spinlock_t *lock = &current->sighand->siglock;
	struct cpu_itimer *it;

	if (which < ITIMER_REAL || which > ITIMER_PROF)
		return -EINVAL;
	if (which == ITIMER_REAL && new) {
		exchange_real(new, old);
		return 0;
	}
	spin_lock_irq(lock);
	if (which == ITIMER_REAL) {
		look_at_real(current->signal, old);
	} else {
		it = cpu_itimer(which);
		old->value = it->value;
		old->incr = it->incr;
		if (new) {
			it->value = new->value;
			it->incr = new->incr;
			watch_itimers(current->signal);
		}
	}
	spin_unlock_irq(lock);
	return 0;
}

static int put_setting(struct __kernel_old_itimerval __user *to, const struct itimer_setting *it)
{
	struct __kernel_old_itimerval val = {
		.it_interval = { it->incr / NSEC_PER_SEC, it->incr % NSEC_PER_SEC / NSEC_PER_USEC },
		.it_value = { it->value / NSEC_PER_SEC, it->value % NSEC_PER_SEC / NSEC_PER_USEC },
	};

	return copy_to_user(to, &val, sizeof(val)) ? -EFAULT : 0;
}

static bool get_time(u64 *ns, const struct __kernel_old_timeval *tv)
{
	if (tv->tv_sec < 0 || (unsigned long)tv->tv_usec >= USEC_PER_SEC)
		return false;
	*ns = tv->tv_sec >= KTIME_SEC_MAX ? KTIME_MAX :
	      tv->tv_sec * NSEC_PER_SEC + tv->tv_usec * NSEC_PER_USEC;
	return true;
}

SYSCALL_DEFINE2(getitimer, int, which, struct __kernel_old_itimerval __user *, to)
{
	struct itimer_setting it;

	return exchange(which, NULL, &it) ?: put_setting(to, &it);
}

SYSCALL_DEFINE3(setitimer, int, which, const struct __kernel_old_itimerval __user *, unew,
		struct __kernel_old_itimerval __user *, uold)
{
	struct itimer_setting new = { 0 }, old;
	struct __kernel_old_itimerval val;
	int err;

	if (unew) {
		if (copy_from_user(&val, unew, sizeof(val)))
			return -EFAULT;
		if (!get_time(&new.value, &val.it_value) || !get_time(&new.incr, &val.it_interval))
			return -EINVAL;
	}
	err = exchange(which, &new, &old);
	return err ?: uold ? put_setting(uold, &old) : 0;
}

SYSCALL_DEFINE1(alarm, unsigned int, seconds)
{
	struct itimer_setting new = { .value = seconds * (u64)NSEC_PER_SEC }, old;

	exchange(ITIMER_REAL, &new, &old);
	/* To the nearest second, but 0 means that there was none. */
	if (old.value && old.value < NSEC_PER_SEC)
		return 1;
	return (old.value + NSEC_PER_SEC / 2) / NSEC_PER_SEC;
}
