/* SPDX-License-Identifier: MIT */
/*
 * The steps of a simple wait queue, for completions too: inlined, as little else is as often gone
 * through. The queue's lock is held.
 */
#ifndef _SCHED_SWAIT_H
#define _SCHED_SWAIT_H

#include <linux/swait.h>
#include "internals.h"

/* Wake the first waiter. */
static inline void swake_first(struct swait_queue_head *q)
{
	struct swait_queue *first;

	if (list_empty(&q->task_list))
		return;
	first = list_first_entry(&q->task_list, struct swait_queue, task_list);
	try_to_wake_up(first->task, TASK_NORMAL, 0);
	list_del_init(&first->task_list);
}

/* Queue the current task, unless it is queued. */
static inline void swait_enqueue(struct swait_queue_head *q, struct swait_queue *wait)
{
	wait->task = current;
	if (list_empty(&wait->task_list))
		list_add_tail(&wait->task_list, &q->task_list);
}

/* The current task runs again: it is taken off, unless its waker did. */
static inline void swait_dequeue(struct swait_queue *wait)
{
	__set_current_state(TASK_RUNNING);
	if (!list_empty(&wait->task_list))
		list_del_init(&wait->task_list);
}

#endif
