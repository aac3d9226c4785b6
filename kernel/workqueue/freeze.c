/* SPDX-License-Identifier: MIT */
/*
 * Workqueues made with WQ_FREEZABLE while the machine is to be quiet: none of their works starts.
 * Their max_active is 0 meanwhile, so that works wait where those beyond max_active wait.
 */
#include <linux/freezer.h>
#include "internals.h"

static bool workqueue_freezing;		/* wq_pool_mutex */

/* As max_active and the freezer have it now, and start what may start. wq->mutex held. */
void pwq_adjust_max_active(struct pool_workqueue *pwq)
{
	struct workqueue_struct *wq = pwq->wq;
	bool frozen = READ_ONCE(workqueue_freezing) && (wq->flags & WQ_FREEZABLE);
	unsigned long flags;

	lockdep_assert_held(&wq->mutex);
	raw_spin_lock_irqsave(&pwq->pool->lock, flags);		/* during boot they are off still */
	pwq->max_active = frozen ? 0 : wq->max_active;
	while (!list_empty(&pwq->inactive) && pwq->nr_active < pwq->max_active)
		activate_work(list_first_entry(&pwq->inactive, struct work_struct, entry));
	if (need_more_worker(pwq->pool))
		wake_worker(pwq->pool);
	raw_spin_unlock_irqrestore(&pwq->pool->lock, flags);
}

static void set_freezing(bool freezing)
{
	struct pool_workqueue *pwq;
	struct workqueue_struct *wq;

	mutex_lock(&wq_pool_mutex);
	if (workqueue_freezing != freezing) {
		WRITE_ONCE(workqueue_freezing, freezing);
		list_for_each_entry(wq, &all_workqueues, node) {
			mutex_lock(&wq->mutex);
			list_for_each_entry(pwq, &wq->pwqs, node)
				pwq_adjust_max_active(pwq);
			mutex_unlock(&wq->mutex);
		}
	}
	mutex_unlock(&wq_pool_mutex);
}

/** freeze_workqueues_begin - start no work of a freezable workqueue any more; process context */
void freeze_workqueues_begin(void)
{
	set_freezing(true);
}

/** thaw_workqueues - start those that waited; process context */
void thaw_workqueues(void)
{
	set_freezing(false);
}

/** freeze_workqueues_busy - does a work of a freezable workqueue still run? Process context. */
bool freeze_workqueues_busy(void)
{
	struct pool_workqueue *pwq;
	struct workqueue_struct *wq;
	bool busy = false;

	mutex_lock(&wq_pool_mutex);
	list_for_each_entry(wq, &all_workqueues, node) {
		if (!(wq->flags & WQ_FREEZABLE))
			continue;
		mutex_lock(&wq->mutex);
		list_for_each_entry(pwq, &wq->pwqs, node)
			busy |= READ_ONCE(pwq->nr_active) != 0;
		mutex_unlock(&wq->mutex);
	}
	mutex_unlock(&wq_pool_mutex);
	return busy;
}
