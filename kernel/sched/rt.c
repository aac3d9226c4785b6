/* SPDX-License-Identifier: MIT */
/*
 * Real-time tasks: a list for each priority, and a bitmap of those that are not empty.
 *
 * The first task of the best priority runs until it sleeps, yields, or a better one comes.
 * A preempted task goes back to the head of its list, so that it keeps its turn; SCHED_RR
 * goes to the tail when its slice of ticks is used up.
 */
#include "internals.h"

void rt_queue_init(struct rt_queue *rt)
{
	for (int prio = 0; prio < MAX_RT_PRIO; prio++)
		INIT_LIST_HEAD(&rt->list[prio]);
}

void rt_enqueue(struct rt_queue *rt, struct task_struct *p, bool ahead)
{
	struct list_head *list = &rt->list[p->prio];

	if (ahead)
		list_add(&p->rt_list, list);
	else
		list_add_tail(&p->rt_list, list);
	__set_bit(p->prio, rt->queued);
}

void rt_dequeue(struct rt_queue *rt, struct task_struct *p)
{
	list_del(&p->rt_list);
	if (list_empty(&rt->list[p->prio]))
		__clear_bit(p->prio, rt->queued);
}

struct task_struct *rt_take_first(struct rt_queue *rt)
{
	unsigned int prio = find_first_bit(rt->queued, MAX_RT_PRIO);
	struct task_struct *p;

	if (prio >= MAX_RT_PRIO)
		return NULL;
	p = list_first_entry(&rt->list[prio], struct task_struct, rt_list);
	rt_dequeue(rt, p);
	return p;
}

void rt_tick(struct rq *rq, struct task_struct *curr)
{
	if (curr->policy != SCHED_RR || --curr->time_slice > 0)
		return;
	/* A slice of zero tells the put-back to go to the tail. */
	curr->time_slice = 0;
	if (!list_empty(&rq->rt.list[curr->prio]))
		resched_curr(rq);
	else
		curr->time_slice = RR_TIMESLICE;
}
