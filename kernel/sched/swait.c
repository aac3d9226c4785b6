/* SPDX-License-Identifier: MIT */
/* Simple wait queues. */
#include <linux/export.h>
#include <linux/swait.h>
#include "swait.h"

void __init_swait_queue_head(struct swait_queue_head *q, const char *name,
			     struct lock_class_key *key)
{
	raw_spin_lock_init(&q->lock);
	lockdep_set_class_and_name(&q->lock, key, name);
	INIT_LIST_HEAD(&q->task_list);
}
EXPORT_SYMBOL(__init_swait_queue_head);

void swake_up_locked(struct swait_queue_head *q)
{
	swake_first(q);
}
EXPORT_SYMBOL(swake_up_locked);

void swake_up_one(struct swait_queue_head *q)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&q->lock, flags);
	swake_first(q);
	raw_spin_unlock_irqrestore(&q->lock, flags);
}
EXPORT_SYMBOL(swake_up_one);

/**
 * swake_up_all - wake all waiters
 * @q: the queue
 *
 * The lock is dropped between two, so interrupts are not off for long.
 *
 * Context: process or softirq, interrupts on.
 */
void swake_up_all(struct swait_queue_head *q)
{
	LIST_HEAD(woken);

	raw_spin_lock_irq(&q->lock);
	list_splice_init(&q->task_list, &woken);
	while (!list_empty(&woken)) {
		struct swait_queue *wait = list_first_entry(&woken, struct swait_queue, task_list);

		wake_up_state(wait->task, TASK_NORMAL);
		list_del_init(&wait->task_list);
		if (list_empty(&woken))
			break;
		raw_spin_unlock_irq(&q->lock);
		raw_spin_lock_irq(&q->lock);
	}
	raw_spin_unlock_irq(&q->lock);
}
EXPORT_SYMBOL(swake_up_all);

void prepare_to_swait_exclusive(struct swait_queue_head *q, struct swait_queue *wait, int state)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&q->lock, flags);
	swait_enqueue(q, wait);
	set_current_state(state);
	raw_spin_unlock_irqrestore(&q->lock, flags);
}
EXPORT_SYMBOL(prepare_to_swait_exclusive);

/* Return: 0; -ERESTARTSYS, and not queued, when a signal is pending that @state allows. */
long prepare_to_swait_event(struct swait_queue_head *q, struct swait_queue *wait, int state)
{
	unsigned long flags;
	long ret = 0;

	raw_spin_lock_irqsave(&q->lock, flags);
	if (signal_pending_state(state, current)) {
		/* A wake-up meant for us has to go to the next, so do not stay queued. */
		list_del_init(&wait->task_list);
		ret = -ERESTARTSYS;
	} else {
		swait_enqueue(q, wait);
		set_current_state(state);
	}
	raw_spin_unlock_irqrestore(&q->lock, flags);
	return ret;
}
EXPORT_SYMBOL(prepare_to_swait_event);

void finish_swait(struct swait_queue_head *q, struct swait_queue *wait)
{
	unsigned long flags;

	__set_current_state(TASK_RUNNING);
	if (!list_empty_careful(&wait->task_list)) {
		raw_spin_lock_irqsave(&q->lock, flags);
		list_del_init(&wait->task_list);
		raw_spin_unlock_irqrestore(&q->lock, flags);
	}
}
EXPORT_SYMBOL(finish_swait);
