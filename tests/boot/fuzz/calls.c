/* SPDX-License-Identifier: MIT */
/*
 * System calls at random: numbers, arguments, what pointers point to. One process makes them until
 * they cost it its life, or its parent sees that it no longer moves; then another one goes on.
 *
 * Left out is what ends or blinds the machine by design: reboot, kexec, sysrq, the log's level, real-time
 * scheduling (which may keep everybody else from running), and exit.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include "fuzz.h"

#define NR_64		452
#define AREA		(64 << 10)

/* By x86-64's and by i386's numbers. */
static const uint16_t not_64[] = {
	SYS_exit, SYS_exit_group, SYS_reboot, SYS_kexec_load, 320 /* kexec_file_load */, SYS_syslog,
	SYS_sched_setscheduler, SYS_sched_setparam, 314 /* sched_setattr */, SYS_init_module,
	SYS_swapon, SYS_vhangup,
};
static const uint16_t not_32[] = {
	1, 252, 88, 283, 103, 156, 154, 351, 128, 87, 111,
};
/* These mostly wait: they are made less often. */
static const uint16_t slow_64[] = {
	SYS_pause, SYS_poll, SYS_select, SYS_pselect6, SYS_ppoll, SYS_nanosleep, SYS_clock_nanosleep,
	SYS_rt_sigsuspend, SYS_rt_sigtimedwait, SYS_futex, SYS_flock, SYS_wait4, SYS_waitid,
	SYS_epoll_wait, SYS_epoll_pwait, SYS_fork, SYS_vfork, SYS_clone, 435 /* clone3 */, SYS_fcntl,
	SYS_read, SYS_readv,
};
static const uint16_t slow_32[] = {
	2, 3, 7, 29, 55, 72, 82, 114, 120, 142, 143, 162, 168, 177, 179, 190, 221, 240, 265, 284, 308,
	309, 407, 413, 414, 422, 435,
};

static const char *const names[] = {
	".", "..", "/", "", "f0", "f1", "f2", "f3", "d0", "d0/f", "d1/../f1", "l0", "p0", "/proc",
	"/proc/self", "/proc/self/maps", "/proc/self/fd/3", "/proc/self/mem", "/proc/meminfo", "/proc/1/stat",
	"/proc/interrupts", "/proc/sys/kernel/hostname", "null", "zero", "random",
	"/sys/kernel", "/sys/module", "no/such", "tmpfs", "proc", "f0/f",
};

static unsigned char *area;	/* writable; the page behind it is not there */
static unsigned char *constant;	/* a page that can only be read */

static int contains(const uint16_t *list, size_t n, unsigned int nr)
{
	while (n--)
		if (list[n] == nr)
			return 1;
	return 0;
}
#define IN(list, nr)	contains(list, sizeof(list) / sizeof(list[0]), nr)

static uint64_t odd_number(struct random *r)
{
	static const uint64_t values[] = {
		0, 1, 2, 3, 4, 7, 8, 16, 64, 100, 255, 256, 4095, 4096, 4097, 65535, 65536, 0x7fffffff,
		0x80000000, 0xffffffff, 0x100000000, 0x7fffffffffffffff, 0x8000000000000000, -1, -2, -22,
		-4095, -4096, -100, 0x7ffffffff000, 0x7fffffffe000, 0x800000000000, 0xffff800000000000,
		0xffff888000000000, 0xffffffff80200000, 0xffffc90000000000, 0xfffffe0000000000,
	};

	switch (below(r, 4)) {
	case 0:
		return PICK(r, values);
	case 1:
		return 1ULL << below(r, 64);
	case 2:
		return (1ULL << below(r, 64)) - 1 - below(r, 3);
	default:
		return next(r) >> below(r, 64);
	}
}

static uint64_t address(struct random *r)
{
	switch (below(r, 14)) {
	case 12:
		return (uint64_t)area + below(r, AREA / 4096 + 2) * 4096;
	case 13:
		return 0x10000000 + below(r, 32) * 4096;	/* where mappings may come to be */
	case 0:
		return (uint64_t)area + AREA - below(r, 32);	/* across the end */
	case 1:
		return (uint64_t)constant + below(r, 64) * 8;
	case 2:
		return 0;
	case 3:
		return odd_number(r);
	case 4:
		return (uint64_t)area + below(r, AREA);
	default:
		return (uint64_t)area + below(r, AREA / 64) * 64;
	}
}

/* What calls read from memory: names, small numbers, addresses, noise. */
static void fill(struct random *r)
{
	uint64_t *at = (uint64_t *)(area + below(r, AREA / 64) * 64);
	unsigned int i, n = 8;

	for (i = 0; i < n; i++) {
		switch (below(r, 6)) {
		case 0:
			at[i] = odd_number(r);
			break;
		case 1:
			at[i] = address(r);
			break;
		case 2:
			at[i] = below(r, 16) | (uint64_t)below(r, 16) << 32;
			break;
		case 3:
			at[i] = 0;
			break;
		default:
			at[i] = below(r, 1000000);
		}
	}
	if (below(r, 2))
		strcpy((char *)at, PICK(r, names));
}

static uint64_t argument(struct random *r)
{
	switch (below(r, 11)) {
	case 0:
	case 1:
	case 2:
		return below(r, 24);			/* a file, a command, a flag */
	case 10:
		return below(r, 20) * 4096;
	case 3:
		return odd_number(r);
	case 4:
		return below(r, 5000);
	case 5:
		return getpid();
	default:
		return address(r);
	}
}

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

/* Files, directories and devices to play with: nothing else has to be there afterwards. */
static void prepare(struct random *r)
{
	int i, fd, ends[2];

	setsid();
	for (i = 3; i < 64; i++)
		close(i);
	if (mknod("null", S_IFCHR | 0600, makedev(1, 3)) || mknod("zero", S_IFCHR | 0600, makedev(1, 5)) ||
	    mknod("random", S_IFCHR | 0600, makedev(1, 8)))
		_exit(1);
	for (i = 0; i < 3; i++)
		dup2(open("null", O_RDWR), i);
	mkdir("d0", 0700);
	for (i = 0; i < 4; i++) {
		char name[] = { 'f', '0' + i, 0 };

		fd = open(name, O_RDWR | O_CREAT, 0600);
		if (write(fd, names, sizeof(names)) < 0)
			_exit(1);
	}
	if (symlink("f0", "l0") || mknod("p0", S_IFIFO | 0600, 0) || pipe(ends))
		_exit(1);
	open("d0", O_RDONLY);
	open("/proc/self/maps", O_RDONLY);
	open("zero", O_RDWR);
	area = mmap(NULL, AREA + 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	mprotect(area + AREA, 4096, PROT_NONE);
	constant = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	for (i = 0; i < 64; i++)
		fill(r);
}

static int may_make(struct random *r, unsigned int nr, int compat)
{
	if (compat ? IN(not_32, nr) : IN(not_64, nr))
		return 0;
	if (compat ? IN(slow_32, nr) : IN(slow_64, nr))
		return !below(r, 24);
	return 1;
}

/* Limits and signals of others, of task 1 above all, are not for us. */
static void spare_others(uint64_t nr, uint64_t *a, int compat)
{
	if (!compat && nr == SYS_prlimit64)
		a[0] = 0;
	if (compat && nr == 340)
		a[0] = 0;
}

static unsigned int place;
static uint64_t seed_of_threads, last;

static void *make_calls(void *which)
{
	uint64_t a[6], *count = &shared->calls[place];
	struct random r;
	unsigned int nr, i;
	int compat;

	seed_random(&r, seed_of_threads + (which != NULL));
	while (*count < last) {
		compat = !below(&r, 6);
		nr = below(&r, 64) ? below(&r, NR_64) : (uint32_t)odd_number(&r);
		if (!may_make(&r, nr, compat))
			continue;
		if (!below(&r, 4))
			fill(&r);
		for (i = 0; i < 6; i++)
			a[i] = argument(&r);
		spare_others(nr, a, compat);
		shared->last_call[place] = nr | (uint32_t)compat << 31;
		++*count;
		if (compat)
			call_32(nr, a);
		else
			call_64(nr, a);
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
