/* SPDX-License-Identifier: MIT */
/*
 * High-resolution timers: the trees they wait in. Each CPU has eight: four clocks, for timers
 * whose function runs in hard-IRQ context and for those that run in HRTIMER_SOFTIRQ.
 */
#ifndef _TIME_HRTIMER_BASE_H
#define _TIME_HRTIMER_BASE_H

#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/percpu.h>
#include <linux/rbtree.h>
#include <linux/spinlock.h>
#include "internals.h"

enum clock_index {
	BASE_MONOTONIC,
	BASE_REALTIME,
	BASE_BOOTTIME,
	BASE_TAI,
	NR_CLOCKS,
};
#define NR_BASES	(2 * NR_CLOCKS)		/* the second half for softirq context */

struct hrtimer_cpu;

struct hrtimer_clock_base {
	struct hrtimer_cpu	*cpu;		/* fixed */
	unsigned int		index;		/* fixed: clock, + NR_CLOCKS for softirq */
	struct rb_root_cached	queue;		/* of timerqueue_node */
	struct hrtimer		*running;	/* its function runs; also read without the lock */
};

struct hrtimer_cpu {
	raw_spinlock_t		lock;		/* IRQs off; guards all below and the timers */
	bool			softirq_raised;	/* until it has run, soft timers do not count */
	struct hrtimer_clock_base base[NR_BASES];
};

DECLARE_PER_CPU_SHARED_ALIGNED(struct hrtimer_cpu, hrtimer_cpu);

static inline bool is_soft(const struct hrtimer_clock_base *base)
{
	return base->index >= NR_CLOCKS;
}

/* hrtimer.c: what such a clock is ahead of the monotonic one */
ktime_t hrtimer_clock_offset(enum clock_index clock);

/* The same of @base's clock. */
static __always_inline ktime_t clock_offset(const struct hrtimer_clock_base *base)
{
	enum clock_index clock = base->index % NR_CLOCKS;

	return likely(clock == BASE_MONOTONIC) ? 0 : hrtimer_clock_offset(clock);
}

static inline bool expires_before(struct rb_node *a, const struct rb_node *b)
{
	return rb_entry(a, struct timerqueue_node, node)->expires <
	       rb_entry(b, struct timerqueue_node, node)->expires;
}

static inline struct hrtimer *first_timer(const struct hrtimer_clock_base *base)
{
	struct rb_node *node = rb_first_cached(&base->queue);

	return node ? rb_entry(node, struct hrtimer, node.node) : NULL;
}

/* Lock held. Return: is it the first to expire now? */
static __always_inline bool enqueue(struct hrtimer_clock_base *base, struct hrtimer *timer)
{
	debug_hrtimer_activate(timer);
	WRITE_ONCE(timer->state, HRTIMER_STATE_ENQUEUED);
	return rb_add_cached(&timer->node.node, &base->queue, expires_before) != NULL;
}

/* Lock held. Return: was it queued? */
static __always_inline int dequeue(struct hrtimer_clock_base *base, struct hrtimer *timer)
{
	if (!(timer->state & HRTIMER_STATE_ENQUEUED))
		return 0;
	debug_hrtimer_deactivate(timer);
	rb_erase_cached(&timer->node.node, &base->queue);
	WRITE_ONCE(timer->state, HRTIMER_STATE_INACTIVE);
	return 1;
}

#endif
