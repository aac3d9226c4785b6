/* SPDX-License-Identifier: MIT */
/*
 * What programs see of the kernel's ways in and out, counted as irqbench counts inside: guest
 * instructions, by the time-stamp counter, the C library's share and one reading (3) included.
 * init.c starts it when the module has reported. One line a metric, "irqbench: NAME VALUE".
 */
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <x86intrin.h>

#define ROUNDS	200
#define PAGE	4096

static uint64_t sample[ROUNDS];

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static void report(const char *name)
{
	qsort(sample, ROUNDS, sizeof(sample[0]), compare);
	printf("irqbench: %s %llu\n", name, (unsigned long long)sample[ROUNDS / 2]);
	fflush(stdout);
}

/* The median of @body; it may use `round`. */
#define COUNT(name, body)				\
do {							\
	for (unsigned int round = 0; round < ROUNDS; round++) {	\
		uint64_t begun = __rdtsc();		\
							\
		body;					\
		sample[round] = __rdtsc() - begun;	\
	}						\
	report(name);					\
} while (0)

static void system_call(void)
{
	COUNT("user.getpid", syscall(SYS_getpid));
}

/* By the C library, which takes the vDSO, and as a system call. */
static void clocks(void)
{
	struct timespec ts;

	COUNT("user.clock_vdso", clock_gettime(CLOCK_MONOTONIC, &ts));
	COUNT("user.clock_call", syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &ts));
	COUNT("user.getcpu", sched_getcpu());
}

/* The first write to a page; then the first after a fork(), while a child has the page too. */
static void page_fault(void)
{
	volatile char *pages = mmap(NULL, ROUNDS * PAGE, PROT_READ | PROT_WRITE,
				    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int hold[2];
	char byte;
	pid_t child;

	if (pages == MAP_FAILED || pipe(hold))
		fail("userbench: mmap, pipe");
	COUNT("user.fault", pages[round * PAGE] = 1);
	child = fork();
	if (child < 0)
		fail("userbench: fork");
	if (!child) {
		close(hold[1]);
		_exit(read(hold[0], &byte, 1));	/* until the parent lets go */
	}
	COUNT("user.fault_cow", pages[round * PAGE] = 2);
	close(hold[1]);
	waitpid(child, NULL, 0);
	close(hold[0]);
	munmap((void *)pages, ROUNDS * PAGE);
}

static volatile uint64_t entered;

static void handler(int sig)
{
	entered = __rdtsc();
}

static void signals(void)
{
	pid_t pid = getpid();
	uint64_t entry[ROUNDS];
	unsigned int i;

	if (signal(SIGUSR1, handler) == SIG_ERR)
		fail("userbench: signal");
	COUNT("user.signal", { uint64_t sent = __rdtsc(); syscall(SYS_tgkill, pid, pid, SIGUSR1); entry[round] = entered - sent; });
	for (i = 0; i < ROUNDS; i++)
		sample[i] = entry[i];
	report("user.signal_entry");
}

static void fork_and_exit(void)
{
	COUNT("user.fork", { pid_t child = fork(); if (!child) _exit(0); if (child < 0) fail("userbench: fork"); waitpid(child, NULL, 0); });
}

/* A byte to another process and back. */
static void ping_pong(void)
{
	int there[2], back[2];
	char byte = 0;
	pid_t child;

	if (pipe(there) || pipe(back))
		fail("userbench: pipe");
	child = fork();
	if (child < 0)
		fail("userbench: fork");
	if (!child) {
		close(there[1]);
		while (read(there[0], &byte, 1) == 1)
			if (write(back[1], &byte, 1) != 1)
				break;
		_exit(0);
	}
	COUNT("user.pipe", if (write(there[1], &byte, 1) != 1 || read(back[0], &byte, 1) != 1) fail("userbench: pipe"));
	close(there[1]);
	waitpid(child, NULL, 0);
}

int main(void)
{
	system_call();
	clocks();
	page_fault();
	signals();
	fork_and_exit();
	ping_pong();
	return 0;
}
