/* SPDX-License-Identifier: MIT */
/* For row B11: system calls by SYSCALL and by INT 0x80, what they leave as it was, and what they refuse. */
#include <sys/syscall.h>
#include "show.h"

static long int80(long nr, long a, long b, long c)
{
	long ret;

	__asm__ __volatile__("int $0x80" : "=a" (ret) : "0" (nr), "b" (a), "c" (b), "d" (c) : "memory");
	return ret;
}

/* All registers that the ABI keeps, and the flags, across a call. */
static int keeps_registers(void)
{
	unsigned long rbx = 1, r12 = 2, r13 = 3, r14 = 4, r15 = 5, rdi = 6, rsi = 7, rdx = 8, flags;
	register unsigned long r8 __asm__("r8") = 9, r9 __asm__("r9") = 10, r10 __asm__("r10") = 11;

	__asm__ __volatile__("movq %[rbx], %%rbx; movq %[r12], %%r12; movq %[r13], %%r13\n"
			     "movq %[r14], %%r14; movq %[r15], %%r15; std; syscall\n"
			     "pushfq; popq %[flags]; cld\n"
			     "subq $1, %%rbx; subq $2, %%r12; subq $3, %%r13; subq $4, %%r14; subq $5, %%r15\n"
			     "orq %%r12, %%rbx; orq %%r13, %%rbx; orq %%r14, %%rbx; orq %%r15, %%rbx\n"
			     "movq %%rbx, %[rbx]"
			     : [rbx] "+m" (rbx), "+D" (rdi), "+S" (rsi), "+d" (rdx), "+r" (r8), "+r" (r9),
			       "+r" (r10), [flags] "=m" (flags)
			     : [r12] "m" (r12), [r13] "m" (r13), [r14] "m" (r14), [r15] "m" (r15), "a" (SYS_getpid)
			     : "rbx", "r12", "r13", "r14", "r15", "rcx", "r11", "memory", "cc");
	return !rbx && rdi == 6 && rsi == 7 && rdx == 8 && r8 == 9 && r9 == 10 && r10 == 11 &&
	       (flags & 0x400) && (flags & 0x200);
}

static void bad_stack(void)
{
	__asm__ __volatile__("movq $-8, %%rsp; movl $39, %%eax; syscall; movl $0x8000000, %%esp; push %%rax" : : : "memory");
}

static void non_canonical_jump(void)
{
	__asm__ __volatile__("movq $0x800000000000, %%rax; pushq %%rax; ret" : : : "rax", "memory");
}

int main(void)
{
	char *argv[] = { "x", NULL }, *volatile bad = (char *)16, *kernel = (char *)0xffff888000000000UL;

	setbuf(stdout, NULL);
	printf("registers kept: %d\n", keeps_registers());
	printf("int 0x80 getpid: %d\n", int80(20, 0, 0, 0) == getpid());
	printf("int 0x80 of no number: %ld\n", int80(400000, 0, 0, 0));
	SHOW(syscall(100000));
	SHOW(syscall(-1));
	SHOW(write(1, bad, 5));
	SHOW(write(1, kernel, 5));
	SHOW(write(99, "x", 1));
	SHOW(execve(bad, argv, NULL));
	SHOW(execve("/nowhere/at/all", argv, NULL));
	SHOW(execve("/", argv, NULL));
	SHOW(execve("/dev/null", argv, NULL));
	printf("bad stack: %#x\n", in_child(bad_stack));
	printf("jump out of the address space: %#x\n", in_child(non_canonical_jump));
	return 0;
}
