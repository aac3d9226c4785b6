/* SPDX-License-Identifier: MIT */
/* Words of all programs of this folder: the result of a call, a handler, a child's end. */
#ifndef _TESTS_USER_SHOW_H
#define _TESTS_USER_SHOW_H

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The result of a call, and why it failed. */
#define SHOW(call)							\
do {									\
	long ret;							\
									\
	errno = 0;							\
	ret = (long)(call);						\
	printf("%s: %ld %s\n", #call, ret, strerror(errno));		\
} while (0)

static inline void handle(int sig, void (*fn)(int, siginfo_t *, void *), int flags)
{
	struct sigaction sa = { .sa_sigaction = fn, .sa_flags = flags | SA_SIGINFO };

	if (sigaction(sig, &sa, NULL))
		printf("sigaction(%d): %s\n", sig, strerror(errno));
}

/* How a child ends that does @fn, as wait() tells it. */
static inline int in_child(void (*fn)(void))
{
	int status = -1;
	pid_t pid = fork();

	if (!pid) {
		fn();
		_exit(0);
	}
	waitpid(pid, &status, 0);
	return status;
}

#endif
