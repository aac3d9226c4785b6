/* SPDX-License-Identifier: MIT */
/*
 * Task queues: <linux/tqueue.h>. Lists under one lock, run by bottom halves, the scheduler and
 * a work.
 */
#include <linux/bh.h>
#include <linux/completion.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/list.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/tqueue.h>
#include <linux/workqueue.h>

DECLARE_TASK_QUEUE(tq_timer);
DECLARE_TASK_QUEUE(tq_immediate);
DECLARE_TASK_QUEUE(tq_scheduler);
DECLARE_TASK_QUEUE(tq_disk);
EXPORT_SYMBOL(tq_timer);
EXPORT_SYMBOL(tq_immediate);
EXPORT_SYMBOL(tq_scheduler);
EXPORT_SYMBOL(tq_disk);

static DECLARE_TASK_QUEUE(tq_context);		/* schedule_task()'s */
static struct task_struct *context_task;	/* who runs it just now */

static DEFINE_SPINLOCK(tqueue_lock);		/* guards all lists */

/* A timer, and no look at the list at every tick: so a tick that stops when idle is started. */
static void tick(struct timer_list *unused)
{
	mark_bh(TQUEUE_BH);
}

static DEFINE_TIMER(tq_timer_tick, tick);

/**
 * queue_task - put a function on a list, unless it is on one
 * @tq: the function and what it is handed
 * @queue: the list
 *
 * Context: any but NMI. Return: 1 when it was put there; 0 when it waits on a list already.
 */
int queue_task(struct tq_struct *tq, task_queue *queue)
{
	unsigned long flags;

	if (test_and_set_bit(0, &tq->sync))
		return 0;
	spin_lock_irqsave(&tqueue_lock, flags);
	list_add_tail(&tq->list, queue);
	spin_unlock_irqrestore(&tqueue_lock, flags);
	/* If it is pending now it looks at the list after this. */
	if (queue == &tq_timer && !timer_pending(&tq_timer_tick))
		mod_timer(&tq_timer_tick, jiffies + 1);
	return 1;
}
EXPORT_SYMBOL(queue_task);

/* What is queued meanwhile is left for the next time. See run_task_queue(). */
void __run_task_queue(task_queue *queue)
{
	LIST_HEAD(mine);
	unsigned long flags;

	spin_lock_irqsave(&tqueue_lock, flags);
	list_splice_init(queue, &mine);
	spin_unlock_irqrestore(&tqueue_lock, flags);

	while (!list_empty(&mine)) {
		struct tq_struct *tq = list_first_entry(&mine, struct tq_struct, list);
		void (*routine)(void *) = tq->routine;
		void *data = tq->data;

		list_del_init(&tq->list);
		/* From here on it can be queued again, or be gone. */
		smp_store_release(&tq->sync, 0);
		smp_mb();
		if (routine)
			routine(data);
	}
}
EXPORT_SYMBOL(__run_task_queue);

static void tqueue_bh(void)
{
	run_task_queue(&tq_timer);
}

static void immediate_bh(void)
{
	run_task_queue(&tq_immediate);
}

/* ---- Those that may sleep -------------------------------------------------------------------- */

static void run_context(struct work_struct *unused)
{
	WRITE_ONCE(context_task, current);
	run_task_queue(&tq_context);
	WRITE_ONCE(context_task, NULL);
}

static DECLARE_WORK(context_work, run_context);

/**
 * schedule_task - have a function called by a kernel thread, where it may sleep
 * @tq: the function and what it is handed
 *
 * They are called one after the other, in the order in which they were queued.
 * Context: any but NMI. Return: 1 when it was queued; 0 when it waits already.
 */
int schedule_task(struct tq_struct *tq)
{
	int queued = queue_task(tq, &tq_context);

	schedule_work(&context_work);
	return queued;
}
EXPORT_SYMBOL(schedule_task);

static void tell(void *done)
{
	complete(done);
}

/**
 * flush_scheduled_tasks - wait for all that schedule_task() has queued so far
 *
 * Context: process, may sleep; not from such a function.
 */
void flush_scheduled_tasks(void)
{
	DECLARE_COMPLETION_ONSTACK(done);
	struct tq_struct last = { .routine = tell, .data = &done };

	schedule_task(&last);
	wait_for_completion(&done);
}
EXPORT_SYMBOL(flush_scheduled_tasks);

/** current_is_keventd - was the caller called by schedule_task()? Context: process. */
int current_is_keventd(void)
{
	return READ_ONCE(context_task) == current;
}
EXPORT_SYMBOL(current_is_keventd);

static int __init task_queue_init(void)
{
	init_bh(TQUEUE_BH, tqueue_bh);
	init_bh(IMMEDIATE_BH, immediate_bh);
	return 0;
}
early_initcall(task_queue_init);
