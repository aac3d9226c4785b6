/* SPDX-License-Identifier: MIT */
/* For row I1: fork(), wait4() with its results, exec, numbers, orphans. */
#include <stdlib.h>
#include <sys/prctl.h>
#include "show.h"

static int wait_for(pid_t pid)
{
	int status = -1;

	if (waitpid(pid, &status, 0) != pid)
		printf("not the child that was waited for\n");
	return status;
}

static void results(void)
{
	int i, status;
	pid_t pid;

	for (i = 0; i < 3; i++) {
		pid = fork();
		if (!pid)
			_exit(10 + i);
		printf("child: status %#x\n", wait_for(pid));
	}
	pid = fork();
	if (!pid)
		kill(getpid(), SIGKILL);
	printf("killed: status %#x\n", wait_for(pid));
	SHOW(wait(&status));
	SHOW(waitpid(getpid(), &status, 0));
}

static void nohang(void)
{
	pid_t parent = getpid(), pid = fork();

	if (!pid) {
		for (;;)
			;	/* until it is killed */
	}
	SHOW(waitpid(pid, NULL, WNOHANG));
	SHOW(kill(pid, SIGTERM));
	printf("ends: status %#x\n", wait_for(pid));
	printf("parent's pid: %d\n", getpid() == parent);
}

static void orphan(void)
{
	pid_t pid = fork();

	if (!pid) {
		pid_t middle = getpid();

		if (!fork()) {
			while (getppid() == middle)
				;
			_exit(0);
		}
		_exit(5);
	}
	printf("middle: status %#x\n", wait_for(pid));
}

/* Whether orphans come to this process. */
static int is_subreaper(void)
{
	int on = -1;

	prctl(PR_GET_CHILD_SUBREAPER, &on);
	return on;
}

/* A child that leaves an orphan behind, whose end tells if its parent is @heir then. */
static void leave_orphan(pid_t heir)
{
	pid_t pid = fork();

	if (!pid) {
		pid_t middle = getpid();

		if (fork())
			_exit(5);
		while (getppid() == middle)
			;
		_exit(getppid() == heir ? 7 : 8);
	}
	printf("middle: status %#x\n", wait_for(pid));
}

static void subreaper(void)
{
	int status = -1;
	pid_t pid;

	printf("at first: %d\n", is_subreaper());
	SHOW(prctl(PR_SET_CHILD_SUBREAPER, 5));
	printf("then: %d\n", is_subreaper());
	leave_orphan(getpid());
	SHOW(wait(&status) > 0);
	printf("orphan: status %#x\n", status);
	/* The nearest one has it; and it is not inherited. */
	pid = fork();
	if (!pid) {
		printf("a child: %d\n", is_subreaper());
		prctl(PR_SET_CHILD_SUBREAPER, 1);
		leave_orphan(getpid());
		SHOW(wait(&status) > 0);
		printf("its orphan: status %#x\n", status);
		_exit(0);
	}
	wait_for(pid);
	SHOW(prctl(PR_SET_CHILD_SUBREAPER, 0));
	leave_orphan(1);
	SHOW(wait(&status));
	SHOW(prctl(PR_GET_CHILD_SUBREAPER, 8));
}

static void groups(void)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		printf("setsid: %d\n", setsid() == getpid());
		printf("group: %d session: %d\n", getpgrp() == getpid(), getsid(0) == getpid());
		SHOW(setsid());
		SHOW(setpgid(0, 0));
		_exit(0);
	}
	wait_for(pid);
	pid = fork();
	if (!pid)
		for (;;)
			;
	SHOW(setpgid(pid, pid));
	SHOW(kill(-pid, SIGUSR1));
	printf("group: %d\n", waitpid(-pid, &status, 0) == pid);
	printf("its status: %#x\n", status);
}

int main(void)
{
	setbuf(stdout, NULL);
	results();
	nohang();
	orphan();
	groups();
	subreaper();
	return 3;
}
