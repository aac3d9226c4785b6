/* SPDX-License-Identifier: MIT */
/*
 * Keep softirqs, and so tasklets and timers, off this CPU for a while.
 *
 * Sections nest, and nest with preempt_disable(). The end of the outermost one is a
 * checkpoint: what was raised inside it runs there.
 */
#ifndef _LINUX_BOTTOM_HALF_H
#define _LINUX_BOTTOM_HALF_H

#include <linux/preempt.h>
#include <linux/lockdep.h>
#include <asm/hardirq.h>

#define SOFTIRQ_LOCK_OFFSET	(SOFTIRQ_DISABLE_OFFSET + PREEMPT_DISABLE_OFFSET)

void __local_bh_checkpoint(void);
void _local_bh_enable(void);

/* @ip, the caller's address, is there for the sake of those who call this by Linux's signature. */
static __always_inline void __local_bh_disable_ip(unsigned long ip, unsigned int cnt)
{
	lockdep_assert(!in_hardirq());
	preempt_count_add(cnt);
	barrier();
}

/*
 * The count falls first and the pending word is read after: an interrupt between the two
 * finds the count at zero and runs the softirqs itself, so a raise is never left lying.
 */
static __always_inline void __local_bh_enable_ip(unsigned long ip, unsigned int cnt)
{
	lockdep_assert(!in_hardirq());
	barrier();
	if (unlikely(preempt_count_sub_and_test((int)cnt)) || unlikely(any_softirq_pending()))
		__local_bh_checkpoint();
}

static __always_inline void local_bh_disable(void)
{
	__local_bh_disable_ip(0, SOFTIRQ_DISABLE_OFFSET);
}

static __always_inline void local_bh_enable(void)
{
	__local_bh_enable_ip(0, SOFTIRQ_DISABLE_OFFSET);
}

static __always_inline void local_bh_enable_ip(unsigned long ip)
{
	__local_bh_enable_ip(ip, SOFTIRQ_DISABLE_OFFSET);
}

static inline bool local_bh_blocked(void)
{
	return false;
}

#endif
