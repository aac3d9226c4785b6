/* SPDX-License-Identifier: MIT */
/*
 * preempt_count: one word that says in which context the CPU is and whether the running
 * task may be preempted.
 *
 *	bits  0-7	preempt_disable() depth
 *	bits  8-15	softirq: bit 8 serving one, bits 9-15 local_bh_disable() depth
 *	bits 16-19	hard interrupts nested
 *	bits 20-23	NMIs nested
 *	bit  31		set while NO reschedule is needed, so that "count is zero and a
 *			reschedule is due" is one compare with zero
 *
 * The word belongs to the running CPU and is saved with the task at a switch; it is only
 * changed through the helpers of <asm/preempt.h>.
 */
#ifndef _LINUX_PREEMPT_H
#define _LINUX_PREEMPT_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/linkage.h>

#define PREEMPT_BITS	8
#define SOFTIRQ_BITS	8
#define HARDIRQ_BITS	4
#define NMI_BITS	4

#define PREEMPT_SHIFT	0
#define SOFTIRQ_SHIFT	(PREEMPT_SHIFT + PREEMPT_BITS)
#define HARDIRQ_SHIFT	(SOFTIRQ_SHIFT + SOFTIRQ_BITS)
#define NMI_SHIFT	(HARDIRQ_SHIFT + HARDIRQ_BITS)

#define __IRQ_MASK(x)	((1UL << (x)) - 1)
#define PREEMPT_MASK	(__IRQ_MASK(PREEMPT_BITS) << PREEMPT_SHIFT)
#define SOFTIRQ_MASK	(__IRQ_MASK(SOFTIRQ_BITS) << SOFTIRQ_SHIFT)
#define HARDIRQ_MASK	(__IRQ_MASK(HARDIRQ_BITS) << HARDIRQ_SHIFT)
#define NMI_MASK	(__IRQ_MASK(NMI_BITS) << NMI_SHIFT)

#define INTERRUPT_MASK	(NMI_MASK | HARDIRQ_MASK | SOFTIRQ_MASK)

#define PREEMPT_OFFSET	(1UL << PREEMPT_SHIFT)
#define SOFTIRQ_OFFSET	(1UL << SOFTIRQ_SHIFT)
#define HARDIRQ_OFFSET	(1UL << HARDIRQ_SHIFT)
#define NMI_OFFSET	(1UL << NMI_SHIFT)
#define SOFTIRQ_DISABLE_OFFSET	(2 * SOFTIRQ_OFFSET)
#define PREEMPT_DISABLE_OFFSET	PREEMPT_OFFSET
#define PREEMPT_NEED_RESCHED	0x80000000

#define PREEMPT_DISABLED	(PREEMPT_DISABLE_OFFSET)
#define PREEMPT_ENABLED		(0 + PREEMPT_NEED_RESCHED)
#define INIT_PREEMPT_COUNT	PREEMPT_OFFSET
#define FORK_PREEMPT_COUNT	(2 * PREEMPT_DISABLE_OFFSET)

/*
 * <asm/preempt.h>: preempt_count(), preempt_count_of(cpu), preempt_count_has(mask), preempt_count_set(),
 * __preempt_count_add(), __preempt_count_sub(),
 * __preempt_count_dec_and_test(), __preempt_count_sub_and_test(), set_preempt_need_resched(), clear_preempt_need_resched(),
 * test_preempt_need_resched(), should_resched(offset).
 */
#include <asm/preempt.h>

#define nmi_count()	(preempt_count() & NMI_MASK)
#define hardirq_count()	(preempt_count() & HARDIRQ_MASK)
#define softirq_count()	(preempt_count() & SOFTIRQ_MASK)
#define irq_count()	(preempt_count() & INTERRUPT_MASK)

#define in_nmi()	(nmi_count())
#define in_hardirq()	(hardirq_count())
#define in_serving_softirq() (softirq_count() & SOFTIRQ_OFFSET)
#define in_task()	(!(preempt_count() & (NMI_MASK | HARDIRQ_MASK | SOFTIRQ_OFFSET)))
/* The older names, still what most modules use. */
#define in_irq()	(hardirq_count())
#define in_softirq()	(softirq_count())
#define in_interrupt()	(irq_count())
#define in_atomic()	(preempt_count() != 0)
#define in_atomic_preempt_off()	(preempt_count() != PREEMPT_DISABLE_OFFSET)
#define preemptible()	(preempt_count() == 0 && !irqs_disabled())

#ifdef CONFIG_DEBUG
/* Checked against underflow and overflow of the field they change. */
void preempt_count_add(int val);
void preempt_count_sub(int val);
#define preempt_count_sub_and_test(val) ({ preempt_count_sub(val); should_resched(0); })
#define preempt_count_dec_and_test() preempt_count_sub_and_test(1)
#else
#define preempt_count_add(val)	__preempt_count_add(val)
#define preempt_count_sub(val)	__preempt_count_sub(val)
#define preempt_count_sub_and_test(val) __preempt_count_sub_and_test(val)
#define preempt_count_dec_and_test() __preempt_count_dec_and_test()
#endif
#define preempt_count_inc()	preempt_count_add(1)
#define preempt_count_dec()	preempt_count_sub(1)

asmlinkage void preempt_schedule(void);

#define preempt_disable()						\
do {									\
	preempt_count_inc();						\
	barrier();							\
} while (0)

#define preempt_enable_no_resched()					\
do {									\
	barrier();							\
	preempt_count_dec();						\
} while (0)
#define sched_preempt_enable_no_resched() preempt_enable_no_resched()

#define preempt_enable()						\
do {									\
	barrier();							\
	if (unlikely(preempt_count_dec_and_test()))			\
		preempt_schedule();					\
} while (0)

#define preempt_check_resched()						\
do {									\
	if (should_resched(0))						\
		preempt_schedule();					\
} while (0)

#define preempt_disable_notrace()	do { __preempt_count_add(1); barrier(); } while (0)
#define preempt_enable_no_resched_notrace() do { barrier(); __preempt_count_sub(1); } while (0)
#define preempt_enable_notrace()	preempt_enable()

/* The task stays on its CPU, but may be preempted there, and may sleep. Nests. */
void migrate_disable(void);
void migrate_enable(void);

#endif
