/* SPDX-License-Identifier: MIT */
/*
 * Fair tasks: the one that has run least, weighted by its nice value, runs next.
 *
 * vruntime is the time a task ran, in nanoseconds, scaled by 1024 / weight. Waiting tasks
 * stand in a tree ordered by it. The commonest queue has one waiting task, or none: that one
 * stands in fair->only, and the tree is not touched. min_vruntime follows the least vruntime
 * of all; while a task is off the queue its vruntime is relative to it, so it can move
 * between CPUs.
 */
#include <linux/init.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include "internals.h"

static u64 scale_to_weight(u64 delta, const struct task_struct *p)
{
	if (likely(p->weight == NICE_0_WEIGHT))
		return delta;
	return div_u64(delta * NICE_0_WEIGHT, p->weight);
}

/* Each step of nice is worth a quarter of the CPU time: 1024 * 1.25^-nice. */
void fair_set_weight(struct task_struct *p)
{
	u64 weight = NICE_0_WEIGHT * 1024;
	int nice = PRIO_TO_NICE(p->static_prio);

	for (; nice < 0; nice++)
		weight += weight / 4;
	for (; nice > 0; nice--)
		weight -= weight / 5;
	p->weight = p->policy == SCHED_IDLE ? 3 : (weight + 512) / 1024;
}

static bool runs_before(struct rb_node *a, const struct rb_node *b)
{
	return (s64)(rb_entry(a, struct task_struct, run_node)->vruntime -
		     rb_entry(b, struct task_struct, run_node)->vruntime) < 0;
}

void fair_enqueue(struct fair_queue *fair, struct task_struct *p)
{
	if (!fair->only && RB_EMPTY_ROOT(&fair->tree.rb_root)) {
		fair->only = p;
		return;
	}
	if (fair->only) {
		rb_add_cached(&fair->only->run_node, &fair->tree, runs_before);
		fair->only = NULL;
	}
	rb_add_cached(&p->run_node, &fair->tree, runs_before);
}

void fair_dequeue(struct fair_queue *fair, struct task_struct *p)
{
	if (fair->only == p)
		fair->only = NULL;
	else
		rb_erase_cached(&p->run_node, &fair->tree);
}

/* The waiting task that should run next, or NULL. */
struct task_struct *fair_first(const struct fair_queue *fair)
{
	struct rb_node *first;

	if (fair->only)
		return fair->only;
	first = rb_first_cached(&fair->tree);
	return first ? rb_entry(first, struct task_struct, run_node) : NULL;
}

struct task_struct *fair_take_first(struct fair_queue *fair)
{
	struct task_struct *p = fair_first(fair);

	if (p)
		fair_dequeue(fair, p);
	return p;
}

/* @curr ran for @delta ns. */
void fair_account(struct fair_queue *fair, struct task_struct *curr, u64 delta)
{
	const struct task_struct *first = fair_first(fair);
	u64 least;

	curr->vruntime += scale_to_weight(delta, curr);
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
void fair_arrive(struct fair_queue *fair, struct task_struct *p, u64 slept)
{
	s64 lag = (s64)p->vruntime - (s64)slept;

	p->vruntime = fair->min_vruntime + max(lag, -(s64)(SCHED_LATENCY_NS / 2));
}

void fair_leave(struct fair_queue *fair, struct task_struct *p)
{
	p->vruntime -= fair->min_vruntime;
}

/* Has @p, just woken, so much to catch up that @curr should give way at once? */
bool fair_should_preempt(const struct task_struct *curr, const struct task_struct *p)
{
	if (p->policy != SCHED_NORMAL)
		return false;
	if (curr->policy == SCHED_IDLE)
		return true;
	return (s64)(curr->vruntime - p->vruntime) > SCHED_WAKEUP_NS;
}

void fair_tick(struct rq *rq, struct task_struct *curr)
{
	u64 turn;

	if (rq->fair.nr < 2)
		return;
	turn = max(SCHED_LATENCY_NS / rq->fair.nr, SCHED_MIN_TURN_NS);
	if (curr->sum_exec_runtime - curr->slice_start >= turn)
		resched_curr(rq);
}
