/* SPDX-License-Identifier: MIT */
/* For rows B10 I1: mlock() and its like: what they refuse, what is there before it is used, and what is told of it. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include "show.h"

#define PAGE	4096L
#define PAGES	512

/* A number of /proc/self/status. */
static long status_kb(const char *name)
{
	FILE *f = fopen("/proc/self/status", "r");
	char line[256];
	long kb = -1;

	while (f && fgets(line, sizeof(line), f))
		if (!strncmp(line, name, strlen(name)))
			kb = strtol(line + strlen(name), NULL, 10);
	if (f)
		fclose(f);
	return kb;
}

static long locked_kb(void)
{
	return status_kb("VmLck:");
}

static char *map(int prot, int flags)
{
	return mmap(NULL, PAGES * PAGE, prot, flags | MAP_ANONYMOUS, -1, 0);
}

/* Whether pages come when they are written to. */
static void touch(const char *what, char *p)
{
	long before = status_kb("VmRSS:"), i;

	for (i = 0; i < PAGES; i++)
		p[i * PAGE] = 1;
	/* Linux counts some dozens of pages late. */
	printf("%s: %s\n", what, status_kb("VmRSS:") - before < PAGES / 2 * (PAGE / 1024) ? "there already" : "brought in");
}

static void ranges(void)
{
	char *p = map(PROT_READ | PROT_WRITE, MAP_PRIVATE);

	SHOW(mlock(p, PAGES * PAGE));
	printf("locked: %ld kB\n", locked_kb());
	touch("locked", p);
	SHOW(munlock(p + 5, PAGE));
	printf("two pages are not: %ld kB\n", locked_kb());
	SHOW(mlock(p + PAGE + 1, 1));
	printf("one is again: %ld kB\n", locked_kb());
	SHOW(madvise(p + 3 * PAGE, PAGE, MADV_DONTNEED));
	SHOW(munmap(p + 3 * PAGE, PAGE));
	printf("one is gone: %ld kB\n", locked_kb());
	SHOW(mlock(p, PAGES * PAGE));
	printf("up to the hole: %ld kB\n", locked_kb());
	SHOW(munlock(p + 3 * PAGE, PAGE));
	SHOW(mlock(p, 0));
	SHOW(mlock(p, -1UL));
	SHOW(mlock((void *)0xffffffff81000000UL, 1));
	SHOW(mlock(NULL, 1));
	if (!fork()) {
		printf("the child: %ld kB\n", locked_kb());
		_exit(0);
	}
	wait(NULL);
	munmap(p, PAGES * PAGE);
	printf("nothing: %ld kB\n", locked_kb());
	p = map(PROT_NONE, MAP_PRIVATE);
	SHOW(mlock(p, PAGE));
	printf("but marked: %ld kB\n", locked_kb());
	munmap(p, PAGES * PAGE);
}

static void at_a_fault(void)
{
	char *p = map(PROT_READ | PROT_WRITE, MAP_PRIVATE);

	SHOW(mlock2(p, PAGES * PAGE, MLOCK_ONFAULT));
	printf("marked: %ld kB\n", locked_kb());
	touch("at a fault", p);
	SHOW(mlock2(p, PAGES * PAGE, 2));
	munmap(p, PAGES * PAGE);
	p = map(PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_LOCKED);
	touch("MAP_LOCKED", p);
	munmap(p, PAGES * PAGE);
}

static void all(void)
{
	char *before = map(PROT_READ | PROT_WRITE, MAP_SHARED), *p;

	SHOW(mlockall(0));
	SHOW(mlockall(8));
	SHOW(mlockall(MCL_ONFAULT));
	SHOW(mlockall(MCL_CURRENT));
	touch("there before", before);
	p = map(PROT_READ | PROT_WRITE, MAP_PRIVATE);
	touch("mapped later", p);
	munmap(p, PAGES * PAGE);
	SHOW(mlockall(MCL_FUTURE));
	p = map(PROT_READ | PROT_WRITE, MAP_PRIVATE);
	touch("mapped after MCL_FUTURE", p);
	p = sbrk((PAGES + 1) * PAGE);
	touch("the heap", (char *)(((long)p + PAGE - 1) & -PAGE));
	SHOW(mlockall(MCL_FUTURE | MCL_ONFAULT));
	p = map(PROT_READ | PROT_WRITE, MAP_PRIVATE);
	touch("MCL_ONFAULT", p);
	SHOW(munlockall());
	printf("nothing: %ld kB\n", locked_kb());
	p = map(PROT_READ | PROT_WRITE, MAP_PRIVATE);
	touch("after munlockall()", p);
}

/* A long way: nobody waits for its end. */
static void ended_on_the_way(void)
{
	struct rusage usage;
	int ready[2], status;
	pid_t pid;
	char c;

	if (pipe(ready))
		return;
	pid = fork();
	if (!pid) {
		mmap(NULL, 1UL << 45, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
		if (write(ready[1], "", 1) == 1)
			mlockall(MCL_CURRENT);
		_exit(0);
	}
	if (read(ready[0], &c, 1) != 1)
		printf("no child\n");
	usleep(20000);
	kill(pid, SIGKILL);
	wait4(pid, &status, 0, &usage);
	printf("ended while pages come in: status %#x, soon %d\n", status, usage.ru_stime.tv_sec < 3);
}

int main(void)
{
	setbuf(stdout, NULL);
	locked_kb();
	ranges();
	at_a_fault();
	all();
	ended_on_the_way();
	return 0;
}
