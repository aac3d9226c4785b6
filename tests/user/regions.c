/* SPDX-License-Identifier: MIT */
/* For rows B9: corners of mmap(), mremap(), mprotect(). */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include "show.h"

#define PAGE	4096UL

static char *fresh(size_t pages)
{
	return mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

/* 0, or why not. */
static int why(void *p)
{
	return p == MAP_FAILED ? errno : 0;
}

static void lengths(void)
{
	char *p = fresh(4);

	puts("-- mremap(): lengths");
	printf("%d\n", why(mremap(p, 1UL << 60, 1UL << 61, 0)));
	printf("%d\n", why(mremap(p, 1UL << 60, PAGE, 0)));
	printf("%d\n", why(mremap(p, -PAGE, 4 * PAGE, 0)));
	printf("%d\n", why(mremap(p, 4 * PAGE, 1UL << 60, MREMAP_MAYMOVE)));
	printf("%d\n", why(mremap(p, 5 * PAGE, 6 * PAGE, MREMAP_MAYMOVE)));
	printf("%d\n", why(mremap(p, 4 * PAGE, 0, 0)));
	printf("%d\n", why(mremap(p + 1, PAGE, PAGE, 0)));
	printf("%d\n", why(mremap((void *)0x10000, PAGE, PAGE, 0)));
	printf("%d\n", why(mremap(p, PAGE, PAGE, 0x100)));
	printf("%d\n", why(mremap(p, PAGE, PAGE, MREMAP_FIXED, p)));
	printf("%d\n", why(mremap(p, 4 * PAGE, 4 * PAGE, MREMAP_FIXED | MREMAP_MAYMOVE, p + PAGE)));
	printf("%d\n", why(mremap(p, 4 * PAGE, 4 * PAGE, MREMAP_FIXED | MREMAP_MAYMOVE, p + 1)));
	printf("%d\n", why(mremap(p, 1UL << 60, PAGE, MREMAP_FIXED | MREMAP_MAYMOVE, p + 16 * PAGE)));
	memset(p, 1, 4 * PAGE);
	munmap(p, 4 * PAGE);
}

/* A part of the middle of an area moves. */
static void middle(void)
{
	char *p = fresh(3), *to = fresh(1), *q;

	puts("-- mremap(): the middle of an area");
	p[0] = 'a';
	p[PAGE] = 'b';
	p[2 * PAGE] = 'c';
	q = mremap(p + PAGE, PAGE, 2 * PAGE, MREMAP_MAYMOVE);
	printf("moved %d: %c %d\n", q != p + PAGE, q[0], q[PAGE]);
	printf("left: %c %c\n", p[0], p[2 * PAGE]);
	SHOW(msync(p + PAGE, PAGE, MS_ASYNC));
	q = mremap(p, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, to);
	printf("as asked %d: %c\n", q == to, q[0]);
	SHOW(msync(p, PAGE, MS_ASYNC));
}

/* What was shared has a second address after this. */
static void twice(void)
{
	char *p = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0), *q;

	puts("-- mremap(): old length 0");
	p[0] = 'x';
	q = mremap(p, 0, 2 * PAGE, MREMAP_MAYMOVE);
	printf("%d\n", why(q));
	if (q == MAP_FAILED)
		return;
	q[PAGE] = 'y';
	printf("%c %c, apart %d\n", q[0], p[PAGE], p != q);
	printf("%d\n", why(mremap(p, 0, 2 * PAGE, 0)));
}

static void protections(void)
{
	char *p = fresh(3);
	int fd;

	puts("-- mprotect()");
	SHOW(mprotect(p + PAGE, PAGE, 0x8) == 0);	/* PROT_SEM, which nothing minds */
	SHOW(mprotect(p, PAGE, PROT_READ | 0x10));
	SHOW(mprotect(p, PAGE, PROT_READ | PROT_GROWSDOWN));
	SHOW(mprotect(p, PAGE, PROT_READ | PROT_GROWSUP));
	SHOW(mprotect(p, PAGE, PROT_READ | PROT_GROWSDOWN | PROT_GROWSUP));
	SHOW(mprotect(p + 1, PAGE, PROT_READ));
	SHOW(mprotect(p, -PAGE, PROT_READ));
	SHOW(mprotect(p, 0, PROT_READ));
	/* What comes before a hole gets its rights all the same. */
	munmap(p + PAGE, PAGE);
	SHOW(mprotect(p, 3 * PAGE, PROT_NONE));
	fd = open("/dev/null", O_WRONLY);
	SHOW(write(fd, p, 1));
	fd = open("/regions", O_RDWR | O_CREAT | O_TRUNC, 0644);
	SHOW(write(fd, p, 1));
	SHOW(write(fd, p + 2 * PAGE, 1));
	close(fd);
	fd = open("/regions", O_RDONLY);
	p = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 0);
	SHOW(mprotect(p, PAGE, PROT_READ | PROT_WRITE));
}

static void kinds(void)
{
	int fd = open("/regions", O_RDWR);
	char *p;

	puts("-- mmap(): kinds");
	printf("%d\n", why(mmap(NULL, PAGE, PROT_READ, MAP_SHARED_VALIDATE | MAP_ANONYMOUS, -1, 0)));
	printf("%d\n", why(mmap(NULL, PAGE, PROT_READ, MAP_SHARED_VALIDATE, fd, 0)));
	printf("%d\n", why(mmap(NULL, PAGE, PROT_READ, MAP_SHARED_VALIDATE | MAP_SYNC, fd, 0)));
	printf("%d\n", why(mmap(NULL, PAGE, PROT_READ, MAP_SHARED_VALIDATE | 0x4000000, fd, 0)));
	printf("%d\n", why(mmap(NULL, PAGE, PROT_READ, MAP_SHARED | 0x4000000, fd, 0)));
	printf("%d\n", why(mmap(NULL, PAGE, PROT_READ, MAP_ANONYMOUS, -1, 0)));
	printf("%d\n", why(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_SHARED | 0x4 | MAP_ANONYMOUS, -1, 0)));
	printf("%d\n", why(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_GROWSDOWN, fd, 0)));
	printf("%d\n", why(mmap(NULL, PAGE, PROT_READ, MAP_SHARED | MAP_GROWSDOWN | MAP_ANONYMOUS, -1, 0)));
	p = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	printf("low: %d\n", (unsigned long)p + PAGE <= 1UL << 31);
}

static void resource_limits(void)
{
	struct rlimit limit = { 64 << 20, RLIM_INFINITY };
	char *p = fresh(16);

	puts("-- limits");
	setrlimit(RLIMIT_AS, &limit);
	printf("%d\n", why(mmap(NULL, 65 << 20, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)));
	printf("%d\n", why(mremap(p, 16 * PAGE, 65 << 20, MREMAP_MAYMOVE)));
	limit.rlim_cur = RLIM_INFINITY;
	setrlimit(RLIMIT_AS, &limit);
}

int main(void)
{
	lengths();
	middle();
	twice();
	protections();
	kinds();
	resource_limits();
	return 0;
}
