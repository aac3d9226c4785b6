/* SPDX-License-Identifier: MIT */
/* Between the files of kernel/softirq/. */
#ifndef _SOFTIRQ_INTERNALS_H
#define _SOFTIRQ_INTERNALS_H

#include <linux/hardirq.h>
#include <linux/preempt.h>

void ksoftirqd_serve(void);
void wakeup_softirqd(void);
void tasklet_boot(void);
void tasklets_take_over(unsigned int cpu);

/* raise_softirq_irqoff(): with no checkpoint ahead ksoftirqd has to look. */
static __always_inline void raise_here(unsigned int nr)
{
	or_softirq_pending(1U << nr);
	if (!preempt_count_has(INTERRUPT_MASK))
		wakeup_softirqd();
}

#endif
