/* SPDX-License-Identifier: MIT */
/* For row I1: clocks of what processes and threads run, timers and sleeping by them. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include "timer.h"

enum { PROF, VIRT, SCHED, FD };

static int clock_of(pid_t pid, int thread, int which)
{
	return (int)(~(unsigned int)pid << 3) | thread << 2 | which;
}

static long get(int clock, struct timespec *ts)
{
	return syscall(SYS_clock_gettime, clock, ts);
}

static long getres(int clock, struct timespec *ts)
{
	return syscall(SYS_clock_getres, clock, ts);
}

static long nsleep(int clock, int flags, const struct timespec *ts, struct timespec *rem)
{
	return syscall(SYS_clock_nanosleep, clock, flags, ts, rem);
}

static long long now(int clock)
{
	struct timespec ts = { -1, 0 };

	get(clock, &ts);
	return ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

static void burn(long ms)
{
	long long end = now(CLOCK_THREAD_CPUTIME_ID) + ms * MS;

	while (now(CLOCK_THREAD_CPUTIME_ID) < end)
		;
}

/* Timers are looked at by ticks, which a host that stops us lets through only when we run again. */
static void burn_until_pending(int sig)
{
	while (!is_pending(sig))
		burn(1);
}

/* -- Clocks ---------------------------------------------------------------------------------------- */

static void look_at_clock(const char *name, int clock)
{
	struct timespec res = { 7, 7 }, ts;
	long ret = getres(clock, &res);

	printf("%s: resolution %ld %s: %ld.%09ld, ", name, ret, strerror(ret ? errno : 0), (long)res.tv_sec, res.tv_nsec);
	ret = get(clock, &ts);
	printf("time %ld %s, ", ret, strerror(ret ? errno : 0));
	ret = syscall(SYS_clock_settime, clock, &(struct timespec){ 1, 0 });
	printf("setting %ld %s, ", ret, strerror(errno));
	ret = nsleep(clock, 0, &(struct timespec){ 0, 0 }, NULL);
	printf("sleeping %ld %s\n", ret, strerror(ret ? errno : 0));
}

static void clocks(void)
{
	int child = fork();

	if (!child)
		for (;;)
			pause();
	look_at_clock("process", CLOCK_PROCESS_CPUTIME_ID);
	look_at_clock("thread", CLOCK_THREAD_CPUTIME_ID);
	look_at_clock("own", clock_of(0, 0, SCHED));
	look_at_clock("own, all", clock_of(0, 0, PROF));
	look_at_clock("own, user", clock_of(0, 0, VIRT));
	look_at_clock("own, 3", clock_of(0, 0, FD));
	look_at_clock("own thread", clock_of(0, 1, SCHED));
	look_at_clock("own thread, all", clock_of(0, 1, PROF));
	look_at_clock("own thread, 3", clock_of(0, 1, FD));
	look_at_clock("by number", clock_of(getpid(), 0, SCHED));
	look_at_clock("thread by number", clock_of(gettid(), 1, VIRT));
	look_at_clock("parent", clock_of(getppid(), 0, SCHED));
	look_at_clock("child", clock_of(child, 0, SCHED));
	look_at_clock("child's thread", clock_of(child, 1, SCHED));
	look_at_clock("nobody", clock_of(0xfffffff, 0, SCHED));
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	look_at_clock("child that was", clock_of(child, 0, SCHED));
	SHOW(get(clock_of(0, 0, SCHED), (void *)8));
	SHOW(getres(clock_of(0, 0, SCHED), (void *)8));
	SHOW(getres(clock_of(0, 0, SCHED), NULL));
}

static void counting(void)
{
	long long process = now(CLOCK_PROCESS_CPUTIME_ID), own = now(clock_of(0, 1, SCHED));

	burn(20);
	printf("ran: %d %d, ", now(clock_of(getpid(), 0, SCHED)) - process >= 20 * MS,
	       now(clock_of(gettid(), 1, SCHED)) - own >= 20 * MS);
	own = now(CLOCK_THREAD_CPUTIME_ID);
	process = now(CLOCK_PROCESS_CPUTIME_ID);
	printf("the process no less than its thread: %d\n", process >= own);
	while (now(clock_of(0, 0, VIRT)) < 4 * MS || now(clock_of(0, 1, PROF)) < 12 * MS)
		burn(1);
	printf("user time is a part: %d\n", now(clock_of(0, 0, VIRT)) <= now(clock_of(0, 0, PROF)));
}

/* -- Timers ---------------------------------------------------------------------------------------- */

static volatile sig_atomic_t came;

static void note(int sig, siginfo_t *info, void *ctx)
{
	(void)sig, (void)info, (void)ctx;
	came++;
}

static void creating(void)
{
	static const int good[] = { 2, 3, -6, -7, -8, -2, -3, -4 }, bad[] = { -1, -5 };
	struct itimerspec it;
	unsigned int i;
	int id;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		printf("clock %d: ", good[i]);
		SHOW(make(good[i], NULL, &id));
		SHOW(look(id, &it));
		printf("%ld %ld, overruns %ld, deleted %ld\n", (long)it.it_value.tv_sec, it.it_value.tv_nsec,
		       overrun(id), drop(id));
	}
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		printf("clock %d: ", bad[i]);
		SHOW(make(bad[i], NULL, &id));
	}
	printf("nobody: ");
	SHOW(make(clock_of(0xfffffff, 0, SCHED), NULL, &id));
	printf("parent's thread: ");
	SHOW(make(clock_of(getppid(), 1, SCHED), NULL, &id));
}

/* Nothing comes but by running. */
static void once(int clock)
{
	struct itimerspec it = in(0, 10 * MS, 0);
	int id = timer_of(clock, SIGUSR1, 1);
	long long then = now(clock);

	came = 0;
	SHOW(set(id, 0, &it, NULL));
	look(id, &it);
	printf("left: %d, ", it.it_value.tv_sec == 0 && it.it_value.tv_nsec <= 10 * MS);
	while (!came)
		;
	printf("after its time: %d, ", now(clock) - then >= 10 * MS);
	look(id, &it);
	printf("idle again: %ld %ld\n", (long)it.it_value.tv_sec, it.it_value.tv_nsec);
	it = in(0, 1, 0);
	set(id, TIMER_ABSTIME, &it, NULL);
	printf("a time that is over: %d\n", came);
	it = in(FAR, 0, MS);
	set(id, TIMER_ABSTIME, &it, NULL);
	it = in(0, 0, 0);
	set(id, 0, &it, &it);
	printf("far: %d %ld\n", it.it_value.tv_sec <= FAR && it.it_value.tv_sec > FAR - 600, it.it_interval.tv_nsec);
	look(id, &it);
	printf("stopped: %ld %ld %ld\n", (long)it.it_value.tv_sec, it.it_value.tv_nsec, it.it_interval.tv_nsec);
	drop(id);
}

static void many_times(void)
{
	struct itimerspec it = in(0, 5 * MS, 5 * MS);
	int id = timer_of(CLOCK_PROCESS_CPUTIME_ID, SIGUSR2, 7);
	siginfo_t info;

	block(SIG_BLOCK, SIGUSR2);
	set(id, 0, &it, NULL);
	burn(100);
	burn_until_pending(SIGUSR2);
	look(id, &it);
	printf("its signal waits: %ld %ld, interval %ld\n", (long)it.it_value.tv_sec, it.it_value.tv_nsec, it.it_interval.tv_nsec);
	printf("taken: %d", take(SIGUSR2, &info) == SIGUSR2);
	printf(", overruns %d, the same %d, value %d code %d\n", info.si_overrun >= 18, info.si_overrun == overrun(id),
	       info.si_value.sival_int, info.si_code);
	look(id, &it);
	printf("goes on: %d\n", it.it_value.tv_nsec > 0 && it.it_value.tv_nsec <= 5 * MS);
	burn_until_pending(SIGUSR2);
	printf("again: %d\n", take(SIGUSR2, &info) == SIGUSR2);
	it = in(0, 0, 0);
	set(id, 0, &it, &it);
	printf("was: %d %ld, overruns %ld\n", it.it_value.tv_nsec > 0 && it.it_value.tv_nsec <= 5 * MS, it.it_interval.tv_nsec,
	       overrun(id));
	drop(id);
	signal(SIGUSR2, SIG_IGN);
	block(SIG_UNBLOCK, SIGUSR2);
	id = timer_of(CLOCK_PROCESS_CPUTIME_ID, SIGUSR2, 7);
	it = in(0, 5 * MS, 5 * MS);
	set(id, 0, &it, NULL);
	burn(50);
	block(SIG_BLOCK, SIGUSR2);
	burn_until_pending(SIGUSR2);
	printf("ignored at first: %d", take(SIGUSR2, &info) == SIGUSR2);
	printf(", overruns %d\n", info.si_overrun >= 9);
	drop(id);
}

static void silent(void)
{
	struct sigevent event = { .sigev_notify = SIGEV_NONE };
	struct itimerspec it = in(FAR, 0, MS);
	int id = -1;

	SHOW(make(CLOCK_PROCESS_CPUTIME_ID, &event, &id));
	set(id, 0, &it, NULL);
	look(id, &it);
	printf("silent: %d %ld\n", it.it_value.tv_sec >= FAR - 600, it.it_interval.tv_nsec);
	it = in(0, MS, 0);
	set(id, 0, &it, NULL);
	do {
		burn(1);
		look(id, &it);
	} while (it.it_value.tv_nsec);
	printf("over: %ld %ld\n", (long)it.it_value.tv_sec, it.it_value.tv_nsec);
	drop(id);
}

/* -- Others ---------------------------------------------------------------------------------------- */

static volatile pid_t tid;
static volatile int stop;

static void *runs(void *arg)
{
	tid = gettid();
	while (!stop)
		;
	return arg;
}

/* We sleep; the other thread runs, and takes no signals. */
static void other_thread(void)
{
	struct itimerspec it = in(0, 5 * MS, 0);
	struct timespec ts = { 0, 8 * MS }, start;
	pthread_t thread;
	long long then;
	siginfo_t info;
	int id;

	block(SIG_BLOCK, SIGUSR1);
	pthread_create(&thread, NULL, runs, NULL);
	while (!tid)
		nap(1);
	then = now(clock_of(tid, 1, SCHED));
	id = timer_of(clock_of(tid, 1, SCHED), SIGUSR1, 3);
	SHOW(set(id, 0, &it, NULL));
	printf("the other thread ran: %d", take(SIGUSR1, &info) == SIGUSR1);
	printf(" %d\n", now(clock_of(tid, 1, SCHED)) - then >= 5 * MS);
	drop(id);
	id = timer_of(CLOCK_PROCESS_CPUTIME_ID, SIGUSR1, 4);
	set(id, 0, &it, NULL);
	printf("the process ran: %d\n", take(SIGUSR1, &info) == SIGUSR1);
	drop(id);
	id = timer_of(CLOCK_THREAD_CPUTIME_ID, SIGUSR1, 5);
	it = in(1000, 0, 0);
	set(id, 0, &it, NULL);
	then = now(clock_of(tid, 1, SCHED));
	SHOW(nsleep(clock_of(tid, 1, SCHED), 0, &ts, NULL));
	printf("slept while it ran: %d\n", now(clock_of(tid, 1, SCHED)) - then >= 8 * MS);
	get(CLOCK_PROCESS_CPUTIME_ID, &start);
	start.tv_nsec += 10 * MS;
	if (start.tv_nsec >= 1000 * MS)
		start = (struct timespec){ start.tv_sec + 1, start.tv_nsec - 1000 * MS };
	SHOW(nsleep(CLOCK_PROCESS_CPUTIME_ID, TIMER_ABSTIME, &start, NULL));
	get(CLOCK_PROCESS_CPUTIME_ID, &ts);
	printf("to that time: %d\n", ts.tv_sec > start.tv_sec || (ts.tv_sec == start.tv_sec && ts.tv_nsec >= start.tv_nsec));
	drop(id);
	id = timer_of(clock_of(tid, 1, SCHED), SIGUSR1, 6);
	stop = 1;
	pthread_join(thread, NULL);
	while (!syscall(SYS_tgkill, getpid(), tid, 0))	/* joined, it may still be on its way */
		nap(1);
	it = in(1, 0, 0);
	SHOW(set(id, 0, &it, NULL));
	SHOW(look(id, &it));
	printf("it has ended: %ld %ld\n", (long)it.it_value.tv_sec, it.it_value.tv_nsec);
	drop(id);
	block(SIG_UNBLOCK, SIGUSR1);
}

static void other_process(void)
{
	volatile int *go = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct itimerspec it = in(0, 10 * MS, 10 * MS);
	struct timespec ts = { 0, 10 * MS };
	int id, child = fork();
	long long then;
	siginfo_t info;

	if (!child)
		for (;;)
			while (!*go)
				nap(1);
	block(SIG_BLOCK, SIGUSR1);
	then = now(clock_of(child, 0, SCHED));
	id = timer_of(clock_of(child, 0, SCHED), SIGUSR1, 8);
	SHOW(set(id, 0, &it, NULL));
	look(id, &it);
	printf("the child's: %d\n", it.it_value.tv_nsec > 0);
	*go = 1;
	printf("it ran: %d", take(SIGUSR1, &info) == SIGUSR1);
	printf(" %d\n", now(clock_of(child, 0, SCHED)) - then >= 10 * MS);
	printf("and again: %d", take(SIGUSR1, &info) == SIGUSR1);
	printf(" %d\n", now(clock_of(child, 0, SCHED)) - then >= 20 * MS);
	then = now(clock_of(child, 0, PROF));
	SHOW(nsleep(clock_of(child, 0, PROF), 0, &ts, NULL));
	printf("slept while it ran: %d\n", now(clock_of(child, 0, PROF)) - then >= 10 * MS);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	it = in(1, 0, 0);
	SHOW(set(id, 0, &it, NULL));
	SHOW(look(id, &it));
	SHOW(drop(id));
	block(SIG_UNBLOCK, SIGUSR1);
}

/* Timers that are over while they are set and deleted, by threads on all CPUs. */
static void *sets_and_deletes(void *arg)
{
	struct itimerspec it;
	int id, i;

	for (i = 0; i < 20; i++) {
		id = timer_of(i % 3 ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_THREAD_CPUTIME_ID, SIGUSR2, i);
		it = in(0, 1 + i % 2 * MS, MS / 2);
		set(id, 0, &it, NULL);
		burn(1);
		set(id, 0, &it, &it);
		burn(1);
		drop(id);
	}
	return arg;
}

static void many_threads(void)
{
	pthread_t threads[3];
	int i;

	signal(SIGUSR2, SIG_IGN);
	block(SIG_UNBLOCK, SIGUSR2);
	for (i = 0; i < 3; i++)
		pthread_create(&threads[i], NULL, sets_and_deletes, NULL);
	for (i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	handle(SIGUSR2, note, SA_RESTART);
	came = 0;
	for (i = 0; i < 3; i++)
		pthread_create(&threads[i], NULL, sets_and_deletes, NULL);
	for (i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	printf("many: %d\n", came > 0);
}

/* Asleep alone, nothing counts: a signal ends it, and tells what was left. */
static void interrupted(void)
{
	struct timespec ts = { 1000, 0 }, rem = { 0, 0 };
	struct itimerspec it = in(0, 20 * MS, 0);
	int id = timer_of(CLOCK_MONOTONIC, SIGUSR1, 9);

	set(id, 0, &it, NULL);
	SHOW(nsleep(CLOCK_PROCESS_CPUTIME_ID, 0, &ts, &rem));
	printf("left: %d\n", rem.tv_sec == 999 && rem.tv_nsec > 0);
	set(id, 0, &it, NULL);
	ts.tv_sec = FAR;
	SHOW(nsleep(CLOCK_PROCESS_CPUTIME_ID, TIMER_ABSTIME, &ts, &rem));
	drop(id);
	ts.tv_nsec = 1000 * MS;
	SHOW(nsleep(CLOCK_PROCESS_CPUTIME_ID, 0, &ts, &rem));
	SHOW(nsleep(CLOCK_PROCESS_CPUTIME_ID, 0, (void *)8, &rem));
}

/* -- The limit -------------------------------------------------------------------------------------- */

/* Told each second until the hard limit; a second has to be run for it. */
static void limit(void)
{
	struct rlimit rlim = { 0, 1 };
	int status;

	if (!fork()) {
		came = 0;
		setrlimit(RLIMIT_CPU, &rlim);
		while (!came)
			;
		getrlimit(RLIMIT_CPU, &rlim);
		printf("told %d, soft limit %ld\n", came, (long)rlim.rlim_cur);
		fflush(stdout);
		for (;;)
			;
	}
	wait(&status);
	printf("hard limit: %#x\n", status);
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	handle(SIGUSR1, note, 0);
	handle(SIGXCPU, note, 0);
	clocks();
	counting();
	creating();
	once(CLOCK_PROCESS_CPUTIME_ID);
	once(CLOCK_THREAD_CPUTIME_ID);
	once(clock_of(getpid(), 0, PROF));
	once(clock_of(gettid(), 1, VIRT));
	many_times();
	silent();
	other_thread();
	other_process();
	many_threads();
	interrupted();
	limit();
	return 0;
}
