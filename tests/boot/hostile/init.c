/* SPDX-License-Identifier: MIT */
/*
 * /init of a machine with programs that take all there is of something: lets one at a time have its
 * way for a while, ends it, and looks whether the machine still works and has its memory back.
 */
#define _GNU_SOURCE
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <unistd.h>
#include "hostile.h"

#define PATIENCE_MS	200	/* for what goes on and on */
#define ENOUGH_KB	1024	/* that may be missing: caches */

static long free_kb(void)
{
	struct sysinfo info;

	sysinfo(&info);
	return info.freeram * info.mem_unit / 1024;
}

/* In a file system of its own, which goes with all that is left in it. */
static void attack(const struct attack *what, int done)
{
	setsid();
	mkdir("/w", 0700);
	if (mount("w", "/w", "tmpfs", 0, NULL) || chdir("/w"))
		_exit(1);
	what->run();
	if (write(done, "", 1) == 1)
		pause();
	_exit(0);
}

/* Everybody but us; also who was not there yet when we began. */
static void end_all(void)
{
	do {
		kill(-1, SIGKILL);
	} while (waitpid(-1, NULL, 0) > 0);
	while (!umount2("/w", MNT_DETACH))
		;
	rmdir("/w");
}

/* What has ended is freed a little later. Return: kB that are not. */
static long missing(long before)
{
	int tries;

	for (tries = 0; tries < 500 && before - free_kb() > ENOUGH_KB; tries++)
		usleep(10000);
	return before - free_kb();
}

static int works(void)
{
	int status = -1;
	pid_t pid = fork();

	if (!pid) {
		execl("/init", "init", "works", NULL);
		_exit(1);
	}
	return pid > 0 && waitpid(pid, &status, 0) == pid && !status;
}

static void try_one(const struct attack *what)
{
	long before = free_kb();
	struct pollfd wait;
	int ends[2];
	pid_t pid;

	if (pipe(ends))
		perror("pipe");
	pid = fork();
	if (!pid) {
		close(ends[0]);
		attack(what, ends[1]);
	}
	close(ends[1]);
	wait.fd = ends[0];
	wait.events = POLLIN;
	poll(&wait, 1, PATIENCE_MS);
	end_all();
	close(ends[0]);
	printf("== %s: %s, missing %ld kB\n", what->name, pid > 0 && works() ? "works" : "DOES NOT WORK",
	       missing(before));
}

static void *block_all(void *tid)
{
	sigset_t all;

	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, NULL);
	*(volatile pid_t *)tid = syscall(SYS_gettid);
	for (;;)
		pause();
	return NULL;
}

/* All signals to us, and to a thread of ours that blocks them: that we go on is what is to be seen. */
static void signals_to_us(void)
{
	static volatile pid_t tid;
	pthread_t thread;
	int sig;

	pthread_create(&thread, NULL, block_all, (void *)&tid);
	while (!tid)
		usleep(1000);
	if (!fork()) {
		for (sig = 1; sig < 65; sig++) {
			kill(1, sig);
			kill(tid, sig);
			syscall(SYS_tkill, tid, sig);
		}
		_exit(0);
	}
	waitpid(-1, NULL, 0);
	printf("== signals to the first process: %s\n", works() ? "works" : "DOES NOT WORK");
}

static void try_all(const struct attack *what)
{
	for (; what->name; what++)
		try_one(what);
}

int main(int argc, char *argv[])
{
	long before;

	if (getpid() != 1)
		return 0;
	setbuf(stdout, NULL);
	/* Twice: caches fill first. */
	signals_to_us();
	try_all(attacks_on_tasks);
	before = free_kb();
	try_all(attacks_on_tasks);
	try_all(attacks_on_files);
	try_all(attacks_on_memory);
	printf("== all: missing %ld kB\n", missing(before));
	printf("== all done\n");
	reboot(RB_POWER_OFF);
	return 1;
}
