/* SPDX-License-Identifier: MIT */
/* For row I1: restartable sequences. The C library registers each thread; here that is taken over. */
#define _GNU_SOURCE
#include <linux/rseq.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/rseq.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <ucontext.h>
#include "show.h"

#define SIG 0x53053053

/* That of the C library, which has the form that we want. */
static struct rseq *area(void)
{
	return (struct rseq *)((char *)__builtin_thread_pointer() + __rseq_offset);
}

static long rseq(void *at, unsigned int len, int flags, unsigned int sig)
{
	return syscall(SYS_rseq, at, len, flags, sig);
}

static void registering(void)
{
	struct rseq *own = area();
	static struct rseq other;

	printf("the C library has %u bytes\n", __rseq_size);
	SHOW(rseq(own, 32, 0, SIG));
	SHOW(rseq(own, 32, 0, SIG + 1));
	SHOW(rseq(own, 33, 0, SIG));
	SHOW(rseq(own, 32, 2, SIG));
	SHOW(rseq(own, 32, 3, SIG));
	SHOW(rseq(&other, 32, 0, SIG));
	SHOW(rseq(&other, 32, RSEQ_FLAG_UNREGISTER, SIG));
	SHOW(rseq(own, 31, RSEQ_FLAG_UNREGISTER, SIG));
	SHOW(rseq(own, 32, RSEQ_FLAG_UNREGISTER, SIG + 1));
	SHOW(rseq(own, 32, RSEQ_FLAG_UNREGISTER, SIG));
	printf("no CPU: %d %d\n", (int)own->cpu_id_start, (int)own->cpu_id);
	SHOW(rseq(own, 32, RSEQ_FLAG_UNREGISTER, SIG));
	SHOW(rseq(NULL, 32, RSEQ_FLAG_UNREGISTER, SIG));
	SHOW(rseq((char *)own + 8, 32, 0, SIG));
	SHOW(rseq((void *)0xffff888000000000, 32, 0, SIG));
	SHOW(rseq(own, 24, 0, SIG));
	SHOW(rseq(own, 32, 0, SIG));
	printf("a CPU at once: %d %d\n", (int)own->cpu_id >= 0, own->cpu_id == own->cpu_id_start);
}

static void be_on(pid_t tid, int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	sched_setaffinity(tid, sizeof(set), &set);
}

static cpu_set_t all;

static void every_cpu(void)
{
	unsigned int real;
	int i, wrong = 0;

	for (i = 0; i < CPU_SETSIZE; i++) {
		if (!CPU_ISSET(i, &all))
			continue;
		be_on(0, i);
		syscall(SYS_getcpu, &real, NULL, NULL);
		wrong += area()->cpu_id != (unsigned int)i || area()->cpu_id_start != (unsigned int)i || real != (unsigned int)i;
	}
	printf("wrong CPU: %d\n", wrong);
	sched_setaffinity(0, sizeof(all), &all);
}

/* -- Sections -------------------------------------------------------------------------------------- */

/*
 * A section from 1 to 2 with its description at 3 and what becomes of it at 4; `body` is in it. A word with
 * the signature stands before 4, in an instruction that faults.
 */
#define SECTION(body)							\
	".pushsection __rseq_cs, \"aw\"\n\t"				\
	".balign 32\n"							\
	"3:\t.long 0, 0\n\t"						\
	".quad 1f, 2f - 1f, 4f\n\t"					\
	".popsection\n\t"						\
	"leaq 3b(%%rip), %%rax\n\t"					\
	"movq %%rax, %[section]\n"					\
	"1:\t" body "\n"						\
	"2:\n\t"							\
	".pushsection __rseq_failure, \"ax\"\n\t"			\
	".byte 0x0f, 0xb9, 0x3d\n\t"					\
	".long 0x53053053\n"						\
	"4:\tjmp %l[aborted]\n\t"					\
	".popsection"

/* Adds where this CPU counts; 0 if it had to give up. */
static int add_here(struct rseq *r, long *counters)
{
	unsigned int cpu = *(volatile unsigned int *)&r->cpu_id_start;

	__asm__ __volatile__ goto (SECTION("cmpl %[cpu], %[id]\n\t"
					   "jne 4f\n\t"
					   "movq (%[counter]), %%rcx\n\t"
					   "incq %%rcx\n\t"
					   "movq %%rcx, (%[counter])")
		: : [section] "m" (r->rseq_cs), [id] "m" (r->cpu_id), [cpu] "r" (cpu),
		    [counter] "r" (counters + cpu * 8) : "memory", "cc", "rax", "rcx" : aborted);
	return 1;
aborted:
	return 0;
}

/* Stays in its section for ever; only the kernel takes it out. */
static void stay(struct rseq *r, volatile int *in)
{
	__asm__ __volatile__ goto (SECTION("movl $1, (%[in])\n"
					   "5:\tpause\n\t"
					   "jmp 5b")
		: : [section] "m" (r->rseq_cs), [in] "r" (in) : "memory", "cc", "rax" : aborted);
aborted:
	return;
}

#define THREADS	4
#define ROUNDS	10000

static long counters[CPU_SETSIZE * 8];

static void *counts(void *arg)
{
	struct rseq *r = area();
	int i;

	for (i = 0; i < ROUNDS; i++) {
		while (!add_here(r, counters))
			;
		if (i % 1000 == 0)
			sched_yield();
	}
	return arg;
}

static void counting(void)
{
	pthread_t threads[THREADS];
	long sum = 0;
	int i;

	for (i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, counts, NULL);
	for (i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	for (i = 0; i < CPU_SETSIZE; i++)
		sum += counters[i * 8];
	printf("counted %ld\n", sum);
}

/* -- What disturbs one ------------------------------------------------------------------------------- */

static volatile int in_section, came;
static volatile uint64_t seen_section;

static void handler(int sig, siginfo_t *info, void *ctx)
{
	(void)sig, (void)info, (void)ctx;
	came++;
	seen_section = area()->rseq_cs;
}

static void by_signal(void)
{
	struct itimerval it = { .it_value.tv_usec = 20000, .it_interval.tv_usec = 20000 }, none = { 0 };

	setitimer(ITIMER_REAL, &it, NULL);
	do {
		stay(area(), &in_section);	/* it may be left for something else */
	} while (!came);
	printf("left for a signal: %d, the handler is in none: %d\n", came > 0, seen_section == 0);
	setitimer(ITIMER_REAL, &none, NULL);
}

static volatile pid_t tid;
static volatile int left, stop;

static void *stays(void *arg)
{
	be_on(0, (int)(long)arg);
	tid = gettid();
	stay(area(), &in_section);
	left = 1;
	return arg;
}

static void *runs(void *arg)
{
	be_on(0, (int)(long)arg);
	while (!stop)
		;
	return arg;
}

static int a_cpu(int n)
{
	int i;

	for (i = 0; i < CPU_SETSIZE; i++)
		if (CPU_ISSET(i, &all) && !n--)
			return i;
	return -1;
}

/* Another thread wants to run on the same CPU. */
static void by_preemption(void)
{
	pthread_t one, other;

	in_section = left = 0;
	pthread_create(&one, NULL, stays, (void *)(long)a_cpu(0));
	while (!in_section)
		sched_yield();
	pthread_create(&other, NULL, runs, (void *)(long)a_cpu(0));
	pthread_join(one, NULL);
	stop = 1;
	pthread_join(other, NULL);
	printf("left for another thread: %d\n", left);
}

static void by_migration(void)
{
	pthread_t thread;

	in_section = left = 0;
	pthread_create(&thread, NULL, stays, (void *)(long)a_cpu(0));
	while (!in_section)
		sched_yield();
	be_on(tid, a_cpu(1));
	pthread_join(thread, NULL);
	printf("left for another CPU: %d\n", left);
}

/* -- Mistakes ---------------------------------------------------------------------------------------- */

static struct rseq_cs section;

/* A signal makes the kernel look. */
static void look_at(uint64_t pointer)
{
	signal(SIGUSR1, SIG_DFL);
	handle(SIGUSR1, handler, 0);
	area()->rseq_cs = pointer;
	raise(SIGUSR1);
	printf("section now: %d\n", area()->rseq_cs != 0);
	fflush(stdout);
}

static const unsigned char code[64] __attribute__((aligned(32))) = { [28] = 0x53, 0x30, 0x05, 0x53 };

static void start_over(void)
{
	section = (struct rseq_cs){ .start_ip = (uintptr_t)code, .post_commit_offset = 16, .abort_ip = (uintptr_t)code + 32 };
}

static void elsewhere(void) { start_over(); look_at((uintptr_t)&section); }
static void nowhere(void) { look_at(8); }
static void kernel(void) { look_at(0xffff888000000000); }
static void version(void) { start_over(); section.version = 1; look_at((uintptr_t)&section); }
static void signature(void) { start_over(); section.abort_ip++; look_at((uintptr_t)&section); }
static void inside(void) { start_over(); section.post_commit_offset = 40; look_at((uintptr_t)&section); }
static void backwards(void) { start_over(); section.post_commit_offset = -1UL; look_at((uintptr_t)&section); }

static void flags(void)
{
	struct itimerval it = { .it_value.tv_usec = 20000 };

	area()->flags = 1;
	setitimer(ITIMER_REAL, &it, NULL);
	stay(area(), &in_section);
}

static void child(void)
{
	printf("in a child: %d\n", area()->cpu_id == area()->cpu_id_start);
	SHOW(rseq(area(), 32, 0, SIG));
	every_cpu();
	fflush(stdout);
}

static void mistakes(void)
{
	static const struct { const char *name; void (*fn)(void); } m[] = {
		{ "a child", child }, { "not in the section", elsewhere }, { "no description", nowhere },
		{ "in the kernel", kernel }, { "version", version }, { "signature", signature },
		{ "aborts inside", inside }, { "length", backwards }, { "flags", flags },
	};
	unsigned int i;

	for (i = 0; i < sizeof(m) / sizeof(m[0]); i++)
		printf("%s: status %#x\n", m[i].name, in_child(m[i].fn));
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	sched_getaffinity(0, sizeof(all), &all);
	handle(SIGALRM, handler, SA_RESTART);
	registering();
	every_cpu();
	counting();
	by_signal();
	by_preemption();
	by_migration();
	mistakes();
	return 0;
}
