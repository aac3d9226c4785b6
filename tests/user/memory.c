/* SPDX-License-Identifier: MIT */
/* For row B10: demand paging, copy on write, stack growth, protection, and the signals where there is nothing. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include "show.h"

#define PAGE 4096

static char *area;

static void write_area(void) { *(volatile char *)area = 1; }
static void read_area(void) { (void)*(volatile char *)area; }
static void call_area(void) { ((void (*)(void))area)(); }

static void rights(void)
{
	static const struct { const char *name; int prot; } table[] = {
		{ "none", PROT_NONE }, { "read", PROT_READ }, { "read, write", PROT_READ | PROT_WRITE },
		{ "read, execute", PROT_READ | PROT_EXEC },
	};
	unsigned int i;

	area = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	area[0] = (char)0xc3;	/* ret */
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		printf("mprotect %s: %d", table[i].name, mprotect(area, PAGE, table[i].prot));
		printf(", read %#x", in_child(read_area));
		printf(", execute %#x", in_child(call_area));
		printf(", write %#x\n", in_child(write_area));
	}
	munmap(area, PAGE);
	printf("unmapped: read %#x\n", in_child(read_area));
}

static int shared_after_fork(int flags)
{
	volatile int *p = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, flags | MAP_ANONYMOUS, -1, 0);
	int status, got;
	pid_t pid;

	*p = 1;
	pid = fork();
	if (!pid) {
		*p = 2;
		_exit(*p);
	}
	waitpid(pid, &status, 0);
	got = *p;
	munmap((void *)p, PAGE);
	return got;
}

static int deep(int depth)
{
	volatile char frame[PAGE];

	frame[0] = depth;
	return depth ? deep(depth - 1) + frame[0] : 0;
}

static void deep_enough(void) { deep(500); }
static void too_deep(void) { deep(100000); }

static void copies(void)
{
	char *p = mmap(NULL, 64 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int i, j, bad = 0, status;

	for (i = 0; i < 64; i++)
		p[i * PAGE] = i;
	for (j = 0; j < 8; j++) {
		if (fork())
			continue;
		for (i = 0; i < 64; i++) {
			if (p[i * PAGE] != i)
				_exit(1);
			p[i * PAGE] = i + j;
		}
		for (i = 0; i < 64; i++)
			if (p[i * PAGE] != (char)(i + j))
				_exit(2);
		_exit(0);
	}
	while (wait(&status) > 0)
		bad |= status;
	for (i = 0; i < 64; i++)
		bad |= p[i * PAGE] != i;
	printf("eight copies: %d\n", bad);
}

static void moves(void)
{
	char *p = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), *q;

	strcpy(p + PAGE, "moved along");
	munmap(p + 3 * PAGE, PAGE);
	q = mremap(p, 3 * PAGE, 300 * PAGE, MREMAP_MAYMOVE);
	printf("mremap: %s, the rest is %d\n", q + PAGE, q[299 * PAGE]);
	printf("madvise: %d\n", madvise(q, 2 * PAGE, MADV_DONTNEED));
	printf("then: %d\n", q[PAGE]);
	munmap(q, 300 * PAGE);
	p = sbrk(0);
	printf("sbrk: %d\n", sbrk(100 * PAGE) == p);
	p[50 * PAGE] = 1;
	printf("sbrk back: %d\n", sbrk(-100 * PAGE) != (void *)-1);
	area = p + 50 * PAGE;
	printf("behind the break: %#x\n", in_child(read_area));
}

static void errors(void)
{
	const int private = MAP_PRIVATE | MAP_ANONYMOUS;

	SHOW(mmap(NULL, 0, PROT_READ, private, -1, 0));
	SHOW(mmap(NULL, PAGE, PROT_READ, MAP_ANONYMOUS, -1, 0));
	SHOW(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, 77, 0));
	SHOW(mmap(NULL, 1UL << 60, PROT_READ, private, -1, 0));
	SHOW(mmap(NULL, 1UL << 38, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
	SHOW(mmap((void *)1, PAGE, PROT_READ, private | MAP_FIXED, -1, 0));
	SHOW(munmap((void *)1, PAGE));
	SHOW(munmap((void *)PAGE, 0));
	SHOW(mprotect((void *)1, PAGE, PROT_READ));
	SHOW(mprotect(area, PAGE, PROT_READ));
}

int main(void)
{
	setbuf(stdout, NULL);
	rights();
	printf("private: %d, shared: %d\n", shared_after_fork(MAP_PRIVATE), shared_after_fork(MAP_SHARED));
	printf("deep: %#x\n", in_child(deep_enough));
	printf("too deep: %#x\n", in_child(too_deep));
	copies();
	moves();
	errors();
	area = NULL;
	printf("null: read %#x write %#x\n", in_child(read_area), in_child(write_area));
	area = (char *)0xffffffff80200000UL;
	printf("kernel: read %#x write %#x\n", in_child(read_area), in_child(write_area));
	area = (char *)0x8000000000000000UL;
	printf("not canonical: read %#x\n", in_child(read_area));
	return 0;
}
