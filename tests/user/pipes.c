/* SPDX-License-Identifier: MIT */
/*
 * A pipe that is full, then read in part: what is in it stays, and room is there page by page.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SIZE	65536

static unsigned char buf[SIZE];
static unsigned int written, got;	/* bytes so far: the n-th is a function of n */

static unsigned char byte(unsigned int n)
{
	return n * 7 + n / 251;
}

static void put(int fd, size_t count)
{
	ssize_t n;

	for (size_t i = 0; i < count; i++)
		buf[i] = byte(written + i);
	n = write(fd, buf, count);
	printf("write %zu: %zd %s\n", count, n, n < 0 ? strerror(errno) : "");
	if (n > 0)
		written += n;
}

static void take(int fd, size_t count)
{
	ssize_t n = read(fd, buf, count);
	int wrong = 0;

	for (ssize_t i = 0; i < n; i++)
		wrong += buf[i] != byte(got + i);
	printf("read %zu: %zd %s, wrong %d\n", count, n, n < 0 ? strerror(errno) : "", wrong);
	if (n > 0)
		got += n;
}

static void full(void)
{
	int fd[2];

	if (pipe2(fd, O_NONBLOCK))
		return;
	put(fd[1], SIZE);
	put(fd[1], 1);
	take(fd[0], 100);
	put(fd[1], 1);
	put(fd[1], 100);
	take(fd[0], 3996);
	put(fd[1], 4000);
	put(fd[1], 200);
	take(fd[0], SIZE);
	take(fd[0], SIZE);
	put(fd[1], 10);
	take(fd[0], 10);
	put(fd[1], SIZE);
	take(fd[0], SIZE);
	close(fd[0]);
	close(fd[1]);
}

/* Reads of a size that no page is a multiple of, beside a writer that fills the pipe. */
static void beside(void)
{
	int fd[2], status = -1;
	pid_t pid;
	ssize_t n;
	unsigned int wrong = 0;

	written = got = 0;
	if (pipe(fd))
		return;
	pid = fork();
	if (!pid) {
		for (int i = 0; i < 30; i++) {
			for (unsigned int k = 0; k < 10000; k++)
				buf[k] = byte(written + k);
			if (write(fd[1], buf, 10000) != 10000)
				_exit(1);
			written += 10000;
		}
		_exit(0);
	}
	close(fd[1]);
	while ((n = read(fd[0], buf, 131)) > 0) {
		for (ssize_t i = 0; i < n; i++)
			wrong += buf[i] != byte(got + i);
		got += n;
	}
	waitpid(pid, &status, 0);
	printf("beside: %u bytes, wrong %u, end %zd, status %d\n", got, wrong, n, status);
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	full();
	beside();
	return 0;
}
