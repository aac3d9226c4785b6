/* SPDX-License-Identifier: MIT */
/*
 * Fair tasks: the one that has run least, weighted by its nice value, runs next.
 *
 * vruntime is the time a task ran, in nanoseconds, scaled by 1024 / weight. Waiting tasks
 * stand in a tree ordered by it. The commonest queue has one waiting task, or none: that one
 * stands in fair->only, and the tree is not touched. min_vruntime follows the least vruntime
 * of all; while a task is off the queue its vruntime is relative to it, so it can move
 * between CPUs.
 *
 * Inlined, since every wake-up and every switch goes through here. rq->lock is held.
 */
#ifndef _SCHED_FAIR_H
#define _SCHED_FAIR_H

#include <linux/minmax.h>
#include "internals.h"

static inline void fair_enqueue(struct fair_queue *fair, struct task_struct *p)
{
	if (likely(!fair->only && RB_EMPTY_ROOT(&fair->tree.rb_root)))
		fair->only = p;
	else
		fair_enqueue_tree(fair, p);
}

/* The waiting task that should run next, or NULL. */
static inline struct task_struct *fair_first(const struct fair_queue *fair)
{
	struct rb_node *first;

	if (fair->only)
		return fair->only;
	first = rb_first_cached(&fair->tree);
	return first ? rb_entry(first, struct task_struct, run_node) : NULL;
}

static inline struct task_struct *fair_take_first(struct fair_queue *fair)
{
	struct task_struct *p = fair->only;

	if (likely(p)) {
		fair->only = NULL;
		return p;
	}
	p = fair_first(fair);
	if (p)
		fair_dequeue(fair, p);
	return p;
}

/* @curr ran for @delta ns. */
static inline void fair_account(struct fair_queue *fair, struct task_struct *curr, u64 delta)
{
	const struct task_struct *first = fair_first(fair);
	u64 least;

	curr->vruntime += likely(curr->weight == NICE_0_WEIGHT) ? delta : fair_scale(delta, curr);
	least = curr->vruntime;
	if (first && (s64)(first->vruntime - least) < 0)
		least = first->vruntime;
	if ((s64)(least - fair->min_vruntime) > 0)
		fair->min_vruntime = least;
}

/*
 * @p becomes runnable here. Sleeping earns it a place ahead of the others, as far as the time
 * it slept, but no further than half a round.
 */
static inline void fair_arrive(struct fair_queue *fair, struct task_struct *p, u64 slept)
{
	s64 lag = (s64)p->vruntime - (s64)slept;

	p->vruntime = fair->min_vruntime + max(lag, -(s64)(SCHED_LATENCY_NS / 2));
}

static inline void fair_leave(struct fair_queue *fair, struct task_struct *p)
{
	p->vruntime -= fair->min_vruntime;
}

/* Has @p, just woken, so much to catch up that @curr should give way at once? */
static inline bool fair_should_preempt(const struct task_struct *curr, const struct task_struct *p)
{
	if (p->policy != SCHED_NORMAL)
		return false;
	if (curr->policy == SCHED_IDLE)
		return true;
	return (s64)(curr->vruntime - p->vruntime) > SCHED_WAKEUP_NS;
}

#endif
