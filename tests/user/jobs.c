/* SPDX-License-Identifier: MIT */
/* For rows B9 I1: stopping and continuing, what parents are told, calls that signals interrupt, timers. */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SHOW(call)							\
do {									\
	long ret;							\
									\
	errno = 0;							\
	ret = (call);							\
	printf("%s: %ld %s\n", #call, ret, strerror(errno));		\
} while (0)

static void handle(int sig, void (*fn)(int, siginfo_t *, void *), int flags)
{
	struct sigaction sa = { .sa_sigaction = fn, .sa_flags = flags | SA_SIGINFO };

	sigaction(sig, &sa, NULL);
}

static volatile int *shared;		/* words that processes share */

/* -- Stop and continue --------------------------------------------------------------------------- */

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

static void stop_and_continue(void)
{
	siginfo_t info;
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
	/* Signals wait while it is stopped, but for one. */
	kill(pid, SIGUSR2);
	SHOW(waitpid(pid, &status, WNOHANG));
	kill(pid, SIGKILL);
	SHOW(waitpid(pid, &status, 0) == pid);
	printf("status %#x\n", status & 0x7f);
	show_last("killed", pid);

	pid = runner();
	goes_on(0);
	kill(pid, SIGTSTP);
	memset(&info, 0, sizeof(info));
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

/* -- Calls that are interrupted ------------------------------------------------------------------ */

static volatile int handled;

static void note(int sig, siginfo_t *info, void *ctx)
{
	handled++;
}

/* A child that sends @sig until it is ended. */
static pid_t sender(int sig)
{
	pid_t parent = getpid(), pid = fork();

	if (pid)
		return pid;
	for (;;) {
		kill(parent, sig);
		usleep(1000);
	}
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static void interrupted(void)
{
	struct timespec len = { .tv_sec = 1000 }, rest = { 0 };
	struct timeval tv = { .tv_sec = 1000 };
	struct pollfd pfd;
	int fds[2];
	char byte;
	pid_t pid;

	if (pipe(fds))
		return;
	pfd.fd = fds[0];
	pfd.events = POLLIN;
	handle(SIGUSR1, note, 0);
	pid = sender(SIGUSR1);
	SHOW(read(fds[0], &byte, 1));
	SHOW(nanosleep(&len, &rest));
	printf("rest %d\n", rest.tv_sec > 900 && rest.tv_sec < 1000);
	SHOW(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &(struct timespec){ 1 << 30, 0 }, NULL));
	SHOW(poll(&pfd, 1, -1));
	SHOW(poll(&pfd, 1, 1000000));
	SHOW(ppoll(&pfd, 1, NULL, NULL));
	SHOW(select(0, NULL, NULL, NULL, &tv));
	printf("rest %d\n", tv.tv_sec > 900 && tv.tv_sec < 1000);
	SHOW(waitpid(pid, NULL, 0));
	SHOW(pause());
	handle(SIGUSR1, note, SA_RESTART);
	SHOW(nanosleep(&len, NULL));
	SHOW(poll(&pfd, 1, 1000000));
	SHOW(select(0, NULL, NULL, NULL, &tv));
	SHOW(pause());
	end(pid);
}

/* With SA_RESTART a read() lasts until there is something to read. */
static void restarted(void)
{
	int fds[2], status;
	char byte = 0;
	pid_t pid;

	if (pipe(fds))
		return;
	handle(SIGUSR1, note, SA_RESTART);
	handled = 0;
	pid = fork();
	if (!pid) {
		int i;

		for (i = 0; i < 20; i++) {
			kill(getppid(), SIGUSR1);
			usleep(1000);
		}
		if (write(fds[1], "x", 1) != 1)
			_exit(1);
		for (i = 0; i < 20; i++) {
			kill(getppid(), SIGUSR1);
			usleep(1000);
		}
		_exit(9);
	}
	SHOW(read(fds[0], &byte, 1));
	printf("byte %c, handled %d\n", byte, handled > 0);
	SHOW(waitpid(pid, &status, 0) == pid);
	printf("status %#x\n", status);
}

/* A stop in the middle of a sleep: it goes on, and ends when it was to end. */
static void stopped_in_call(void)
{
	struct timespec begin, now, len = { .tv_nsec = 100000000 };
	int status, fds[2];
	struct pollfd pfd;
	pid_t pid;

	if (pipe(fds))
		return;
	pid = fork();
	if (!pid) {
		int err;

		pfd.fd = fds[0];
		pfd.events = POLLIN;
		clock_gettime(CLOCK_MONOTONIC, &begin);
		err = nanosleep(&len, NULL);
		clock_gettime(CLOCK_MONOTONIC, &now);
		printf("sleep: %d, long enough %d\n", err,
		       (now.tv_sec - begin.tv_sec) * 1000000000L + now.tv_nsec - begin.tv_nsec >= 100000000);
		shared[3] = 1;
		printf("poll: %d\n", poll(&pfd, 1, 1000000));
		_exit(0);
	}
	usleep(1000);
	kill(pid, SIGSTOP);
	waitpid(pid, &status, WUNTRACED);
	kill(pid, SIGCONT);
	while (!shared[3])
		;
	usleep(1000);
	kill(pid, SIGSTOP);
	waitpid(pid, &status, WUNTRACED);
	kill(pid, SIGCONT);
	if (write(fds[1], "x", 1) != 1)
		printf("no write\n");
	waitpid(pid, &status, 0);
	printf("status %#x\n", status);
}

/* -- Timers -------------------------------------------------------------------------------------- */

static volatile int ticks[3];

static void tick(int sig, siginfo_t *info, void *ctx)
{
	int which = sig == SIGALRM ? 0 : sig == SIGVTALRM ? 1 : 2;

	if (!ticks[which]++)
		printf("signal %d code %d\n", sig, info->si_code);
}

static void timers(void)
{
	struct itimerval it = { { 0, 2000 }, { 0, 5000 } }, old, bad = { { 0, 0 }, { 0, 1000000 } }, none = { { 0 } };
	int i, sum = 0;
	const int which[] = { ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF };

	handle(SIGALRM, tick, SA_RESTART);
	handle(SIGVTALRM, tick, SA_RESTART);
	handle(SIGPROF, tick, SA_RESTART);
	SHOW(setitimer(3, &it, NULL));
	SHOW(setitimer(ITIMER_REAL, &bad, NULL));
	SHOW(setitimer(ITIMER_REAL, (void *)8, NULL));
	SHOW(getitimer(ITIMER_REAL, (void *)8));
	/* A program that never enters the kernel by itself is interrupted. */
	for (i = 0; i < 3; i++) {
		SHOW(setitimer(which[i], &it, NULL));
		while (ticks[i] < 3)
			;
		getitimer(which[i], &old);
		printf("interval %ld, left %d\n", old.it_interval.tv_usec / 1000, old.it_value.tv_sec == 0);
		SHOW(setitimer(which[i], &none, &old));
		getitimer(which[i], &old);
		sum += old.it_value.tv_usec + old.it_interval.tv_usec;
	}
	printf("left: %d\n", sum);
	SHOW(alarm(1000));
	SHOW(alarm(2000) > 900);
	SHOW(alarm(0) > 1900);
	SHOW(alarm(0));
	/* A child has none of them. */
	alarm(1000);
	if (!fork()) {
		SHOW(alarm(0));
		_exit(0);
	}
	wait(NULL);
	SHOW(alarm(0) > 900);
	/* And without a handler it is the end. */
	if (!fork()) {
		signal(SIGALRM, SIG_DFL);
		ualarm(1000, 0);
		for (;;)
			pause();
	}
	wait(&i);
	printf("status %#x\n", i);
}

/* A limit that is reached at once: SIGXCPU at the next tick, and the limit is a second later. */
static void cpu_limit(void)
{
	struct rlimit limit = { 0, RLIM_INFINITY };
	int status;

	if (!fork()) {
		setrlimit(RLIMIT_CPU, &limit);
		for (;;)
			;
	}
	wait(&status);
	printf("RLIMIT_CPU: status %#x\n", status & 0x7f);
	if (!fork()) {
		handle(SIGXCPU, note, 0);
		handled = 0;
		setrlimit(RLIMIT_CPU, &limit);
		while (!handled)
			;
		getrlimit(RLIMIT_CPU, &limit);
		_exit(limit.rlim_cur);
	}
	wait(&status);
	printf("a handler: status %#x\n", status);
}

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
		handle(SIGUSR1, note, 0);
		signal(SIGUSR2, SIG_IGN);
		sigemptyset(&set);
		sigaddset(&set, SIGHUP);
		sigprocmask(SIG_BLOCK, &set, NULL);
		raise(SIGHUP);
		alarm(1000);
		execl("/proc/self/exe", "jobs", "again", NULL);
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
	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	stop_and_continue();
	both_blocked();
	orphaned();
	interrupted();
	restarted();
	stopped_in_call();
	timers();
	cpu_limit();
	pipe_signal();
	across_exec(argc, argv);
	return 0;
}
