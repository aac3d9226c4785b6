/* SPDX-License-Identifier: MIT */
/*
 * For rows B10 I1: many processes that come and go at once, and all write to memory that they share until
 * they do: each sees what it wrote itself, and nothing that another one did.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <sys/mman.h>
#include "show.h"

#define PAGE	4096
#define PAGES	32

static char *area;
static volatile int *shared;		/* words that all of them have */

/* Whether the first word of each page is what belongs to @owner; then it is made @next's. */
static int own(uint32_t owner, uint32_t next)
{
	int i, wrong = 0;

	for (i = 0; i < PAGES; i++) {
		volatile uint32_t *word = (uint32_t *)(area + i * PAGE);

		wrong += *word != owner + i;
		*word = next + i;
	}
	return wrong;
}

/* -- A tree: each has two children, writes while they do, and adds up what went wrong ------------- */

#define DEPTH	5

static int tree(uint32_t id, int depth)
{
	pid_t pids[2] = { 0 };
	int i, status, wrong = 0;

	if (!depth)
		return own(id, ~id);
	for (i = 0; i < 2; i++) {
		pids[i] = fork();
		if (pids[i] < 0)
			return 100;
		if (!pids[i]) {
			wrong += own(id, id * 2 + i);
			_exit(wrong + tree(id * 2 + i, depth - 1));
		}
	}
	wrong += own(id, id);
	for (i = 0; i < 2; i++) {
		waitpid(pids[i], &status, 0);
		wrong += status;
	}
	return wrong + own(id, id);
}

/* -- Short lives: several processes at a time that fork, and wait, and fork again ------------------ */

static int generations(int n)
{
	int status;

	while (n--) {
		if (!fork())
			_exit(own(1, 2));
		wait(&status);
		if (status)
			return 1;
	}
	return own(1, 1);
}

static void short_lives(void)
{
	int i, status, wrong = 0;

	for (i = 0; i < 6; i++)
		if (!fork())
			_exit(generations(25));
	while (wait(&status) > 0)
		wrong += status != 0;
	printf("short lives: wrong %d\n", wrong);
}

/* -- fork() while other threads write: what they write afterwards is not the child's --------------- */

static volatile int stop;

static void *keep_writing(void *arg)
{
	uint32_t n = 0;
	int i;

	while (!stop)
		for (n++, i = 0; i < PAGES; i++)
			*(volatile uint32_t *)(area + i * PAGE + 64 * (long)arg) = n;
	return NULL;
}

/* A child's pages, looked at again when its parent's threads have written for a while. */
static int stays_as_it_was(void)
{
	static char before[PAGES][PAGE];
	int i, round;

	memcpy(before, area, sizeof(before));
	for (round = 0; round < 20; round++) {
		sched_yield();
		for (i = 0; i < PAGES; i++)
			if (memcmp(before[i], area + i * PAGE, PAGE))
				return 1;
	}
	return 0;
}

static void beside_threads(void)
{
	pthread_t threads[3];
	int status, wrong = 0;
	long i;

	for (i = 0; i < 3; i++)
		pthread_create(&threads[i], NULL, keep_writing, (void *)(i + 1));
	for (i = 0; i < 30; i++) {
		if (!fork())
			_exit(stays_as_it_was());
		wait(&status);
		wrong += status != 0;
	}
	stop = 1;
	for (i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	printf("beside threads: wrong %d\n", wrong);
}

/* -- Children that are killed while they copy ----------------------------------------------------- */

static void killed_meanwhile(void)
{
	int i, status, wrong = 0;

	own(1, 1);
	for (i = 0; i < 30; i++) {
		pid_t pid = fork();

		if (!pid) {
			shared[0] = i + 1;
			for (;;)
				if (fork() == 0)
					_exit(own(1, 3));
				else
					waitpid(-1, NULL, WNOHANG);
		}
		while (shared[0] != i + 1)
			sched_yield();
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		wrong += status != SIGKILL || own(1, 1);
	}
	printf("killed meanwhile: wrong %d\n", wrong);
}

int main(void)
{
	setbuf(stdout, NULL);
	area = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	shared = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	printf("at first: not zero %d\n", own(0, 0) - (PAGES - 1));
	own(0, 1);
	printf("a tree: wrong %d\n", tree(1, DEPTH));
	short_lives();
	beside_threads();
	killed_meanwhile();
	return 0;
}
