/* SPDX-License-Identifier: MIT */
/* For row I1: a program's timers, its threads, its children and the program after it. */
#define _GNU_SOURCE
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include "timer.h"

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

static volatile sig_atomic_t came;

static void count(int sig)
{
	(void)sig;
	came++;
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

	signal(SIGRTMIN + 4, count);
	signal(SIGVTALRM, count);
	shared_id = timer_of(CLOCK_MONOTONIC, SIGRTMIN + 4, 1);
	for (i = 0; i < 3; i++)
		pthread_create(&threads[i], NULL, disturb, i ? NULL : "");
	for (i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	printf("the last of them: %ld\n", drop(shared_id));
	signal(SIGVTALRM, SIG_DFL);
}

/* It begins again when the signal is taken, which another CPU may do while its function still runs. */
static void none_is_lost(void)
{
	struct itimerval it = { { 0, 50 }, { 0, 50 } };
	struct itimerspec its = in(0, 50000, 50000);
	int id = timer_of(CLOCK_MONOTONIC, SIGUSR2, 0);

	block(SIG_UNBLOCK, SIGALRM);
	block(SIG_UNBLOCK, SIGUSR2);
	came = 0;
	signal(SIGALRM, count);
	setitimer(ITIMER_REAL, &it, NULL);
	while (came < 1000)
		;
	it.it_value.tv_usec = it.it_interval.tv_usec = 0;
	setitimer(ITIMER_REAL, &it, NULL);
	printf("ITIMER_REAL goes on\n");
	signal(SIGALRM, SIG_IGN);
	came = 0;
	signal(SIGUSR2, count);
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
	one_thread();
	library_thread();
	everything_at_once();
	none_is_lost();
	children();
	another_program(argv[0]);
	return 1;
}
