/* SPDX-License-Identifier: MIT */
/*
 * Task queues, up to Linux 2.4: lists of functions to call, which have nothing to do with
 * tasks. Anyone may have a list and run it; some are run at known places:
 *
 *	tq_timer	at the next tick, by TQUEUE_BH
 *	tq_immediate	once IMMEDIATE_BH is marked, by that
 *	tq_scheduler	when some task next goes through schedule()
 *	tq_disk		before a task sleeps for input or output to end
 *	schedule_task()	by a kernel thread, where the function may sleep
 */
#ifndef _LINUX_TQUEUE_H
#define _LINUX_TQUEUE_H

#include <linux/bh.h>
#include <linux/list.h>

struct tq_struct {
	struct list_head list;		/* tqueue_lock */
	unsigned long sync;		/* bit 0: on a list; who sets it puts it there */
	void (*routine)(void *data);
	void *data;
};

typedef struct list_head task_queue;

#define DECLARE_TASK_QUEUE(q)	LIST_HEAD(q)
#define TQ_ACTIVE(q)		(!list_empty(&(q)))

#define PREPARE_TQUEUE(_tq, _routine, _data)				\
	do {								\
		(_tq)->routine = (_routine);				\
		(_tq)->data = (_data);					\
	} while (0)

#define INIT_TQUEUE(_tq, _routine, _data)				\
	do {								\
		INIT_LIST_HEAD(&(_tq)->list);				\
		(_tq)->sync = 0;					\
		PREPARE_TQUEUE(_tq, _routine, _data);			\
	} while (0)

extern task_queue tq_timer, tq_immediate, tq_scheduler, tq_disk;

int queue_task(struct tq_struct *tq, task_queue *queue);
void __run_task_queue(task_queue *queue);

/* Call what is on @queue, first come first. */
static __always_inline void run_task_queue(task_queue *queue)
{
	if (unlikely(TQ_ACTIVE(*queue)))
		__run_task_queue(queue);
}

int schedule_task(struct tq_struct *tq);
void flush_scheduled_tasks(void);
int current_is_keventd(void);

#endif
