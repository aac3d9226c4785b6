/* SPDX-License-Identifier: MIT */
/*
 * Signal frames that are spoilt, then handed to rt_sigreturn(): where they were put, or moved to where
 * a page ends, or while another thread writes into them. Whatever they say, the program goes on, or
 * faults where recover.c catches it, or ends.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>
#include "fuzz.h"

#define MAGIC1		0x46505853
#define SW_BYTES	464		/* magic1, extended_size, xfeatures, xstate_size */
#define EDGE_PAGES	4		/* and one behind them that is not there */
#define UC_SIZE		304		/* what the kernel reads of a context */

static struct random numbers;
static unsigned int place;
static uint64_t last;
static char *edge;

/* The kernel's selectors and the user's, an LDT's, none, and what lies behind the table. */
static uint16_t selector(struct random *r)
{
	static const uint16_t known[] = { 0, 3, 0x08, 0x10, 0x18, 0x23, 0x2b, 0x33, 0x40, 0x43, 0x63, 0x7b, 0x07, 0xfff3 };

	return below(r, 2) ? PICK(r, known) : next(r);
}

static uint64_t bad_address(struct random *r)
{
	static const uint64_t edges[] = {
		0, 1, 0xfff, 0x7fffffffe000, 0x7fffffffeffe, 0x7fffffffefff, 0x7ffffffff000, 0x7fffffffffff,
		0x800000000000, 0x800000000001, 0xffff7fffffffffff, 0xffff800000000000, 0xffff888000000000,
		0xffffc90000000000, 0xffffffff80000000, 0xffffffff80200000, 0xffffffffff600000, -8ULL, -1ULL,
	};

	return below(r, 2) ? PICK(r, edges) : next(r) | 1ULL << (47 + below(r, 17));
}

static uint64_t flags(struct random *r, uint64_t now)
{
	switch (below(r, 3)) {
	case 0: return now ^ 1ULL << below(r, 64);
	case 1: return next(r);
	default: return below(r, 2) ? ~0ULL : 0;
	}
}

static void spoil_registers(struct random *r, ucontext_t *uc)
{
	greg_t *regs = uc->uc_mcontext.gregs;
	unsigned int at = 16 * below(r, 4);

	switch (below(r, 8)) {
	case 0: regs[REG_RIP] = bad_address(r); break;
	case 1: regs[REG_RSP] = bad_address(r); break;
	case 2: regs[REG_RSP] += below(r, 64) - 32; break;
	case 3:
	case 4: regs[REG_EFL] = flags(r, regs[REG_EFL]); break;
	default:
		/* CS, GS, FS, SS */
		regs[REG_CSGSFS] &= ~(0xffffULL << at);
		regs[REG_CSGSFS] |= (uint64_t)selector(r) << at;
	}
}

static uint32_t odd_size(struct random *r, uint32_t now)
{
	static const uint32_t sizes[] = { 0, 1, 511, 512, 513, 575, 576, 577, 832, 4096, 1 << 20, 0x7fffffff, 0x80000000, ~0U };

	return below(r, 2) ? PICK(r, sizes) : now + below(r, 9) - 4;
}

static void spoil_xsave(struct random *r, char *fp)
{
	uint64_t *header = (uint64_t *)(fp + 512);
	uint32_t *sw = (uint32_t *)(fp + SW_BYTES);

	switch (below(r, 9)) {
	case 0: header[0] ^= 1ULL << below(r, 64); break;		/* XSTATE_BV */
	case 1: header[0] = below(r, 2) ? next(r) : -(uint64_t)below(r, 2); break;
	case 2: header[1] ^= 1ULL << below(r, 64); break;		/* XCOMP_BV */
	case 3: header[2 + below(r, 6)] = 1ULL << below(r, 64); break;	/* must be zero */
	case 4: *(uint32_t *)(fp + 24) ^= 1U << below(r, 32); break;	/* MXCSR */
	case 5: sw[0] ^= below(r, 2) ? 1U << below(r, 32) : 0; break;	/* magic1 */
	case 6: sw[1] = odd_size(r, sw[1]); break;
	case 7: *(uint64_t *)(sw + 2) ^= 1ULL << below(r, 64); break;	/* xfeatures */
	default: sw[4] = odd_size(r, sw[4]);				/* xstate_size, and so magic2 */
	}
}

static void spoil(struct random *r, ucontext_t *uc, char *fp, uint32_t size)
{
	unsigned int n = below(r, 4);

	while (n--) {
		switch (below(r, 8)) {
		case 0:
		case 1:
		case 2: spoil_registers(r, uc); break;
		case 3:
		case 4: spoil_xsave(r, fp); break;
		case 5: fp[size - 4 + below(r, 4)] ^= 1 << below(r, 8); break;	/* magic2 */
		case 6:
			uc->uc_mcontext.fpregs = (void *)(below(r, 2) ? bad_address(r) : (uint64_t)fp + below(r, 128) - 64);
			break;
		default:
			((char *)uc)[below(r, UC_SIZE)] ^= 1 << below(r, 8);
		}
	}
}

/* Both parts anywhere before the edge, or across it. */
static void go_back_from_edge(struct random *r, ucontext_t *uc, char *fp, uint32_t size)
{
	char *end = edge + EDGE_PAGES * 4096;
	char *uc_to = end - (UC_SIZE + 8) + (below(r, 4) ? -(int)(size + below(r, 64) * 16) : (int)below(r, 40) * 8);
	char *fp_to = (char *)((uint64_t)(end - size + below(r, 3) * below(r, 64)) & ~63ULL);
	uint32_t room = fp_to + size > end ? end - fp_to : size;

	memcpy(fp_to, fp, room);
	memcpy(uc_to, uc, uc_to + UC_SIZE > end ? end - uc_to : UC_SIZE);
	if (uc_to + UC_SIZE <= end) {
		((ucontext_t *)uc_to)->uc_mcontext.fpregs = (void *)fp_to;
		if (room == size)
			spoil(r, (ucontext_t *)uc_to, fp_to, size);
	}
	__asm__ __volatile__("movq %0, %%rsp; syscall" : : "r" (uc_to), "a" (SYS_rt_sigreturn) : "memory");
}

static void handler(int sig, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;
	char *fp = (char *)uc->uc_mcontext.fpregs;
	uint32_t *sw = (uint32_t *)(fp + SW_BYTES);
	uint32_t size = sw[0] == MAGIC1 ? sw[1] : 512;

	if (below(&numbers, 2))
		go_back_from_edge(&numbers, uc, fp, size);
	spoil(&numbers, uc, fp, size);
}

/* What the edge is like changes while it is read. */
static void *rewrite(void *unused)
{
	struct random r;

	seed_random(&r, place + 99);
	for (;;) {
		char *page = edge + below(&r, EDGE_PAGES) * 4096;

		switch (below(&r, 64)) {
		case 0: madvise(page, 4096, MADV_DONTNEED); break;
		case 1:
			mprotect(page, 4096, PROT_READ);
			mprotect(page, 4096, PROT_READ | PROT_WRITE);
			break;
		case 2:
			mprotect(page, 4096, PROT_NONE);
			mprotect(page, 4096, PROT_READ | PROT_WRITE);
			break;
		default:
			((volatile uint64_t *)page)[below(&r, 512)] = below(&r, 2) ? bad_address(&r) : next(&r);
		}
	}
	return unused;
}

/* The flags and the floating-point control words that a frame has left. */
static void sane_registers(void)
{
	uint32_t mxcsr = 0x1f80;

	__asm__ __volatile__("pushq $0x202; popfq; fninit; ldmxcsr %0" : : "m" (mxcsr) : "cc", "memory");
}

static void send_one(void)
{
	long pid = getpid(), ret = SYS_tgkill;

	/* The handler runs before the next instruction. */
	__asm__ __volatile__("syscall" : "+a" (ret) : "D" (pid), "S" (pid), "d" (SIGUSR2)
			     : "rbx", "rbp", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "rcx", "memory", "cc");
	__atomic_fetch_add(&shared->frames_back, 1, __ATOMIC_RELAXED);
}

static void prepare(uint64_t seed)
{
	struct sigaction sa;
	pthread_t thread;

	setsid();
	seed_random(&numbers, seed);
	edge = mmap(NULL, (EDGE_PAGES + 1) * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	mprotect(edge + EDGE_PAGES * 4096, 4096, PROT_NONE);
	catch_faults(0);
	memset(&sa, 0, sizeof(sa));
	sa.sa_sigaction = handler;
	sa.sa_flags = SA_SIGINFO | SA_NODEFER;
	sigaction(SIGUSR2, &sa, NULL);
	if (below(&numbers, 2))
		pthread_create(&thread, NULL, rewrite, NULL);
}

/**
 * fuzz_frames - as fuzz_calls(), but with signal frames
 * @which: word of the shared page that is ours
 * @seed: decides about the mistakes
 * @upto: what the word counts to
 */
void fuzz_frames(unsigned int which, uint64_t seed, uint64_t upto)
{
	place = which;
	last = upto;
	prepare(seed);
	__builtin_setjmp(places_to_return[0]);
	while (shared->calls[place] < last) {
		sane_registers();
		restore_signals(0);
		shared->calls[place]++;
		send_one();
	}
	_exit(0);
}
