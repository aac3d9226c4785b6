/* SPDX-License-Identifier: MIT */
/*
 * For rows B1 B3 B11: 32-bit code in a 64-bit program, where INTO and BOUND exist: exceptions and what
 * a handler is told of them, system calls by INT 0x80, the way back to 32-bit code, segments of its own.
 */
#define _GNU_SOURCE
#include <asm/ldt.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#define LOW		0x20000000UL	/* where 32-bit code can reach it: code, data, stack */
#define DATA		(LOW + 0x4000)
#define STACK_TOP	(LOW + 0x10000)

/*
 * 32-bit code, to be copied down. Each case is entered by a far jump with the address of the data in
 * EBX, gives a result in EAX and leaves by another far jump. (Not by a far call: QEMU's software
 * emulation pushes its return address as if the kernel did, which SMAP forbids.)
 */
__asm__(".pushsection .rodata\n"
	"	.globl	code32, code32_end\n"
	"code32:\n"
	"	.code32\n"
#define CASE(name, text) "	.globl	at_" #name "\nat_" #name ":\n" text "\n	ljmp *72(%ebx)\n"
	CASE(add, "movl $0x7fffffff, %eax; addl $1, %eax; incl %eax")
	CASE(into_not, "xorl %eax, %eax; addl $1, %eax; into; movl $2, %eax")
	CASE(into, "movl $0x7fffffff, %eax; addl $1, %eax; into; movl $3, %eax")
	CASE(bound_in, "movl $5, %eax; bound %eax, (%ebx); movl $4, %eax")
	CASE(bound_out, "movl $11, %eax; bound %eax, (%ebx); movl $5, %eax")
	CASE(bound_below, "movl $-1, %eax; bound %eax, (%ebx); movl $6, %eax")
	CASE(int3, "int3; movl $7, %eax")
	CASE(int4, "int $4; movl $8, %eax")
	CASE(int20, "int $0x20; movl $9, %eax")
	CASE(int81, "int $0x81; movl $9, %eax")
	CASE(divide, "xorl %ecx, %ecx; movl $1, %eax; cltd; divl %ecx; movl $10, %eax")
	CASE(null, "xorl %ecx, %ecx; movl (%ecx), %eax; movl $11, %eax")
	CASE(high, "movl $0xfffffff0, %ecx; movl %eax, (%ecx); movl $12, %eax")
	CASE(ud, "ud2; movl $13, %eax")
	CASE(cli, "cli; movl $14, %eax")
	CASE(getpid, "movl $20, %eax; int $0x80")
	CASE(write, "movl $4, %eax; leal 16(%ebx), %ecx; pushl %ebx; movl $1, %ebx; "
	     "movl $13, %edx; int $0x80; popl %ebx")
	CASE(write_bad, "movl $4, %eax; movl $0xfffff000, %ecx; pushl %ebx; movl $1, %ebx; "
	     "movl $13, %edx; int $0x80; popl %ebx")
	CASE(no_call, "movl $500, %eax; int $0x80")
	CASE(six, "movl $6, %ebp; pushl %ebp; movl $20, %eax; int $0x80; popl %eax; subl %ebp, %eax")
	CASE(selectors, "movl %cs, %eax; shll $16, %eax; movw %ss, %ax")
	CASE(stack, "movl $100, %ecx; 1: pushl %ecx; loop 1b; addl $400, %esp; movl %ecx, %eax")
	CASE(load_gs, "movl 96(%ebx), %eax; movl %eax, %gs; movl %gs:4, %eax")
	CASE(read_gs, "movl %gs:4, %eax")
	CASE(drop_gs, "xorl %eax, %eax; movl %eax, %gs")
	"	.code64\n"
	"code32_end:\n"
	".popsection\n");
extern const unsigned char code32[], code32_end[];

static sigjmp_buf out;
static int skip;		/* bytes that the handler goes on behind; 0: it does not go back */

/* Of #GP only the bits that say which table: QEMU counts the IDT's entries as 16 bytes for the rest. */
static long long error_code(const greg_t *regs)
{
	return regs[REG_TRAPNO] == 13 ? regs[REG_ERR] & 7 : regs[REG_ERR];
}

static void report(int sig, siginfo_t *info, void *context)
{
	greg_t *regs = ((ucontext_t *)context)->uc_mcontext.gregs;

	printf("    signal %d, code %d, address %#lx, at %#lx, trap %lld, error %#llx, cs %#llx, cr2 %#llx\n",
	       sig, info->si_code, sig == SIGTRAP ? 0 : (unsigned long)info->si_addr,
	       (unsigned long)regs[REG_RIP], regs[REG_TRAPNO], error_code(regs),
	       regs[REG_CSGSFS] & 0xffff, regs[REG_TRAPNO] == 14 ? regs[REG_CR2] : 0);
	if (!skip)
		siglongjmp(out, 1);
	regs[REG_RIP] += skip;
}

/* Where a far jump through memory leads. */
struct far_pointer {
	uint32_t ip;
	uint16_t cs;
} __attribute__((packed));

static uint32_t call32(const char *label)
{
	struct far_pointer *there = (void *)(DATA + 64), *back = (void *)(DATA + 72);
	uint32_t eax = 0;

	there->ip = LOW + ((const unsigned char *)label - code32);
	there->cs = 0x23;
	back->cs = 0x33;
	__asm__ __volatile__("pushq %%rbx\n"
			     "pushq %%rbp\n"
			     "movq %%rsp, %%r12\n"
			     "movq %[stack], %%rsp\n"
			     "movq %[data], %%rbx\n"
			     "leaq 1f(%%rip), %%rcx\n"
			     "movl %%ecx, 72(%%rbx)\n"
			     "ljmp *64(%%rbx)\n"
			     "1: movq %%r12, %%rsp\n"
			     "popq %%rbp\n"
			     "popq %%rbx\n"
			     : "+a" (eax)
			     : [stack] "r" (STACK_TOP), [data] "r" (DATA)
			     : "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14",
			       "r15", "memory", "cc");
	return eax;
}

static void run(const char *name, const char *label)
{
	if (!sigsetjmp(out, 1))
		printf("%s: %#x\n", name, call32(label));
	else
		printf("%s: left\n", name);
}
#define RUN(name)							\
do {									\
	extern const char at_##name[];					\
									\
	run(#name, at_##name);						\
} while (0)

/* i386's calls from 64-bit code; arguments lie in low memory. */
static int int80(int nr, unsigned long arg)
{
	int ret = nr;

	__asm__ __volatile__("pushq %%rbx; movq %1, %%rbx; int $0x80; popq %%rbx"
			     : "+a" (ret) : "r" (arg) : "r8", "r9", "r10", "r11", "memory", "cc");
	return ret;
}

#define SET_THREAD_AREA	243
#define GET_THREAD_AREA	244

static int set_area(int entry, unsigned int base, unsigned int limit, int empty)
{
	struct user_desc *desc = (void *)(DATA + 128);

	memset(desc, 0, sizeof(*desc));
	desc->entry_number = entry;
	desc->base_addr = base;
	desc->limit = limit;
	desc->seg_32bit = !empty;
	desc->useable = !empty;
	desc->read_exec_only = desc->seg_not_present = empty;
	return int80(SET_THREAD_AREA, (unsigned long)desc);
}

extern const char at_load_gs[], at_read_gs[], at_drop_gs[];

/* A process each has the same selector, for another place. */
static int keep_own(unsigned int i)
{
	uint32_t *own = (uint32_t *)(DATA + 256 + 16 * i), n;

	own[1] = 1000 + i;
	set_area(12, (uint32_t)(uintptr_t)own, 15, 0);
	*(uint32_t *)(DATA + 96) = 12 << 3 | 3;
	if (call32(at_load_gs) != 1000 + i)
		return 1;
	for (n = 0; n < 2000; n++) {
		if (call32(at_read_gs) != 1000 + i)
			return 2;
		sched_yield();
	}
	return 0;
}

static void thread_areas(void)
{
	struct user_desc *desc = (void *)(DATA + 128);
	uint32_t *own = (uint32_t *)(DATA + 256);
	int i, status, bad = 0;

	own[1] = 0x1234567;
	printf("set: %d, ", set_area(-1, DATA + 256, 7, 0));
	printf("entry %d\n", desc->entry_number);
	*(uint32_t *)(DATA + 96) = desc->entry_number << 3 | 3;
	RUN(load_gs);
	RUN(read_gs);
	set_area(12, DATA + 252, 100, 0);
	own[0] = 0x89;
	RUN(read_gs);
	desc->entry_number = 12;
	printf("get: %d, ", int80(GET_THREAD_AREA, (unsigned long)desc));
	printf("%#x %#x %d %d\n", desc->base_addr, desc->limit, desc->seg_32bit, desc->seg_not_present);
	printf("two more: %d", set_area(-1, 1, 1, 0));
	printf(" %d", set_area(-1, 1, 1, 0));
	printf(", and one: %d\n", set_area(-1, 1, 1, 0));
	printf("no such entry: %d %d\n", set_area(11, 1, 1, 0), set_area(15, 1, 1, 0));
	printf("nowhere: %d\n", int80(SET_THREAD_AREA, 0));
	/* Limits, and the lack of a segment, are what QEMU's software emulation does not look at. */
	printf("gone: %d\n", set_area(12, 0, 0, 1));
	RUN(load_gs);
	RUN(drop_gs);
	for (i = 0; i < 4; i++)
		if (!fork())
			_exit(keep_own(i));
	for (i = 0; i < 4; i++) {
		wait(&status);
		bad += status != 0;
	}
	printf("processes with another's: %d\n", bad);
}

static void prepare(void)
{
	static const int sigs[] = { SIGSEGV, SIGTRAP, SIGFPE, SIGILL, SIGBUS };
	static char stack[65536];
	stack_t alternate = { .ss_sp = stack, .ss_size = sizeof(stack) };
	struct sigaction sa = { .sa_sigaction = report, .sa_flags = SA_SIGINFO | SA_ONSTACK };
	unsigned int i;
	void *low = mmap((void *)LOW, 0x10000, PROT_READ | PROT_WRITE | PROT_EXEC,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);

	if (low != (void *)LOW)
		printf("no low memory\n");
	memcpy(low, code32, code32_end - code32);
	memcpy((void *)DATA, (int[]){ 0, 10 }, 8);
	strcpy((char *)DATA + 16, "32-bit write\n");
	sigaltstack(&alternate, NULL);
	for (i = 0; i < sizeof(sigs) / sizeof(sigs[0]); i++)
		sigaction(sigs[i], &sa, NULL);
	/* In 32-bit code no selector means no memory. */
	__asm__ __volatile__("movl %0, %%ds; movl %0, %%es" : : "r" (0x2b));
}

int main(void)
{
	setbuf(stdout, NULL);
	prepare();
	RUN(add);
	RUN(selectors);
	RUN(stack);
	RUN(into_not);
	RUN(into);
	RUN(bound_in);
	RUN(bound_out);
	RUN(bound_below);
	RUN(int3);
	RUN(int4);
	RUN(int20);
	RUN(int81);
	RUN(divide);
	RUN(null);
	RUN(high);
	RUN(ud);
	RUN(cli);
	{
		extern const char at_getpid[];

		printf("getpid: %d\n", (int)call32(at_getpid) == getpid());
	}
	RUN(write);
	RUN(write_bad);
	RUN(no_call);
	RUN(six);
	printf("and back to 32-bit code:\n");
	skip = 2;		/* ud2, int $N, div; bound and (%ecx) are as long */
	RUN(ud);
	RUN(int20);
	RUN(bound_out);
	RUN(divide);
	RUN(null);
	skip = 1;
	RUN(cli);
	skip = 0;
	thread_areas();
	return 0;
}
