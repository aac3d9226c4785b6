/* SPDX-License-Identifier: MIT */
/*
 * For row B9: each exception that a program can bring about, what its handler is told of it, and
 * that the program goes on where the handler says. And each once without a handler.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <setjmp.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <ucontext.h>
#include "show.h"

#define PAGE	4096UL

static sigjmp_buf back;
static char *page, *read_only, *no_access, *behind_file;
static volatile unsigned long expected;	/* si_addr, if the instruction's own address is not meant */
static volatile int steps;

/* Its address, told as what it is. */
static const char *place(const void *addr, const greg_t *regs)
{
	static char text[32];

	if (addr == (void *)regs[REG_RIP])
		return "the instruction";
	if ((unsigned long)addr == expected)
		return "as touched";
	snprintf(text, sizeof(text), "%p", addr);
	return text;
}

static void told(int sig, siginfo_t *info, void *ctx)
{
	const greg_t *regs = ((ucontext_t *)ctx)->uc_mcontext.gregs;

	printf("  signal %d code %d addr %s, trap %lld ", sig, info->si_code,
	       place(info->si_addr, regs), regs[REG_TRAPNO]);
	/* QEMU has another idea of a gate's number than processors have. */
	if (regs[REG_TRAPNO] == 13 && (regs[REG_ERR] & 2))
		printf("error: a gate");
	else
		printf("error %#llx", regs[REG_ERR]);
	if (regs[REG_TRAPNO] == 14)
		printf(" cr2 %s", (unsigned long)regs[REG_CR2] == expected ? "as touched" : "else");
	printf(" TF %d\n", !!(regs[REG_EFL] & 0x100));
	siglongjmp(back, 1);
}

/* -- What is done, one function each ------------------------------------------------------------- */

static void divide(void) { asm volatile("xorl %%ecx, %%ecx; movl $1, %%eax; cltd; idivl %%ecx" : : : "eax", "ecx", "edx"); }
static void divide_too_much(void) { asm volatile("movl $0x80000000, %%eax; cltd; movl $-1, %%ecx; idivl %%ecx" : : : "eax", "ecx", "edx"); }
static void breakpoint(void) { asm volatile("int3"); }
static void breakpoint_long(void) { asm volatile(".byte 0xcd, 3"); }
static void overflow(void) { asm volatile("int $4"); }
static void undefined(void) { asm volatile("ud2"); }
static void lock_undefined(void) { asm volatile(".byte 0xf0, 0x90"); }
static void kernel_vector(void) { asm volatile("int $0x20"); }
static void divide_vector(void) { asm volatile("int $0"); }
static void nmi_vector(void) { asm volatile("int $2"); }
static void page_fault_vector(void) { asm volatile("int $14"); }
static void system_vector(void) { asm volatile("int $0xfd"); }
static void privileged(void) { asm volatile("hlt"); }
static void clear_if(void) { asm volatile("cli"); }
static void port(void) { asm volatile("outb %%al, $0x80" : : "a" (0)); }
static void read_msr(void) { asm volatile("rdmsr" : : "c" (0x10) : "eax", "edx"); }
static void control_register(void) { asm volatile("movq %%cr0, %%rax" : : : "rax"); }
static void bad_selector(void) { asm volatile("movw %w0, %%ds" : : "r" (0x7fff)); }
static void kernel_selector(void) { asm volatile("movw %w0, %%ds" : : "r" (0x10)); }
/* Neither with four levels of page tables nor with five. */
static void not_canonical(void) { asm volatile("movb (%0), %%al" : : "r" (0x800000000000000UL) : "rax"); }

static void touch(const volatile char *at) { expected = (unsigned long)at; asm volatile("movb (%0), %%al" : : "r" (at) : "rax"); }
static void change(volatile char *at) { expected = (unsigned long)at; asm volatile("movb %%al, (%0)" : : "r" (at) : "memory"); }
static void go_to(const void *at) { expected = (unsigned long)at; asm volatile("call *%0" : : "r" (at) : "memory"); }

static void read_null(void) { touch(NULL); }
static void write_null(void) { change((char *)8); }
static void run_null(void) { go_to(NULL); }
static void write_read_only(void) { change(read_only); }
static void read_no_access(void) { touch(no_access + 5); }
static void run_data(void) { go_to(page); }
static void read_kernel(void) { touch((char *)0xffffffff81000000UL); }
static void write_kernel(void) { change((char *)0xffff888000000000UL); }
static void run_kernel(void) { go_to((void *)0xffffffff81000000UL); }
static void behind_the_end(void) { touch(behind_file + PAGE); }
static void run_off(void) { go_to((void *)0x400000000000UL); }

/* -- Floating point ------------------------------------------------------------------------------ */

static void x87(unsigned int unmasked, double x, double y)
{
	unsigned short cw = 0x37f & ~unmasked;

	asm volatile("fninit; fldcw %0; fldl %1; fldl %2; fdivrp; fstl -8(%%rsp); fwait" : : "m" (cw), "m" (y), "m" (x) : "st");
}

static void x87_divide(void) { x87(4, 0, 1); }
static void x87_invalid(void) { x87(1, 0, 0); }
static void x87_inexact(void) { x87(0x20, 3, 1); }

static void unaligned_sse(void) { asm volatile("movaps 1(%0), %%xmm0" : : "r" (page) : "xmm0"); }

#define CASE(fn)	{ #fn, fn }
static const struct { const char *name; void (*fn)(void); } cases[] = {
	CASE(divide), CASE(divide_too_much), CASE(breakpoint), CASE(breakpoint_long), CASE(overflow),
	CASE(undefined), CASE(lock_undefined), CASE(kernel_vector), CASE(divide_vector),
	CASE(nmi_vector), CASE(page_fault_vector), CASE(system_vector), CASE(privileged), CASE(clear_if),
	CASE(port), CASE(read_msr), CASE(control_register), CASE(bad_selector), CASE(kernel_selector),
	CASE(not_canonical), CASE(read_null), CASE(write_null), CASE(run_null), CASE(write_read_only),
	CASE(read_no_access), CASE(run_data), CASE(read_kernel), CASE(write_kernel), CASE(run_kernel),
	CASE(behind_the_end), CASE(run_off),
	CASE(x87_divide), CASE(x87_invalid), CASE(x87_inexact),
	CASE(unaligned_sse),
};
static const int signals[] = { SIGFPE, SIGTRAP, SIGSEGV, SIGBUS, SIGILL };

static void reset_fpu(void)
{
	unsigned int mxcsr = 0x1f80;

	asm volatile("fninit; ldmxcsr %0; pushfq; andq $~0x40000, (%%rsp); popfq" : : "m" (mxcsr) : "memory");
}

static void with_handlers(void)
{
	struct sigaction sa = { .sa_sigaction = told, .sa_flags = SA_SIGINFO | SA_ONSTACK };
	static char stack[65536];
	stack_t ss = { .ss_sp = stack, .ss_size = sizeof(stack) };
	unsigned int i;

	sigaltstack(&ss, NULL);
	for (i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		sigaction(signals[i], &sa, NULL);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		printf("%s\n", cases[i].name);
		expected = 1;
		if (!sigsetjmp(back, 1)) {
			cases[i].fn();
			printf("  nothing\n");
		}
		reset_fpu();
	}
}

static void without_handlers(void)
{
	unsigned int i;
	int status;

	for (i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		signal(signals[i], SIG_DFL);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		if (!fork()) {
			/* Blocking or ignoring it does not help. */
			if (i % 2) {
				sigset_t all;

				sigfillset(&all);
				sigprocmask(SIG_BLOCK, &all, NULL);
			} else {
				signal(SIGSEGV, SIG_IGN);
				signal(SIGFPE, SIG_IGN);
			}
			cases[i].fn();
			_exit(77);
		}
		wait(&status);
		printf("%s: status %#x\n", cases[i].name, status & 0x7f ? status & 0x7f : status);
	}
}

/* -- Single steps -------------------------------------------------------------------------------- */

static void step(int sig, siginfo_t *info, void *ctx)
{
	greg_t *regs = ((ucontext_t *)ctx)->uc_mcontext.gregs;

	if (!steps++)
		printf("step: code %d, addr is the next instruction %d, trap %lld, TF %d\n", info->si_code,
		       info->si_addr == (void *)regs[REG_RIP], regs[REG_TRAPNO],
		       !!(regs[REG_EFL] & 0x100));
	if (steps == 1000)
		regs[REG_EFL] &= ~0x100;
}

static void single_steps(void)
{
	struct sigaction sa = { .sa_sigaction = step, .sa_flags = SA_SIGINFO };
	volatile int i;

	sigaction(SIGTRAP, &sa, NULL);
	asm volatile("pushfq; orq $0x100, (%%rsp); popfq" : : : "memory", "cc");
	for (i = 0; i < 100000 && steps < 1000; i++)
		getppid();
	printf("steps %d\n", steps);
}

/* -- The handler mends what is wrong, and the instruction is done again -------------------------- */

static volatile int mended;

static void mend(int sig, siginfo_t *info, void *ctx)
{
	mended++;
	mprotect(read_only, PAGE, PROT_READ | PROT_WRITE);
}

static void again(void)
{
	struct sigaction sa = { .sa_sigaction = mend, .sa_flags = SA_SIGINFO };
	int i;

	sigaction(SIGSEGV, &sa, NULL);
	for (i = 0; i < 1000; i++) {
		mprotect(read_only, PAGE, PROT_READ);
		*(volatile char *)read_only = 5;
	}
	printf("mended %d\n", mended);
}

/* -- An exception in the handler of another one ---------------------------------------------------- */

static volatile int depth;

static void read_nothing(void)
{
	unsigned long at = 0;

	asm volatile("movb (%%rax), %%al" : "+a" (at));
}

/* Each instruction that is not wanted is two bytes long; behind int3 the address is the next one's. */
static void nest(int sig, siginfo_t *info, void *ctx)
{
	greg_t *regs = ((ucontext_t *)ctx)->uc_mcontext.gregs;

	printf("%*sinto signal %d\n", ++depth, "", sig);
	if (sig == SIGSEGV)
		asm volatile("xorl %%ecx, %%ecx; movl $1, %%eax; cltd; idivl %%ecx" : : : "eax", "ecx", "edx");
	else if (sig == SIGFPE)
		undefined();
	else if (sig == SIGILL)
		breakpoint();
	printf("%*sout of signal %d\n", depth--, "", sig);
	if (sig != SIGTRAP)
		regs[REG_RIP] += 2;
}

/* The same one again: three deep, if it is not blocked meanwhile. */
static void fault_again(int sig, siginfo_t *info, void *ctx)
{
	if (++depth < 3)
		read_nothing();
	depth--;
	((ucontext_t *)ctx)->uc_mcontext.gregs[REG_RIP] += 2;
}

static void fault_in_its_handler(void)
{
	handle(SIGSEGV, fault_again, 0);
	read_nothing();
}

static void nested(void)
{
	unsigned int i;

	for (i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		handle(signals[i], nest, SA_ONSTACK);
	read_nothing();
	handle(SIGSEGV, fault_again, SA_NODEFER | SA_ONSTACK);
	read_nothing();
	printf("depth %d\n", depth);
	printf("a fault in its own handler: status %#x\n", in_child(fault_in_its_handler) & 0x7f);
}

int main(void)
{
	int fd;

	setbuf(stdout, NULL);
	page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	read_only = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	no_access = mmap(NULL, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	fd = open("exceptions.tmp", O_RDWR | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || write(fd, "x", 1) != 1)
		printf("no file\n");
	behind_file = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	unlink("exceptions.tmp");
	*page = 1;
	with_handlers();
	without_handlers();
	single_steps();
	again();
	nested();
	return 0;
}
