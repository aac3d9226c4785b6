/* SPDX-License-Identifier: MIT */
/* For rows B9 I1: signals by time: interval timers, alarm(), the limit of CPU time. */
#define _GNU_SOURCE
#include <sys/resource.h>
#include <sys/time.h>
#include "show.h"

static volatile int ticks[3];

static void tick(int sig, siginfo_t *info, void *ctx)
{
	int which = sig == SIGALRM ? 0 : sig == SIGVTALRM ? 1 : 2;

	if (!ticks[which]++)
		printf("signal %d code %d\n", sig, info->si_code);
}

static void timers(void)
{
	struct itimerval it = { { 0, 2000 }, { 0, 5000 } }, old, bad = { { 0, 0 }, { 0, 1000000 } }, none = { 0 };
	int i, sum = 0;
	const int which[] = { ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF };

	handle(SIGALRM, tick, SA_RESTART);
	handle(SIGVTALRM, tick, SA_RESTART);
	handle(SIGPROF, tick, SA_RESTART);
	SHOW(setitimer(3, &it, NULL));
	SHOW(setitimer(ITIMER_REAL, &bad, NULL));
	SHOW(setitimer(ITIMER_REAL, (void *)8, NULL));
	SHOW(getitimer(ITIMER_REAL, (void *)8));
	/* A program that never enters the kernel by itself is interrupted. */
	for (i = 0; i < 3; i++) {
		SHOW(setitimer(which[i], &it, NULL));
		while (ticks[i] < 3)
			;
		getitimer(which[i], &old);
		printf("interval %ld, left %d\n", old.it_interval.tv_usec / 1000, old.it_value.tv_sec == 0);
		SHOW(setitimer(which[i], &none, &old));
		getitimer(which[i], &old);
		sum += old.it_value.tv_usec + old.it_interval.tv_usec;
	}
	printf("left: %d\n", sum);
	SHOW(alarm(1000));
	SHOW(alarm(2000) > 900);
	SHOW(alarm(0) > 1900);
	SHOW(alarm(0));
	/* A child has none of them. */
	alarm(1000);
	if (!fork()) {
		SHOW(alarm(0));
		_exit(0);
	}
	wait(NULL);
	SHOW(alarm(0) > 900);
	/* And without a handler it is the end. */
	if (!fork()) {
		signal(SIGALRM, SIG_DFL);
		ualarm(1000, 0);
		for (;;)
			pause();
	}
	wait(&i);
	printf("status %#x\n", i);
}

static volatile int handled;

static void note(int sig, siginfo_t *info, void *ctx)
{
	handled++;
}

/* A limit that is reached at once: SIGXCPU at the next tick, and the limit is a second later. */
static void cpu_limit(void)
{
	struct rlimit limit = { 0, RLIM_INFINITY };
	int status;

	if (!fork()) {
		setrlimit(RLIMIT_CPU, &limit);
		for (;;)
			;
	}
	wait(&status);
	printf("RLIMIT_CPU: status %#x\n", status & 0x7f);
	if (!fork()) {
		handle(SIGXCPU, note, 0);
		handled = 0;
		setrlimit(RLIMIT_CPU, &limit);
		while (!handled)
			;
		getrlimit(RLIMIT_CPU, &limit);
		_exit(limit.rlim_cur);
	}
	wait(&status);
	printf("a handler: status %#x\n", status);
}

int main(void)
{
	setbuf(stdout, NULL);
	timers();
	cpu_limit();
	return 0;
}
