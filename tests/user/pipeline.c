/* SPDX-License-Identifier: MIT */
/* For row I1: pipes between many processes: a ring, a long line, many writers, ends that go one by one. */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include "show.h"

#define MEMBERS	12

static void open_pipe(int fd[2])
{
	if (pipe(fd)) {
		printf("pipe: %s\n", strerror(errno));
		exit(1);
	}
}

static void close_pipe(int fd[2])
{
	close(fd[0]);
	close(fd[1]);
}

/* How many children did not end with 0. */
static int all_ended(void)
{
	int status, bad = 0;

	while (wait(&status) > 0)
		bad += status != 0;
	return bad;
}

/* -- A ring: each takes the number from the one before it, adds one, and hands it on --------------- */

static int member(int in, int out, int rounds)
{
	int n;

	while (rounds--) {
		if (read(in, &n, sizeof(n)) != sizeof(n))
			return 1;
		n++;
		if (write(out, &n, sizeof(n)) != sizeof(n))
			return 2;
	}
	return 0;
}

static void ring(int rounds)
{
	int fd[MEMBERS + 1][2], i, n = 0;

	for (i = 0; i <= MEMBERS; i++)
		open_pipe(fd[i]);
	for (i = 0; i < MEMBERS; i++)
		if (!fork())
			_exit(member(fd[i][0], fd[i + 1][1], rounds));
	for (i = 0; i < rounds; i++)
		if (write(fd[0][1], &n, sizeof(n)) != sizeof(n) ||
		    read(fd[MEMBERS][0], &n, sizeof(n)) != sizeof(n))
			break;
	printf("ring: %d rounds, the number is %d, not well ended %d\n", i, n, all_ended());
	for (i = 0; i <= MEMBERS; i++)
		close_pipe(fd[i]);
}

/* -- A line: what goes in comes out, through pipes that fill and processes that read in odd sizes -- */

static int pass_on(int in, int out, size_t size)
{
	char buf[8192];
	ssize_t n, done;

	while ((n = read(in, buf, size)) > 0)
		for (done = 0; done < n; ) {
			ssize_t some = write(out, buf + done, n - done);

			if (some <= 0)
				return 1;
			done += some;
		}
	return n < 0;
}

static unsigned char byte(unsigned int i)
{
	return i * 13 + i / 255;
}

static int produce(int out, unsigned int bytes)
{
	unsigned char buf[5000];
	unsigned int i, done, n;

	for (done = 0; done < bytes; done += n) {
		n = bytes - done < sizeof(buf) ? bytes - done : sizeof(buf);
		for (i = 0; i < n; i++)
			buf[i] = byte(done + i);
		if (write(out, buf, n) != (ssize_t)n)
			return 1;
	}
	return 0;
}

static void line(unsigned int bytes)
{
	unsigned int got = 0, wrong = 0, i;
	int fd[2], next[2];
	unsigned char buf[4096];
	ssize_t n, k;

	open_pipe(fd);
	if (!fork())
		_exit(produce(fd[1], bytes));
	for (i = 0; i < MEMBERS; i++) {
		open_pipe(next);
		if (!fork()) {
			close(fd[1]);
			_exit(pass_on(fd[0], next[1], 500 + 611 * i));
		}
		close_pipe(fd);
		memcpy(fd, next, sizeof(fd));
	}
	close(fd[1]);
	while ((n = read(fd[0], buf, sizeof(buf))) > 0)
		for (k = 0; k < n; k++)
			wrong += buf[k] != byte(got++);
	close(fd[0]);
	printf("line: %u bytes, wrong %u, not well ended %d\n", got, wrong, all_ended());
}

/* -- Many writers: what one writes at once, up to PIPE_BUF, is in one piece ------------------------ */

static int write_records(int out, int id, int records)
{
	char record[PIPE_BUF];
	int i;

	for (i = 0; i < records; i++) {
		int size = 16 + (id * 997 + i * 131) % (PIPE_BUF - 16);

		memset(record, 'a' + id, size);
		memcpy(record, &size, sizeof(size));
		if (write(out, record, size) != size)
			return 1;
	}
	return 0;
}

static int read_full(int fd, char *buf, int size)
{
	int done = 0, n;

	while (done < size && (n = read(fd, buf + done, size - done)) > 0)
		done += n;
	return done;
}

static void writers(int records)
{
	int fd[2], i, size, seen = 0, torn = 0;
	char record[PIPE_BUF];

	open_pipe(fd);
	for (i = 0; i < MEMBERS; i++)
		if (!fork())
			_exit(write_records(fd[1], i, records));
	close(fd[1]);
	while (read_full(fd[0], record, sizeof(size)) == sizeof(size)) {
		memcpy(&size, record, sizeof(size));
		if (size < 16 || size > PIPE_BUF || read_full(fd[0], record, size - sizeof(size)) <= 0) {
			torn++;
			break;
		}
		for (i = 1; i < size - (int)sizeof(size); i++)
			torn += record[i] != record[0];
		seen++;
	}
	close(fd[0]);
	printf("writers: %d records, torn %d, not well ended %d\n", seen, torn, all_ended());
}

/* -- Many readers: each byte is read once ---------------------------------------------------------- */

static void readers(int numbers)
{
	int in[2], out[2], i, n, sum = 0, count = 0;

	open_pipe(in);
	open_pipe(out);
	for (i = 0; i < MEMBERS; i++)
		if (!fork()) {
			close(in[1]);
			while (read(in[0], &n, sizeof(n)) == sizeof(n))
				if (write(out[1], &n, sizeof(n)) != sizeof(n))
					_exit(1);
			_exit(0);
		}
	close(out[1]);
	close(in[0]);
	for (i = 1; i <= numbers; i++)
		if (write(in[1], &i, sizeof(i)) != sizeof(i))
			printf("not written\n");
	close(in[1]);
	while (read(out[0], &n, sizeof(n)) == sizeof(n)) {
		count++;
		sum += n;
	}
	close(out[0]);
	printf("readers: %d numbers, sum right %d, not well ended %d\n", count,
	       sum == numbers * (numbers + 1) / 2, all_ended());
}

/* -- Ends: the last writer's is the end of the file, the last reader's is EPIPE -------------------- */

static void ends(void)
{
	struct pollfd pfd = { .events = POLLIN };
	int fd[2], i;
	pid_t pids[MEMBERS];
	char c;

	open_pipe(fd);
	for (i = 0; i < MEMBERS; i++) {
		pids[i] = fork();
		if (!pids[i])
			for (;;)
				pause();
	}
	close(fd[1]);
	pfd.fd = fd[0];
	for (i = 0; i < MEMBERS; i++) {
		if (poll(&pfd, 1, 0))
			printf("too early\n");
		kill(pids[i], SIGKILL);
		waitpid(pids[i], NULL, 0);
	}
	i = poll(&pfd, 1, -1);
	printf("no writer: poll %d, hung up %d, read %zd\n", i, !!(pfd.revents & POLLHUP), read(fd[0], &c, 1));
	close(fd[0]);

	signal(SIGPIPE, SIG_IGN);
	open_pipe(fd);
	for (i = 0; i < MEMBERS; i++)
		if (!fork()) {
			close(fd[0]);
			while (write(fd[1], "0123456789", 10) == 10)
				;
			_exit(errno != EPIPE);
		}
	close(fd[1]);
	if (read(fd[0], &c, 1) != 1)
		printf("nothing came\n");
	close(fd[0]);
	printf("no reader: not EPIPE %d\n", all_ended());
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	ring(50);
	line(200000);
	writers(30);
	readers(600);
	ends();
	return 0;
}
