/* SPDX-License-Identifier: MIT */
/*
 * For row B9: the signal frame. What is in it, what of it holds on the way back, alternate stacks, and
 * frames that are spoilt on purpose: whatever they say, it ends in the handler's program going on or
 * in its end by a signal.
 */
#define _GNU_SOURCE
#include <alloca.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include "show.h"

#ifndef SS_AUTODISARM
#define SS_AUTODISARM	(1U << 31)
#endif

#define MAGIC1		0x46505853
#define MAGIC2		0x46505845
#define SW_BYTES	464		/* magic1, extended_size, xfeatures, xstate_size */

/* -- What is in it ------------------------------------------------------------------------------- */

static void look(int sig, siginfo_t *info, void *ctx)
{
	ucontext_t *uc = ctx;
	greg_t *regs = uc->uc_mcontext.gregs;
	char *fp = (char *)uc->uc_mcontext.fpregs;
	uint32_t mxcsr, *sw = (uint32_t *)(fp + SW_BYTES);
	uint16_t cw;
	char dir;

	asm volatile("stmxcsr %0; fnstcw %1" : "=m" (mxcsr), "=m" (cw));
	asm volatile("pushfq; popq %%rax; shrq $10, %%rax; andb $1, %%al; movb %%al, %0" : "=m" (dir) : : "rax");
	printf("flags %#lx, link %p, cs %#llx, ss %#llx, IF %d\n", uc->uc_flags & ~1UL, uc->uc_link,
	       regs[REG_CSGSFS] & 0xffff, (unsigned long long)regs[REG_CSGSFS] >> 48,
	       !!(regs[REG_EFL] & 0x200));
	printf("aligned: frame %d, fpstate %d; red zone %d; info behind the context %d\n",
	       ((uintptr_t)uc - 8 + 8) % 16 == 0, (uintptr_t)fp % 64 == 0,
	       (uintptr_t)fp + 512 <= (uintptr_t)regs[REG_RSP] - 128,
	       (char *)info == (char *)uc + 304);
	printf("magic %d, sizes agree %d, end %d, fcw %#x, mxcsr %#x\n", sw[0] == MAGIC1, sw[1] == sw[4] + 4,
	       *(uint32_t *)(fp + sw[4]) == MAGIC2, *(uint16_t *)fp, *(uint32_t *)(fp + 24));
	printf("the handler's own: fcw %#x, mxcsr %#x, DF %d\n", cw, mxcsr, dir);
	/* To be loaded on the way back. */
	regs[REG_R12] = 0x1234;
	*(uint32_t *)(fp + 24) = 0x1f80;
	((uint64_t *)(fp + 160))[2 * 5] = 0x5555;	/* XMM5 */
}

static void contents(void)
{
	uint32_t mxcsr = 0x9fc0;
	uint64_t xmm = 0, r12 = 0;
	uint16_t cw = 0x27f, after;
	pid_t pid = getpid();

	handle(SIGUSR1, look, 0);
	asm volatile("fldcw %0; ldmxcsr %1" : : "m" (cw), "m" (mxcsr));
	asm volatile("movq $1, %%r12; movq %%r12, %%xmm5; std; syscall; cld; movq %%r12, %0; movq %%xmm5, %1"
		     : "=m" (r12), "=m" (xmm) : "a" (62), "D" ((long)pid), "S" ((long)SIGUSR1)
		     : "rcx", "r11", "r12", "xmm5", "memory", "cc");
	asm volatile("fnstcw %0; stmxcsr %1" : "=m" (after), "=m" (mxcsr));
	printf("after: r12 %#lx, xmm5 %#lx, fcw %#x, mxcsr %#x\n", r12, xmm, after, mxcsr);
}

/* -- Registers across handlers that use them all ------------------------------------------------- */

static volatile sig_atomic_t count;

static void clobber(int sig, siginfo_t *info, void *ctx)
{
	uint64_t junk = 0xdead0000 + count++;

	asm volatile("movq %0, %%xmm0; movq %0, %%xmm1; movq %0, %%xmm7; movq %0, %%xmm15; fninit; fldpi"
		     : : "r" (junk) : "xmm0", "xmm1", "xmm7", "xmm15", "st");
	if (count % 3 == 0)
		raise(SIGUSR2);
}

static void across(void)
{
	uint64_t in[4] = { 1, 2, 3, 4 }, out[4];
	double d = 0;
	int i, bad = 0;
	pid_t pid;

	handle(SIGUSR1, clobber, SA_RESTART);
	handle(SIGUSR2, clobber, SA_RESTART);
	pid = fork();
	if (!pid)
		for (;;)
			kill(getppid(), SIGUSR1);
	for (i = 0; i < 300 || count < 300; i++) {
		asm volatile("movq (%1), %%xmm0; movq 8(%1), %%xmm1; movq 16(%1), %%xmm7; movq 24(%1), %%xmm15;"
			     "fninit; fld1; movl $2000, %%ecx; 1: decl %%ecx; jnz 1b;"
			     "movq %%xmm0, (%2); movq %%xmm1, 8(%2); movq %%xmm7, 16(%2); movq %%xmm15, 24(%2); fstpl %0"
			     : "=m" (d) : "r" (in), "r" (out)
			     : "ecx", "xmm0", "xmm1", "xmm7", "xmm15", "memory");
		if (memcmp(in, out, sizeof(in)) || d != 1.0)
			bad++;
	}
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	printf("across handlers: %d were changed\n", bad);
}

/* -- The alternate stack ------------------------------------------------------------------------- */

static char alt[65536] __attribute__((aligned(4096)));
static sigjmp_buf back;

static bool on_alt(void)
{
	char here;

	return &here >= alt && &here < alt + sizeof(alt);
}

static void show_stack(int sig, siginfo_t *info, void *ctx)
{
	stack_t *was = &((ucontext_t *)ctx)->uc_stack, ss;

	sigaltstack(NULL, &ss);
	printf("on it %d, flags now %#x, in the frame %#x, size %zu\n", on_alt(), ss.ss_flags, was->ss_flags,
	       was->ss_size);
	if (on_alt() && !(was->ss_flags & SS_AUTODISARM)) {
		SHOW(sigaltstack(&(stack_t){ .ss_sp = alt, .ss_size = 8192 }, NULL));
		if (sig == SIGUSR1)
			raise(SIGUSR2);
	}
}

static int volatile deep;

static void __attribute__((noinline)) recurse(int n)
{
	volatile char room[4096];

	room[0] = n;
	deep = n;
	if (n < 1 << 20)
		recurse(n + 1);
	room[1] = room[0];
}

static void overflowed(int sig, siginfo_t *info, void *ctx)
{
	printf("overflow: signal %d on it %d, deep enough %d\n", sig, on_alt(), deep > 10);
	siglongjmp(back, 1);
}

static void use_up(int sig, siginfo_t *info, void *ctx)
{
	/* Less than any frame takes, and more than it takes to be no longer on it. */
	char *here = (char *)__builtin_frame_address(0);
	volatile char *low = alloca(here - alt - 800);

	low[0] = 0;
	syscall(SYS_tgkill, getpid(), getpid(), sig);
}

static void alternate_stack(void)
{
	stack_t ss = { .ss_sp = alt, .ss_size = sizeof(alt) }, old;
	struct rlimit limit = { 1 << 20, RLIM_INFINITY };
	int status;

	SHOW(sigaltstack(NULL, &old));
	printf("at first: flags %#x size %zu\n", old.ss_flags, old.ss_size);
	SHOW(sigaltstack(&(stack_t){ .ss_sp = alt, .ss_size = 2047 }, NULL));
	SHOW(sigaltstack(&(stack_t){ .ss_sp = alt, .ss_size = 8192, .ss_flags = 4 }, NULL));
	SHOW(sigaltstack((void *)8, NULL));
	SHOW(sigaltstack(NULL, (void *)8));
	SHOW(sigaltstack(&ss, NULL));
	handle(SIGUSR1, show_stack, SA_ONSTACK);
	handle(SIGUSR2, show_stack, SA_ONSTACK);
	raise(SIGUSR1);
	handle(SIGUSR1, show_stack, 0);
	raise(SIGUSR1);
	ss.ss_flags = SS_AUTODISARM;
	SHOW(sigaltstack(&ss, NULL));
	handle(SIGUSR1, show_stack, SA_ONSTACK);
	raise(SIGUSR1);
	SHOW(sigaltstack(NULL, &old));
	printf("afterwards: flags %#x size %zu\n", old.ss_flags, old.ss_size);
	ss.ss_flags = 0;
	sigaltstack(&ss, NULL);

	handle(SIGSEGV, overflowed, SA_ONSTACK);
	if (!fork()) {
		setrlimit(RLIMIT_STACK, &limit);
		if (!sigsetjmp(back, 1))
			recurse(0);
		/* A second time as well. */
		if (!sigsetjmp(back, 1))
			recurse(0);
		_exit(0);
	}
	wait(&status);
	printf("status %#x\n", status);
	if (!fork()) {
		/* Without an alternate stack there is no room for the frame. */
		setrlimit(RLIMIT_STACK, &limit);
		handle(SIGSEGV, overflowed, 0);
		recurse(0);
	}
	wait(&status);
	printf("no room: status %#x\n", status & 0x7f);
	if (!fork()) {
		handle(SIGUSR1, use_up, SA_ONSTACK | SA_NODEFER);
		signal(SIGSEGV, SIG_DFL);
		raise(SIGUSR1);
		_exit(0);
	}
	wait(&status);
	printf("alternate stack used up: status %#x\n", status & 0x7f);
	sigaltstack(&(stack_t){ .ss_flags = SS_DISABLE }, NULL);
}

/* -- Spoilt frames, one by one ------------------------------------------------------------------- */

static int spoil_case;

static void spoil(int sig, siginfo_t *info, void *ctx)
{
	ucontext_t *uc = ctx;
	greg_t *regs = uc->uc_mcontext.gregs;
	char *fp = (char *)uc->uc_mcontext.fpregs;
	uint64_t *header = (uint64_t *)(fp + 512);

	switch (spoil_case) {
	case 0: regs[REG_RIP] = 0x800000000000; break;
	case 1: regs[REG_RIP] = 0xffffffff81000000; break;
	case 2: regs[REG_RIP] = 0; break;
	case 3: regs[REG_RSP] = 0xffffffff81000000; break;	/* used by what goes on there */
	case 4: regs[REG_EFL] = ~0; break;			/* TF: SIGTRAP */
	case 5: regs[REG_EFL] = 0x3000 | 0x4000 | 0x100000; break; /* IOPL, NT, VIP */
	case 6: regs[REG_CSGSFS] = 0x2b000000000010; break;	/* the kernel's CS */
	case 7: regs[REG_CSGSFS] = 0x2b000000000000; break;	/* none */
	case 8: regs[REG_CSGSFS] = 0x2b00000000002b; break;	/* data */
	case 9: regs[REG_CSGSFS] = 0x2b000000000043; break;	/* a TSS */
	case 10: regs[REG_CSGSFS] = 0x2b000000000007; break;	/* a local table's */
	case 11: regs[REG_CSGSFS] = 0x2b00000000fff3; break;	/* behind the table's end */
	case 12: regs[REG_CSGSFS] = 0x18000000000033; break;	/* the kernel's SS */
	case 13: regs[REG_CSGSFS] = 0x00000000000033; break;	/* none */
	case 14: regs[REG_CSGSFS] = 0xfff3000000000033; break;
	case 15: regs[REG_CSGSFS] = 0x2b000000000023; regs[REG_RIP] = 0; break; /* 32-bit code */
	case 16: uc->uc_mcontext.fpregs = (void *)8; break;
	case 17: uc->uc_mcontext.fpregs = (void *)0xffff888000000000; break;
	case 18: uc->uc_mcontext.fpregs = (void *)0x800000000000; break;
	case 19: uc->uc_mcontext.fpregs = NULL; break;		/* fresh registers */
	case 20: header[1] = 1; break;				/* XCOMP_BV */
	case 21: header[0] = ~0ULL; break;			/* XSTATE_BV */
	case 22: header[1] = 1ULL << 63; break;			/* XCOMP_BV */
	case 23: header[2] = 1; break;				/* must be zero */
	case 24: *(uint32_t *)(fp + SW_BYTES) = 0; break;	/* no magic: only what FXSAVE has */
	case 25: ((uint32_t *)(fp + SW_BYTES))[4] = ~0; break;	/* xstate_size */
	case 26: ((uint32_t *)(fp + SW_BYTES))[4] = 0; break;
	case 27: *(uint64_t *)(fp + SW_BYTES + 8) = ~0ULL; break; /* xfeatures */
	case 28: *(uint64_t *)(fp + SW_BYTES + 8) = 0; break;
	case 29: *(uint32_t *)(fp + ((uint32_t *)(fp + SW_BYTES))[4]) = 0; break; /* magic 2 */
	case 30: uc->uc_mcontext.fpregs = (void *)(fp + 1); break;
	case 31: sigfillset(&uc->uc_sigmask); break;
	case 32: uc->uc_stack.ss_flags = 77; break;
	case 33: uc->uc_flags = ~0UL; break;
	case 34: uc->uc_flags = 0; regs[REG_CSGSFS] = 0x33; break; /* SS is not to be strict */
	case 35: munmap((void *)((uintptr_t)&info & ~4095UL), 4096); break; /* where we are */
	case 36: asm volatile("movq $15, %rax; movq $8, %rsp; syscall"); break;
	case 37: asm volatile("movq $15, %rax; movq $-8, %rsp; syscall"); break;
	case 38: asm volatile("movq $15, %rax; movq $0x7ffffffff000, %rsp; syscall"); break;
	case 39: uc->uc_mcontext.fpregs = (void *)-1UL; break;
	}
}

static void load_mxcsr(void)
{
	asm volatile("ldmxcsr %0" : : "m" ((uint32_t){ ~0 }));
}

/* QEMU's software emulation loads reserved bits of MXCSR, which a processor refuses. */
static bool refused_as_by_processor(int status)
{
	return (status & 0x7f) == SIGSEGV || !in_child(load_mxcsr);
}

static void spoilt_frames(void)
{
	int status;

	signal(SIGSEGV, SIG_DFL);
	for (spoil_case = 0; spoil_case < 40; spoil_case++) {
		if (!fork()) {
			handle(SIGUSR1, spoil, 0);
			raise(SIGUSR1);
			_exit(42);
		}
		wait(&status);
		if (spoil_case == 20)
			status = refused_as_by_processor(status) ? SIGSEGV : status;
		printf("spoilt %d: status %#x\n", spoil_case, status & 0x7f ? status & 0x7f : status);
	}
}

/* -- At random ----------------------------------------------------------------------------------- */

static uint32_t seed;

static uint32_t random_word(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	return seed ^= seed << 5;
}

static void spoil_at_random(int sig, siginfo_t *info, void *ctx)
{
	static const uint64_t odd[] = { 0, ~0ULL, 0x800000000000, 0xffffffff80000000, 0x7fffffffffff, 1, 0x200 };
	unsigned int n = random_word() % 4 + 1, at, size;
	ucontext_t *uc = ctx;
	char *fp = (char *)uc->uc_mcontext.fpregs;
	greg_t *ip = &uc->uc_mcontext.gregs[REG_RIP], from = *ip;

	size = *(uint32_t *)(fp + SW_BYTES) == MAGIC1 ? ((uint32_t *)(fp + SW_BYTES))[1] : 512;
	while (n--) {
		uint64_t value = random_word() % 2 ? odd[random_word() % 7] : (uint64_t)random_word() << 32 | random_word();
		unsigned int bytes = 1 << random_word() % 4;

		if (random_word() % 3) {
			at = random_word() % (offsetof(ucontext_t, uc_mcontext) + 256 + 8 - bytes);
			memcpy((char *)uc + at, &value, bytes);
		} else {
			/* Its beginning, the software's bytes, and the header are what counts. */
			at = random_word() % 2 ? random_word() % 32 : SW_BYTES + random_word() % 112;
			if (at + bytes <= size)
				memcpy(fp + at, &value, bytes);
		}
	}
	/* Nobody knows what the code does that is near. */
	if (*ip != from && (uint64_t)*ip < 1ULL << 32)
		*ip = 0;
}

/* What is spoilt may be anything: the program's stack too. Then it goes where it goes. */
static void at_random(void)
{
	int round, status, ended = 0, killed = 0;

	for (round = 1; round <= 500; round++) {
		if (!fork()) {
			int i;

			seed = round * 2654435761u | 1;
			/* A program that goes on at random must not hurt the others, nor go on for ever. */
			setrlimit(RLIMIT_CPU, &(struct rlimit){ 1, 1 });
			alarm(5);
			signal(SIGTRAP, SIG_IGN);
			close(0);
			close(1);
			close(2);
			handle(SIGUSR1, spoil_at_random, SA_NODEFER);
			for (i = 0; i < 20; i++)
				raise(SIGUSR1);
			_exit(42);
		}
		wait(&status);
		if (WIFEXITED(status))
			ended++;
		else
			killed++;
	}
	printf("at random: %s\n", ended + killed == 500 && killed > 25 ? "all have ended" : "not as many as there were");
}

int main(void)
{
	setbuf(stdout, NULL);
	contents();
	across();
	alternate_stack();
	spoilt_frames();
	at_random();
	return 0;
}
