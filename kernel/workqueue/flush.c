// SPDX-License-Identifier: MIT
/*
 * Waiting for works.
 *
 * For one work, a barrier (a work of our own) is put right behind it. For a workqueue, its works
 * have one of two colors: a flush turns the color for what comes, and waits until none of the old
 * color is left. One flush runs at a time, so by the next the other color is used up.
 */
#include <linux/export.h>
#include "internals.h"

struct barrier {
	struct work_struct	work;
	struct completion	done;
};

static void barrier_fn(struct work_struct *work)
{
	complete(&container_of(work, struct barrier, work)->done);
}

/*
 * The checker of lock orders sees a work that runs as one that holds a lock, and who waits for
 * it as one that takes it: so it finds who waits with a lock held that the work takes.
 */
#define wait_as_for_lock(map)						\
do {									\
	lock_map_acquire(map);						\
	lock_map_release(map);						\
} while (0)

/* Put @barrier behind @target, which is queued, or running by @worker. pool->lock held. */
static void insert_barrier(struct pool_workqueue *pwq, struct barrier *barrier,
			   struct work_struct *target, struct worker *worker)
{
	unsigned long flags = (unsigned long)BARRIER_COLOR << WORK_STRUCT_COLOR_SHIFT;
	struct list_head *at;

	INIT_WORK_ONSTACK(&barrier->work, barrier_fn);
	__set_bit(WORK_STRUCT_PENDING_BIT, work_data_bits(&barrier->work));
	init_completion(&barrier->done);
	if (worker) {
		at = worker->scheduled.next;
	} else {
		/* In the chain of what belongs to @target, the barrier is the next link. */
		at = target->entry.next;
		flags |= work_data(target) & WORK_STRUCT_LINKED;
		__set_bit(WORK_STRUCT_LINKED_BIT, work_data_bits(target));
	}
	debug_work_activate(&barrier->work);
	insert_work(pwq, &barrier->work, at, flags);
}

/* Return: false if @work neither waits nor runs, so there is no barrier to wait for. */
static bool start_flush(struct work_struct *work, struct barrier *barrier, bool from_cancel)
{
	struct workqueue_struct *wq = NULL;
	struct worker_pool *pool;
	struct pool_workqueue *pwq;
	struct worker *worker = NULL;
	bool found;

	local_irq_disable();
	pool = work_pool(work);
	if (!pool) {
		local_irq_enable();
		return false;
	}
	raw_spin_lock(&pool->lock);
	pwq = work_pwq(work);
	if (!pwq || pwq->pool != pool) {
		worker = find_worker_running(pool, work);
		pwq = worker ? worker->current_pwq : NULL;
	}
	found = pwq;
	if (found) {
		WARN_ONCE(worker && worker->task == current,
			  "workqueue: a work waits for itself: %ps\n", work->func);
		insert_barrier(pwq, barrier, work, worker);
		wq = pwq->wq;
	}
	raw_spin_unlock_irq(&pool->lock);
	/* Where only one work runs at a time, this one may stand behind any other of them. */
	if (wq && (wq->max_active == 1 || wq->rescuer) && !from_cancel)
		wait_as_for_lock(&wq->lockdep_map);
	return found;
}

/* @from_cancel: it was taken off its queue, so only its own run can be waited for. */
bool wait_for_work(struct work_struct *work, bool from_cancel)
{
	struct barrier barrier;

	might_sleep();
	if (WARN_ON(!work->func))
		return false;
	wait_as_for_lock(&work->lockdep_map);
	if (!start_flush(work, &barrier, from_cancel))
		return false;
	wait_for_completion(&barrier.done);
	destroy_work_on_stack(&barrier.work);
	return true;
}

/**
 * flush_work - wait until a work has run
 * @work: the work
 *
 * Waits for what is queued, or running, when it is called.
 *
 * Context: process, may sleep; not from the work itself. Return: false if there was nothing to
 * wait for.
 */
bool flush_work(struct work_struct *work)
{
	return wait_for_work(work, false);
}
EXPORT_SYMBOL(flush_work);

/**
 * flush_delayed_work - run a delayed work now if it waits for its time, and wait for it
 * @dwork: the work
 *
 * Context: process, may sleep. Return: false if there was nothing to wait for.
 */
bool flush_delayed_work(struct delayed_work *dwork)
{
	local_irq_disable();
	if (del_timer_sync(&dwork->timer))
		queue_locally(dwork->cpu, dwork->wq, &dwork->work);
	local_irq_enable();
	return flush_work(&dwork->work);
}
EXPORT_SYMBOL(flush_delayed_work);

/**
 * __flush_workqueue - wait until all works that are queued now have run
 * @wq: the workqueue
 *
 * Context: process, may sleep; not from a work of @wq.
 */
void __flush_workqueue(struct workqueue_struct *wq)
{
	struct pool_workqueue *pwq;
	int old;

	might_sleep();
	wait_as_for_lock(&wq->lockdep_map);
	mutex_lock(&wq->flush_mutex);
	mutex_lock(&wq->mutex);
	old = wq->work_color;
	wq->work_color = !old;
	reinit_completion(&wq->flushed);
	/* One for ourselves, so that it is not complete before all are counted. */
	atomic_set(&wq->nr_to_flush, 1);
	list_for_each_entry(pwq, &wq->pwqs, node) {
		raw_spin_lock_irq(&pwq->pool->lock);
		if (pwq->nr_in_flight[old]) {
			pwq->flush_color = old;
			atomic_inc(&wq->nr_to_flush);
		}
		pwq->work_color = wq->work_color;
		raw_spin_unlock_irq(&pwq->pool->lock);
	}
	mutex_unlock(&wq->mutex);
	if (!atomic_dec_and_test(&wq->nr_to_flush))
		wait_for_completion(&wq->flushed);
	mutex_unlock(&wq->flush_mutex);
}
EXPORT_SYMBOL(__flush_workqueue);

bool pwq_is_busy(const struct pool_workqueue *pwq)
{
	return pwq->nr_active || !list_empty(&pwq->inactive);
}

static bool wq_is_busy(struct workqueue_struct *wq)
{
	struct pool_workqueue *pwq;
	bool busy = false;

	mutex_lock(&wq->mutex);
	list_for_each_entry(pwq, &wq->pwqs, node) {
		raw_spin_lock_irq(&pwq->pool->lock);
		busy |= pwq_is_busy(pwq);
		raw_spin_unlock_irq(&pwq->pool->lock);
	}
	mutex_unlock(&wq->mutex);
	return busy;
}

/**
 * drain_workqueue - wait until a workqueue is empty
 * @wq: the workqueue
 *
 * Meanwhile only works of its own may queue works on it, and should come to an end with that.
 *
 * Context: process, may sleep.
 */
void drain_workqueue(struct workqueue_struct *wq)
{
	unsigned int rounds = 0;

	mutex_lock(&wq->mutex);
	if (!wq->nr_drainers++)
		WRITE_ONCE(wq->flags, wq->flags | __WQ_DRAINING);
	mutex_unlock(&wq->mutex);

	do {
		__flush_workqueue(wq);
		if (++rounds == 10 || (rounds % 100 == 0 && rounds <= 1000))
			pr_warn("workqueue %s: drain_workqueue() isn't complete after %u tries\n",
				wq->name, rounds);
	} while (wq_is_busy(wq));

	mutex_lock(&wq->mutex);
	if (!--wq->nr_drainers)
		WRITE_ONCE(wq->flags, wq->flags & ~__WQ_DRAINING);
	mutex_unlock(&wq->mutex);
}
EXPORT_SYMBOL(drain_workqueue);

/**
 * work_busy - a guess at what a work is doing
 * @work: the work
 *
 * Return: WORK_BUSY_PENDING and WORK_BUSY_RUNNING bits; true only at the moment of looking.
 */
unsigned int work_busy(struct work_struct *work)
{
	struct worker_pool *pool;
	unsigned long flags;
	unsigned int ret = 0;

	if (work_pending(work))
		ret |= WORK_BUSY_PENDING;
	pool = work_pool(work);
	if (pool) {
		raw_spin_lock_irqsave(&pool->lock, flags);
		if (find_worker_running(pool, work))
			ret |= WORK_BUSY_RUNNING;
		raw_spin_unlock_irqrestore(&pool->lock, flags);
	}
	return ret;
}
EXPORT_SYMBOL(work_busy);
