/* SPDX-License-Identifier: MIT */
/* A work that is queued when a grace period has passed, for what wants to free and to sleep. */
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/rcupdate.h>
#include "internals.h"

static void queue_after_gp(struct rcu_head *rcu)
{
	struct rcu_work *rwork = container_of(rcu, struct rcu_work, rcu);

	local_irq_disable();
	queue_locally(WORK_CPU_UNBOUND, rwork->wq, &rwork->work);
	local_irq_enable();
}

/**
 * queue_rcu_work - queue a work once a grace period has passed
 * @wq: the workqueue
 * @rwork: the work; until then it is pending
 *
 * Context: any but NMI. Return: false if it was queued already, for whichever grace period.
 */
bool queue_rcu_work(struct workqueue_struct *wq, struct rcu_work *rwork)
{
	if (test_and_set_bit(WORK_STRUCT_PENDING_BIT, work_data_bits(&rwork->work)))
		return false;
	rwork->wq = wq;
	call_rcu(&rwork->rcu, queue_after_gp);
	return true;
}
EXPORT_SYMBOL(queue_rcu_work);

/**
 * flush_rcu_work - wait until a work that was queued has run
 * @rwork: the work
 *
 * Context: process, may sleep. Return: false if it was not queued.
 */
bool flush_rcu_work(struct rcu_work *rwork)
{
	if (!work_pending(&rwork->work))
		return flush_work(&rwork->work);
	rcu_barrier();
	flush_work(&rwork->work);
	return true;
}
EXPORT_SYMBOL(flush_rcu_work);
