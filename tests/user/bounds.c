/* SPDX-License-Identifier: MIT */
/* For rows B9: how many there may be, how large a file, how much in one call; and what task 1 is. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/uio.h>
#include "show.h"

#define MANY	40000	/* more than there are numbers */

/* Who makes threads, or processes, without end does not take the machine with it. */
static void *wait_for_ever(void *arg)
{
	pause();
	return arg;
}

static void make_threads(void)
{
	pthread_attr_t attr;
	pthread_t t;
	int n = 0, err;

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 16384);
	do
		err = pthread_create(&t, &attr, wait_for_ever, NULL);
	while (!err && ++n < MANY);
	printf("threads: some hundred %d, then %s\n", n > 500, strerror(err));
	fflush(stdout);
}

static void limits_of(const char *name, int which)
{
	struct rlimit limit, max;

	getrlimit(which, &limit);
	getrlimit(RLIMIT_SIGPENDING, &max);
	if (limit.rlim_cur == max.rlim_cur && limit.rlim_max == max.rlim_max)
		printf("%s: as many as signals may wait\n", name);
	else
		printf("%s: %ld %ld\n", name, (long)limit.rlim_cur, (long)limit.rlim_max);
}

static void too_long(int sig)
{
	printf("signal %d\n", sig);
}

static void file_size(void)
{
	struct rlimit limit = { 10000, RLIM_INFINITY };
	int fd = open("/bounds", O_CREAT | O_TRUNC | O_RDWR, 0644);
	char *big = calloc(1, 20000);

	puts("-- RLIMIT_FSIZE");
	signal(SIGXFSZ, too_long);
	setrlimit(RLIMIT_FSIZE, &limit);
	SHOW(write(fd, big, 20000));
	SHOW(write(fd, big, 1));
	SHOW(write(fd, big, 0));
	SHOW(pwrite(fd, big, 10, 9995));
	SHOW(pwrite(fd, big, 10, 20000));
	SHOW(ftruncate(fd, 10000));
	SHOW(ftruncate(fd, 10001));
	SHOW(truncate("/bounds", 20000));
	SHOW(ftruncate(fd, 5000));
	limit.rlim_cur = 1000;
	setrlimit(RLIMIT_FSIZE, &limit);
	SHOW(pwrite(fd, big, 10, 2000));	/* though the file is longer already */
	SHOW(ftruncate(fd, 4000));
	limit.rlim_cur = RLIM_INFINITY;
	setrlimit(RLIMIT_FSIZE, &limit);
	SHOW(open("/bounds", O_RDONLY | O_DIRECT));
	close(fd);
}

/* A pipe gets all that it is given, however often it is full. */
static void long_writes(void)
{
	char *big = calloc(1, 100000), buf[4096];
	struct iovec iov[3] = { { big, 100000 }, { big, 100000 }, { big, 100000 } };
	long all = 0, n;
	int fds[2];

	puts("-- writev()");
	fflush(stdout);
	if (pipe(fds))
		return;
	if (!fork()) {
		close(fds[1]);
		while ((n = read(fds[0], buf, sizeof(buf))) > 0)
			all += n;
		_exit(all == 300000 ? 0 : 1);
	}
	close(fds[0]);
	SHOW(writev(fds[1], iov, 3));
	close(fds[1]);
	wait(&fds[0]);
	printf("the other end: %d\n", fds[0]);
}

static void task_1(void)
{
	int ppid, pgrp, session, tty;
	FILE *f = fopen("/proc/1/stat", "r");

	if (!f || fscanf(f, "1 (%*[^)]) %*c %d %d %d %d", &ppid, &pgrp, &session, &tty) != 4)
		return;
	printf("task 1: parent %d, group %d, session %d, terminal %d\n", ppid, pgrp, session, tty);
	printf("its group is ours: %d %d\n", getpgrp() == getpgid(1), getsid(0) == getsid(1));
	fclose(f);
}

int main(void)
{
	task_1();
	limits_of("processes", RLIMIT_NPROC);
	limits_of("locked", RLIMIT_MEMLOCK);
	limits_of("queues", RLIMIT_MSGQUEUE);
	file_size();
	long_writes();
	puts("-- how many");
	fflush(stdout);
	printf("ended with %#x\n", in_child(make_threads));
	printf("and again: %#x\n", in_child(make_threads));
	return 0;
}
