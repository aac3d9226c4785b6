/* SPDX-License-Identifier: MIT */
/* Memory of programs, in every form. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include "hostile.h"

#define PIECE	(16UL << 20)

static void *piece(int flags)
{
	return mmap(NULL, PIECE, PROT_READ | PROT_WRITE, MAP_ANONYMOUS | flags, -1, 0);
}

static void touched(void)
{
	char *p;

	while ((p = piece(MAP_PRIVATE)) != MAP_FAILED)
		memset(p, 1, PIECE);
}

static void populated(void)
{
	while (piece(MAP_PRIVATE | MAP_POPULATE) != MAP_FAILED)
		;
}

static void shared_memory(void)
{
	while (piece(MAP_SHARED | MAP_POPULATE) != MAP_FAILED)
		;
}

static void locked(void)
{
	mlockall(MCL_FUTURE);
	touched();
}

/* One after the other, so that ending one helps but for a moment. */
static void several(void)
{
	int i;

	for (i = 0; i < 8; i++)
		if (!fork())
			touched();
	while (wait(NULL) > 0)
		;
}

/* Reading costs only tables. */
static void page_tables(void)
{
	size_t size = 1UL << 40;
	volatile char *p = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	size_t at;

	for (at = 0; p != MAP_FAILED && at < size; at += 2UL << 20)
		(void)p[at];
}

/* A page each, all of them different from those beside them. */
static void areas(void)
{
	size_t size = 1UL << 30, at;
	char *p = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	for (at = 0; p != MAP_FAILED && at < size; at += 8192)
		if (mprotect(p + at, 4096, PROT_NONE))
			return;
}

static void stack(void)
{
	struct rlimit none = { RLIM_INFINITY, RLIM_INFINITY };
	volatile char *sp = __builtin_frame_address(0);

	setrlimit(RLIMIT_STACK, &none);
	while ((uintptr_t)(sp -= 4096) > 4096)
		*sp = 1;
}

static void heap(void)
{
	char *p;

	while ((p = sbrk(PIECE)) != (void *)-1)
		memset(p, 1, PIECE);
}

/* The file is gone, but who has it mapped has its memory. */
static void mapped_file(void)
{
	int fd = open("f", O_RDWR | O_CREAT, 0600);
	char *p;
	size_t at;

	if (ftruncate(fd, 1L << 30))
		return;
	p = mmap(NULL, 1L << 30, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	unlink("f");
	for (at = 0; p != MAP_FAILED && at < 1UL << 30; at += 4096)
		p[at] = 1;
}

const struct attack attacks_on_memory[] = {
	{ "touched", touched }, { "populated", populated }, { "shared", shared_memory }, { "locked", locked },
	{ "several", several }, { "page tables", page_tables }, { "areas", areas }, { "stack", stack },
	{ "heap", heap }, { "a mapped file", mapped_file }, { }
};
