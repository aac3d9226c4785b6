// SPDX-License-Identifier: MIT
/*
 * Taking works back.
 *
 * Whoever sets PENDING owns a work. Cancelling takes PENDING from wherever it is: the timer, the
 * queue, or nobody. While a cancel waits for the function to end, the CANCELING mark tells other
 * cancels to wait for this one instead of spinning for PENDING.
 */
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/wait.h>
#include "internals.h"

static DECLARE_WAIT_QUEUE_HEAD(cancel_waitq);

static bool is_canceling(const struct work_struct *work)
{
	unsigned long data = work_data(work);

	return !(data & WORK_STRUCT_PWQ) && (data & WORK_OFFQ_CANCELING);
}

/* Take @work out of its pool, if it is queued there. Interrupts off. */
static bool take_from_pool(struct work_struct *work)
{
	struct worker_pool *pool = work_pool(work);
	struct pool_workqueue *pwq;
	bool taken = false;

	if (!pool)
		return false;
	raw_spin_lock(&pool->lock);
	pwq = work_pwq(work);
	if (pwq && pwq->pool == pool) {
		/* A barrier behind it must get where it is run. */
		if (work_data(work) & WORK_STRUCT_INACTIVE)
			activate_work(work);
		list_del_init(&work->entry);
		debug_work_deactivate(work);
		work_leaves(pwq, work_color(work));
		set_work_pool_keep_pending(work, pool->id);
		taken = true;
	}
	raw_spin_unlock(&pool->lock);
	return taken;
}

/**
 * grab_pending - become the owner of a work, wherever it is
 * @work: the work
 * @is_dwork: it is part of a delayed_work
 * @flags: interrupt state before; interrupts are off when this succeeds
 *
 * Context: any but NMI.
 * Return: 1 it was queued or waiting for its time; 0 it was not; -EAGAIN it is changing hands, try
 * again; -ENOENT it is being cancelled. PENDING is ours when >= 0.
 */
int grab_pending(struct work_struct *work, bool is_dwork, unsigned long *flags)
{
	local_irq_save(*flags);
	/* A timer that has run is queueing the work, or has. */
	if (is_dwork && likely(del_timer(&to_delayed_work(work)->timer)))
		return 1;
	if (!test_and_set_bit(WORK_STRUCT_PENDING_BIT, work_data_bits(work)))
		return 0;
	if (take_from_pool(work))
		return 1;
	local_irq_restore(*flags);
	if (is_canceling(work))
		return -ENOENT;
	cpu_relax();
	return -EAGAIN;
}

static bool cancel(struct work_struct *work, bool is_dwork)
{
	struct worker_pool *pool;
	unsigned long flags;
	int ret;

	do {
		ret = grab_pending(work, is_dwork, &flags);
	} while (unlikely(ret == -EAGAIN));
	if (unlikely(ret < 0))
		return false;
	pool = work_pool(work);
	atomic_long_set(&work->data, pool ? (long)pool->id << WORK_OFFQ_POOL_SHIFT
					  : (long)WORK_STRUCT_NO_POOL);
	local_irq_restore(flags);
	return ret;
}

/* Mark @work, whose PENDING is ours, as being cancelled, or as free again. */
static void set_canceling(struct work_struct *work)
{
	struct worker_pool *pool = work_pool(work);
	unsigned long id = pool ? (unsigned long)pool->id : WORK_OFFQ_POOL_NONE;

	atomic_long_set(&work->data, (long)((id << WORK_OFFQ_POOL_SHIFT) | WORK_OFFQ_CANCELING |
					    WORK_STRUCT_PENDING));
}

static void clear_canceling(struct work_struct *work)
{
	atomic_long_andnot(WORK_OFFQ_CANCELING | WORK_STRUCT_PENDING, &work->data);
	smp_mb__after_atomic();	/* pairs with the waiter's, between queueing itself and looking */
	if (waitqueue_active(&cancel_waitq))
		wake_up_all(&cancel_waitq);
}

static bool cancel_sync(struct work_struct *work, bool is_dwork)
{
	unsigned long flags;
	int ret;

	might_sleep();
	do {
		ret = grab_pending(work, is_dwork, &flags);
		if (unlikely(ret == -ENOENT))
			wait_event(cancel_waitq, !is_canceling(work));
	} while (unlikely(ret < 0));
	set_canceling(work);
	local_irq_restore(flags);

	wait_for_work(work, true);
	clear_canceling(work);
	return ret;
}

/**
 * cancel_work - take a work out of its queue; one that runs goes on
 * @work: the work
 *
 * Context: any but NMI. Return: true if it was queued.
 */
bool cancel_work(struct work_struct *work)
{
	return cancel(work, false);
}
EXPORT_SYMBOL(cancel_work);

/**
 * cancel_work_sync - take a work out of its queue and wait until it does not run
 * @work: the work
 *
 * When it returns the work is neither queued nor running, even if it queues itself, as long as
 * nobody else queues it.
 *
 * Context: process, may sleep; not from the work itself. Return: true if it was queued.
 */
bool cancel_work_sync(struct work_struct *work)
{
	return cancel_sync(work, false);
}
EXPORT_SYMBOL(cancel_work_sync);

bool cancel_delayed_work(struct delayed_work *dwork)
{
	return cancel(&dwork->work, true);
}
EXPORT_SYMBOL(cancel_delayed_work);

bool cancel_delayed_work_sync(struct delayed_work *dwork)
{
	return cancel_sync(&dwork->work, true);
}
EXPORT_SYMBOL(cancel_delayed_work_sync);
