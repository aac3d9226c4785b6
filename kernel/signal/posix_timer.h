/* SPDX-License-Identifier: MIT */
/*
 * A timer of timer_create(): between posix_timer.c and posix_cpu_timer.c, for those by CPU clocks.
 */
#ifndef _SIGNAL_POSIX_TIMER_H
#define _SIGNAL_POSIX_TIMER_H

#include <linux/hrtimer.h>
#include <linux/posix-timers.h>
#include <linux/time64.h>
#include <linux/types.h>

struct pid;
struct sigqueue;

struct k_itimer {
	int			id;		/* in signal_struct.posix_timers; fixed, as what follows */
	clockid_t		clock;
	bool			by_cpu_time;	/* is_cpu_clock() */
	int			notify;		/* SIGEV_* */
	struct pid		*pid;		/* counted: of the thread, or of the process */
	struct signal_struct	*signal;	/* outlives it */
	struct sigqueue		*sigq;

	/* The process's siglock guards the rest. */
	union {
		struct hrtimer	hrtimer;	/* on CLOCK_MONOTONIC for a time from now by CLOCK_REALTIME */
		struct cpu_timer cpu;		/* expires 0: over, or never set */
	};
	ktime_t			interval;	/* 0: only once */
	s64			overrun;	/* ends since the signal was taken, but for the one it tells of */
	s64			overrun_last;	/* that number when it was taken */
	bool			active;		/* armed */
	bool			requeue;	/* its signal waits, or was lost: armed again when that is taken */
};

/* posix_timer.c */
struct task_struct *posix_timer_lock(struct k_itimer *timer, unsigned long *flags);
void posix_timer_unlock(struct task_struct *leader, unsigned long *flags);
struct k_itimer *stop_timer(int id, struct itimerspec64 *old);
bool posix_timer_over(struct k_itimer *timer, struct task_struct *leader);

/* posix_cpu_timer.c */
int posix_cpu_timer_init(struct k_itimer *timer);
void posix_cpu_timer_look(struct k_itimer *timer, struct itimerspec64 *it);
void posix_cpu_timer_stopped(struct k_itimer *timer, struct itimerspec64 *it);
int posix_cpu_timer_start(struct k_itimer *timer, const struct itimerspec64 *new, bool absolute);
void posix_cpu_timer_again(struct k_itimer *timer);

#endif
