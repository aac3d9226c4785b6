/* SPDX-License-Identifier: MIT */
/* For row B10: what a program has mapped of a file that becomes shorter: SIGBUS behind its end. */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE	4096
#define PAGES	8

static int fd;

static char *map(int flags)
{
	return mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, flags, fd, 0);
}

static void set_length(long length)
{
	if (ftruncate(fd, length))
		printf("ftruncate has failed\n");
}

static void fill(void)
{
	char page[PAGE];
	int i;

	for (i = 0; i < PAGES; i++) {
		memset(page, 'a' + i, PAGE);
		if (pwrite(fd, page, PAGE, i * PAGE) != PAGE)
			printf("pwrite has failed\n");
	}
}

/* In a child, which may end by it. */
static void touch(const char *what, volatile char *at, int write)
{
	int status = -1;

	fflush(stdout);
	if (!fork()) {
		char c = *at;

		if (write)
			*at = c;
		_exit(c);
	}
	wait(&status);
	if (WIFSIGNALED(status))
		printf("%s: signal %d\n", what, WTERMSIG(status));
	else
		printf("%s: %d\n", what, WEXITSTATUS(status));
}

static void one_process(void)
{
	char *shared = map(MAP_SHARED), *private = map(MAP_PRIVATE);
	int i;

	fill();
	for (i = 0; i < PAGES; i++)
		if (shared[i * PAGE] != 'a' + i || private[i * PAGE] != 'a' + i)
			printf("another page\n");
	private[5 * PAGE] = 'P';	/* a page of its own now */
	set_length(2 * PAGE + 100);
	touch("before the end", shared + 2 * PAGE + 99, 1);
	touch("on the last page", shared + 2 * PAGE + 100, 1);
	touch("behind it, read", shared + 3 * PAGE, 0);
	touch("behind it, written", shared + 3 * PAGE, 1);
	touch("private", private + 3 * PAGE, 0);
	touch("private and changed", private + 5 * PAGE, 0);
	touch("private, before the end", private + PAGE, 1);
	shared[2 * PAGE + 200] = 'x';	/* nobody's, but on a page that is there */
	set_length(PAGES * PAGE);
	touch("longer again", shared + 3 * PAGE, 1);
	touch("private, longer again", private + 5 * PAGE, 1);
	set_length(0);
	touch("empty", shared, 0);
	munmap(shared, PAGES * PAGE);
	munmap(private, PAGES * PAGE);
}

/* A child that had all of it before; it is told by a pipe. */
static void other_process(void)
{
	char *shared = map(MAP_SHARED), c;
	int status, to[2], from[2];
	pid_t pid;

	fill();
	if (pipe(to) || pipe(from))
		return;
	pid = fork();
	if (!pid) {
		volatile char *at = shared + 4 * PAGE;

		c = *at;
		if (write(from[1], &c, 1) != 1 || read(to[0], &c, 1) != 1)
			_exit(1);
		_exit(*at);
	}
	if (read(from[0], &c, 1) != 1)
		printf("no word of the child\n");
	printf("the child has seen %c\n", c);
	set_length(4 * PAGE);
	if (write(to[1], "", 1) != 1)
		printf("no word for the child\n");
	waitpid(pid, &status, 0);
	printf("the child, later: %#x\n", status);
	if (read(open("truncate.tmp", O_RDONLY | O_TRUNC), &c, 1))
		printf("not empty\n");
	touch("after O_TRUNC", shared, 0);
	munmap(shared, PAGES * PAGE);
}

/* Pages come and go, on several CPUs: what is seen is the file's, or a zero. */
static volatile int stop;

static void *look(void *arg)
{
	char *area;
	long seen = 0;

	while (!stop) {
		area = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, PAGE);
		if (*area && *area != 'b')
			printf("something else\n");
		seen++;
		munmap(area, PAGE);
	}
	return seen ? NULL : arg;
}

static void race(void)
{
	pthread_t threads[3];
	void *result;
	int i;

	fill();
	for (i = 0; i < 3; i++)
		pthread_create(&threads[i], NULL, look, fd ? &fd : NULL);
	for (i = 0; i < 300; i++) {
		set_length(2 * PAGE);	/* the page that is looked at stays */
		fill();
	}
	stop = 1;
	for (i = 0; i < 3; i++)
		pthread_join(threads[i], &result);
	printf("raced\n");
}

int main(void)
{
	setbuf(stdout, NULL);
	fd = open("truncate.tmp", O_RDWR | O_CREAT | O_TRUNC, 0600);
	one_process();
	other_process();
	race();
	unlink("truncate.tmp");
	printf("a directory: %d\n", open(".", O_RDONLY | O_TRUNC));
	return 0;
}
