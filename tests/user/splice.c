/* SPDX-License-Identifier: MIT */
/* For row I1: splice(), tee() and vmsplice(), between pipes, files and programs. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include "show.h"

#define NAME	"/splice"
#define SIZE	65536

static void *volatile bad = (void *)8;
static char buf[SIZE * 2];

static void nothing(int sig, siginfo_t *info, void *ctx)
{
	(void)sig, (void)info, (void)ctx;
}

static int in_pipe(int fd)
{
	int n = -1;

	ioctl(fd, FIONREAD, &n);
	return n;
}

static void fill(int fd, const char *text)
{
	if (write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		printf("not written\n");
}

/* All that is in a pipe. */
static void show(const char *what, int fd)
{
	char text[256] = "";
	int n = in_pipe(fd);

	if (n > 0 && n < 256 && read(fd, text, n) != n)
		printf("not read\n");
	printf("%s: %d \"%s\"\n", what, n, text);
}

static void mistakes(void)
{
	int p[2], q[2], fd = open(NAME, O_RDWR), ro = open(NAME, O_RDONLY), append = open(NAME, O_WRONLY | O_APPEND);
	int dir = open("/", O_RDONLY), efd = eventfd(1, 0), null = open("/dev/null", O_RDWR);
	struct iovec iov = { buf, 4 }, wrong = { bad, 4 };
	loff_t pos = 0, before = -1;

	if (pipe(p) || pipe(q))
		return;
	fill(p[1], "0123456789");
	SHOW(splice(99, NULL, 99, NULL, 0, 99));
	SHOW(splice(99, NULL, 99, NULL, 1, 16));
	SHOW(splice(99, NULL, p[1], NULL, 1, 0));
	SHOW(splice(p[0], NULL, 99, NULL, 1, 0));
	SHOW(splice(fd, NULL, fd, NULL, 1, 0));
	SHOW(splice(p[1], NULL, q[1], NULL, 1, 0));
	SHOW(splice(p[0], NULL, q[0], NULL, 1, 0));
	SHOW(splice(p[0], NULL, p[1], NULL, 1, 0));
	SHOW(splice(p[0], &pos, q[1], NULL, 1, 0));
	SHOW(splice(p[0], NULL, q[1], &pos, 1, 0));
	SHOW(splice(p[0], NULL, fd, bad, 1, 0));
	SHOW(splice(fd, bad, p[1], NULL, 1, 0));
	SHOW(splice(p[0], NULL, fd, &before, 1, 0));
	SHOW(splice(fd, &before, p[1], NULL, 1, 0));
	SHOW(splice(p[0], NULL, ro, NULL, 1, 0));
	SHOW(splice(append, NULL, p[1], NULL, 1, 0));
	SHOW(splice(p[0], NULL, append, NULL, 1, 0));
	SHOW(splice(dir, NULL, p[1], NULL, 1, 0));
	SHOW(splice(efd, NULL, p[1], NULL, 1, 0));
	SHOW(splice(p[0], NULL, efd, NULL, 8, 0));
	SHOW(splice(null, NULL, p[1], NULL, 1, 0));
	SHOW(splice(p[0], NULL, null, NULL, 1, 0));
	SHOW(tee(p[0], q[1], 1, 16));
	SHOW(tee(99, q[1], 0, 0));
	SHOW(tee(99, q[1], 1, 0));
	SHOW(tee(p[0], 99, 1, 0));
	SHOW(tee(p[0], p[1], 1, 0));
	SHOW(tee(p[1], q[1], 1, 0));
	SHOW(tee(p[0], q[0], 1, 0));
	SHOW(tee(fd, q[1], 1, 0));
	SHOW(tee(p[0], fd, 1, 0));
	SHOW(vmsplice(99, &iov, 1, 0));
	SHOW(vmsplice(p[1], &iov, 1, 16));
	SHOW(vmsplice(fd, &iov, 1, 0));
	SHOW(vmsplice(fd, &iov, 0, 0));
	SHOW(vmsplice(p[1], bad, 1, 0));
	SHOW(vmsplice(p[1], &wrong, 1, 0));
	SHOW(vmsplice(p[0], &wrong, 1, 0));
	SHOW(vmsplice(p[1], &iov, 1025, 0));
	show("left", p[0]);
	close(p[0]);
	close(p[1]);
	close(q[0]);
	close(q[1]);
	close(fd);
	close(ro);
	close(append);
	close(dir);
	close(efd);
	close(null);
}

static void files(void)
{
	int p[2], fd = open(NAME, O_RDWR);
	loff_t pos = 3;
	struct stat st;

	if (pipe(p))
		return;
	SHOW(splice(fd, NULL, p[1], NULL, 4, 0));
	SHOW(lseek(fd, 0, SEEK_CUR));
	SHOW(splice(fd, &pos, p[1], NULL, 4, SPLICE_F_MOVE | SPLICE_F_MORE));
	printf("pos %ld\n", (long)pos);
	SHOW(lseek(fd, 0, SEEK_CUR));
	show("both", p[0]);
	pos = 1000000;
	SHOW(splice(fd, &pos, p[1], NULL, 4, 0));
	SHOW(splice(fd, NULL, p[1], NULL, 1000, 0));
	show("up to the end", p[0]);
	SHOW(splice(fd, NULL, p[1], NULL, 1000, 0));
	SHOW(splice(p[0], NULL, fd, NULL, 10, SPLICE_F_NONBLOCK));
	fill(p[1], "abcdef");
	pos = 2;
	SHOW(splice(p[0], NULL, fd, &pos, 4, 0));
	printf("pos %ld\n", (long)pos);
	SHOW(splice(p[0], NULL, fd, NULL, 100, 0));
	SHOW(pread(fd, buf, 100, 0));
	printf("%.*s\n", 12, buf);
	fstat(fd, &st);
	printf("size %ld\n", (long)st.st_size);
	close(p[1]);
	SHOW(splice(p[0], NULL, fd, NULL, 10, 0));
	close(p[0]);
	if (pipe(p))
		return;
	close(p[0]);
	SHOW(splice(fd, NULL, p[1], NULL, 10, 0));
	close(p[1]);
	close(fd);
}

/* More than a pipe holds. */
static void large(void)
{
	int p[2], fd = open(NAME "-large", O_RDWR | O_CREAT | O_TRUNC, 0600), out = open(NAME "-out", O_RDWR | O_CREAT | O_TRUNC, 0600);
	loff_t from = 0, to = 0;
	ssize_t n;
	int i, bytes = 0;

	unlink(NAME "-large");
	unlink(NAME "-out");
	for (i = 0; i < SIZE * 2; i++)
		buf[i] = i * 7 + (i >> 8);
	if (pipe(p) || write(fd, buf, SIZE * 2) != SIZE * 2)
		return;
	SHOW(splice(fd, &from, p[1], NULL, SIZE * 2, 0));
	SHOW(splice(fd, &from, p[1], NULL, SIZE * 2, SPLICE_F_NONBLOCK));
	SHOW(in_pipe(p[0]));
	SHOW(splice(p[0], NULL, out, &to, SIZE * 2, 0));
	while ((n = splice(fd, &from, p[1], NULL, 10000, 0)) > 0)
		while (n > 0) {
			ssize_t m = splice(p[0], NULL, out, &to, n, 0);

			if (m <= 0)
				break;
			n -= m;
		}
	for (from = 0; (n = pread(out, buf, 4096, from)) > 0; from += n)
		for (i = 0; i < n; i++)
			bytes += buf[i] == (char)((from + i) * 7 + ((from + i) >> 8));
	printf("copied as they were: %d\n", bytes);
	close(p[0]);
	close(p[1]);
	close(fd);
	close(out);
}

static void pipes(void)
{
	int p[2], q[2];

	if (pipe(p) || pipe2(q, O_NONBLOCK))
		return;
	fill(p[1], "0123456789");
	SHOW(tee(p[0], q[1], 4, 0));
	SHOW(tee(p[0], q[1], 100, 0));
	show("tee", q[0]);
	show("still there", p[0]);
	SHOW(tee(p[0], q[1], 4, 0));
	SHOW(splice(p[0], NULL, q[1], NULL, 4, 0));
	fill(p[1], "abcdefghij");
	SHOW(splice(p[0], NULL, q[1], NULL, 4, 0));
	SHOW(splice(p[0], NULL, q[1], NULL, 100, 0));
	show("moved", q[0]);
	show("nothing is left", p[0]);
	if (write(q[1], buf, SIZE) != SIZE)
		printf("not filled\n");
	fill(p[1], "more");
	SHOW(splice(p[0], NULL, q[1], NULL, 4, 0));
	SHOW(tee(p[0], q[1], 4, 0));
	SHOW(in_pipe(p[0]));
	close(q[0]);
	handle(SIGPIPE, nothing, 0);
	SHOW(splice(p[0], NULL, q[1], NULL, 4, 0));
	SHOW(tee(p[0], q[1], 4, 0));
	signal(SIGPIPE, SIG_IGN);
	close(q[1]);
	if (pipe(q))
		return;
	close(p[1]);
	SHOW(tee(p[0], q[1], 10, 0));
	SHOW(splice(p[0], NULL, q[1], NULL, 10, 0));
	SHOW(tee(p[0], q[1], 10, 0));
	SHOW(splice(p[0], NULL, q[1], NULL, 10, 0));
	show("twice", q[0]);
	close(p[0]);
	close(q[0]);
	close(q[1]);
}

static void memory(void)
{
	char a[] = "first", b[] = "second", c[8] = "", d[8] = "";
	struct iovec from[] = { { a, 5 }, { NULL, 0 }, { b, 6 } }, to[] = { { c, 3 }, { d, 7 } };
	int p[2];

	if (pipe(p))
		return;
	SHOW(vmsplice(p[1], from, 3, SPLICE_F_GIFT));
	SHOW(in_pipe(p[0]));
	SHOW(vmsplice(p[0], to, 2, 0));
	printf("%s %s\n", c, d);
	SHOW(vmsplice(p[0], to, 2, 0));
	SHOW(vmsplice(p[0], to, 2, SPLICE_F_NONBLOCK));
	from[0] = (struct iovec){ buf, SIZE };
	SHOW(vmsplice(p[1], from, 1, 0) > 0);
	SHOW(vmsplice(p[1], from, 1, SPLICE_F_NONBLOCK) > 0 ? vmsplice(p[1], from, 1, SPLICE_F_NONBLOCK) : -1);
	close(p[0]);
	SHOW(vmsplice(p[1], from, 1, 0));
	close(p[1]);
}

/* -- Waiting -------------------------------------------------------------------------------------------- */

static void later(int fd, const char *text)
{
	if (!fork()) {
		usleep(20000);
		fill(fd, text);
		_exit(0);
	}
}

static void waiting(void)
{
	struct itimerval it = { { 0, 5000 }, { 0, 5000 } };
	int p[2], q[2], fd = open(NAME, O_RDWR);
	struct pollfd poller;

	if (pipe(p) || pipe(q))
		return;
	later(p[1], "later");
	SHOW(splice(p[0], NULL, q[1], NULL, 100, 0));
	wait(NULL);
	show("by another", q[0]);
	later(p[1], "again");
	SHOW(tee(p[0], q[1], 3, 0));
	wait(NULL);
	show("tee", q[0]);
	show("both", p[0]);
	later(p[1], "file");
	SHOW(splice(p[0], NULL, fd, NULL, 100, 0));
	wait(NULL);
	handle(SIGALRM, nothing, 0);
	setitimer(ITIMER_REAL, &it, NULL);
	SHOW(splice(p[0], NULL, q[1], NULL, 100, 0));
	SHOW(tee(p[0], q[1], 100, 0));
	SHOW(splice(p[0], NULL, fd, NULL, 100, 0));
	while (fcntl(q[1], F_SETFL, O_NONBLOCK) || write(q[1], buf, 4096) > 0)
		;
	fcntl(q[1], F_SETFL, 0);
	SHOW(splice(fd, NULL, q[1], NULL, 10, 0));
	fill(p[1], "x");
	SHOW(splice(p[0], NULL, q[1], NULL, 100, 0));
	it.it_value.tv_usec = 0;
	setitimer(ITIMER_REAL, &it, NULL);
	if (!fork()) {
		usleep(20000);
		if (read(q[0], buf, 8192) != 8192)
			_exit(1);
		_exit(0);
	}
	SHOW(splice(p[0], NULL, q[1], NULL, 100, 0));
	wait(NULL);
	poller = (struct pollfd){ .fd = q[1], .events = POLLOUT };
	SHOW(splice(q[0], NULL, fd, NULL, SIZE, 0) > 0 && poll(&poller, 1, 0) == 1);
	close(p[0]);
	close(p[1]);
	close(q[0]);
	close(q[1]);
	close(fd);
}

/* -- Threads: a ring of pipes, through which bytes go round in both directions. --------------------------- */

static int ring[3][2];
static volatile int stop;

static void *moves(void *arg)
{
	int me = (int)(long)arg, next = (me + 1) % 3;

	while (!stop)
		if (splice(ring[me][0], NULL, ring[next][1], NULL, 1 + me * 1000, SPLICE_F_NONBLOCK) < 0)
			usleep(50);
	return arg;
}

static void together(void)
{
	pthread_t t[3];
	int i, bytes = 0;
	long sum = 0;

	for (i = 0; i < 3; i++)
		if (pipe(ring[i]))
			return;
	for (i = 0; i < 10000; i++)
		buf[i] = i % 100;
	if (write(ring[0][1], buf, 10000) != 10000)
		return;
	for (i = 0; i < 3; i++)
		pthread_create(&t[i], NULL, moves, (void *)(long)i);
	usleep(30000);
	stop = 1;
	for (i = 0; i < 3; i++)
		pthread_join(t[i], NULL);
	for (i = 0; i < 3; i++) {
		int n = in_pipe(ring[i][0]), k;

		if (n && read(ring[i][0], buf, n) != n)
			printf("not read\n");
		for (k = 0; k < n; k++)
			sum += buf[k];
		bytes += n;
		close(ring[i][0]);
		close(ring[i][1]);
	}
	printf("bytes %d, sum %ld\n", bytes, sum);
}

int main(void)
{
	int fd = open(NAME, O_RDWR | O_CREAT | O_TRUNC, 0600);

	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGPIPE, SIG_IGN);
	fill(fd, "0123456789");
	close(fd);
	mistakes();
	files();
	large();
	pipes();
	memory();
	waiting();
	together();
	unlink(NAME);
	return 0;
}
