/* SPDX-License-Identifier: MIT */
/*
 * Exceptions raised on purpose. catch_begin() has this task's exceptions caught on the die
 * chain; RAISE() executes an instruction that faults or traps and goes on behind it; what the
 * handler saw is in `caught`.
 */
#ifndef _TESTS_X86_FAULT_H
#define _TESTS_X86_FAULT_H

#include <linux/kdebug.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <asm/msr.h>
#include <asm/ptrace.h>
#include <asm/traps.h>

struct caught {
	int		count;		/* exceptions caught */
	int		vector;
	long		error_code;
	long		dr6;		/* of #DB, which has no error code */
	struct pt_regs	regs;		/* as the handler found it */
	struct pt_regs	*frame;		/* where it was */
	unsigned long	cr2;
	bool		irqs_on;	/* in the handler */
};

extern struct caught caught;
extern unsigned long resume_ip, fault_ip, after_ip, sp_before;

void catch_begin(void);
void catch_end(void);

/* If set, called on the frame instead of going on at resume_ip; the tests reset it. */
extern void (*catch_mend)(struct pt_regs *regs);

/*
 * fault_ip, after_ip: the instruction and what follows it; sp_before: the stack pointer at
 * the start. The handler goes on at resume_ip, which is after the instruction.
 */
#define RAISE_PREPARED(prepare, insn, ...)				\
do {									\
	caught = (struct caught){ .vector = -1 };			\
	__asm__ __volatile__("leaq 6f(%%rip), %%rax\n\t"		\
			     "movq %%rax, fault_ip(%%rip)\n\t"		\
			     "leaq 7f(%%rip), %%rax\n\t"		\
			     "movq %%rax, after_ip(%%rip)\n\t"		\
			     "movq %%rax, resume_ip(%%rip)\n\t"		\
			     "movq %%rsp, sp_before(%%rip)\n\t"		\
			     prepare "\n"				\
			     "6:\t" insn "\n7:"				\
			     : : __VA_ARGS__				\
			     : "rax", "rcx", "rdx", "cc", "memory");	\
} while (0)
#define RAISE(insn, ...) RAISE_PREPARED("", insn, ##__VA_ARGS__)

#endif
