/* SPDX-License-Identifier: MIT */
/* Processes, threads, signals, timers, what is told a program at its beginning. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "hostile.h"

/* Each child does as its parent. */
static void fork_bomb(void)
{
	for (;;)
		if (fork() < 0)
			usleep(1000);
}

/* They wait; the first one goes on until there can be no more. */
static void many_children(void)
{
	pid_t pid;

	while ((pid = fork()) > 0)
		;
	if (!pid)
		pause();
}

/* Nobody waits for them. */
static void zombies(void)
{
	pid_t pid;

	signal(SIGCHLD, SIG_DFL);
	while ((pid = fork()) > 0)
		;
	if (!pid)
		_exit(0);
}

static int sleeper(void *unused)
{
	for (;;)
		syscall(SYS_pause);
	return 0;
}

static void many_threads(void)
{
	int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;
	size_t size = 4096;
	char *stack;

	do {
		stack = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (stack == MAP_FAILED)
			return;
	} while (clone(sleeper, stack + size, flags, NULL) > 0);
}

static void queued_signals(void)
{
	union sigval value = { .sival_int = 1 };
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	while (!sigqueue(getpid(), SIGRTMIN + 1, value))
		;
}

/* As often as each can, and all at once. */
static void posix_timers(void)
{
	struct itimerspec often = { { 0, 1 }, { 0, 1 } };
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN };
	timer_t timer;

	signal(SIGRTMIN, SIG_IGN);
	while (!timer_create(CLOCK_MONOTONIC, &event, &timer))
		timer_settime(timer, 0, &often, NULL);
}

/* More than there may be, then as much as there may be, for a program that is not there to read it. */
static void arguments(void)
{
	static char *argv[4096], *envp[] = { NULL };
	struct rlimit stack = { 64 << 20, RLIM_INFINITY };
	char *text = malloc((128 << 10) + 1);
	unsigned int i, n;

	setrlimit(RLIMIT_STACK, &stack);
	memset(text, 'x', 128 << 10);
	text[(128 << 10) - 1] = 0;
	for (n = 4095; n; n /= 2) {
		for (i = 0; i < n; i++)
			argv[i] = text;
		argv[n] = NULL;
		if (!fork()) {
			execve("/init", argv, envp);
			_exit(errno == E2BIG ? 0 : 1);
		}
		wait(NULL);
	}
}

/* A script whose interpreter is a script, and so on; and one that is its own. */
static void scripts(void)
{
	char name[32], text[64];
	unsigned int i;
	int fd;

	for (i = 0; i < 20; i++) {
		snprintf(name, sizeof(name), "s%u", i);
		snprintf(text, sizeof(text), "#!s%u\n", i < 19 ? i + 1 : 19);
		fd = open(name, O_WRONLY | O_CREAT, 0700);
		if (write(fd, text, strlen(text)) < 0)
			return;
		close(fd);
	}
	for (i = 0; i < 20; i++) {
		snprintf(name, sizeof(name), "s%u", i);
		execl(name, name, NULL);
	}
}

const struct attack attacks_on_tasks[] = {
	{ "fork bomb", fork_bomb }, { "children", many_children }, { "zombies", zombies },
	{ "threads", many_threads }, { "queued signals", queued_signals }, { "timers", posix_timers },
	{ "arguments", arguments }, { "scripts", scripts }, { }
};
