/* SPDX-License-Identifier: MIT */
/* Fair tasks: the tree of those that wait, weights, the tick. fair.h has the rest. */
#include <linux/init.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include "fair.h"

u64 fair_scale(u64 delta, const struct task_struct *p)
{
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

/* More than one waits: all stand in the tree. */
void fair_enqueue_tree(struct fair_queue *fair, struct task_struct *p)
{
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

void fair_tick(struct rq *rq, struct task_struct *curr)
{
	u64 turn;

	if (rq->fair.nr < 2)
		return;
	turn = max(SCHED_LATENCY_NS / rq->fair.nr, SCHED_MIN_TURN_NS);
	if (curr->sum_exec_runtime - curr->slice_start >= turn)
		resched_curr(rq);
}
