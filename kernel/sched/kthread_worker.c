// SPDX-License-Identifier: MIT
/*
 * kthread_worker: a thread of one's own that runs works in order.
 *
 * Everything about a work is guarded by its worker's lock. A work is never queued twice, and since
 * there is one thread it never runs beside itself.
 */
#include <linux/completion.h>
#include <linux/export.h>
#include <linux/freezer.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include "internals.h"

void __kthread_init_worker(struct kthread_worker *worker, const char *name,
			   struct lock_class_key *key)
{
	memset(worker, 0, sizeof(*worker));
	raw_spin_lock_init(&worker->lock);
	INIT_LIST_HEAD(&worker->work_list);
	INIT_LIST_HEAD(&worker->delayed_work_list);
}
EXPORT_SYMBOL(__kthread_init_worker);

static struct kthread_work *take_work(struct kthread_worker *worker)
{
	struct kthread_work *work;

	raw_spin_lock_irq(&worker->lock);
	work = list_first_entry_or_null(&worker->work_list, struct kthread_work, node);
	if (work)
		list_del_init(&work->node);
	worker->current_work = work;
	raw_spin_unlock_irq(&worker->lock);
	return work;
}

/**
 * kthread_worker_fn - what a worker's thread runs
 * @worker_ptr: the struct kthread_worker, set up
 *
 * For kthread_run() on a worker that one has set up oneself; kthread_create_worker() does both.
 *
 * Return: 0, when the thread is stopped and the list empty.
 */
int kthread_worker_fn(void *worker_ptr)
{
	struct kthread_worker *worker = worker_ptr;
	struct kthread_work *work;

	WARN_ON(worker->task && worker->task != current);
	worker->task = current;
	if (worker->flags & KTW_FREEZABLE)
		set_freezable();
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		work = take_work(worker);
		if (work) {
			__set_current_state(TASK_RUNNING);
			work->func(work);	/* @work may be gone after this */
			cond_resched();
		} else if (kthread_should_stop()) {
			break;
		} else if (!freezing(current)) {
			schedule();
		}
		__set_current_state(TASK_RUNNING);
		try_to_freeze();
	}
	__set_current_state(TASK_RUNNING);
	raw_spin_lock_irq(&worker->lock);
	worker->task = NULL;
	raw_spin_unlock_irq(&worker->lock);
	return 0;
}
EXPORT_SYMBOL(kthread_worker_fn);

static __printf(3, 0) struct kthread_worker *create(int cpu, unsigned int flags,
						    const char *namefmt, va_list args)
{
	struct kthread_worker *worker = kzalloc(sizeof(*worker), GFP_KERNEL);
	struct task_struct *task;
	char name[TASK_COMM_LEN];

	if (!worker)
		return ERR_PTR(-ENOMEM);
	kthread_init_worker(worker);
	worker->flags = flags;
	vsnprintf(name, sizeof(name), namefmt, args);
	task = kthread_create(kthread_worker_fn, worker, "%s", name);
	if (IS_ERR(task)) {
		kfree(worker);
		return ERR_CAST(task);
	}
	if (cpu >= 0)
		kthread_bind(task, cpu);
	worker->task = task;
	wake_up_process(task);
	return worker;
}

/**
 * kthread_create_worker - make a worker and its thread
 * @flags: KTW_FREEZABLE: its thread can be frozen between works
 * @namefmt: printf-style name of the thread
 *
 * Context: process, may sleep. Return: the worker; ERR_PTR(-ENOMEM).
 */
struct kthread_worker *kthread_create_worker(unsigned int flags, const char namefmt[], ...)
{
	struct kthread_worker *worker;
	va_list args;

	va_start(args, namefmt);
	worker = create(-1, flags, namefmt, args);
	va_end(args);
	return worker;
}
EXPORT_SYMBOL(kthread_create_worker);

/* The same, bound to @cpu. */
struct kthread_worker *kthread_create_worker_on_cpu(int cpu, unsigned int flags,
						    const char namefmt[], ...)
{
	struct kthread_worker *worker;
	va_list args;

	va_start(args, namefmt);
	worker = create(cpu, flags, namefmt, args);
	va_end(args);
	return worker;
}
EXPORT_SYMBOL(kthread_create_worker_on_cpu);

/* ---- Queueing ------------------------------------------------------------------------------------- */

/* worker->lock held. @work is in no list. */
static void insert(struct kthread_worker *worker, struct kthread_work *work, struct list_head *at)
{
	lockdep_assert_held(&worker->lock);
	list_add_tail(&work->node, at);
	work->worker = worker;
	if (!worker->current_work && likely(worker->task))
		wake_up_process(worker->task);
}

static bool may_queue(struct kthread_worker *worker, struct kthread_work *work)
{
	WARN_ON_ONCE(work->worker && work->worker != worker && !list_empty(&work->node));
	return list_empty(&work->node) && !work->canceling;
}

/**
 * kthread_queue_work - queue a work
 * @worker: on which; a work stays with one worker
 * @work: the work
 *
 * Context: any but NMI. Return: false if it is queued already, or being cancelled.
 */
bool kthread_queue_work(struct kthread_worker *worker, struct kthread_work *work)
{
	unsigned long flags;
	bool queued;

	raw_spin_lock_irqsave(&worker->lock, flags);
	queued = may_queue(worker, work);
	if (queued)
		insert(worker, work, &worker->work_list);
	raw_spin_unlock_irqrestore(&worker->lock, flags);
	return queued;
}
EXPORT_SYMBOL(kthread_queue_work);

/* The timer of a delayed work, interrupts off: from the list of those that wait to that of the due. */
void kthread_delayed_work_timer_fn(struct timer_list *t)
{
	struct kthread_delayed_work *dwork = from_timer(dwork, t, timer);
	struct kthread_worker *worker = dwork->work.worker;
	unsigned long flags;

	if (WARN_ON_ONCE(!worker))
		return;
	raw_spin_lock_irqsave(&worker->lock, flags);
	WARN_ON_ONCE(list_empty(&dwork->work.node));
	list_del_init(&dwork->work.node);
	if (!dwork->work.canceling)
		insert(worker, &dwork->work, &worker->work_list);
	raw_spin_unlock_irqrestore(&worker->lock, flags);
}
EXPORT_SYMBOL(kthread_delayed_work_timer_fn);

/* worker->lock held, @dwork in no list. */
static void start_delay(struct kthread_worker *worker, struct kthread_delayed_work *dwork,
			unsigned long delay)
{
	if (!delay) {
		insert(worker, &dwork->work, &worker->work_list);
		return;
	}
	list_add(&dwork->work.node, &worker->delayed_work_list);
	dwork->work.worker = worker;
	dwork->timer.expires = jiffies + delay;
	add_timer(&dwork->timer);
}

/**
 * kthread_queue_delayed_work - queue a work after a time
 * @worker: on which
 * @dwork: the work
 * @delay: jiffies; 0 for now
 *
 * Context: any but NMI. Return: false if it is queued already, or being cancelled.
 */
bool kthread_queue_delayed_work(struct kthread_worker *worker, struct kthread_delayed_work *dwork,
				unsigned long delay)
{
	unsigned long flags;
	bool queued;

	raw_spin_lock_irqsave(&worker->lock, flags);
	queued = may_queue(worker, &dwork->work);
	if (queued)
		start_delay(worker, dwork, delay);
	raw_spin_unlock_irqrestore(&worker->lock, flags);
	return queued;
}
EXPORT_SYMBOL(kthread_queue_delayed_work);

/* ---- Taking back -------------------------------------------------------------------------------------- */

/*
 * Stop the timer and wait for its function, which takes worker->lock: so the lock is dropped, and
 * canceling keeps others from queueing the work meanwhile.
 */
static void stop_timer(struct kthread_delayed_work *dwork, unsigned long *flags)
{
	struct kthread_worker *worker = dwork->work.worker;

	dwork->work.canceling++;
	raw_spin_unlock_irqrestore(&worker->lock, *flags);
	del_timer_sync(&dwork->timer);
	raw_spin_lock_irqsave(&worker->lock, *flags);
	dwork->work.canceling--;
}

static bool unqueue(struct kthread_work *work)
{
	if (list_empty(&work->node))
		return false;
	list_del_init(&work->node);
	return true;
}

/**
 * kthread_mod_delayed_work - set the time of a work, whether it is queued or not
 * @worker: on which
 * @dwork: the work
 * @delay: jiffies from now
 *
 * Context: any but NMI. Return: true if it was queued.
 */
bool kthread_mod_delayed_work(struct kthread_worker *worker, struct kthread_delayed_work *dwork,
			      unsigned long delay)
{
	struct kthread_work *work = &dwork->work;
	unsigned long flags;
	bool queued = false;

	raw_spin_lock_irqsave(&worker->lock, flags);
	if (work->worker) {
		WARN_ON_ONCE(work->worker != worker);
		stop_timer(dwork, &flags);
		if (work->canceling) {	/* a cancel waits for it: the work must stay idle */
			raw_spin_unlock_irqrestore(&worker->lock, flags);
			return false;
		}
		queued = unqueue(work);
	}
	start_delay(worker, dwork, delay);
	raw_spin_unlock_irqrestore(&worker->lock, flags);
	return queued;
}
EXPORT_SYMBOL(kthread_mod_delayed_work);

static bool cancel_sync(struct kthread_work *work, struct kthread_delayed_work *dwork)
{
	struct kthread_worker *worker = work->worker;
	unsigned long flags;
	bool queued;

	if (!worker)
		return false;
	raw_spin_lock_irqsave(&worker->lock, flags);
	if (dwork)
		stop_timer(dwork, &flags);
	queued = unqueue(work);
	if (worker->current_work == work) {
		work->canceling++;
		raw_spin_unlock_irqrestore(&worker->lock, flags);
		kthread_flush_work(work);
		raw_spin_lock_irqsave(&worker->lock, flags);
		work->canceling--;
	}
	raw_spin_unlock_irqrestore(&worker->lock, flags);
	return queued;
}

/**
 * kthread_cancel_work_sync - take a work back and wait until it does not run
 * @work: the work
 *
 * Context: process, may sleep; not from the work itself. Return: true if it was queued.
 */
bool kthread_cancel_work_sync(struct kthread_work *work)
{
	return cancel_sync(work, NULL);
}
EXPORT_SYMBOL(kthread_cancel_work_sync);

bool kthread_cancel_delayed_work_sync(struct kthread_delayed_work *dwork)
{
	return cancel_sync(&dwork->work, dwork);
}
EXPORT_SYMBOL(kthread_cancel_delayed_work_sync);

/* ---- Waiting ------------------------------------------------------------------------------------------- */

struct flush_work {
	struct kthread_work	work;
	struct completion	done;
};

static void flush_fn(struct kthread_work *work)
{
	complete(&container_of(work, struct flush_work, work)->done);
}

/**
 * kthread_flush_work - wait until a work has run
 * @work: the work; one that is neither queued nor running is not waited for
 *
 * Context: process, may sleep; not from the worker's own works.
 */
void kthread_flush_work(struct kthread_work *work)
{
	struct kthread_worker *worker = work->worker;
	struct flush_work flush = {
		.work = KTHREAD_WORK_INIT(flush.work, flush_fn),
		.done = COMPLETION_INITIALIZER_ONSTACK(flush.done),
	};
	bool wait = true;

	if (!worker)
		return;
	raw_spin_lock_irq(&worker->lock);
	if (!list_empty(&work->node))
		insert(worker, &flush.work, work->node.next);
	else if (worker->current_work == work)
		insert(worker, &flush.work, worker->work_list.next);
	else
		wait = false;
	raw_spin_unlock_irq(&worker->lock);
	if (wait)
		wait_for_completion(&flush.done);
}
EXPORT_SYMBOL(kthread_flush_work);

/* Wait until all that is queued now has run. */
void kthread_flush_worker(struct kthread_worker *worker)
{
	struct flush_work flush = {
		.work = KTHREAD_WORK_INIT(flush.work, flush_fn),
		.done = COMPLETION_INITIALIZER_ONSTACK(flush.done),
	};

	kthread_queue_work(worker, &flush.work);
	wait_for_completion(&flush.done);
}
EXPORT_SYMBOL(kthread_flush_worker);

/**
 * kthread_destroy_worker - run what is queued, end the thread, free the worker
 * @worker: from kthread_create_worker(); its delayed works have been cancelled
 *
 * Context: process, may sleep.
 */
void kthread_destroy_worker(struct kthread_worker *worker)
{
	struct task_struct *task = worker->task;

	if (WARN_ON(!task))
		return;
	kthread_flush_worker(worker);
	kthread_stop(task);
	WARN_ON(!list_empty(&worker->delayed_work_list));
	WARN_ON(!list_empty(&worker->work_list));
	kfree(worker);
}
EXPORT_SYMBOL(kthread_destroy_worker);
