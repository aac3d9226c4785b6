/* SPDX-License-Identifier: MIT */
/*
 * System calls: with arguments that fit them, and at random. One process makes them until
 * they cost it its life, or its parent sees that it no longer moves; then another one goes on.
 *
 * Left out is what ends or blinds the machine by design: reboot, sysrq, the log's level, real-time
 * scheduling (which may keep everybody else from running), and exit.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>
#include "fuzz.h"

#define NR_64		452
#define TIDY		512	/* so many calls between two times that files and signals are put in order */

static unsigned int place;
static uint64_t seed_of_threads, last;

/* The child of a fork in any form is to go at once, without a stack that may be its parent's too. */
static long call_64(uint64_t nr, const uint64_t *a)
{
	register uint64_t r10 __asm__("r10") = a[3], r8 __asm__("r8") = a[4], r9 __asm__("r9") = a[5];
	uint64_t ret = nr, di = a[0], si = a[1], dx = a[2];

	__asm__ __volatile__("movq %%rax, %%rbx\n"
			     "syscall\n"
			     "testq %%rax, %%rax\n"
			     "jnz 2f\n"
			     "cmpq $56, %%rbx\n"
			     "je 1f\n"
			     "cmpq $57, %%rbx\n"
			     "je 1f\n"
			     "cmpq $58, %%rbx\n"
			     "je 1f\n"
			     "cmpq $435, %%rbx\n"
			     "jne 2f\n"
			     "1: movl $60, %%eax\n"
			     "xorl %%edi, %%edi\n"
			     "syscall\n"
			     "2:\n"
			     : "+a" (ret), "+D" (di), "+S" (si), "+d" (dx), "+r" (r10), "+r" (r8), "+r" (r9)
			     : : "rbx", "rcx", "r11", "memory");
	return ret;
}

static long call_32(uint64_t nr, const uint64_t *a)
{
	uint64_t ret = nr, cx = a[1], dx = a[2], si = a[3], di = a[4];

	__asm__ __volatile__("pushq %%rbx\n"
			     "pushq %%rbp\n"
			     "pushq %%rax\n"
			     "movq %[bx], %%rbx\n"
			     "movq %[bp], %%rbp\n"
			     "int $0x80\n"
			     "popq %%rbx\n"
			     "testl %%eax, %%eax\n"
			     "jnz 2f\n"
			     "cmpl $2, %%ebx\n"
			     "je 1f\n"
			     "cmpl $120, %%ebx\n"
			     "je 1f\n"
			     "cmpl $190, %%ebx\n"
			     "je 1f\n"
			     "cmpl $435, %%ebx\n"
			     "jne 2f\n"
			     "1: movl $60, %%eax\n"
			     "xorl %%edi, %%edi\n"
			     "syscall\n"
			     "2: popq %%rbp\n"
			     "popq %%rbx\n"
			     : "+a" (ret), "+c" (cx), "+d" (dx), "+S" (si), "+D" (di)
			     : [bx] "r" (a[0]), [bp] "r" (a[5]) : "r8", "r9", "r10", "r11", "memory");
	return ret;
}

/* A directory of its own, with devices that nobody else has. */
static void prepare(struct random *r)
{
	int i;

	/* Who leads a session can't move to another group: half of them. */
	if (below(r, 2))
		setsid();
	else
		setpgid(0, 0);
	if (mknod("null", S_IFCHR | 0600, makedev(1, 3)) || mknod("zero", S_IFCHR | 0600, makedev(1, 5)) ||
	    mknod("full", S_IFCHR | 0600, makedev(1, 7)) || mknod("random", S_IFCHR | 0600, makedev(1, 8)) ||
	    mknod("tty", S_IFCHR | 0600, makedev(4, 65)))
		_exit(1);
	for (i = 0; i < 3; i++)
		dup2(open("null", O_RDWR), i);
	make_area();
	open_files(r);
	for (i = 0; i < 64; i++)
		fill(r);
}

/* As before; or not at all, when it can't be so again. */
static void tidy(struct random *r, unsigned int thread)
{
	struct rlimit none = { RLIM_INFINITY, RLIM_INFINITY }, files = { 1024, 1 << 20 };
	struct stat st;
	int i;

	catch_faults(thread);
	if (thread)
		return;
	umask(0);
	for (i = 0; i < RLIM_NLIMITS; i++)
		setrlimit(i, i == RLIMIT_NOFILE ? &files : &none);
	if (chdir("/w") || stat("null", &st) || !S_ISCHR(st.st_mode))
		_exit(0);
	make_area();
	open_files(r);
	/* Somebody to wait for. */
	if (!syscall(SYS_fork))
		_exit(0);
	munmap((void *)PLAY, PLAY_PAGES * 4096);
	mmap((void *)PLAY, PLAY_PAGES * 4096, PROT_READ | PROT_WRITE,
	     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
}

static int is(unsigned int call, const char *name)
{
	return !strcmp(calls[call].name, name);
}

/* Limits and signals of others, the machine's end, real-time scheduling, and the log are not for us. */
static int is_harmless(unsigned int call, uint64_t *a)
{
	if (calls[call].like[0] == '-')
		return 0;
	if (is(call, "prlimit64"))
		a[0] = 0;
	if (is(call, "sched_setscheduler"))
		return a[1] == SCHED_OTHER || a[1] == SCHED_BATCH || a[1] == SCHED_IDLE;
	if (is(call, "syslog"))
		return (int)a[0] < 2 || (int)a[0] == 3 || (int)a[0] > 8;
	if (is(call, "reboot") && (uint32_t)a[0] % 2) {
		a[0] = 0xfee1dead;
		a[1] = 672274793;
		a[2] = a[2] % 2 ? 0 : 0x89abcdef;	/* Ctrl-Alt-Del off, on */
	}
	/* No bytes at random become the kernel's code. */
	if (is(call, "init_module"))
		return a[0] == argument_like(NULL, '@');
	return 1;
}

/* These are made less often. */
static int waits(unsigned int call)
{
	return calls[call].like[0] == '!' || calls[call].like[0] == '~';
}

/* In a child that has our memory: what we are after that we would not be any more. */
static long call_in_child(uint64_t nr, const uint64_t *a)
{
	volatile long ret = 0;
	pid_t pid = vfork();

	if (!pid) {
		ret = call_64(nr, a);
		_exit(0);
	}
	if (pid < 0)
		return -EAGAIN;
	while (waitpid(pid, NULL, __WALL) < 0 && errno == EINTR)
		;
	return ret;
}

/* Return: the call, 0 for one at random; its number in @nr. */
static unsigned int choose(struct random *r, unsigned int *nr, int *compat)
{
	unsigned int call = 1 + below(r, nr_calls - 1);
	int number;

	*compat = !below(r, 6);
	number = number_of(call, *compat);
	if (number >= 0 && below(r, 4)) {
		*nr = number;
		return call;
	}
	*nr = below(r, 64) ? below(r, NR_64) : (uint32_t)odd_number(r);
	return 0;
}

/* Return: whether it was made. */
static int one_call(struct random *r, uint64_t *count)
{
	unsigned int nr, i, like, call;
	int compat;
	uint64_t a[6];
	const char *letter;
	long ret;

	like = call = choose(r, &nr, &compat);
	if (!call && nr < NR_NUMBERS)
		call = (compat ? calls_32 : calls_64)[nr];
	if (waits(call) && below(r, 16))
		return 0;
	if (!below(r, 4))
		fill(r);
	letter = calls[like].like + (calls[like].like[0] && strchr("!~?", calls[like].like[0]));
	for (i = 0; i < 6; i++)
		a[i] = *letter ? argument_like(r, *letter++) : argument(r);
	if (!is_harmless(call, a))
		return 0;
	shared->last_call[place] = nr | (uint32_t)compat << 31;
	++*count;
	if (is(call, "execve") || is(call, "setsid"))
		ret = call_in_child(nr, a);
	else
		ret = compat ? (int)call_32(nr, a) : call_64(nr, a);
	note_result(call, ret);
	return 1;
}

static void *make_calls(void *which)
{
	uint64_t *count = &shared->calls[place];
	unsigned int thread = which != NULL;
	/* What the way back from a fault is to find as it was. */
	static struct random state[MAX_THREADS];
	static unsigned int made[MAX_THREADS];

	seed_random(&state[thread], seed_of_threads + thread);
	if (__builtin_setjmp(places_to_return[thread]))
		made[thread] = 0;		/* what is it that was lost? */
	while (*count < last) {
		if (made[thread]++ % TIDY == 0)
			tidy(&state[thread], thread);
		one_call(&state[thread], count);
	}
	return which;
}

/**
 * fuzz_calls - make system calls until as many have been made, or it is the end of this process
 * @which: word of the shared page that is ours
 * @seed: decides what is called
 * @upto: what the word counts to
 *
 * In a directory of its own. Two threads share it all, often enough.
 */
void fuzz_calls(unsigned int which, uint64_t seed, uint64_t upto)
{
	pthread_t thread;
	struct random r;

	seed_random(&r, seed);
	place = which;
	seed_of_threads = seed;
	last = upto;
	prepare(&r);
	if (below(&r, 2))
		pthread_create(&thread, NULL, make_calls, &r);
	make_calls(NULL);
	_exit(0);
}
