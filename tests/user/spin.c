/* SPDX-License-Identifier: MIT */
/*
 * For rows B5 B6 I1: code that never enters the kernel by itself. It is interrupted all the same: the CPU's
 * interrupts are counted, others get the CPU, signals arrive, and its time is known.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include "show.h"

static volatile unsigned long *shared;	/* words of both processes */

static int cpu;				/* the one that all run on */

static void stay_on_one_cpu(void)
{
	cpu_set_t set;

	cpu = sched_getcpu();
	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	if (sched_setaffinity(0, sizeof(set), &set))
		printf("not pinned\n");
}

/* The local timer's interrupts on that CPU: of its line in /proc/interrupts the number in its column. */
static long timer_interrupts(void)
{
	FILE *f = fopen("/proc/interrupts", "r");
	char text[4096];
	long n = -1;
	int i;

	while (f && fgets(text, sizeof(text), f)) {
		char *at = strstr(text, "LOC:");

		if (!at)
			continue;
		at += 4;
		for (i = 0; i <= cpu; i++)
			n = strtol(at, &at, 10);
	}
	if (f)
		fclose(f);
	return n;
}

/* The first number behind "intr " in /proc/stat: all of the machine's. */
static long all_interrupts(void)
{
	FILE *f = fopen("/proc/stat", "r");
	char text[65536];
	long n = -1;

	while (f && fgets(text, sizeof(text), f))
		sscanf(text, "intr %ld", &n);
	if (f)
		fclose(f);
	return n;
}

static pid_t spinner(int word)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	for (;;)
		shared[word]++;
}

static void end(pid_t pid)
{
	int status;

	kill(pid, SIGTERM);
	waitpid(pid, &status, 0);
	printf("status %#x\n", status);
}

/* Who spins is interrupted; so one that has slept runs again, though they have but one CPU. */
static void counted(void)
{
	pid_t pid = spinner(0);
	long before = timer_interrupts(), all = all_interrupts();
	unsigned long work;
	int i;

	printf("counters: %d %d\n", before > 0, all > 0);
	while (!shared[0])
		sched_yield();
	work = shared[0];
	for (i = 0; i < 5; i++)
		nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
	while (timer_interrupts() - before < 5)
		;
	printf("the CPU was interrupted: %d, the machine: %d\n", timer_interrupts() > before,
	       all_interrupts() > all);
	printf("and has done its own: %d\n", shared[0] != work);
	end(pid);
}

/* Three that spin on one CPU all go on: nobody has to let the others. */
static void in_turn(void)
{
	unsigned long before[3];
	pid_t pids[3];
	int i, round;

	for (i = 0; i < 3; i++)
		pids[i] = spinner(i);
	for (round = 0; round < 3; round++) {
		for (i = 0; i < 3; i++)
			before[i] = shared[i];
		for (i = 0; i < 3; i++)
			while (shared[i] == before[i])
				;
	}
	printf("all go on\n");
	for (i = 0; i < 3; i++)
		end(pids[i]);
}

/* -- Its time, and the switches that were forced on it -------------------------------------------- */

static volatile int told;

static void tell(int sig, siginfo_t *info, void *ctx)
{
	told++;
}

static void its_time(void)
{
	struct rusage now, before;
	pid_t pid = spinner(0), parent = getpid();

	getrusage(RUSAGE_SELF, &before);
	do {
		volatile int i;

		for (i = 0; i < 1000000; i++)
			;
		getrusage(RUSAGE_SELF, &now);
	} while (now.ru_nivcsw - before.ru_nivcsw < 3 ||
		 (now.ru_utime.tv_sec == before.ru_utime.tv_sec && now.ru_utime.tv_usec == before.ru_utime.tv_usec));
	printf("it was switched away from, and its time is counted\n");
	end(pid);
	/* A signal of a process that shares the CPU needs a switch to that, and back. */
	handle(SIGUSR1, tell, 0);
	pid = fork();
	if (!pid) {
		kill(parent, SIGUSR1);
		_exit(0);
	}
	while (!told)
		;
	waitpid(pid, NULL, 0);
	printf("a signal came\n");
}

int main(void)
{
	setbuf(stdout, NULL);
	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	stay_on_one_cpu();
	counted();
	in_turn();
	its_time();
	return 0;
}
