// SPDX-License-Identifier: MIT
/* Queueing works, now or after a time. */
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/smp.h>
#include "internals.h"

/**
 * insert_work - put a work into a list of its pool, and see that somebody runs it
 * @pwq: whose it is
 * @work: PENDING is set by the caller
 * @at: it goes before this
 * @flags: color and WORK_STRUCT_INACTIVE
 *
 * Context: pool->lock held.
 */
void insert_work(struct pool_workqueue *pwq, struct work_struct *work, struct list_head *at,
		 unsigned long flags)
{
	struct worker_pool *pool = pwq->pool;

	set_work_pwq(work, pwq, flags);
	list_add_tail(&work->entry, at);
	/* A worker on its way to sleep takes the lock: it sees the work, or we see it asleep. */
	if (need_more_worker(pool))
		wake_worker(pool);
}

/* A draining workqueue takes only what its own works queue. */
static bool may_queue(struct workqueue_struct *wq)
{
	struct worker *worker;

	if (likely(!(READ_ONCE(wq->flags) & __WQ_DRAINING)))
		return true;
	worker = current_worker();
	return worker && worker->current_pwq && worker->current_pwq->wq == wq;
}

/*
 * The pool_workqueue for @work, its pool locked. A work that runs at this moment goes to the pool
 * where it does, as only there it is seen that it must not run a second time.
 */
static __always_inline struct pool_workqueue *lock_pwq(int cpu, struct workqueue_struct *wq,
				       struct work_struct *work)
{
	struct worker_pool *last = NULL;
	struct pool_workqueue *pwq;

	if (wq->flags & WQ_UNBOUND)
		pwq = wq->unbound_pwq;
	else if (cpu == WORK_CPU_UNBOUND)
		pwq = *this_cpu_ptr(wq->cpu_pwq);
	else
		pwq = *per_cpu_ptr(wq->cpu_pwq, cpu);

	/* A work that never ran, like most of many, has no last pool. */
	if (work_data(work) >> WORK_OFFQ_POOL_SHIFT != WORK_OFFQ_POOL_NONE)
		last = work_pool(work);
	if (last && last != pwq->pool) {
		struct worker *worker;

		raw_spin_lock(&last->lock);
		worker = find_worker_running(last, work);
		if (worker && worker->current_pwq->wq == wq)
			return worker->current_pwq;
		raw_spin_unlock(&last->lock);
	}
	raw_spin_lock(&pwq->pool->lock);
	return pwq;
}

static __always_inline void queue_inline(int cpu, struct workqueue_struct *wq,
					 struct work_struct *work)
{
	struct pool_workqueue *pwq;
	unsigned long flags;

	lockdep_assert_irqs_disabled();
	if (WARN_ON_ONCE(!may_queue(wq)))
		return;
	pwq = lock_pwq(cpu, wq, work);
	if (!WARN_ON(!list_empty(&work->entry))) {
		debug_work_activate(work);
		flags = (unsigned long)pwq->work_color << WORK_STRUCT_COLOR_SHIFT;
		pwq->nr_in_flight[pwq->work_color]++;
		if (likely(pwq->nr_active < pwq->max_active)) {
			pwq->nr_active++;
			insert_work(pwq, work, &pwq->pool->worklist, flags);
		} else {
			set_work_pwq(work, pwq, flags | WORK_STRUCT_INACTIVE);
			list_add_tail(&work->entry, &pwq->inactive);
		}
	}
	raw_spin_unlock(&pwq->pool->lock);
}

/* Queue @work, whose PENDING the caller has set. Interrupts off. */
void queue_locally(int cpu, struct workqueue_struct *wq, struct work_struct *work)
{
	queue_inline(cpu, wq, work);
}

/**
 * queue_work_on - have a work run on a CPU
 * @cpu: the CPU; WORK_CPU_UNBOUND for this one. Unbound workqueues do not care.
 * @wq: the workqueue
 * @work: the work
 *
 * A work that is queued is not queued again; one that runs is, and runs again when it has ended.
 * What the caller stored before is seen by the work, even if it was queued already.
 *
 * Context: any but NMI. The caller sees to it that @cpu stays online.
 * Return: false if it was queued already.
 */
bool queue_work_on(int cpu, struct workqueue_struct *wq, struct work_struct *work)
{
	unsigned long flags;
	bool queued = false;

	local_irq_save(flags);
	if (!test_and_set_bit(WORK_STRUCT_PENDING_BIT, work_data_bits(work))) {
		queue_inline(cpu, wq, work);
		queued = true;
	}
	local_irq_restore(flags);
	return queued;
}
EXPORT_SYMBOL(queue_work_on);

/* There is one node, so this is queue_work(). */
bool queue_work_node(int node, struct workqueue_struct *wq, struct work_struct *work)
{
	return queue_work_on(WORK_CPU_UNBOUND, wq, work);
}
EXPORT_SYMBOL(queue_work_node);

/**
 * execute_in_process_context - call a function that may sleep
 * @fn: the function; gets &@ew->work
 * @ew: the caller's; left alone if @fn is called right here
 *
 * Context: any but NMI. Return: 0 when @fn was called; 1 when a work will.
 */
int execute_in_process_context(work_func_t fn, struct execute_work *ew)
{
	if (!in_interrupt()) {
		fn(&ew->work);
		return 0;
	}
	INIT_WORK(&ew->work, fn);
	schedule_work(&ew->work);
	return 1;
}
EXPORT_SYMBOL_GPL(execute_in_process_context);

/* ---- After a time --------------------------------------------------------------------------------- */

/* The timer of a delayed work: irqs off. */
void delayed_work_timer_fn(struct timer_list *t)
{
	struct delayed_work *dwork = from_timer(dwork, t, timer);

	queue_locally(dwork->cpu, dwork->wq, &dwork->work);
}
EXPORT_SYMBOL(delayed_work_timer_fn);

/* PENDING is ours. */
static void start_delay(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			unsigned long delay)
{
	struct timer_list *timer = &dwork->timer;

	WARN_ON_ONCE(!wq);
	WARN_ON_ONCE(timer->function != delayed_work_timer_fn);
	WARN_ON_ONCE(timer_pending(timer));
	if (!delay) {
		queue_locally(cpu, wq, &dwork->work);
		return;
	}
	dwork->wq = wq;
	dwork->cpu = cpu;
	timer->expires = jiffies + delay;
	if (unlikely(cpu != WORK_CPU_UNBOUND))
		add_timer_on(timer, cpu);
	else
		add_timer(timer);
}

/**
 * queue_delayed_work_on - have a work run on a CPU after a time
 * @cpu: as for queue_work_on()
 * @wq: the workqueue
 * @dwork: the work
 * @delay: jiffies; 0 for now
 *
 * Context: any but NMI. Return: false if it was queued, or waiting for its time, already.
 */
bool queue_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			   unsigned long delay)
{
	unsigned long flags;
	bool queued = false;

	local_irq_save(flags);
	if (!test_and_set_bit(WORK_STRUCT_PENDING_BIT, work_data_bits(&dwork->work))) {
		start_delay(cpu, wq, dwork, delay);
		queued = true;
	}
	local_irq_restore(flags);
	return queued;
}
EXPORT_SYMBOL(queue_delayed_work_on);

/**
 * mod_delayed_work_on - set the time a work is to run, whether it waits already or not
 * @cpu: as for queue_work_on()
 * @wq: the workqueue
 * @dwork: the work
 * @delay: jiffies from now; 0 for now
 *
 * Context: any but NMI. Return: true if it was queued or waiting.
 */
bool mod_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			 unsigned long delay)
{
	unsigned long flags;
	int ret;

	do {
		ret = grab_pending(&dwork->work, true, &flags);
	} while (unlikely(ret == -EAGAIN));
	if (likely(ret >= 0)) {
		start_delay(cpu, wq, dwork, delay);
		local_irq_restore(flags);
	}
	/* -ENOENT: somebody cancels it, and that counts as being queued. */
	return ret;
}
EXPORT_SYMBOL(mod_delayed_work_on);
