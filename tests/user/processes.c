/* SPDX-License-Identifier: MIT */
/* For row I1: fork(), wait4() with its results, exec, numbers, orphans. */
#include <stdlib.h>
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
	return 3;
}
