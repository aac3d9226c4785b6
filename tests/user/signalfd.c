/* SPDX-License-Identifier: MIT */
/* For row I1: signals read from a file, by threads and processes, with poll and epoll. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include "show.h"

static void *volatile bad = (void *)8;
static sigset_t none;

static sigset_t set_of(int a, int b, int c)
{
	sigset_t set;

	sigemptyset(&set);
	if (a)
		sigaddset(&set, a);
	if (b)
		sigaddset(&set, b);
	if (c)
		sigaddset(&set, c);
	return set;
}

static int new_fd(int a, int b, int c, int flags)
{
	sigset_t set = set_of(a, b, c);

	return signalfd(-1, &set, flags);
}

static int change(int fd, int a, int b, int c)
{
	sigset_t set = set_of(a, b, c);

	return signalfd(fd, &set, 0);
}

static void queue(int sig, int value)
{
	sigqueue(getpid(), sig, (union sigval){ .sival_int = value });
}

static const char *who(uint32_t pid)
{
	return !pid ? "nobody" : (pid_t)pid == getpid() ? "me" : (pid_t)pid == getppid() ? "parent" : "other";
}

/* Up to @max that can be read at once. */
static void show(const char *what, int fd, int max)
{
	struct signalfd_siginfo s[8];
	int i, n = read(fd, s, max * sizeof(s[0]));

	printf("%s: %s", what, n < 0 ? strerror(errno) : "");
	for (i = 0; i < n / 128; i++)
		printf(" [%d code %d errno %d by %s uid %d int %d ptr %d status %d overrun %d band %d]", s[i].ssi_signo,
		       s[i].ssi_code, s[i].ssi_errno, who(s[i].ssi_pid), s[i].ssi_uid, s[i].ssi_int,
		       (int)s[i].ssi_ptr, s[i].ssi_status, s[i].ssi_overrun, s[i].ssi_band);
	printf("\n");
}

static void show_poll(const char *what, int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN | POLLOUT };
	int n = poll(&p, 1, 0);

	printf("%s: %d %#x\n", what, n, p.revents);
}

static void nothing(int sig, siginfo_t *info, void *ctx)
{
	(void)sig, (void)info, (void)ctx;
}

static void mistakes(void)
{
	int fd = new_fd(SIGUSR1, 0, 0, SFD_CLOEXEC | SFD_NONBLOCK), null = open("/dev/null", O_RDWR);
	char buf[256], name[64] = "", link[64];

	printf("flags %#x %#x\n", fcntl(fd, F_GETFL), fcntl(fd, F_GETFD));
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	if (readlink(link, name, sizeof(name) - 1) > 0)
		printf("%s\n", name);
	SHOW(syscall(SYS_signalfd4, -1, &none, 4, 0));
	SHOW(syscall(SYS_signalfd4, -1, &none, 16, 0));
	SHOW(syscall(SYS_signalfd4, -1, bad, 8, 0));
	SHOW(syscall(SYS_signalfd4, -1, &none, 8, 1));
	SHOW(syscall(SYS_signalfd4, -1, &none, 8, O_APPEND));
	SHOW(syscall(SYS_signalfd4, 99, &none, 8, 0));
	SHOW(syscall(SYS_signalfd4, -2, &none, 8, 0));
	SHOW(syscall(SYS_signalfd4, null, &none, 8, 0));
	SHOW(syscall(SYS_signalfd, null, &none, 8));
	SHOW(read(fd, buf, 127));
	SHOW(read(fd, buf, 0));
	SHOW(read(fd, buf, 128));
	SHOW(read(fd, bad, 128));
	raise(SIGUSR1);
	SHOW(read(fd, bad, 128));
	show("it is lost", fd, 1);
	SHOW(write(fd, buf, 128));
	SHOW(lseek(fd, 1, SEEK_SET));
	SHOW(pread(fd, buf, 128, 0));
	close(fd);
	close(null);
}

static void kinds(void)
{
	int fd = new_fd(SIGUSR1, SIGRTMIN, SIGCHLD, SFD_NONBLOCK);
	struct sigevent ev = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN, .sigev_value.sival_int = 77 };
	struct itimerspec its = { { 0, 0 }, { 0, 1000000 } };
	siginfo_t info = { .si_code = -60 };
	timer_t timer;

	show("nothing", fd, 1);
	show_poll("nothing", fd);
	kill(getpid(), SIGUSR1);
	show_poll("one", fd);
	show("kill", fd, 1);
	raise(SIGUSR1);
	kill(getpid(), SIGUSR1);
	show("to the thread, to the process", fd, 8);
	queue(SIGRTMIN, 1);
	queue(SIGRTMIN, 2);
	queue(SIGRTMIN, 3);
	queue(SIGUSR1, 4);
	queue(SIGUSR1, 5);
	show("the first two", fd, 2);
	show("the rest", fd, 8);
	info.si_value.sival_int = 9;
	syscall(SYS_rt_sigqueueinfo, getpid(), SIGRTMIN, &info);
	info.si_code = 3;
	syscall(SYS_rt_sigqueueinfo, getpid(), SIGRTMIN, &info);
	info.si_code = 7;
	syscall(SYS_rt_sigqueueinfo, getpid(), SIGRTMIN, &info);
	show("of odd codes", fd, 8);
	if (!fork())
		_exit(5);
	fcntl(fd, F_SETFL, 0);
	show("a child's end", fd, 1);
	wait(NULL);
	timer_create(CLOCK_MONOTONIC, &ev, &timer);
	timer_settime(timer, 0, &its, NULL);
	show("a timer", fd, 1);
	timer_delete(timer);
	close(fd);
	kill(getpid(), SIGUSR1);
	fd = new_fd(SIGUSR1, SIGKILL, SIGSTOP, SFD_NONBLOCK);
	show("what waited before", fd, 8);
	raise(SIGUSR2);
	show("another one", fd, 8);
	SHOW(change(fd, SIGUSR2, 0, 0) == fd);
	raise(SIGUSR1);
	show_poll("with the new set", fd);
	show("with the new set", fd, 8);
	SHOW(change(fd, SIGUSR1, 0, 0) == fd);
	show("with the old set", fd, 8);
	close(fd);
}

/* One that is not blocked goes to its handler, even if the file shows it. */
static void interrupted(void)
{
	int fd = new_fd(SIGUSR1, 0, 0, 0);
	struct itimerval alarm = { { 0, 10000 }, { 0, 10000 } };
	sigset_t set = set_of(SIGALRM, 0, 0);
	char buf[128];

	handle(SIGALRM, nothing, 0);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	setitimer(ITIMER_REAL, &alarm, NULL);
	SHOW(read(fd, buf, 128));
	handle(SIGALRM, nothing, SA_RESTART);
	if (!fork()) {
		usleep(50000);
		kill(getppid(), SIGUSR1);
		_exit(0);
	}
	SHOW(read(fd, buf, 128));
	wait(NULL);
	alarm.it_value.tv_usec = 0;
	setitimer(ITIMER_REAL, &alarm, NULL);
	sigprocmask(SIG_BLOCK, &set, NULL);
	close(fd);
}

/* The file shows the signals of whoever reads it. */
static void processes(void)
{
	int fd = new_fd(SIGUSR1, SIGUSR2, 0, SFD_NONBLOCK), p[2];
	pid_t pid;
	char c;

	if (pipe(p))
		return;
	kill(getpid(), SIGUSR1);
	pid = fork();
	if (!pid) {
		show("the child has none", fd, 1);
		kill(getpid(), SIGUSR2);
		show("its own", fd, 8);
		fcntl(fd, F_SETFL, 0);
		close(p[1]);
		show("its parent's", fd, 1);
		_exit(0);
	}
	close(p[1]);
	SHOW(read(p[0], &c, 1));	/* until it is that far */
	usleep(10000);
	kill(pid, SIGUSR2);
	waitpid(pid, NULL, 0);
	close(p[0]);
	show("the parent's own", fd, 8);
	change(fd, SIGCHLD, 0, 0);
	show("the end of the child", fd, 8);
	close(fd);
}

/* After exec: what waited, and the file. */
static void over_exec(char *program)
{
	int fd = new_fd(SIGUSR1, SIGUSR2, 0, SFD_NONBLOCK), closed = new_fd(SIGUSR1, 0, 0, SFD_CLOEXEC);
	char number[16], number2[16];

	fflush(stdout);
	if (!fork()) {
		queue(SIGUSR1, 42);
		snprintf(number, sizeof(number), "%d", fd);
		snprintf(number2, sizeof(number2), "%d", closed);
		execl(program, program, number, number2, NULL);
		_exit(127);
	}
	wait(NULL);
	close(fd);
	close(closed);
}

static void after_exec(int fd, int closed)
{
	show("after exec", fd, 8);
	SHOW(fcntl(closed, F_GETFD));
	raise(SIGUSR2);
	show("a new one", fd, 8);
}

/* -- Threads ------------------------------------------------------------------------------------------- */

static int shared;
static pid_t tids[3];
static volatile int got[3];

static void *read_own(void *arg)
{
	struct signalfd_siginfo s;
	int me = (int)(intptr_t)arg;

	tids[me] = gettid();
	while (read(shared, &s, sizeof(s)) == sizeof(s) && s.ssi_int != 99)
		__sync_fetch_and_add(&got[me], 1);
	return NULL;
}

static void to_thread(int i, int sig, int value)
{
	siginfo_t info = { .si_code = SI_QUEUE };

	info.si_value.sival_int = value;
	syscall(SYS_rt_tgsigqueueinfo, getpid(), tids[i], sig, &info);
}

/* Each gets what is for it alone; what is for all, one of them gets. */
static void threads(void)
{
	pthread_t t[3];
	int i, n;

	shared = new_fd(SIGRTMIN + 1, SIGRTMIN + 2, 0, 0);
	for (i = 0; i < 3; i++)
		pthread_create(&t[i], NULL, read_own, (void *)(intptr_t)i);
	for (i = 0; i < 3; i++)
		while (!__atomic_load_n(&tids[i], __ATOMIC_ACQUIRE))
			usleep(1000);
	for (n = 0; n < 300; n++)
		to_thread(n % 3, SIGRTMIN + 1, n % 50);
	while (got[0] + got[1] + got[2] < 300)
		usleep(1000);
	printf("to each: %d %d %d\n", got[0], got[1], got[2]);
	for (n = 0; n < 300; n++)
		queue(SIGRTMIN + 2, n % 50);
	while (got[0] + got[1] + got[2] < 600)
		usleep(1000);
	printf("to all: %d\n", got[0] + got[1] + got[2]);
	for (i = 0; i < 3; i++)
		to_thread(i, SIGRTMIN + 1, 99);
	for (i = 0; i < 3; i++)
		pthread_join(t[i], NULL);
	close(shared);
}

/* -- epoll --------------------------------------------------------------------------------------------- */

static void show_epoll(const char *what, int ep, int timeout)
{
	struct epoll_event event;
	int n = epoll_wait(ep, &event, 1, timeout);

	printf("%s: %d %#x\n", what, n, n > 0 ? event.events : 0);
}

static void add(int ep, int fd, unsigned int events)
{
	struct epoll_event event = { .events = events };

	if (epoll_ctl(ep, EPOLL_CTL_ADD, fd, &event))
		printf("not added: %s\n", strerror(errno));
}

static void watched(void)
{
	int ep = epoll_create1(0), fd = new_fd(SIGUSR1, SIGUSR2, 0, SFD_NONBLOCK), i;
	struct pollfd p = { .fd = fd, .events = POLLIN };
	pid_t me = getpid();

	add(ep, fd, EPOLLIN | EPOLLET);
	show_epoll("nothing", ep, 0);
	raise(SIGUSR1);
	show_epoll("one", ep, 0);
	show_epoll("no edge", ep, 0);
	kill(getpid(), SIGUSR2);
	show_epoll("another", ep, 0);
	show("both", fd, 8);
	show_epoll("none", ep, 0);
	for (i = 0; i < 2; i++) {
		if (!fork()) {
			usleep(20000);
			kill(me, SIGUSR1);
			_exit(0);
		}
		if (i)
			printf("poll: %d\n", poll(&p, 1, -1));
		else
			show_epoll("woken", ep, -1);
		wait(NULL);
		show("by the child", fd, 8);
	}
	close(ep);
	close(fd);
}

/* Whose signals are waited for goes, while the epoll file is another one's as well. */
static void outlives(void)
{
	int ep, fd, i, p[2];
	char c;

	for (i = 0; i < 50; i++) {
		ep = epoll_create1(0);
		fd = new_fd(SIGUSR1, 0, 0, SFD_NONBLOCK);
		if (pipe(p))
			return;
		if (!fork()) {
			add(ep, fd, EPOLLIN);
			if (write(p[1], "", 1) != 1)
				_exit(1);
			if (i % 2)
				usleep(100 * i);
			_exit(0);
		}
		if (read(p[0], &c, 1) != 1)
			printf("no child\n");
		if (i % 3)
			wait(NULL);
		if (i % 5)
			close(fd);
		close(ep);
		if (i % 5 == 0)
			close(fd);
		if (i % 3 == 0)
			wait(NULL);
		close(p[0]);
		close(p[1]);
	}
	printf("outlived\n");
}

int main(int argc, char **argv)
{
	sigset_t set = set_of(SIGUSR1, SIGUSR2, SIGRTMIN);

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc == 3) {
		after_exec(atoi(argv[1]), atoi(argv[2]));
		return 0;
	}
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGRTMIN + 1);
	sigaddset(&set, SIGRTMIN + 2);
	sigprocmask(SIG_BLOCK, &set, NULL);
	mistakes();
	kinds();
	interrupted();
	processes();
	over_exec(argv[0]);
	threads();
	watched();
	outlives();
	return 0;
}
