/* SPDX-License-Identifier: MIT */
/* For row B9: handlers, what they are told, masks, queues, waiting for signals, and what exec() keeps. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include "show.h"

static sigset_t set_of(int first, int second)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, first);
	if (second)
		sigaddset(&set, second);
	return set;
}

static bool is_blocked(int sig)
{
	sigset_t set;

	sigprocmask(SIG_BLOCK, NULL, &set);
	return sigismember(&set, sig);
}

/* -- What a handler is told ---------------------------------------------------------------------- */

static void tell(int sig, siginfo_t *info, void *ctx)
{
	ucontext_t *uc = ctx;

	printf("handler: signal %d, si_signo %d, si_code %d, from us: %d, value %d, blocked %d, was %d\n",
	       sig, info->si_signo, info->si_code, info->si_pid == getpid(),
	       info->si_code == SI_QUEUE ? info->si_value.sival_int : 0, is_blocked(sig),
	       sigismember(&uc->uc_sigmask, sig));
}

static void senders(void)
{
	union sigval value = { .sival_int = 42 };

	handle(SIGUSR1, tell, 0);
	handle(SIGUSR2, tell, SA_NODEFER);
	handle(SIGRTMIN, tell, 0);
	SHOW(kill(getpid(), SIGUSR1));
	SHOW(raise(SIGUSR2));
	SHOW(syscall(SYS_tkill, getpid(), SIGUSR1));
	SHOW(sigqueue(getpid(), SIGUSR1, value));
	SHOW(sigqueue(getpid(), SIGRTMIN, value));
	SHOW(pthread_sigqueue(pthread_self(), SIGRTMIN, value));
	SHOW(kill(getpid(), 0));
	SHOW(kill(getpid(), 65));
	SHOW(kill(0x3fffffff, 0));
	SHOW(syscall(SYS_tgkill, 1 << 29, getpid(), SIGUSR1));
	SHOW(syscall(SYS_tgkill, getpid(), 0, SIGUSR1));
}

/* What a program claims of a signal that it sends to another one. */
static void lies(void)
{
	siginfo_t info = { .si_code = SI_USER, .si_signo = SIGUSR1 };
	pid_t pid = fork();

	if (!pid)
		for (;;)
			pause();
	SHOW(syscall(SYS_rt_sigqueueinfo, pid, SIGUSR1, &info));
	info.si_code = SI_TKILL;
	SHOW(syscall(SYS_rt_sigqueueinfo, pid, SIGUSR1, &info));
	info.si_code = -100;
	SHOW(syscall(SYS_rt_sigqueueinfo, pid, 0, &info));
	((char *)&info)[127] = 1;
	SHOW(syscall(SYS_rt_sigqueueinfo, pid, 0, &info));
	SHOW(syscall(SYS_rt_sigqueueinfo, pid, 0, 8));
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

/* -- sigaction() and its flags ------------------------------------------------------------------- */

static void actions(void)
{
	struct sigaction sa = { .sa_handler = SIG_IGN }, old;

	SHOW(sigaction(SIGKILL, &sa, NULL));
	SHOW(sigaction(SIGSTOP, &sa, NULL));
	SHOW(sigaction(SIGKILL, NULL, &old));
	SHOW(sigaction(65, NULL, &old));
	SHOW(sigaction(0, NULL, &old));
	SHOW(syscall(SYS_rt_sigaction, SIGUSR1, NULL, NULL, 4));
	SHOW(syscall(SYS_rt_sigaction, SIGUSR1, 8, NULL, 8));
	SHOW(syscall(SYS_rt_sigaction, SIGUSR1, NULL, 8, 8));
	handle(SIGUSR1, tell, SA_RESETHAND);
	raise(SIGUSR1);
	sigaction(SIGUSR1, NULL, &old);
	printf("after SA_RESETHAND: default %d, flags still there %d\n", old.sa_handler == SIG_DFL,
	       !!(old.sa_flags & SA_RESETHAND));
	sa.sa_handler = SIG_IGN;
	sa.sa_mask = set_of(SIGKILL, SIGUSR2);
	sigaction(SIGUSR1, &sa, NULL);
	sigaction(SIGUSR1, NULL, &old);
	printf("mask: SIGKILL %d, SIGUSR2 %d\n", sigismember(&old.sa_mask, SIGKILL),
	       sigismember(&old.sa_mask, SIGUSR2));
	SHOW(raise(SIGUSR1));
}

/* What waits and is ignored then does not wait any more. */
static void ignored_while_pending(void)
{
	sigset_t set = set_of(SIGUSR1, SIGCHLD), pending;

	signal(SIGUSR1, SIG_DFL);
	sigprocmask(SIG_BLOCK, &set, NULL);
	raise(SIGUSR1);
	raise(SIGCHLD);
	sigpending(&pending);
	printf("pending: %d %d\n", sigismember(&pending, SIGUSR1), sigismember(&pending, SIGCHLD));
	signal(SIGUSR1, SIG_IGN);
	sigpending(&pending);
	printf("pending: %d %d\n", sigismember(&pending, SIGUSR1), sigismember(&pending, SIGCHLD));
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

/* -- Order and number ---------------------------------------------------------------------------- */

static char order[256];

static void note(int sig, siginfo_t *info, void *ctx)
{
	char word[32];

	snprintf(word, sizeof(word), " %d/%d", sig < SIGRTMIN ? sig : sig - SIGRTMIN + 100,
		 info->si_code == SI_QUEUE ? info->si_value.sival_int : -1);
	strcat(order, word);
}

static void queues(void)
{
	sigset_t all, old;
	union sigval value;
	int i;

	handle(SIGUSR1, note, 0);
	handle(SIGUSR2, note, 0);
	handle(SIGRTMIN, note, 0);
	handle(SIGRTMIN + 1, note, 0);
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &old);
	for (i = 0; i < 3; i++) {
		value.sival_int = i;
		sigqueue(getpid(), SIGRTMIN + 1, value);
		sigqueue(getpid(), SIGRTMIN, value);
		sigqueue(getpid(), SIGUSR2, value);
		raise(SIGUSR1);
	}
	sigprocmask(SIG_SETMASK, &old, NULL);
	/* Each handler interrupts the one before it, at its first instruction. */
	printf("order:%s\n", order);
}

static void queue_limit(void)
{
	struct rlimit none = { 0, 0 }, before;
	union sigval value = { .sival_int = 1 };
	sigset_t set = set_of(SIGRTMIN, SIGUSR1);
	siginfo_t info;

	getrlimit(RLIMIT_SIGPENDING, &before);
	none.rlim_max = before.rlim_max;
	sigprocmask(SIG_BLOCK, &set, NULL);
	setrlimit(RLIMIT_SIGPENDING, &none);
	SHOW(sigqueue(getpid(), SIGRTMIN, value));
	SHOW(kill(getpid(), SIGRTMIN));
	SHOW(sigwaitinfo(&set, &info) == SIGRTMIN);
	printf("code %d\n", info.si_code);
	setrlimit(RLIMIT_SIGPENDING, &before);
	SHOW(sigqueue(getpid(), SIGRTMIN, value));
	SHOW(sigwaitinfo(&set, &info) == SIGRTMIN);
	printf("code %d value %d\n", info.si_code, info.si_value.sival_int);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

/* -- Waiting ------------------------------------------------------------------------------------- */

static volatile int took;
static volatile pthread_t taker;

static void take(int sig, siginfo_t *info, void *ctx)
{
	taker = pthread_self();
	took = 1;
}

static void waits(void)
{
	struct timespec none = { 0 }, bad = { .tv_nsec = -1 }, soon = { .tv_nsec = 10000000 };
	sigset_t set = set_of(SIGUSR1, SIGUSR2), empty;
	union sigval value = { .sival_int = 7 };
	siginfo_t info;
	pid_t pid;

	sigemptyset(&empty);
	sigprocmask(SIG_BLOCK, &set, NULL);
	SHOW(sigtimedwait(&set, &info, &none));
	SHOW(sigtimedwait(&set, &info, &soon));
	SHOW(sigtimedwait(&set, &info, &bad));
	sigqueue(getpid(), SIGUSR2, value);
	SHOW(sigtimedwait(&set, &info, &none));
	printf("code %d, value %d\n", info.si_code, info.si_value.sival_int);
	pid = fork();
	if (!pid) {
		sigqueue(getppid(), SIGUSR1, value);
		_exit(0);
	}
	SHOW(sigwaitinfo(&set, &info));
	printf("code %d, value %d, from the child %d\n", info.si_code, info.si_value.sival_int,
	       info.si_pid == pid);
	waitpid(pid, NULL, 0);

	order[0] = '\0';
	handle(SIGUSR1, note, 0);
	raise(SIGUSR1);
	printf("before:%s\n", order);
	SHOW(sigsuspend(&empty));
	printf("after:%s, blocked again %d\n", order, is_blocked(SIGUSR1));
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	handle(SIGUSR1, take, SA_RESTART);
	pid = fork();
	if (!pid) {
		/* Until the parent has seen one, there is another. */
		for (;;)
			kill(getppid(), SIGUSR1);
	}
	SHOW(pause());
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

/* -- Nested handlers ----------------------------------------------------------------------------- */

static volatile int depth, deepest;

static void nest(int sig, siginfo_t *info, void *ctx)
{
	if (++depth > deepest)
		deepest = depth;
	if (depth < 20)
		raise(sig);
	depth--;
}

static void nested(void)
{
	handle(SIGUSR1, nest, SA_NODEFER);
	raise(SIGUSR1);
	printf("nested: depth %d, deepest %d\n", depth, deepest);
}

/* -- Threads ------------------------------------------------------------------------------------- */

static volatile int stop;

static void *spin(void *arg)
{
	while (!stop)
		;
	return NULL;
}

static void threads(void)
{
	sigset_t set = set_of(SIGUSR1, 0);
	pthread_t thread;

	handle(SIGUSR1, take, 0);
	pthread_create(&thread, NULL, spin, NULL);
	took = 0;
	pthread_kill(thread, SIGUSR1);
	while (!took)
		;
	printf("to a thread: it took it %d\n", pthread_equal(taker, thread));
	/* Who blocks it is passed over. */
	sigprocmask(SIG_BLOCK, &set, NULL);
	took = 0;
	kill(getpid(), SIGUSR1);
	while (!took)
		;
	printf("to the process: the other thread took it %d\n", pthread_equal(taker, thread));
	stop = 1;
	pthread_join(thread, NULL);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

/* -- SIGPIPE, and another program --------------------------------------------------------------- */

static void pipe_signal(void)
{
	int fds[2], status;
	char byte = 'x';

	if (pipe(fds))
		return;
	close(fds[0]);
	if (!fork()) {
		if (write(fds[1], &byte, 1) < 0)
			_exit(1);
		_exit(0);
	}
	wait(&status);
	printf("SIGPIPE: status %#x\n", status);
	signal(SIGPIPE, SIG_IGN);
	SHOW(write(fds[1], &byte, 1));
}

/* exec() keeps what is ignored and blocked, and nothing else. */
static void across_exec(int argc, char **argv)
{
	sigset_t set;
	int status;

	if (argc == 2) {
		struct sigaction one, two;

		sigaction(SIGUSR1, NULL, &one);
		sigaction(SIGUSR2, NULL, &two);
		sigprocmask(SIG_BLOCK, NULL, &set);
		printf("exec: handled %d, ignored %d, blocked %d\n", one.sa_handler == SIG_DFL,
		       two.sa_handler == SIG_IGN, sigismember(&set, SIGHUP));
		sigpending(&set);
		printf("pending %d, alarm %d\n", sigismember(&set, SIGHUP), alarm(0) > 0);
		exit(0);
	}
	if (!fork()) {
		handle(SIGUSR1, tell, 0);
		signal(SIGUSR2, SIG_IGN);
		sigemptyset(&set);
		sigaddset(&set, SIGHUP);
		sigprocmask(SIG_BLOCK, &set, NULL);
		raise(SIGHUP);
		alarm(1000);
		execl("/proc/self/exe", "signals", "again", NULL);
		_exit(1);
	}
	wait(&status);
	printf("status %#x\n", status);
}

int main(int argc, char **argv)
{
	setbuf(stdout, NULL);
	if (argc == 2)
		across_exec(argc, argv);
	senders();
	lies();
	actions();
	ignored_while_pending();
	queues();
	queue_limit();
	waits();
	nested();
	threads();
	pipe_signal();
	across_exec(argc, argv);
	return 0;
}
