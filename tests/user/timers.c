/* SPDX-License-Identifier: MIT */
/* For row I1: timers that a program makes, by timer_create() and its like. */
#define _GNU_SOURCE
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "show.h"

#define MS	1000000L
#define FAR	1000000		/* seconds: not in this test */

/* The calls themselves: C libraries look at some arguments first, and number timers otherwise. */
static long make(int clock, struct sigevent *event, int *id)
{
	return syscall(SYS_timer_create, clock, event, id);
}

static long set(int id, int flags, const struct itimerspec *new, struct itimerspec *old)
{
	return syscall(SYS_timer_settime, id, flags, new, old);
}

static long look(int id, struct itimerspec *it)
{
	return syscall(SYS_timer_gettime, id, it);
}

static long overrun(int id)
{
	return syscall(SYS_timer_getoverrun, id);
}

static long drop(int id)
{
	return syscall(SYS_timer_delete, id);
}

static struct itimerspec in(time_t sec, long nsec, long interval)
{
	return (struct itimerspec){ .it_value = { sec, nsec }, .it_interval = { 0, interval } };
}

static void nap(long ms)
{
	struct timespec ts = { ms / 1000, ms % 1000 * MS };

	while (nanosleep(&ts, &ts))
		;
}

/* A timer that sends @sig to the process. */
static int timer_of(int clock, int sig, int value)
{
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = sig, .sigev_value.sival_int = value };
	int id = -1;

	if (make(clock, &event, &id))
		printf("no timer: %s\n", strerror(errno));
	return id;
}

static void block(int how, int sig)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, sig);
	sigprocmask(how, &signals, NULL);
}

static int is_pending(int sig)
{
	sigset_t signals;

	sigpending(&signals);
	return sigismember(&signals, sig);
}

static void until_pending(int sig)
{
	while (!is_pending(sig))
		nap(1);
}

static int take(int sig, siginfo_t *info)
{
	struct timespec wait = { 20, 0 };
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, sig);
	return sigtimedwait(&signals, info, &wait);
}

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

/* -- Threads -------------------------------------------------------------------------------------- */

static sem_t ready, finish;
static volatile pid_t thread_id, told_thread;

static void note_thread(int sig)
{
	(void)sig;
	told_thread = gettid();
}

static void *be_told(void *arg)
{
	block(SIG_UNBLOCK, SIGRTMIN + 3);
	thread_id = gettid();
	sem_post(&ready);
	while (sem_wait(&finish))
		;
	return arg;
}

static void one_thread(void)
{
	struct sigevent event = { .sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGRTMIN + 3 };
	struct itimerspec it = in(0, MS, 0);
	pthread_t thread;
	int id = -1;

	sem_init(&ready, 0, 0);
	sem_init(&finish, 0, 0);
	signal(SIGRTMIN + 3, note_thread);
	block(SIG_UNBLOCK, SIGRTMIN + 3);
	pthread_create(&thread, NULL, be_told, NULL);
	sem_wait(&ready);
	event._sigev_un._tid = thread_id;
	SHOW(make(CLOCK_MONOTONIC, &event, &id));
	set(id, 0, &it, NULL);
	while (!told_thread)
		nap(1);
	printf("the thread that was named: %d\n", told_thread == thread_id);
	sem_post(&finish);
	pthread_join(thread, NULL);
	told_thread = 0;
	it = in(0, MS, MS);
	SHOW(set(id, 0, &it, NULL));
	nap(20);
	printf("when it has ended, nobody: %d\n", told_thread == 0);
	SHOW(drop(id));
	SHOW(make(CLOCK_MONOTONIC, &event, &id));
}

static void in_thread(union sigval value)
{
	printf("a thread of the C library: %d\n", value.sival_int);
	sem_post(&finish);
}

static void library_thread(void)
{
	struct sigevent event = { .sigev_notify = SIGEV_THREAD, .sigev_notify_function = in_thread,
				  .sigev_value.sival_int = 77 };
	struct itimerspec it = in(0, MS, 0);
	timer_t timer;

	if (timer_create(CLOCK_MONOTONIC, &event, &timer) || timer_settime(timer, 0, &it, NULL))
		printf("no timer\n");
	while (sem_wait(&finish))
		;
	timer_delete(timer);
}

static int shared_id;

/* Any of it at any time: none may be lost, found twice, or be freed too early. */
static void *disturb(void *arg)
{
	struct itimerspec it = in(0, 1000, 5000), old;
	int i;

	for (i = 0; i < 1000; i++) {
		set(shared_id, 0, &it, &old);
		look(shared_id, &old);
		overrun(shared_id);
		if (i % 50 == 49 && arg) {
			drop(shared_id);
			shared_id = timer_of(CLOCK_MONOTONIC, i % 100 == 49 ? SIGRTMIN + 4 : SIGVTALRM, 1);
		}
	}
	return arg;
}

static void everything_at_once(void)
{
	pthread_t threads[3];
	int i;

	handle(SIGRTMIN + 4, tell, 0);
	handle(SIGVTALRM, tell, 0);
	shared_id = timer_of(CLOCK_MONOTONIC, SIGRTMIN + 4, 1);
	for (i = 0; i < 3; i++)
		pthread_create(&threads[i], NULL, disturb, i ? NULL : "");
	for (i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	printf("the last of them: %ld\n", drop(shared_id));
	signal(SIGVTALRM, SIG_DFL);
}

/* It begins again when the signal is taken, which another CPU may do while its function still runs. */
static void count_alarms(int sig)
{
	(void)sig;
	came++;
}

static void none_is_lost(void)
{
	struct itimerval it = { { 0, 50 }, { 0, 50 } };
	struct itimerspec its = in(0, 50000, 50000);
	int id = timer_of(CLOCK_MONOTONIC, SIGUSR2, 0);

	block(SIG_UNBLOCK, SIGALRM);
	block(SIG_UNBLOCK, SIGUSR2);
	came = 0;
	signal(SIGALRM, count_alarms);
	setitimer(ITIMER_REAL, &it, NULL);
	while (came < 1000)
		;
	it.it_value.tv_usec = it.it_interval.tv_usec = 0;
	setitimer(ITIMER_REAL, &it, NULL);
	printf("ITIMER_REAL goes on\n");
	signal(SIGALRM, SIG_IGN);
	came = 0;
	signal(SIGUSR2, count_alarms);
	set(id, 0, &its, NULL);
	while (came < 1000)
		;
	drop(id);
	printf("a timer goes on\n");
	block(SIG_BLOCK, SIGUSR2);
}

/* -- Processes ------------------------------------------------------------------------------------ */

static void children(void)
{
	int id = timer_of(CLOCK_MONOTONIC, SIGUSR1, 1), status;
	struct itimerspec it = in(0, MS, MS);

	if (!fork())
		_exit(look(id, &it) == -1 && errno == EINVAL ? 31 : 32);
	wait(&status);
	printf("a child has none: %#x\n", status);
	if (!fork()) {
		set(timer_of(CLOCK_MONOTONIC, SIGKILL, 0), 0, &it, NULL);
		for (;;)
			pause();
	}
	wait(&status);
	printf("killed by one: %#x\n", status);
	if (!fork()) {
		struct rlimit limit = { 0, 0 };

		setrlimit(RLIMIT_SIGPENDING, &limit);
		_exit(make(CLOCK_MONOTONIC, NULL, &id) == -1 && errno == EAGAIN ? 33 : 34);
	}
	wait(&status);
	printf("too many: %#x\n", status);
	drop(id);
}

static void another_program(char *self)
{
	struct itimerspec it = in(0, 1, MS);
	char name[16];
	int id;

	block(SIG_BLOCK, SIGRTMIN + 5);
	block(SIG_BLOCK, SIGRTMIN + 6);
	id = timer_of(CLOCK_MONOTONIC, SIGRTMIN + 5, 5);
	set(id, 0, &it, NULL);
	kill(getpid(), SIGRTMIN + 6);
	until_pending(SIGRTMIN + 5);
	snprintf(name, sizeof(name), "%d", id);
	fflush(stdout);
	execl(self, self, name, NULL);
	printf("no exec\n");
}

static int new_program(int id)
{
	struct itimerspec it;

	nap(10);
	printf("new program: timer's signal %d, other's %d\n", is_pending(SIGRTMIN + 5), is_pending(SIGRTMIN + 6));
	SHOW(look(id, &it));
	SHOW(make(CLOCK_MONOTONIC, NULL, &id));
	it = in(0, MS, MS);
	signal(SIGALRM, SIG_IGN);
	return set(id, 0, &it, NULL);	/* it ends with a timer that runs */
}

int main(int argc, char **argv)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc > 1)
		return new_program(atoi(argv[1]));
	creating();
	setting();
	once();
	many_times(SIGUSR2);
	many_times(SIGRTMIN + 1);
	after_its_end();
	two_timers();
	ignored();
	silent();
	one_thread();
	library_thread();
	everything_at_once();
	none_is_lost();
	children();
	another_program(argv[0]);
	return 1;
}
