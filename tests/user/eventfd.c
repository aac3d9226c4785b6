/* SPDX-License-Identifier: MIT */
/* For row I1: eventfd(), a number that waits. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include "show.h"

static void *volatile bad = (void *)8;

static int add(int fd, uint64_t n)
{
	return write(fd, &n, sizeof(n));
}

static void take(int fd)
{
	uint64_t n = 99;
	int ret = read(fd, &n, sizeof(n));

	printf("read: %d %s, %llu\n", ret, ret < 0 ? strerror(errno) : "", (unsigned long long)n);
}

static void show_poll(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN | POLLOUT | POLLPRI };

	printf("poll: %d", poll(&p, 1, 0));
	printf(" %#x\n", p.revents);
}

static void mistakes(void)
{
	char small[7], name[64] = "", link[64];
	struct stat st;
	int fd;

	SHOW(eventfd(0, 2));
	SHOW(eventfd(0, EFD_NONBLOCK | 64));
	fd = eventfd(0, EFD_NONBLOCK);
	SHOW(read(fd, small, 7));
	SHOW(write(fd, small, 7));
	SHOW(write(fd, bad, 8));
	SHOW(add(fd, ~0ULL));
	add(fd, 3);
	SHOW(read(fd, bad, 8));
	take(fd);
	SHOW(lseek(fd, 5, SEEK_SET));
	SHOW(pread(fd, small, 7, 0));
	SHOW(pwrite(fd, small, 7, 0));
	SHOW(ioctl(fd, 0, 0));
	fstat(fd, &st);
	printf("mode %o, size %ld\n", st.st_mode, (long)st.st_size);
	printf("flags %#x %#x\n", fcntl(fd, F_GETFL), fcntl(fd, F_GETFD));
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	if (readlink(link, name, sizeof(name) - 1) > 0)
		printf("%s\n", name);
	close(fd);
	fd = eventfd(0, EFD_CLOEXEC);
	printf("flags %#x %#x\n", fcntl(fd, F_GETFL), fcntl(fd, F_GETFD));
	close(fd);
	SHOW(syscall(SYS_eventfd, 5) >= 0);
}

static void numbers(void)
{
	int fd = eventfd(5, EFD_NONBLOCK), sem = eventfd(2, EFD_NONBLOCK | EFD_SEMAPHORE);

	show_poll(fd);
	take(fd);
	show_poll(fd);
	take(fd);
	SHOW(add(fd, 0));
	take(fd);
	SHOW(add(fd, 7));
	SHOW(add(fd, 8));
	take(fd);
	SHOW(add(fd, ~0ULL - 2));
	show_poll(fd);
	SHOW(add(fd, 1));
	show_poll(fd);
	SHOW(add(fd, 1));
	SHOW(add(fd, 0));
	take(fd);
	take(sem);
	take(sem);
	take(sem);
	close(fd);
	close(sem);
}

static int there, back;

/* Ping and pong: each waits for the other. */
static void *answer(void *arg)
{
	uint64_t n;
	int i;

	for (i = 0; i < 500; i++)
		if (read(there, &n, 8) != 8 || add(back, n + 1) != 8)
			printf("no answer\n");
	return arg;
}

static void *empty_later(void *arg)
{
	usleep(20000);
	take(there);
	return arg;
}

static void nothing(int sig, siginfo_t *info, void *ctx)
{
	(void)sig, (void)info, (void)ctx;
}

static void waiting(void)
{
	struct itimerval it = { { 0, 10000 }, { 0, 10000 } };
	struct pollfd p;
	pthread_t thread;
	uint64_t n;
	int i;

	there = eventfd(0, 0);
	back = eventfd(0, 0);
	pthread_create(&thread, NULL, answer, NULL);
	for (i = 0; i < 500; i++) {
		add(there, i + 1);
		if (read(back, &n, 8) != 8 || n != (uint64_t)i + 2)
			printf("wrong answer\n");
	}
	pthread_join(thread, NULL);
	printf("500 answers\n");

	add(there, ~0ULL - 1);
	pthread_create(&thread, NULL, empty_later, NULL);
	i = add(there, 6);
	pthread_join(thread, NULL);
	printf("when there is room again: %d\n", i);
	take(there);

	p = (struct pollfd){ .fd = back, .events = POLLIN };
	if (!fork()) {
		usleep(20000);
		add(back, 77);
		_exit(0);
	}
	printf("poll: %d", poll(&p, 1, -1));
	printf(" %#x\n", p.revents);
	wait(NULL);
	take(back);

	handle(SIGALRM, nothing, 0);
	setitimer(ITIMER_REAL, &it, NULL);
	take(back);
	add(back, ~0ULL - 1);
	printf("write: %d", add(back, 1));
	printf(" %s\n", strerror(errno));
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	mistakes();
	numbers();
	waiting();
	return 0;
}
