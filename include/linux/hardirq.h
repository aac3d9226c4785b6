/* SPDX-License-Identifier: MIT */
/*
 * The way in and out of interrupt context: what brackets every handler.
 *
 * irq_enter() and irq_exit() are called with interrupts off, by every interrupt and IPI
 * except the NMI. The outermost irq_exit() is where raised softirqs run.
 */
#ifndef _LINUX_HARDIRQ_H
#define _LINUX_HARDIRQ_H

#include <linux/preempt.h>
#include <linux/lockdep.h>
#include <asm/hardirq.h>

void synchronize_irq(unsigned int irq);
bool synchronize_hardirq(unsigned int irq);

void __irq_exit_softirq(void);

static __always_inline void irq_enter(void)
{
	__preempt_count_add(HARDIRQ_OFFSET);
	barrier();
}

/* Whether the softirqs may run now is asked only when there are any: most interrupts raise none. */
static __always_inline void irq_exit(void)
{
	lockdep_assert_irqs_disabled();
	barrier();
	__preempt_count_sub(HARDIRQ_OFFSET);
	if (unlikely(any_softirq_pending()))
		__irq_exit_softirq();
}

/* For vectors that do no more than the count: nothing raised in them waits for their exit. */
#define __irq_enter()		irq_enter()
#define __irq_enter_raw()	irq_enter()
#define __irq_exit()		do { barrier(); __preempt_count_sub(HARDIRQ_OFFSET); } while (0)
#define __irq_exit_raw()	__irq_exit()
#define irq_enter_rcu()		irq_enter()
#define irq_exit_rcu()		irq_exit()

/* An NMI counts as a hard interrupt too, so that in_hardirq() holds in it. No softirq on its exit. */
#define nmi_enter()							\
do {									\
	__preempt_count_add(NMI_OFFSET + HARDIRQ_OFFSET);		\
	barrier();							\
} while (0)
#define nmi_exit()							\
do {									\
	barrier();							\
	__preempt_count_sub(NMI_OFFSET + HARDIRQ_OFFSET);		\
} while (0)
#define __nmi_enter()	nmi_enter()
#define __nmi_exit()	nmi_exit()

#endif
