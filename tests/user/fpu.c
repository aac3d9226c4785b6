/* SPDX-License-Identifier: MIT */
/* gcc: -static -mno-red-zone */
/*
 * For rows B6 I1: floating-point and vector registers belong to their thread, whoever runs on the
 * CPU in between, and however the change came about.
 */
#define _GNU_SOURCE
#include <fenv.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROCESSES	4
#define THREADS		3
#define SWITCHES	10	/* that one of them has to see */

struct state {
	uint32_t	vector[16][8];
	double		x87[8];
	uint32_t	mxcsr;
	uint16_t	control;
} __attribute__((aligned(32)));

static int avx;
static volatile int *enough;	/* all processes' */

/* Eight values on the x87's stack, sixteen vectors, two control words. */
#define LOAD_X87(s)							\
	__asm__ __volatile__("fninit; fldcw %1\n"			\
		"fldl 0(%0); fldl 8(%0); fldl 16(%0); fldl 24(%0)\n"	\
		"fldl 32(%0); fldl 40(%0); fldl 48(%0); fldl 56(%0)\n"	\
		: : "r" ((s)->x87), "m" ((s)->control) : "memory")
#define SAVE_X87(s)							\
	__asm__ __volatile__("fnstcw %1\n"				\
		"fstpl 56(%0); fstpl 48(%0); fstpl 40(%0); fstpl 32(%0)\n" \
		"fstpl 24(%0); fstpl 16(%0); fstpl 8(%0); fstpl 0(%0)\n" \
		: : "r" ((s)->x87), "m" ((s)->control) : "memory")

#define EACH(op, mnemonic, reg)						\
	op(mnemonic, reg, 0) op(mnemonic, reg, 1) op(mnemonic, reg, 2) op(mnemonic, reg, 3) \
	op(mnemonic, reg, 4) op(mnemonic, reg, 5) op(mnemonic, reg, 6) op(mnemonic, reg, 7) \
	op(mnemonic, reg, 8) op(mnemonic, reg, 9) op(mnemonic, reg, 10) op(mnemonic, reg, 11) \
	op(mnemonic, reg, 12) op(mnemonic, reg, 13) op(mnemonic, reg, 14) op(mnemonic, reg, 15)
#define LOAD(mnemonic, reg, n)	#mnemonic " 32*" #n "(%0), %%" #reg #n "\n"
#define SAVE(mnemonic, reg, n)	#mnemonic " %%" #reg #n ", 32*" #n "(%0)\n"

/*
 * Load all of @s, wait in user mode for @spins rounds or make a system call, and save it again. No
 * C code, which would use the registers, comes in between.
 */
static void __attribute__((noinline)) through(struct state *s, struct state *after, long spins)
{
	__asm__ __volatile__("ldmxcsr %0" : : "m" (s->mxcsr));
	LOAD_X87(s);
	if (avx)
		__asm__ __volatile__(EACH(LOAD, vmovdqu, ymm) : : "r" (s->vector) : "memory");
	else
		__asm__ __volatile__(EACH(LOAD, movdqu, xmm) : : "r" (s->vector) : "memory");
	if (spins)
		__asm__ __volatile__("1: dec %0; jnz 1b" : "+r" (spins));
	else			/* sched_yield() */
		__asm__ __volatile__("syscall" : "+a" ((long){ 24 }) : : "rcx", "r11", "memory");
	if (avx)
		__asm__ __volatile__(EACH(SAVE, vmovdqu, ymm) "vzeroupper" : : "r" (after->vector)
				     : "memory");
	else
		__asm__ __volatile__(EACH(SAVE, movdqu, xmm) : : "r" (after->vector) : "memory");
	SAVE_X87(after);
	__asm__ __volatile__("stmxcsr %0; fninit" : "=m" (after->mxcsr));
}

static void make_state(struct state *s, uint32_t seed)
{
	unsigned int i, j;

	memset(s, 0, sizeof(*s));
	for (i = 0; i < 16; i++)
		for (j = 0; j < (avx ? 8 : 4); j++)
			s->vector[i][j] = seed * 0x9e3779b1 + i * 256 + j;
	for (i = 0; i < 8; i++)
		s->x87[i] = (double)seed * 1000 + i + 0.25;
	s->mxcsr = 0x1f80 | (seed & 3) << 13;		/* how to round */
	s->control = 0x037f | (seed & 3) << 10;
}

static void default_state(struct state *s)
{
	memset(s, 0, sizeof(*s));
	__asm__ __volatile__("stmxcsr %0; fnstcw %1" : "=m" (s->mxcsr), "=m" (s->control));
}

static long switches(void)
{
	struct rusage usage;

	getrusage(RUSAGE_THREAD, &usage);
	return usage.ru_nivcsw;
}

/* Until one has been switched away from often enough, by force; of its own will it is in between. */
static void *stay_the_same(void *arg)
{
	uint32_t seed = (uintptr_t)arg;
	struct state before, after;
	long rounds = 0, forced = 0;

	make_state(&before, seed);
	do {
		long spins = rounds++ % 8 ? 20000 : 0, at_first = switches();

		memset(&after, 0, sizeof(after));
		through(&before, &after, spins);
		if (memcmp(&before, &after, sizeof(before))) {
			printf("not the registers of %u\n", seed);
			return arg;
		}
		if (spins)		/* a switch by sched_yield() counts as one by force */
			forced += switches() - at_first;
		if (forced >= SWITCHES)
			*enough = 1;
	} while (!*enough);
	return NULL;
}

static int in_threads(uint32_t seed)
{
	pthread_t threads[THREADS];
	void *result;
	int i, bad = 0;

	for (i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, stay_the_same,
			       (void *)(uintptr_t)(seed * THREADS + i + 1));
	for (i = 0; i < THREADS; i++) {
		pthread_join(threads[i], &result);
		bad += result != NULL;
	}
	return bad;
}

static void many_at_once(void)
{
	int i, status, bad = 0;

	for (i = 0; i < PROCESSES; i++)
		if (!fork())
			_exit(in_threads(i));
	for (i = 0; i < PROCESSES; i++) {
		wait(&status);
		bad += status != 0;
	}
	printf("processes whose registers have changed: %d\n", bad);
}

/* A child begins with its parent's control words; so does a thread; a new program with its own. */
static void *rounding(void *arg)
{
	*(int *)arg = fegetround();
	return NULL;
}

static void inherited(void)
{
	pthread_t thread;
	int status, mode = -1;

	fesetround(FE_UPWARD);
	if (!fork())
		_exit(fegetround() == FE_UPWARD);
	wait(&status);
	printf("the child rounds as the parent: %d\n", WEXITSTATUS(status));
	pthread_create(&thread, NULL, rounding, &mode);
	pthread_join(thread, NULL);
	printf("a thread too: %d\n", mode == FE_UPWARD);
}

int main(int argc, char **argv)
{
	struct state state;

	setbuf(stdout, NULL);
	default_state(&state);
	printf("at first: %#x %#x\n", state.mxcsr, state.control);
	if (argc > 1)
		return 5;
	enough = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	avx = !!__builtin_cpu_supports("avx");
	many_at_once();
	inherited();
	execl(argv[0], argv[0], "again", NULL);
	return 1;
}
