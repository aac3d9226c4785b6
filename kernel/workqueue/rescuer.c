// SPDX-License-Identifier: MIT
/*
 * Rescuers: a WQ_MEM_RECLAIM workqueue gets on although no worker can be made.
 *
 * Each such workqueue has a thread of its own from the beginning. A pool that finds no memory for
 * another worker calls the rescuers of the works it holds; each goes to the pool, takes the works
 * of its own workqueue, and runs them one after another.
 */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include "internals.h"

/* Guards wq->maydays and pwq->mayday_node; taken inside pool->lock. */
static DEFINE_RAW_SPINLOCK(mayday_lock);

/* The pool can't make a worker: call who can run its works. pool->lock held. */
void call_rescuers(struct worker_pool *pool)
{
	struct work_struct *work;

	lockdep_assert_held(&pool->lock);
	list_for_each_entry(work, &pool->worklist, entry) {
		struct pool_workqueue *pwq = work_pwq(work);
		struct workqueue_struct *wq = pwq->wq;

		if (!wq->rescuer)
			continue;
		raw_spin_lock(&mayday_lock);
		if (list_empty(&pwq->mayday_node)) {
			list_add_tail(&pwq->mayday_node, &wq->maydays);
			wake_up_process(wq->rescuer->task);
		}
		raw_spin_unlock(&mayday_lock);
	}
}

static struct pool_workqueue *next_mayday(struct workqueue_struct *wq)
{
	struct pool_workqueue *pwq;

	raw_spin_lock_irq(&mayday_lock);
	pwq = list_first_entry_or_null(&wq->maydays, struct pool_workqueue, mayday_node);
	if (pwq)
		list_del_init(&pwq->mayday_node);
	raw_spin_unlock_irq(&mayday_lock);
	return pwq;
}

/* Run all works of @pwq. The rescuer never counts as running: PREP stays set. */
static void rescue(struct worker *rescuer, struct pool_workqueue *pwq)
{
	struct worker_pool *pool = pwq->pool;
	struct work_struct *work, *next;

	set_cpus_allowed_ptr(current, pool->attrs.cpumask);
	raw_spin_lock_irq(&pool->lock);
	rescuer->pool = pool;
	list_for_each_entry_safe(work, next, &pool->worklist, entry)
		if (work_pwq(work) == pwq)
			move_linked_works(work, &rescuer->scheduled, &next);
	run_scheduled(rescuer);
	/* A work that became active meanwhile has woken nobody. */
	if (need_more_worker(pool))
		wake_worker(pool);
	raw_spin_unlock_irq(&pool->lock);
}

static int rescuer_thread(void *data)
{
	struct workqueue_struct *wq = data;
	struct worker *rescuer = wq->rescuer;
	struct pool_workqueue *pwq;
	bool stop;

	current->flags |= PF_WQ_WORKER;
	do {
		set_current_state(TASK_IDLE);
		/* Asked first, so that what was called for before the stop is still done. */
		stop = kthread_should_stop();
		pwq = next_mayday(wq);
		if (!pwq && !stop)
			schedule();
		__set_current_state(TASK_RUNNING);
		if (pwq)
			rescue(rescuer, pwq);
	} while (pwq || !stop);
	current->flags &= ~PF_WQ_WORKER;
	return 0;
}

/**
 * add_rescuer - give a workqueue its rescuer
 * @wq: the workqueue
 *
 * Context: process, may sleep. Return: 0; -ENOMEM.
 */
int add_rescuer(struct workqueue_struct *wq)
{
	struct worker *rescuer = kzalloc(sizeof(*rescuer), GFP_KERNEL);
	struct task_struct *task;

	if (!rescuer)
		return -ENOMEM;
	INIT_LIST_HEAD(&rescuer->scheduled);
	rescuer->flags = WORKER_PREP;
	task = kthread_create(rescuer_thread, wq, "%s", wq->name);
	if (IS_ERR(task)) {
		kfree(rescuer);
		return PTR_ERR(task);
	}
	rescuer->task = task;
	task->worker = rescuer;
	set_user_nice(task, MIN_NICE);
	wq->rescuer = rescuer;
	wake_up_process(task);
	return 0;
}

void remove_rescuer(struct workqueue_struct *wq)
{
	if (!wq->rescuer)
		return;
	kthread_stop(wq->rescuer->task);
	kfree(wq->rescuer);
	wq->rescuer = NULL;
}

/* Is the caller a work that a rescuer runs? It had better not wait for memory then. */
bool current_is_workqueue_rescuer(void)
{
	struct worker *worker = current_worker();

	return worker && worker->current_pwq && worker->current_pwq->wq->rescuer == worker;
}
EXPORT_SYMBOL(current_is_workqueue_rescuer);
