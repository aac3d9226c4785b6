/* SPDX-License-Identifier: MIT */
/* For row I1: page faults that are counted, turns of the scheduler's policies. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include "show.h"

#define PAGES	40

static void touch(void)
{
	volatile char *p = mmap(NULL, PAGES * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int i;

	for (i = 0; i < PAGES; i++)
		p[i * 4096] = 1;
	munmap((void *)p, PAGES * 4096);
}

static long faults(int who)
{
	struct rusage ru;

	getrusage(who, &ru);
	return ru.ru_minflt;
}

/* Fields 10 and 11 of proc(5). */
static void faults_by_proc(long *own, long *children)
{
	FILE *f = fopen("/proc/self/stat", "r");

	*own = *children = -1;
	if (fscanf(f, "%*d (%*[^)]) %*c %*d %*d %*d %*d %*d %*u %ld %ld", own, children) != 2)
		printf("no such fields\n");
	fclose(f);
}

static void *thread(void *arg)
{
	long before = faults(RUSAGE_THREAD);

	touch();
	printf("a thread: %d\n", faults(RUSAGE_THREAD) - before >= PAGES);
	return arg;
}

static void counted(void)
{
	long before, after, own, children;
	pthread_t t;

	touch();
	before = faults(RUSAGE_SELF);
	touch();
	after = faults(RUSAGE_SELF);
	printf("one for each page: %d %d\n", after - before >= PAGES, after - before < PAGES + 10);
	before = after;
	pthread_create(&t, NULL, thread, NULL);
	pthread_join(t, NULL);
	printf("a thread that has ended: %d\n", faults(RUSAGE_SELF) - before >= PAGES);
	before = faults(RUSAGE_CHILDREN);
	in_child(touch);
	printf("a child: %d\n", faults(RUSAGE_CHILDREN) - before >= PAGES);
	before = faults(RUSAGE_SELF);
	faults_by_proc(&own, &children);
	printf("/proc: %d %d\n", own >= before && own <= faults(RUSAGE_SELF), children == faults(RUSAGE_CHILDREN));
}

static void turns(void)
{
	static const int policies[] = { SCHED_FIFO, SCHED_RR, SCHED_OTHER };
	struct sched_param param = { 1 };
	struct timespec ts;
	unsigned int i;

	for (i = 0; i < 3; i++) {
		param.sched_priority = policies[i] != SCHED_OTHER;
		sched_setscheduler(0, policies[i], &param);
		ts = (struct timespec){ 7, 7 };
		SHOW(syscall(SYS_sched_rr_get_interval, 0, &ts));
		if (policies[i] == SCHED_OTHER)
			printf("a part of a second: %d\n", ts.tv_sec == 0 && ts.tv_nsec < 100000000);
		else
			printf("policy %d: %ld.%09ld\n", policies[i], (long)ts.tv_sec, ts.tv_nsec);
	}
	SHOW(syscall(SYS_sched_rr_get_interval, -1, &ts));
	SHOW(syscall(SYS_sched_rr_get_interval, 0x3fffffff, &ts));
	SHOW(syscall(SYS_sched_rr_get_interval, 0, (void *)8));
	SHOW(syscall(SYS_sched_rr_get_interval, getppid(), &ts));
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	counted();
	turns();
	return 0;
}
