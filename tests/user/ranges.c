/* SPDX-License-Identifier: MIT */
/* For row I1: several buffers in one call, and parts of files that reach beyond their ends. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include "show.h"

/* What a compiler that knows these calls would warn of. */
static volatile long minus_one = -1;
static void *volatile nowhere = (void *)8;

static char first[8], second[8];
static struct iovec both[2] = { { first, 4 }, { second, 4 } };

static void show_both(void)
{
	printf("\"%.8s\" \"%.8s\"\n", first, second);
	memset(first, 0, sizeof(first));
	memset(second, 0, sizeof(second));
}

/* What a pipe has is given out; nobody waits for the buffers to be full. */
static void from_a_pipe(void)
{
	int fd[2];

	SHOW(pipe(fd));
	SHOW(write(fd[1], "abcd", 4));
	SHOW(readv(fd[0], both, 2));
	show_both();
	SHOW(write(fd[1], "abcdefghij", 10));
	SHOW(readv(fd[0], both, 2));
	show_both();
	SHOW(readv(fd[0], both, 2));
	show_both();
	close(fd[0]);
	close(fd[1]);
}

#define WRITES	200

static void write_pairs(int fd, char c)
{
	struct iovec pair[2] = { { &c, 1 }, { &c, 1 } };
	int i;

	for (i = 0; i < WRITES; i++)
		writev(fd, pair, 2);
	_exit(0);
}

/* What two write at once does not mix. */
static void into_a_pipe(void)
{
	char pair[2];
	int fd[2], i, mixed = 0;

	SHOW(pipe(fd));
	for (i = 0; i < 2; i++)
		if (!fork())
			write_pairs(fd[1], 'a' + i);
	close(fd[1]);
	for (i = 0; read(fd[0], pair, 2) == 2; i++)
		mixed += pair[0] != pair[1];
	printf("%d pairs, %d mixed\n", i, mixed);
	close(fd[0]);
	while (wait(NULL) > 0)
		;
}

static void of_a_file(int fd)
{
	struct iovec bad[2] = { { first, 4 }, { nowhere, 4 } };
	struct iovec huge[2] = { { first, LONG_MAX }, { first, minus_one } };

	SHOW(write(fd, "0123456789", 10));
	SHOW(lseek(fd, 1, SEEK_SET));
	SHOW(readv(fd, both, 2));
	show_both();
	SHOW(lseek(fd, 0, SEEK_CUR));
	SHOW(preadv(fd, both, 2, 5));
	show_both();
	SHOW(preadv(fd, both, 2, -1));
	SHOW(pwritev(fd, both, 1, 8));
	SHOW(lseek(fd, 0, SEEK_END));
	SHOW(readv(fd, both, 0));
	SHOW(readv(fd, both, minus_one));
	SHOW(readv(fd, huge, 2));
	SHOW(pwritev(fd, bad, 2, 0));
	SHOW(readv(fd, nowhere, 1));
	SHOW(readv(-1, both, 2));
}

static void beyond_the_end(int fd, int other)
{
	loff_t zero = 0, last = LLONG_MAX, near = LLONG_MAX - 5;

	SHOW(copy_file_range(fd, &zero, fd, &last, 100, 0));
	SHOW(copy_file_range(fd, &last, fd, &zero, 100, 0));
	SHOW(copy_file_range(fd, &zero, other, &last, 100, 0));
	SHOW(copy_file_range(fd, &near, other, &zero, LONG_MAX, 0));
	SHOW(copy_file_range(fd, &zero, other, &zero, -1UL, 0));
	zero = 4;
	near = 8;
	SHOW(copy_file_range(fd, &zero, fd, &near, 100, 0));
	SHOW(copy_file_range(fd, &zero, fd, &near, 4, 0));
	SHOW(sendfile(other, fd, NULL, -1UL));
	SHOW(mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, LLONG_MAX & ~4095L) == MAP_FAILED);
}

static void names(int fd)
{
	char buf[8];

	SHOW(open("ranges", O_CREAT, 0644));
	SHOW(readlink("", buf, sizeof(buf)));
	SHOW(readlink(".", buf, sizeof(buf)));
	SHOW(unlink("ranges/a"));
	SHOW(linkat(fd, "", AT_FDCWD, "ranges/again", AT_EMPTY_PATH));
}

int main(void)
{
	int fd, other;

	setvbuf(stdout, NULL, _IONBF, 0);
	mkdir("ranges", 0755);
	fd = open("ranges/a", O_RDWR | O_CREAT | O_TRUNC, 0644);
	other = open("ranges/b", O_RDWR | O_CREAT | O_TRUNC, 0644);
	from_a_pipe();
	into_a_pipe();
	of_a_file(fd);
	beyond_the_end(fd, other);
	names(fd);
	return 0;
}
