/* SPDX-License-Identifier: MIT */
/* Giving way without having to: to equals, to who wants the lock, to a device. */
#include <linux/export.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/tqueue.h>
#include "fair.h"

/**
 * __cond_resched_lock - drop a spin lock for a moment if others want it or the CPU
 * @lock: held, interrupts on
 *
 * Return: 1 when the lock was dropped.
 */
int __cond_resched_lock(spinlock_t *lock)
{
	if (!spin_needbreak(lock) && !should_resched(PREEMPT_DISABLE_OFFSET))
		return 0;
	spin_unlock(lock);	/* reschedules */
	cpu_relax();
	spin_lock(lock);
	return 1;
}
EXPORT_SYMBOL(__cond_resched_lock);

/**
 * yield - let those that wait with the same right run first
 *
 * Context: process. Not a way to wait for something: a better task may wait for ever for one
 * that yields.
 */
void yield(void)
{
	struct rq *rq;
	const struct task_struct *first;

	set_current_state(TASK_RUNNING);
	preempt_disable();
	local_irq_disable();
	rq = this_rq();
	raw_spin_lock(&rq->lock);
	first = fair_first(&rq->fair);
	if (rt_task(current))
		current->time_slice = 0;
	else if (first && (s64)(first->vruntime - current->vruntime) >= 0)
		current->vruntime = first->vruntime + 1;
	raw_spin_unlock_irq(&rq->lock);
	preempt_enable_no_resched();
	schedule();
}
EXPORT_SYMBOL(yield);

/* A sleep that waits for a device: while it lasts, this CPU's idle time is counted as such. */
static struct rq *begin_iowait(void)
{
	struct rq *rq = raw_cpu_ptr(&runqueues);

	run_task_queue(&tq_disk);
	current->in_iowait = 1;
	atomic_inc(&rq->nr_iowait);
	return rq;
}

static void end_iowait(struct rq *rq)
{
	atomic_dec(&rq->nr_iowait);
	current->in_iowait = 0;
}

void io_schedule(void)
{
	struct rq *rq = begin_iowait();

	schedule();
	end_iowait(rq);
}
EXPORT_SYMBOL(io_schedule);

long io_schedule_timeout(long timeout)
{
	struct rq *rq = begin_iowait();

	timeout = schedule_timeout(timeout);
	end_iowait(rq);
	return timeout;
}
EXPORT_SYMBOL(io_schedule_timeout);
