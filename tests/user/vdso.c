/* SPDX-License-Identifier: MIT */
/*
 * For row I1: the vDSO. Its functions are found as a C library finds them, and held against the system
 * calls, on all CPUs and while the clock is set. Where user mode can't read the clock they are system calls.
 */
#define _GNU_SOURCE
#include <elf.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include "show.h"

/* -- The image ------------------------------------------------------------------------------------- */

static uintptr_t base;
static size_t size;		/* the image can be changed as a whole only */

static const Elf64_Phdr *segment(uint32_t type)
{
	const Elf64_Ehdr *ehdr = (const Elf64_Ehdr *)base;
	const Elf64_Phdr *ph = (const Elf64_Phdr *)(base + ehdr->e_phoff);
	int i;

	for (i = 0; i < ehdr->e_phnum; i++, ph++)
		if (ph->p_type == type)
			return ph;
	return NULL;
}

static uintptr_t dynamic(int64_t tag)
{
	const Elf64_Dyn *d = (const Elf64_Dyn *)(base + segment(PT_DYNAMIC)->p_vaddr);

	for (; d->d_tag != DT_NULL; d++)
		if (d->d_tag == tag)
			return d->d_un.d_val;
	return 0;
}

/* By the hash of old, with the version that Linux has given them. */
static void *function(const char *name)
{
	const uint32_t *hash = (const uint32_t *)(base + dynamic(DT_HASH));
	const Elf64_Sym *symbols = (const Elf64_Sym *)(base + dynamic(DT_SYMTAB));
	const char *strings = (const char *)(base + dynamic(DT_STRTAB));
	const uint16_t *versions = (const uint16_t *)(base + dynamic(DT_VERSYM));
	const Elf64_Verdef *def = (const Elf64_Verdef *)(base + dynamic(DT_VERDEF));
	const char *version = "none", *c;
	uint32_t h = 0, g, i;

	for (c = name; *c; c++) {
		h = (h << 4) + (unsigned char)*c;
		g = h & 0xf0000000;
		h = (h ^ g >> 24) & ~g;
	}
	for (i = hash[2 + h % hash[0]]; i; i = hash[2 + hash[0] + i])
		if (!strcmp(strings + symbols[i].st_name, name))
			break;
	if (!i)
		return NULL;
	for (;; def = (const Elf64_Verdef *)((uintptr_t)def + def->vd_next)) {
		if (def->vd_ndx == (versions[i] & 0x7fff))
			version = strings + ((const Elf64_Verdaux *)((uintptr_t)def + def->vd_aux))->vda_name;
		if (!def->vd_next)
			break;
	}
	printf("%s: %s\n", name, version);
	return (void *)(base + symbols[i].st_value);
}

static void maps(void)
{
	FILE *f = fopen("/proc/self/maps", "r");
	unsigned long start, end, vvar_end = 0;
	char line[300], rights[8], *name;

	while (fgets(line, sizeof(line), f)) {
		sscanf(line, "%lx-%lx %7s", &start, &end, rights);
		name = strchr(line, '[');
		if (!name || (strcmp(name, "[vvar]\n") && strcmp(name, "[vdso]\n")))
			continue;
		printf("%s %.6s", rights, name);
		if (name[2] == 'v') {
			vvar_end = end;
		} else {
			size = end - start;
			printf(", at AT_SYSINFO_EHDR: %d, behind [vvar]: %d", start == base, start == vvar_end);
		}
		putchar('\n');
	}
	fclose(f);
}

static void image(void)
{
	const Elf64_Ehdr *ehdr = (const Elf64_Ehdr *)base;

	printf("ELF: %d, type %d, machine %d, class %d\n", !memcmp(ehdr->e_ident, ELFMAG, SELFMAG), ehdr->e_type,
	       ehdr->e_machine, ehdr->e_ident[EI_CLASS]);
	printf("address %ld, relocations %d, name %s\n", (long)segment(PT_LOAD)->p_vaddr,
	       dynamic(DT_RELA) || dynamic(DT_REL) || dynamic(DT_JMPREL),
	       (const char *)(base + dynamic(DT_STRTAB) + dynamic(DT_SONAME)));
}

/* -- The functions --------------------------------------------------------------------------------- */

static int (*vdso_gettime)(clockid_t, struct timespec *);
static int (*vdso_getres)(clockid_t, struct timespec *);
static int (*vdso_gettimeofday)(struct timeval *, struct timezone *);
static time_t (*vdso_time)(time_t *);
static int (*vdso_getcpu)(unsigned int *, unsigned int *, void *);

static void find(void)
{
	vdso_gettime = function("__vdso_clock_gettime");
	vdso_getres = function("__vdso_clock_getres");
	vdso_gettimeofday = function("__vdso_gettimeofday");
	vdso_time = function("__vdso_time");
	vdso_getcpu = function("__vdso_getcpu");
	printf("the same by their short names: %d\n", function("clock_gettime") == (void *)vdso_gettime &&
	       function("clock_getres") == (void *)vdso_getres && function("gettimeofday") == (void *)vdso_gettimeofday &&
	       function("time") == (void *)vdso_time && function("getcpu") == (void *)vdso_getcpu);
}

static long long ns_of(struct timespec ts)
{
	return ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

static long long by_call(int clock)
{
	struct timespec ts;

	syscall(SYS_clock_gettime, clock, &ts);
	return ns_of(ts);
}

static long long by_vdso(int clock)
{
	struct timespec ts;

	vdso_gettime(clock, &ts);
	if (ts.tv_nsec < 0 || ts.tv_nsec >= 1000000000)
		printf("%ld nanoseconds\n", ts.tv_nsec);
	return ns_of(ts);
}

static const int clocks[] = { CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_MONOTONIC_RAW, CLOCK_REALTIME_COARSE,
			      CLOCK_MONOTONIC_COARSE, CLOCK_BOOTTIME, CLOCK_TAI, CLOCK_PROCESS_CPUTIME_ID,
			      CLOCK_THREAD_CPUTIME_ID };
#define NR_CLOCKS	(sizeof(clocks) / sizeof(clocks[0]))

/* Between two system calls the vDSO tells what lies between. */
static void in_between(void)
{
	long long before, now, after;
	int i, bad;
	unsigned int c;

	for (c = 0; c < NR_CLOCKS; c++) {
		for (i = bad = 0; i < 300; i++) {
			before = by_call(clocks[c]);
			now = by_vdso(clocks[c]);
			after = by_call(clocks[c]);
			bad += before > now || now > after;
		}
		printf("clock %d: out of order %d\n", clocks[c], bad);
	}
}

static void others(void)
{
	struct timezone zone = { 60, 1 }, seen = { 7, 7 }, utc = { 0, 0 };
	struct timespec ts = { 7, 7 };
	struct timeval tv, tv2;
	time_t t, t2, t3;
	unsigned int c;

	for (c = 0; c < NR_CLOCKS; c++) {
		printf("resolution of %d: %d", clocks[c], vdso_getres(clocks[c], &ts));
		printf(" %ld.%09ld, %d\n", (long)ts.tv_sec, ts.tv_nsec, vdso_getres(clocks[c], NULL));
	}
	printf("no clock: %d %d %d %d\n", vdso_gettime(99, &ts), vdso_getres(99, &ts), vdso_gettime(10, &ts),
	       vdso_gettime(-1, &ts));
	t = syscall(SYS_time, NULL);
	t2 = vdso_time(&t3);
	printf("time: %d %d\n", t2 == t3, t2 >= t && t2 <= syscall(SYS_time, NULL));
	syscall(SYS_gettimeofday, &tv, NULL);
	vdso_gettimeofday(&tv2, NULL);
	printf("gettimeofday: %d\n", timercmp(&tv, &tv2, <=));
	syscall(SYS_gettimeofday, &tv, NULL);
	printf("and back: %d\n", timercmp(&tv2, &tv, <=));
	SHOW(syscall(SYS_settimeofday, NULL, &zone));
	printf("zone: %d", vdso_gettimeofday(NULL, &seen));
	printf(" %d %d\n", seen.tz_minuteswest, seen.tz_dsttime);
	syscall(SYS_settimeofday, NULL, &utc);
}

static void cpus(void)
{
	unsigned int cpu, node, bad = 0, n = 0;
	cpu_set_t all, one;

	sched_getaffinity(0, sizeof(all), &all);
	for (int i = 0; i < CPU_SETSIZE; i++) {
		if (!CPU_ISSET(i, &all))
			continue;
		CPU_ZERO(&one);
		CPU_SET(i, &one);
		sched_setaffinity(0, sizeof(one), &one);
		bad += vdso_getcpu(&cpu, &node, NULL) || cpu != (unsigned int)i || node;
		bad += sched_getcpu() != i;
		n++;
	}
	sched_setaffinity(0, sizeof(all), &all);
	printf("getcpu: %d %d, nothing asked %d\n", bad, n > 0, vdso_getcpu(NULL, NULL, NULL));
}

/* -- Many CPUs --------------------------------------------------------------------------------------- */

#define THREADS	4
#define ROUNDS	1500

static _Atomic long long latest;
static _Atomic int backwards, torn, done;

/* What one thread has read, by either way, no other reads an earlier time after that. */
static void *reads(void *arg)
{
	long long now, seen;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		seen = latest;
		now = (i ^ (long)arg) & 1 ? by_vdso(CLOCK_MONOTONIC) : by_call(CLOCK_MONOTONIC);
		if (now < seen)
			backwards++;
		while (now > seen && !__atomic_compare_exchange_n(&latest, &seen, now, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
			;
	}
	return NULL;
}

#define EARLY	1000000000LL
#define LATE	2000000000LL
#define SPAN	100000LL	/* seconds: no test runs so long */

/* The clock is at one of two times, far apart; anything else is half of one and half of the other. */
static void *reads_wall(void *arg)
{
	long long s;

	while (!done) {
		s = by_vdso((long)arg & 1 ? CLOCK_REALTIME : CLOCK_REALTIME_COARSE) / 1000000000;
		if ((s < EARLY || s > EARLY + SPAN) && (s < LATE || s > LATE + SPAN))
			torn++;
	}
	return NULL;
}

static void set_wall(long long s)
{
	struct timespec ts = { s, 0 };

	if (syscall(SYS_clock_settime, CLOCK_REALTIME, &ts))
		printf("not set\n");
}

static void many_cpus(void)
{
	long long then = by_call(CLOCK_REALTIME), start = by_call(CLOCK_MONOTONIC);
	pthread_t threads[THREADS];
	long i;

	for (i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, reads, (void *)i);
	for (i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	printf("backwards: %d\n", backwards);
	set_wall(EARLY);
	for (i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, reads_wall, (void *)i);
	for (i = 0; i < 150; i++)
		set_wall(i & 1 ? EARLY : LATE);
	done = 1;
	for (i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	printf("torn: %d\n", torn);
	set_wall((then + by_call(CLOCK_MONOTONIC) - start) / 1000000000);
}

/* -- Its memory -------------------------------------------------------------------------------------- */

static void writes_data(void)
{
	*(volatile char *)(base - 4096) = 1;
}

/* Without it there are the system calls. */
static void without(void)
{
	struct timespec ts;

	printf("unmapped: %d %ld\n", munmap((void *)base, size), syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &ts));
	fflush(stdout);
	vdso_gettime(CLOCK_MONOTONIC, &ts);
}

static void memory(void)
{
	char *byte = (char *)base + 8;
	pid_t child;

	SHOW(mprotect((void *)(base - 4096), 4096, PROT_READ | PROT_WRITE));
	printf("writing data: status %#x\n", in_child(writes_data));
	child = fork();
	if (!child) {
		SHOW(mprotect((void *)base, size, PROT_READ | PROT_WRITE | PROT_EXEC));
		*byte = 42;
		printf("a copy of one's own: %d, time %d\n", *byte, by_vdso(CLOCK_MONOTONIC) > 0);
		fflush(stdout);
		_exit(0);
	}
	waitpid(child, NULL, 0);
	printf("others have the old one: %d\n", *byte);
	printf("unmapped: status %#x\n", in_child(without));
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	base = getauxval(AT_SYSINFO_EHDR);
	if (!base) {
		printf("no vDSO\n");
		return 1;
	}
	maps();
	image();
	find();
	in_between();
	others();
	cpus();
	many_cpus();
	memory();
	return 0;
}
