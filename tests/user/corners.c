/* SPDX-License-Identifier: MIT */
/* For rows B9 I1: corners of waiting, forking and ending that shells and servers rely on. */
#define _GNU_SOURCE
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include "show.h"

static volatile int *shared;

static void any_child(void)
{
	siginfo_t info = { 0 };
	pid_t pid = fork();

	if (!pid)
		_exit(3);
	/* With P_ALL the number does not matter. */
	SHOW(waitid(P_ALL, -1, &info, WEXITED));
	printf("it %d status %d\n", info.si_pid == pid, info.si_status);
}

static long ms_of(const struct rusage *ru)
{
	return (ru->ru_utime.tv_sec + ru->ru_stime.tv_sec) * 1000 +
	       (ru->ru_utime.tv_usec + ru->ru_stime.tv_usec) / 1000;
}

static void use_cpu(long ms)
{
	struct rusage ru;

	do
		getrusage(RUSAGE_SELF, &ru);
	while (ms_of(&ru) < ms);
}

/* What a child has used includes what it has waited for. */
static void grandchildren(void)
{
	struct rusage ru;
	pid_t pid = fork();

	if (!pid) {
		pid = fork();
		if (!pid) {
			use_cpu(100);
			_exit(0);
		}
		waitpid(pid, NULL, 0);
		_exit(0);
	}
	wait4(pid, NULL, 0, &ru);
	printf("wait4() tells of grandchildren %d\n", ms_of(&ru) >= 100);
	getrusage(RUSAGE_CHILDREN, &ru);
	printf("of switches %d\n", ru.ru_nvcsw > 0);
}

/* A parent's death is still told after exec. */
static void death_signal(const char *self)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGUSR1);
		execl(self, self, "pdeath", NULL);
		_exit(1);
	}
	waitpid(pid, &status, 0);
	printf("after exec: PR_GET_PDEATHSIG %d\n", WEXITSTATUS(status) == SIGUSR1);
}

static int clone_child(void *arg)
{
	_exit(0);
}

/* A sibling made with CLONE_PARENT tells its end as its maker does. */
static void siblings(void)
{
	static char stack[65536] __attribute__((aligned(16)));
	int status;
	pid_t pid = fork(), sibling;

	if (!pid) {
		shared[0] = clone(clone_child, stack + sizeof(stack), CLONE_PARENT | SIGUSR1, NULL);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	sibling = shared[0];
	SHOW(waitpid(sibling, &status, 0) == sibling);
}

static void get_hup(int sig)
{
	shared[1]++;
}

/* A group that has stopped, and that nobody is left to continue, gets SIGHUP and SIGCONT. */
static void orphans(void)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		setpgid(0, 0);
		pid = fork();
		if (!pid) {
			signal(SIGHUP, get_hup);
			shared[2] = getpid();
			kill(getpid(), SIGSTOP);
			shared[3] = shared[1] + 1;
			_exit(0);
		}
		waitpid(pid, &status, WUNTRACED);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	while (!shared[3])
		usleep(1000);
	printf("orphans: SIGHUP before they go on %d\n", shared[3] - 1);
}

/* Signals to a group, while its leader makes children: each has come before a fork, or to both. */
static volatile int heard;

static void hear(int sig)
{
	heard++;
}

#define CHILDREN	6

static void fork_on(int *wrong)
{
	pid_t pid[CHILDREN];
	int i, status;

	heard = 0;
	shared[4] = 1;
	for (i = 0; i < CHILDREN; i++) {
		pid[i] = fork();
		if (!pid[i]) {
			while (!shared[5])
				;
			_exit(heard);
		}
	}
	while (!shared[5])
		;
	for (i = 0; i < CHILDREN; i++) {
		waitpid(pid[i], &status, 0);
		*wrong += WEXITSTATUS(status) != 1;
	}
	*wrong += heard != 1;
}

static void group_signals(void)
{
	int rounds = 30, wrong = 0, status, i;
	pid_t pid = fork(), sender;

	if (!pid) {
		setpgid(0, 0);
		signal(SIGUSR1, hear);
		while (rounds--) {
			shared[4] = shared[5] = 0;
			sender = fork();
			if (!sender) {
				signal(SIGUSR1, SIG_IGN);
				while (!shared[4])
					;
				for (i = 0; i < rounds * 2000; i++)
					__asm__ volatile("");
				kill(0, SIGUSR1);
				shared[5] = 1;
				_exit(0);
			}
			fork_on(&wrong);
			waitpid(sender, NULL, 0);
		}
		printf("forked while a signal came to the group: wrong %d\n", wrong);
		_exit(0);
	}
	waitpid(pid, &status, 0);
}

static void futex_clocks(void)
{
	struct timespec ts = { 0, 1000 };
	int word = 0;

	SHOW(syscall(SYS_futex, &word, FUTEX_WAIT | FUTEX_CLOCK_REALTIME, 0, &ts, NULL, 0));
	SHOW(syscall(SYS_futex, &word, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 0, &ts, NULL, 1));
}

static void what_is_refused(void)
{
	SHOW(setpgid(-1, 0));
	SHOW(madvise((void *)0x10000, 4096, 9999));
	SHOW(madvise((void *)0x10000, 4096, MADV_DONTNEED));
	SHOW(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
	SHOW(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
	SHOW(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
}

static void *tell_itself(void *arg)
{
	siginfo_t info = { .si_signo = SIGUSR2, .si_code = SI_USER };

	signal(SIGUSR2, SIG_IGN);
	SHOW(syscall(SYS_rt_tgsigqueueinfo, getpid(), gettid(), SIGUSR2, &info));
	SHOW(syscall(SYS_rt_tgsigqueueinfo, getpid(), getpid(), SIGUSR2, &info));
	return NULL;
}

int main(int argc, char **argv)
{
	pthread_t thread;
	int sig = -1;

	if (argc > 1) {
		prctl(PR_GET_PDEATHSIG, &sig);
		return sig;
	}
	setvbuf(stdout, NULL, _IONBF, 0);
	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	any_child();
	grandchildren();
	death_signal(argv[0]);
	siblings();
	orphans();
	group_signals();
	futex_clocks();
	what_is_refused();
	pthread_create(&thread, NULL, tell_itself, NULL);
	pthread_join(thread, NULL);
	return 0;
}
