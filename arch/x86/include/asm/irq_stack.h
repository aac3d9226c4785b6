/* SPDX-License-Identifier: MIT */
/* From a task's stack to the CPU's interrupt stack, for one call. */
#ifndef _ASM_X86_IRQ_STACK_H
#define _ASM_X86_IRQ_STACK_H

#include <linux/lockdep.h>
#include <asm/current.h>

/**
 * arch_call_on_irq_stack - run @fn on this CPU's interrupt stack
 * @fn: a function's name
 *
 * The stack is known to be unused, as a task runs. Its depth is counted all the same: interrupts
 * that come while @fn has them enabled stay on it. The pushed word keeps the stack aligned. RSP is
 * an operand so that the compiler sets up the caller's frame first: stackwalk.c follows RBP.
 *
 * Context: a task, interrupts off on entry and on the return of @fn.
 */
#define arch_call_on_irq_stack(fn)						\
do {										\
	register unsigned long __sp __asm__("rsp");				\
										\
	lockdep_assert(!raw_cpu_read(pcpu_hot.hardirq_stack_inuse));		\
	__asm__ __volatile__("decl %%gs:%[depth]\n\t"				\
			     "movq %%rsp, %%rax\n\t"				\
			     "movq %%gs:%[top], %%rsp\n\t"			\
			     "pushq %%rax\n\t"					\
			     "call %P[target]\n\t"				\
			     "popq %%rsp\n\t"					\
			     "incl %%gs:%[depth]"				\
			     : "+r" (__sp), [depth] "+m" (pcpu_hot.hardirq_stack_inuse) \
			     : [top] "m" (pcpu_hot.hardirq_stack), [target] "i" (fn) \
			     : "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", \
			       "cc", "memory");					\
} while (0)

#endif
