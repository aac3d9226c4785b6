/* SPDX-License-Identifier: MIT */
/* For row B9: stopping and continuing, and what parents are told. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sys/mman.h>
#include "show.h"

static volatile int *shared;		/* words that processes share */

static volatile siginfo_t last;
static volatile int children_heard;

static void hear(int sig, siginfo_t *info, void *ctx)
{
	last = *info;
	children_heard++;
}

/* What was heard; it may come after wait() knows. */
static void show_last(const char *what, pid_t pid)
{
	while (!children_heard)
		;
	printf("%s: SIGCHLD %d times, code %d status %d from it %d\n", what, children_heard, last.si_code,
	       last.si_status, last.si_pid == pid);
	children_heard = 0;
}

static void *spin(void *arg)
{
	for (;;)
		shared[0]++;
	return NULL;
}

/* A process of two threads, both of which run. */
static pid_t runner(void)
{
	pid_t pid = fork();
	pthread_t thread;

	if (pid)
		return pid;
	signal(SIGCHLD, SIG_DFL);
	setpgid(0, 0);		/* a group with a parent elsewhere: no orphan, even where init is its parent */
	shared[0] = 0;
	pthread_create(&thread, NULL, spin, NULL);
	for (;;)
		shared[1]++;
}

static int stands(int word)
{
	int before = shared[word];

	/* A thread that runs would be seen here, if not always. */
	usleep(20000);
	return shared[word] == before;
}

static void goes_on(int word)
{
	int before = shared[word];

	while (shared[word] == before)
		;
}

/* Signals wait while it is stopped, but for one. */
static void stopped_and_killed(void)
{
	int status = 0;
	pid_t pid;

	handle(SIGCHLD, hear, SA_RESTART);
	pid = runner();
	goes_on(0);
	SHOW(kill(pid, SIGSTOP));
	SHOW(waitpid(pid, &status, WUNTRACED) == pid);
	printf("status %#x, stands %d %d\n", status, stands(0), stands(1));
	show_last("stopped", pid);
	SHOW(waitpid(pid, &status, WUNTRACED | WNOHANG));
	kill(pid, SIGUSR2);
	SHOW(waitpid(pid, &status, WNOHANG));
	kill(pid, SIGKILL);
	SHOW(waitpid(pid, &status, 0) == pid);
	printf("status %#x\n", status & 0x7f);
	show_last("killed", pid);
}

static void stopped_and_continued(void)
{
	siginfo_t info = { 0 };
	int status = 0;
	pid_t pid = runner();

	goes_on(0);
	kill(pid, SIGTSTP);
	SHOW(waitid(P_PID, pid, &info, WSTOPPED | WNOWAIT));
	printf("signo %d code %d status %d\n", info.si_signo, info.si_code, info.si_status);
	SHOW(waitid(P_PID, pid, &info, WSTOPPED));
	SHOW(waitid(P_PID, pid, &info, WSTOPPED | WNOHANG));
	printf("signo %d pid %d\n", info.si_signo, info.si_pid);
	show_last("stopped", pid);
	kill(pid, SIGCONT);
	SHOW(waitid(P_PID, pid, &info, WCONTINUED));
	printf("signo %d code %d status %d\n", info.si_signo, info.si_code, info.si_status);
	goes_on(0);
	goes_on(1);
	show_last("continued", pid);
	kill(pid, SIGTERM);
	waitpid(pid, &status, 0);
	show_last("ended", pid);
}

/* A parent that does not want to hear of stops, and one that does not want to wait. */
static void less_is_told(void)
{
	int status = 0;
	pid_t pid;

	handle(SIGCHLD, hear, SA_RESTART | SA_NOCLDSTOP);
	pid = runner();
	goes_on(0);
	kill(pid, SIGSTOP);
	waitpid(pid, &status, WUNTRACED);
	kill(pid, SIGCONT);
	waitpid(pid, &status, WCONTINUED);
	printf("SA_NOCLDSTOP: status %#x, heard %d\n", status, children_heard);
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	show_last("ended", pid);

	handle(SIGCHLD, hear, SA_NOCLDWAIT | SA_RESTART);
	pid = fork();
	if (!pid)
		_exit(3);
	SHOW(waitpid(pid, &status, 0));
	show_last("SA_NOCLDWAIT", pid);
	signal(SIGCHLD, SIG_IGN);
	if (!fork())
		_exit(3);
	SHOW(wait(&status));
	signal(SIGCHLD, SIG_DFL);
}

/* A stop and a continue that are blocked have their effect all the same. */
static void both_blocked(void)
{
	sigset_t set, pending;
	int status;
	pid_t pid = fork();

	if (!pid) {
		sigemptyset(&set);
		sigaddset(&set, SIGTSTP);
		sigaddset(&set, SIGCONT);
		sigprocmask(SIG_BLOCK, &set, NULL);
		raise(SIGTSTP);
		raise(SIGCONT);
		sigpending(&pending);
		printf("SIGCONT after SIGTSTP: %d %d\n", sigismember(&pending, SIGTSTP), sigismember(&pending, SIGCONT));
		raise(SIGTSTP);
		sigpending(&pending);
		printf("and SIGTSTP again: %d %d\n", sigismember(&pending, SIGTSTP), sigismember(&pending, SIGCONT));
		raise(SIGCONT);
		_exit(0);
	}
	waitpid(pid, &status, WUNTRACED);
	printf("status %#x\n", status);
}

/* In a group that nobody could continue, a terminal's stop signals do nothing, SIGSTOP does. */
static void orphaned(void)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		setsid();
		raise(SIGTSTP);
		raise(SIGTTIN);
		printf("an orphan goes on\n");
		raise(SIGSTOP);
		_exit(1);
	}
	waitpid(pid, &status, WUNTRACED);
	printf("status %#x\n", status);
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
}

int main(void)
{
	setbuf(stdout, NULL);
	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	stopped_and_killed();
	stopped_and_continued();
	less_is_told();
	both_blocked();
	orphaned();
	return 0;
}
