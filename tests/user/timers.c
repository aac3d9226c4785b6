/* SPDX-License-Identifier: MIT */
/* For row I1: timers that a program makes, by timer_create() and its like. */
#define _GNU_SOURCE
#include <sys/wait.h>
#include "timer.h"

/* -- Mistakes ------------------------------------------------------------------------------------- */

static void creating(void)
{
	static const int clocks[] = { CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_MONOTONIC_RAW, CLOCK_REALTIME_COARSE,
				      CLOCK_MONOTONIC_COARSE, CLOCK_BOOTTIME, CLOCK_TAI, 10, 12, 16, 99 };
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1 };
	int id, child;
	unsigned int i;

	for (i = 0; i < sizeof(clocks) / sizeof(clocks[0]); i++) {
		id = -1;
		printf("clock %d: ", clocks[i]);
		SHOW(make(clocks[i], NULL, &id));
		if (id >= 0)
			printf("timer %d, %ld\n", id, drop(id));
	}
	SHOW(make(CLOCK_MONOTONIC, (void *)8, &id));
	SHOW(make(99, (void *)8, &id));
	SHOW(make(CLOCK_MONOTONIC, &event, (void *)8));
	event.sigev_signo = 0;
	SHOW(make(CLOCK_MONOTONIC, &event, &id));
	event.sigev_signo = 65;
	SHOW(make(CLOCK_MONOTONIC, &event, &id));
	event.sigev_signo = SIGUSR1;
	for (i = 3; i < 9; i++) {
		event.sigev_notify = i;
		event._sigev_un._tid = i == 4 ? 0x3fffffff : getpid();
		printf("notify %d: ", i);
		SHOW(make(CLOCK_MONOTONIC, &event, &id));
	}
	child = fork();
	if (!child)
		for (;;)
			pause();
	event.sigev_notify = SIGEV_THREAD_ID;
	event._sigev_un._tid = child;
	printf("a thread of another process: ");
	SHOW(make(CLOCK_MONOTONIC, &event, &id));
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	event._sigev_un._tid = getpid();
	SHOW(make(CLOCK_MONOTONIC, &event, &id));
	printf("numbers go on, also after failures: %d\n", id);
	SHOW(drop(id));
	SHOW(drop(id));
	SHOW(drop(-1));
}

static void setting(void)
{
	struct itimerspec it = in(1, 0, 0), old;
	int id = timer_of(CLOCK_MONOTONIC, SIGUSR1, 0);

	SHOW(set(id + 1, 0, &it, NULL));
	SHOW(set(-1, 0, &it, NULL));
	SHOW(set(id, 0, NULL, &old));
	SHOW(set(id, 0, (void *)8, NULL));
	it.it_value.tv_nsec = 1000000000;
	SHOW(set(id, 0, &it, NULL));
	it = in(-1, 0, 0);
	SHOW(set(id, 0, &it, NULL));
	it = in(0, 0, -1);
	SHOW(set(id, 0, &it, NULL));
	SHOW(look(id, &old));
	printf("idle: %ld %ld %ld\n", (long)old.it_value.tv_sec, old.it_value.tv_nsec, old.it_interval.tv_nsec);
	it = in(FAR, 5, 7);
	SHOW(set(id, 0, &it, (void *)8));
	printf("set all the same: ");
	SHOW(look(id, &old));
	printf("far: %d %ld\n", old.it_value.tv_sec >= FAR - 600, old.it_interval.tv_nsec);
	it = in(0, 0, 9);
	SHOW(set(id, 0, &it, &old));
	printf("was far: %d %ld\n", old.it_value.tv_sec >= FAR - 600, old.it_interval.tv_nsec);
	SHOW(look(id, &old));
	printf("stopped: %ld %ld %ld\n", (long)old.it_value.tv_sec, old.it_value.tv_nsec, old.it_interval.tv_nsec);
	SHOW(look(id, (void *)8));
	SHOW(look(id + 1, &old));
	SHOW(overrun(id));
	SHOW(overrun(id + 1));
	SHOW(drop(id));
}

/* -- What is told --------------------------------------------------------------------------------- */

static volatile sig_atomic_t came, last_value;

static void tell(int sig, siginfo_t *info, void *ctx)
{
	(void)ctx;
	came++;
	last_value = info->si_value.sival_int;
	if (sig == SIGUSR1)
		printf("handler: si_code %d, value %d, timer %d, overrun %d\n", info->si_code,
		       info->si_value.sival_int, info->si_timerid, info->si_overrun);
}

/* Masked but in here, so that none comes before we wait. */
static void wait_for(int count)
{
	sigset_t none;

	sigemptyset(&none);
	while (came < count)
		sigsuspend(&none);
}

static void once(void)
{
	static const int clocks[] = { CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_BOOTTIME, CLOCK_TAI };
	struct itimerspec it;
	struct timespec now, then;
	siginfo_t info;
	unsigned int i;
	int id;

	block(SIG_BLOCK, SIGUSR1);
	handle(SIGUSR1, tell, 0);
	for (i = 0; i < sizeof(clocks) / sizeof(clocks[0]); i++) {
		id = timer_of(clocks[i], SIGUSR1, 40 + i);
		came = 0;
		it = in(0, 20 * MS, 0);
		clock_gettime(clocks[i], &then);
		set(id, 0, &it, NULL);
		wait_for(1);
		clock_gettime(clocks[i], &now);
		printf("after its time: %d, ", (now.tv_sec - then.tv_sec) * 1000 * MS + now.tv_nsec - then.tv_nsec >= 20 * MS);
		look(id, &it);
		printf("idle again: %ld %ld\n", (long)it.it_value.tv_sec, it.it_value.tv_nsec);
		it = (struct itimerspec){ .it_value = { then.tv_sec, 1 } };
		set(id, TIMER_ABSTIME, &it, NULL);
		wait_for(2);
		it = in(FAR, 0, 0);
		it.it_value.tv_sec += then.tv_sec;
		set(id, TIMER_ABSTIME, &it, NULL);
		look(id, &it);
		printf("at a time of the clock: %d\n", it.it_value.tv_sec <= FAR && it.it_value.tv_sec > FAR - 600);
		drop(id);
	}
	if (make(CLOCK_MONOTONIC, NULL, &id))
		printf("no timer\n");
	block(SIG_BLOCK, SIGALRM);
	it = in(0, 1, 0);
	set(id, 0, &it, NULL);
	printf("by default: %d", take(SIGALRM, &info) == SIGALRM);
	printf(", its number: %d\n", info.si_value.sival_int == id && info.si_timerid == id);
	drop(id);
}

static void many_times(int sig)
{
	struct itimerspec it = in(0, 10 * MS, MS);
	siginfo_t info;
	int id, i;

	block(SIG_BLOCK, sig);
	id = timer_of(CLOCK_MONOTONIC, sig, 7);
	set(id, 0, &it, NULL);
	nap(100);
	look(id, &it);
	printf("waits, and would be over: %d, interval %ld\n", it.it_value.tv_sec == 0 && it.it_value.tv_nsec <= MS &&
	       it.it_value.tv_nsec > 0, it.it_interval.tv_nsec);
	printf("taken: %d", take(sig, &info) == sig);
	printf(", overruns %d, the same %d\n", info.si_overrun >= 80 && info.si_overrun < FAR, info.si_overrun == overrun(id));
	for (i = 0; i < 20; i++)
		if (take(sig, &info) != sig || info.si_overrun != overrun(id) || info.si_code != SI_TIMER)
			printf("signal %d: overrun %d\n", i, info.si_overrun);
	it = in(0, 0, 0);
	set(id, 0, &it, NULL);
	printf("after setting: overruns %ld\n", overrun(id));
	drop(id);
	while (is_pending(sig))
		take(sig, &info);
}

/* What was sent comes, whatever becomes of the timer. */
static void after_its_end(void)
{
	int id = timer_of(CLOCK_MONOTONIC, SIGRTMIN + 2, 12);
	struct itimerspec it = in(0, 1, MS);
	siginfo_t info;

	block(SIG_BLOCK, SIGRTMIN + 2);
	set(id, 0, &it, NULL);
	until_pending(SIGRTMIN + 2);
	it = in(FAR, 0, 0);
	set(id, 0, &it, NULL);
	printf("set again: %d", take(SIGRTMIN + 2, &info) == SIGRTMIN + 2);
	look(id, &it);
	printf(" %d %d\n", info.si_value.sival_int, it.it_value.tv_sec >= FAR - 600);
	it = in(0, 1, MS);
	set(id, 0, &it, NULL);
	until_pending(SIGRTMIN + 2);
	drop(id);
	printf("deleted: %d", take(SIGRTMIN + 2, &info) == SIGRTMIN + 2);
	printf(" %d, again %d\n", info.si_value.sival_int, is_pending(SIGRTMIN + 2));
}

/* Two timers with one signal: below SIGRTMIN, too, each has its own. */
static void two_timers(void)
{
	int a = timer_of(CLOCK_MONOTONIC, SIGUSR2, 1), b = timer_of(CLOCK_MONOTONIC, SIGUSR2, 2);
	struct itimerspec it = in(0, 1, 0);
	siginfo_t info;

	block(SIG_BLOCK, SIGUSR2);
	set(a, 0, &it, NULL);
	until_pending(SIGUSR2);
	set(b, 0, &it, NULL);
	while (look(b, &it), it.it_value.tv_nsec)
		nap(1);
	take(SIGUSR2, &info);
	printf("first: %d\n", info.si_value.sival_int);
	take(SIGUSR2, &info);
	printf("second: %d\n", info.si_value.sival_int);
	kill(getpid(), SIGUSR2);
	it = in(0, 1, 0);
	set(b, 0, &it, NULL);
	while (look(b, &it), it.it_value.tv_nsec)
		nap(1);
	take(SIGUSR2, &info);
	printf("sent: %d\n", info.si_code);
	take(SIGUSR2, &info);
	printf("behind it: %d\n", info.si_value.sival_int);
	set(a, 0, &(struct itimerspec){ .it_value.tv_nsec = 1 }, NULL);
	until_pending(SIGUSR2);
	signal(SIGUSR2, SIG_IGN);
	printf("ignored then: %d\n", is_pending(SIGUSR2));
	drop(a);
	drop(b);
}

static void ignored(void)
{
	struct itimerspec it = in(0, 1, 2 * MS);
	siginfo_t info;
	int id;

	signal(SIGUSR2, SIG_IGN);
	block(SIG_UNBLOCK, SIGUSR2);
	id = timer_of(CLOCK_MONOTONIC, SIGUSR2, 3);
	set(id, 0, &it, NULL);
	nap(50);
	look(id, &it);
	printf("ignored, it runs: %d\n", it.it_value.tv_nsec > 0 || it.it_value.tv_sec > 0);
	block(SIG_BLOCK, SIGUSR2);
	printf("then it comes: %d", take(SIGUSR2, &info) == SIGUSR2);
	printf(", overruns %d\n", info.si_overrun >= 10);
	drop(id);
	while (is_pending(SIGUSR2))
		take(SIGUSR2, &info);
}

static void silent(void)
{
	struct sigevent event = { .sigev_notify = SIGEV_NONE };
	struct itimerspec it = in(0, 5 * MS, 0);
	int id = -1;

	SHOW(make(CLOCK_MONOTONIC, &event, &id));
	look(id, &it);
	printf("not set: %ld\n", it.it_value.tv_nsec);
	it = in(0, 5 * MS, 0);
	set(id, 0, &it, NULL);
	look(id, &it);
	printf("runs: %d\n", it.it_value.tv_nsec <= 5 * MS);
	nap(10);
	look(id, &it);
	printf("over: %ld\n", it.it_value.tv_nsec);
	it = in(0, 5 * MS, 3 * MS);
	set(id, 0, &it, NULL);
	nap(10);
	look(id, &it);
	printf("goes on: %d\n", it.it_value.tv_nsec > 0 && it.it_value.tv_nsec <= 3 * MS);
	drop(id);
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	creating();
	setting();
	once();
	many_times(SIGUSR2);
	many_times(SIGRTMIN + 1);
	after_its_end();
	two_timers();
	ignored();
	silent();
	return 0;
}
