/* SPDX-License-Identifier: MIT */
/*
 * For rows B1 B3 B11: 32-bit code in a 64-bit program, where INTO and BOUND exist: exceptions and what
 * a handler is told of them, system calls by INT 0x80, the way back to 32-bit code.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
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
	return 0;
}
