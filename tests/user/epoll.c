/* SPDX-License-Identifier: MIT */
/* For row I1: epoll, by level, edge and once, alone and in each other. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include "show.h"

static void *volatile bad = (void *)8;
static volatile int negative = -1, huge = 1 << 28;

static int ctl(int ep, int op, int fd, unsigned int events, int value)
{
	struct epoll_event event = { .events = events, .data.u64 = 0x1234567800000000 + value };

	return epoll_ctl(ep, op, fd, &event);
}

static void add(int fd, uint64_t n)
{
	if (write(fd, &n, sizeof(n)) != sizeof(n))
		printf("not added: %s\n", strerror(errno));
}

static void drain(int fd)
{
	uint64_t n;

	if (read(fd, &n, sizeof(n)) < 0)
		printf("not read: %s\n", strerror(errno));
}

static int compare(const void *a, const void *b)
{
	return (int)(*(const struct epoll_event *)a).data.u64 - (int)(*(const struct epoll_event *)b).data.u64;
}

/* What is told now, by value. */
static void show(const char *what, int ep, int timeout)
{
	struct epoll_event events[8];
	int i, n = epoll_wait(ep, events, 8, timeout);

	printf("%s: %d", what, n);
	if (n > 0)
		qsort(events, n, sizeof(events[0]), compare);
	for (i = 0; i < n; i++)
		printf(" [%#x %llx]", events[i].events, (unsigned long long)events[i].data.u64);
	printf("\n");
}

static void mistakes(void)
{
	int ep = epoll_create1(EPOLL_CLOEXEC), efd = eventfd(0, 0), null = open("/dev/null", O_RDWR);
	int file = open("/tests/list", O_RDONLY);
	struct epoll_event event;
	char name[64] = "", link[64];

	SHOW(epoll_create(0));
	SHOW(epoll_create(-1));
	SHOW(epoll_create1(1));
	printf("flags %#x %#x\n", fcntl(ep, F_GETFL), fcntl(ep, F_GETFD));
	snprintf(link, sizeof(link), "/proc/self/fd/%d", ep);
	if (readlink(link, name, sizeof(name) - 1) > 0)
		printf("%s\n", name);
	SHOW(ctl(99, EPOLL_CTL_ADD, efd, EPOLLIN, 1));
	SHOW(ctl(ep, EPOLL_CTL_ADD, 99, EPOLLIN, 1));
	SHOW(ctl(efd, EPOLL_CTL_ADD, ep, EPOLLIN, 1));
	SHOW(ctl(ep, EPOLL_CTL_ADD, ep, EPOLLIN, 1));
	SHOW(ctl(ep, EPOLL_CTL_ADD, null, EPOLLIN, 1));
	SHOW(ctl(ep, EPOLL_CTL_ADD, file, EPOLLIN, 1));
	SHOW(epoll_ctl(ep, EPOLL_CTL_ADD, efd, bad));
	SHOW(ctl(ep, 4, efd, EPOLLIN, 1));
	SHOW(ctl(ep, EPOLL_CTL_MOD, efd, EPOLLIN, 1));
	SHOW(ctl(ep, EPOLL_CTL_DEL, efd, EPOLLIN, 1));
	SHOW(ctl(ep, EPOLL_CTL_ADD, efd, EPOLLIN, 1));
	SHOW(ctl(ep, EPOLL_CTL_ADD, efd, EPOLLIN, 1));
	SHOW(epoll_ctl(ep, EPOLL_CTL_DEL, efd, NULL));
	SHOW(ctl(ep, EPOLL_CTL_ADD, efd, EPOLLIN | EPOLLEXCLUSIVE | EPOLLONESHOT, 1));
	SHOW(ctl(ep, EPOLL_CTL_ADD, efd, EPOLLIN | EPOLLEXCLUSIVE, 1));
	SHOW(ctl(ep, EPOLL_CTL_MOD, efd, EPOLLIN | EPOLLEXCLUSIVE, 1));
	SHOW(ctl(ep, EPOLL_CTL_MOD, efd, EPOLLIN, 1));
	SHOW(epoll_wait(ep, &event, 0, 0));
	SHOW(epoll_wait(ep, &event, negative, 0));
	SHOW(epoll_wait(ep, &event, huge, 0));
	SHOW(epoll_wait(99, &event, 1, 0));
	SHOW(epoll_wait(efd, &event, 1, 0));
	SHOW(epoll_wait(ep, bad, 1, 0));
	add(efd, 1);
	SHOW(epoll_wait(ep, bad, 1, 0));
	show("still there", ep, 0);
	SHOW(syscall(SYS_epoll_pwait, ep, &event, 1, 0, &event, 4));
	SHOW(syscall(SYS_epoll_pwait2, ep, &event, 1, bad, NULL, 8));
	SHOW(syscall(SYS_epoll_pwait2, ep, &event, 1, NULL, NULL, 8));
	SHOW(read(ep, name, 8));
	SHOW(lseek(ep, 0, SEEK_SET));
	close(ep);
	close(efd);
	close(null);
	close(file);
}

static void kinds(void)
{
	int ep = epoll_create(1), a = eventfd(0, EFD_NONBLOCK), b = eventfd(0, EFD_NONBLOCK), p[2], copy;

	ctl(ep, EPOLL_CTL_ADD, a, EPOLLIN, 1);
	ctl(ep, EPOLL_CTL_ADD, b, EPOLLIN | EPOLLOUT, 2);
	show("b can be written", ep, 0);
	show("and again", ep, 0);
	add(a, 1);
	add(b, 1);
	show("both", ep, -1);
	drain(a);
	show("b alone", ep, -1);
	ctl(ep, EPOLL_CTL_MOD, b, EPOLLIN | EPOLLET, 3);
	show("edge", ep, 0);
	show("edge again", ep, 0);
	add(b, 1);
	show("another", ep, 0);
	drain(b);
	show("empty", ep, 0);
	ctl(ep, EPOLL_CTL_MOD, b, EPOLLIN | EPOLLONESHOT, 4);
	add(b, 1);
	show("once", ep, 0);
	add(b, 1);
	show("no more", ep, 0);
	ctl(ep, EPOLL_CTL_MOD, b, EPOLLIN | EPOLLONESHOT, 5);
	show("set anew", ep, 0);
	ctl(ep, EPOLL_CTL_DEL, b, 0, 0);
	show("deleted", ep, 0);
	if (pipe(p))
		return;
	ctl(ep, EPOLL_CTL_ADD, p[0], EPOLLIN | EPOLLRDHUP | EPOLLET, 6);
	show("empty pipe", ep, 0);
	if (write(p[1], "x", 1) != 1)
		return;
	show("pipe", ep, 0);
	if (write(p[1], "y", 1) != 1)
		return;
	show("more in it", ep, 0);
	close(p[1]);
	show("nobody writes", ep, 0);
	ctl(ep, EPOLL_CTL_MOD, p[0], 0, 7);
	show("unasked", ep, 0);
	copy = dup(p[0]);
	close(p[0]);
	show("a copy is open", ep, 0);
	close(copy);
	show("closed", ep, 0);
	close(ep);
	close(a);
	close(b);
}

/* More than fit are told in turn. */
static void fairness(void)
{
	int ep = epoll_create(1), i, n, fds[6], seen[6] = { 0 };
	struct epoll_event events[2];

	for (i = 0; i < 6; i++) {
		fds[i] = eventfd(1, 0);
		ctl(ep, EPOLL_CTL_ADD, fds[i], EPOLLIN, i);
	}
	for (i = 0; i < 3; i++)
		for (n = epoll_wait(ep, events, 2, 0); n > 0; n--)
			seen[events[n - 1].data.u64 & 7]++;
	printf("each in turn: %d %d %d %d %d %d\n", seen[0], seen[1], seen[2], seen[3], seen[4], seen[5]);
	close(ep);
	for (i = 0; i < 6; i++)
		close(fds[i]);
}

static void nesting(void)
{
	int eps[8], efd = eventfd(0, 0), i, ret;
	struct pollfd p;

	for (i = 0; i < 8; i++)
		eps[i] = epoll_create(1);
	for (i = 0; i < 6; i++) {
		ret = ctl(eps[i + 1], EPOLL_CTL_ADD, eps[i], EPOLLIN, i);
		printf("%d in %d: %s\n", i, i + 1, ret ? strerror(errno) : "yes");
	}
	SHOW(ctl(eps[0], EPOLL_CTL_ADD, eps[1], EPOLLIN, 1));
	SHOW(ctl(eps[0], EPOLL_CTL_ADD, eps[3], EPOLLIN, 1));
	SHOW(ctl(eps[7], EPOLL_CTL_ADD, eps[0], EPOLLIN | EPOLLEXCLUSIVE, 1));
	ctl(eps[0], EPOLL_CTL_ADD, efd, EPOLLIN, 77);
	show("innermost", eps[0], 0);
	show("outer", eps[3], 0);
	if (!fork()) {
		usleep(20000);
		add(efd, 1);
		_exit(0);
	}
	show("outer, woken", eps[3], -1);
	wait(NULL);
	show("next", eps[2], 0);
	show("innermost", eps[0], 0);
	p = (struct pollfd){ .fd = eps[4], .events = POLLIN | POLLOUT };
	printf("poll: %d", poll(&p, 1, 0));
	printf(" %#x\n", p.revents);
	drain(efd);
	show("outer, empty", eps[3], 0);
	close(eps[1]);
	add(efd, 1);
	show("the middle is closed", eps[3], 0);
	for (i = 0; i < 8; i++)
		close(eps[i]);
	close(efd);
}

static void nothing(int sig, siginfo_t *info, void *ctx)
{
	(void)sig, (void)info, (void)ctx;
}

static void waiting(void)
{
	struct itimerspec it = { .it_value.tv_nsec = 10000000 };
	struct itimerval alarm = { { 0, 10000 }, { 0, 10000 } };
	struct timespec ts = { 0, 10000000 }, then, now;
	int ep = epoll_create(1), tfd = timerfd_create(CLOCK_MONOTONIC, 0);
	struct epoll_event event;
	sigset_t mask, blocked;

	ctl(ep, EPOLL_CTL_ADD, tfd, EPOLLIN, 9);
	clock_gettime(CLOCK_MONOTONIC, &then);
	show("20 ms", ep, 20);
	SHOW(syscall(SYS_epoll_pwait2, ep, &event, 1, &ts, NULL, 8));
	clock_gettime(CLOCK_MONOTONIC, &now);
	printf("after their time: %d\n", (now.tv_sec - then.tv_sec) * 1000000000 + now.tv_nsec - then.tv_nsec >= 30000000);
	timerfd_settime(tfd, 0, &it, NULL);
	show("a timer", ep, -1);
	drain(tfd);
	show("read", ep, 0);
	handle(SIGALRM, nothing, 0);
	sigemptyset(&mask);
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGALRM);
	sigprocmask(SIG_BLOCK, &blocked, NULL);
	setitimer(ITIMER_REAL, &alarm, NULL);
	SHOW(epoll_wait(ep, &event, 1, 50));
	SHOW(epoll_pwait(ep, &event, 1, -1, &mask));
	sigprocmask(SIG_BLOCK, NULL, &mask);
	printf("blocked again: %d\n", sigismember(&mask, SIGALRM));
	alarm.it_value.tv_usec = 0;
	setitimer(ITIMER_REAL, &alarm, NULL);
	close(ep);
	close(tfd);
}

/* -- Threads: each event is for one of them; files come, go, and are watched by two at once. ------------ */

static int shared, semaphore, taken;
static volatile int stop;

static void *take_some(void *arg)
{
	struct epoll_event event;
	uint64_t n;

	while (!stop)
		if (epoll_wait(shared, &event, 1, -1) == 1 && event.data.u64 == 0x1234567800000001)
			if (read(semaphore, &n, 8) == 8 && __sync_add_and_fetch(&taken, 1) == 2000)
				stop = 1;
	add(semaphore, 1);	/* for the next one */
	return arg;
}

static void *open_and_close(void *arg)
{
	int other = epoll_create(1), fd, i;

	for (i = 0; i < 300; i++) {
		fd = eventfd(1, 0);
		ctl(shared, EPOLL_CTL_ADD, fd, EPOLLIN | EPOLLET, 2);
		ctl(other, EPOLL_CTL_ADD, fd, EPOLLIN, 2);
		ctl(shared, EPOLL_CTL_MOD, fd, EPOLLIN | EPOLLONESHOT, 2);
		if (i % 3 == 0)
			ctl(other, EPOLL_CTL_DEL, fd, 0, 0);
		if (i % 5 == 0) {
			close(other);
			other = epoll_create(1);
		}
		if (i % 7 == 0)
			ctl(other, EPOLL_CTL_ADD, shared, EPOLLIN, 3);
		close(fd);
	}
	close(other);
	return arg;
}

static void together(void)
{
	pthread_t threads[5];
	int i;

	shared = epoll_create(1);
	semaphore = eventfd(0, EFD_SEMAPHORE | EFD_NONBLOCK);
	ctl(shared, EPOLL_CTL_ADD, semaphore, EPOLLIN, 1);
	for (i = 0; i < 5; i++)
		pthread_create(&threads[i], NULL, i < 3 ? take_some : open_and_close, NULL);
	for (i = 0; i < 2000; i++)
		add(semaphore, 1);
	for (i = 0; i < 5; i++)
		pthread_join(threads[i], NULL);
	printf("taken: %d\n", taken >= 2000 && taken < 2010);
	close(shared);
	close(semaphore);
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	mistakes();
	kinds();
	fairness();
	nesting();
	waiting();
	together();
	return 0;
}
