/* SPDX-License-Identifier: MIT */
/* Words of the programs that make timers by timer_create(). */
#ifndef _TESTS_USER_TIMER_H
#define _TESTS_USER_TIMER_H

#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include "show.h"

#define MS	1000000L
#define FAR	1000000		/* seconds: not in this test */

/* The calls themselves: C libraries look at some arguments first, and number timers otherwise. */
static inline long make(int clock, struct sigevent *event, int *id)
{
	return syscall(SYS_timer_create, clock, event, id);
}

static inline long set(int id, int flags, const struct itimerspec *new, struct itimerspec *old)
{
	return syscall(SYS_timer_settime, id, flags, new, old);
}

static inline long look(int id, struct itimerspec *it)
{
	return syscall(SYS_timer_gettime, id, it);
}

static inline long overrun(int id)
{
	return syscall(SYS_timer_getoverrun, id);
}

static inline long drop(int id)
{
	return syscall(SYS_timer_delete, id);
}

static inline struct itimerspec in(time_t sec, long nsec, long interval)
{
	return (struct itimerspec){ .it_value = { sec, nsec }, .it_interval = { 0, interval } };
}

static inline void nap(long ms)
{
	struct timespec ts = { ms / 1000, ms % 1000 * MS };

	while (nanosleep(&ts, &ts))
		;
}

/* A timer that sends @sig to the process. */
static inline int timer_of(int clock, int sig, int value)
{
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = sig, .sigev_value.sival_int = value };
	int id = -1;

	if (make(clock, &event, &id))
		printf("no timer: %s\n", strerror(errno));
	return id;
}

static inline void block(int how, int sig)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, sig);
	sigprocmask(how, &signals, NULL);
}

static inline int is_pending(int sig)
{
	sigset_t signals;

	sigpending(&signals);
	return sigismember(&signals, sig);
}

static inline void until_pending(int sig)
{
	while (!is_pending(sig))
		nap(1);
}

static inline int take(int sig, siginfo_t *info)
{
	struct timespec wait = { 20, 0 };
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, sig);
	return sigtimedwait(&signals, info, &wait);
}

#endif
