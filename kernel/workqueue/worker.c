// SPDX-License-Identifier: MIT
/* A worker: takes works from its pool, one after another. */
#include <linux/export.h>
#include <linux/hash.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include "internals.h"

/* ---- Counting who runs: called by the worker itself, pool->lock held ------------------------------- */

static void set_worker_flags(struct worker *worker, unsigned int flags)
{
	if ((flags & WORKER_NOT_RUNNING) && !(worker->flags & WORKER_NOT_RUNNING))
		WRITE_ONCE(worker->pool->nr_running, worker->pool->nr_running - 1);
	worker->flags |= flags;
}

static void clear_worker_flags(struct worker *worker, unsigned int flags)
{
	unsigned int before = worker->flags;

	worker->flags &= ~flags;
	if ((before & WORKER_NOT_RUNNING) && !(worker->flags & WORKER_NOT_RUNNING))
		WRITE_ONCE(worker->pool->nr_running, worker->pool->nr_running + 1);
}

/**
 * wq_worker_sleeping - a worker goes to sleep: if that leaves nobody running, wake another
 * @task: current
 *
 * Context: schedule(), before the run queue is touched.
 */
void wq_worker_sleeping(struct task_struct *task)
{
	struct worker *worker = task->worker;
	struct worker_pool *pool = worker->pool;

	if (worker->sleeping || (worker->flags & WORKER_NOT_RUNNING))
		return;
	worker->sleeping = true;
	raw_spin_lock_irq(&pool->lock);
	WRITE_ONCE(pool->nr_running, pool->nr_running - 1);
	if (need_more_worker(pool))
		wake_worker(pool);
	raw_spin_unlock_irq(&pool->lock);
}

/**
 * wq_worker_running - a worker has woken up again
 * @task: current
 */
void wq_worker_running(struct task_struct *task)
{
	struct worker *worker = task->worker;

	if (!worker->sleeping)
		return;
	/* Not under the lock: only tasks on this CPU change it, and none preempts us here. */
	preempt_disable();
	if (!(worker->flags & WORKER_NOT_RUNNING))
		WRITE_ONCE(worker->pool->nr_running, worker->pool->nr_running + 1);
	worker->sleeping = false;
	preempt_enable();
}

/* ---- Idle and busy: pool->lock held ------------------------------------------------------------------- */

static void enter_idle(struct worker *worker)
{
	struct worker_pool *pool = worker->pool;

	worker->flags |= WORKER_IDLE;
	worker->last_active = jiffies;
	list_add(&worker->entry, &pool->idle);
	pool->nr_idle++;
	if (unlikely(pool->nr_idle > 2) && !timer_pending(&pool->idle_timer))
		mod_timer(&pool->idle_timer, jiffies + IDLE_WORKER_TIMEOUT);
}

static void leave_idle(struct worker *worker)
{
	clear_worker_flags(worker, WORKER_IDLE);
	worker->pool->nr_idle--;
	list_del_init(&worker->entry);
}

/*
 * The worker that runs @work, if any. The function has to be the same too: the memory may have been
 * freed by its own function and be another work now.
 */
struct worker *find_worker_running(struct worker_pool *pool, const struct work_struct *work)
{
	struct worker *worker;

	hash_for_each_possible(pool->busy, worker, hentry, (unsigned long)work)
		if (worker->current_work == work && worker->current_func == work->func)
			return worker;
	return NULL;
}

/*
 * The worker's CPU has come back, and the worker may be on another one: go there. It counts among
 * those that run only there, as the pool's CPU alone changes that count. The lock is dropped
 * meanwhile; should the CPU go again, disassociate() takes the request back. It may even have gone and
 * come back: then the worker is free to run anywhere, and may be on its CPU by chance, to leave it again.
 */
static noinline void rebind_worker(struct worker *worker)
{
	struct worker_pool *pool = worker->pool;

	while (worker->flags & WORKER_REBIND) {
		raw_spin_unlock_irq(&pool->lock);
		set_cpus_allowed_ptr(current, pool->attrs.cpumask);
		raw_spin_lock_irq(&pool->lock);
		if (!(worker->flags & WORKER_REBIND)) {
			do_set_cpus_allowed(current, cpu_possible_mask);
		} else if (raw_smp_processor_id() == pool->cpu &&
			   cpumask_equal(&current->cpus_mask, pool->attrs.cpumask)) {
			kthread_set_per_cpu(current, pool->cpu);
			clear_worker_flags(worker, WORKER_REBIND | WORKER_UNBOUND);
		}
	}
}

/* ---- Works: pool->lock held --------------------------------------------------------------------------- */

/* Move @work, and the barriers that belong to it, to the tail of @head. @next for a safe walk. */
void move_linked_works(struct work_struct *work, struct list_head *head, struct work_struct **next)
{
	struct work_struct *n;
	unsigned long linked;

	do {
		n = list_next_entry(work, entry);
		linked = work_data(work) & WORK_STRUCT_LINKED;
		list_move_tail(&work->entry, head);
		work = n;
	} while (linked);
	if (next)
		*next = work;
}

/* @work has waited for max_active long enough. */
static __always_inline void activate_in(struct pool_workqueue *pwq, struct work_struct *work)
{
	if (likely(!(work_data(work) & WORK_STRUCT_LINKED)))
		list_move_tail(&work->entry, &pwq->pool->worklist);
	else
		move_linked_works(work, &pwq->pool->worklist, NULL);
	__clear_bit(WORK_STRUCT_INACTIVE_BIT, work_data_bits(work));
	pwq->nr_active++;
}

void activate_work(struct work_struct *work)
{
	activate_in(work_pwq(work), work);
}

static __always_inline void work_leaves_inline(struct pool_workqueue *pwq, unsigned int color)
{
	if (color == BARRIER_COLOR)
		return;
	pwq->nr_active--;
	if (unlikely(!list_empty(&pwq->inactive)) && pwq->nr_active < pwq->max_active)
		activate_in(pwq, list_first_entry(&pwq->inactive, struct work_struct, entry));
	if (--pwq->nr_in_flight[color] || likely(pwq->flush_color != (int)color))
		return;
	pwq->flush_color = -1;
	if (atomic_dec_and_test(&pwq->wq->nr_to_flush))
		complete(&pwq->wq->flushed);
}

/* A work of @color has run, or was taken back while active. */
void work_leaves(struct pool_workqueue *pwq, unsigned int color)
{
	work_leaves_inline(pwq, color);
}

static noinline __cold void report_leak(struct worker *worker)
{
	pr_err("BUG: workqueue leaked lock or atomic: %s/0x%08x/%d\n     last function: %ps\n",
	       current->comm, preempt_count(), current->pid, worker->current_func);
	lockdep_forget_held();
	dump_stack();
}

/*
 * @work may be gone after its function, so its map is copied. Both maps are what somebody who
 * waits for it, or for all of the workqueue, takes as a lock.
 */
static __always_inline void call_work(struct workqueue_struct *wq, struct work_struct *work,
				      work_func_t func)
{
#ifdef CONFIG_DEBUG
	struct lockdep_map map = work->lockdep_map;

	lock_map_acquire(&wq->lockdep_map);
	lock_map_acquire(&map);
	func(work);
	lock_map_release(&map);
	lock_map_release(&wq->lockdep_map);
#else
	func(work);
#endif
}

/* Run one work. pool->lock is dropped meanwhile. */
static __always_inline void run_work(struct worker *worker, struct work_struct *work)
{
	struct worker_pool *pool = worker->pool;
	struct pool_workqueue *pwq = work_pwq(work);
	bool intensive = pwq->wq->flags & WQ_CPU_INTENSIVE;
	struct worker *other = find_worker_running(pool, work);

	if (unlikely(other)) {
		/* It runs still from the time before: that worker shall run it next. */
		move_linked_works(work, &other->scheduled, NULL);
		return;
	}
	hash_add(pool->busy, &worker->hentry, (unsigned long)work);
	worker->current_work = work;
	worker->current_func = work->func;
	worker->current_pwq = pwq;
	worker->current_color = work_color(work);
	list_del_init(&work->entry);
	debug_work_deactivate(work);

	if (unlikely(intensive))
		set_worker_flags(worker, WORKER_CPU_INTENSIVE);
	if (need_more_worker(pool))
		wake_worker(pool);

	/*
	 * From here on it can be queued again. What was stored before PENDING was found set is seen
	 * by the function: the exchange is a full barrier, as is the test_and_set_bit() it pairs with.
	 */
	atomic_long_xchg(&work->data, (long)pool->id << WORK_OFFQ_POOL_SHIFT);
	raw_spin_unlock_irq(&pool->lock);

	call_work(pwq->wq, work, worker->current_func);
	if (unlikely(in_atomic() || irqs_disabled() || lockdep_depth(current)))
		report_leak(worker);
	cond_resched();
	raw_spin_lock_irq(&pool->lock);
	if (unlikely(intensive))
		clear_worker_flags(worker, WORKER_CPU_INTENSIVE);
	hash_del(&worker->hentry);
	worker->current_work = NULL;
	worker->current_pwq = NULL;
	worker->desc[0] = 0;
	work_leaves_inline(pwq, worker->current_color);
	if (unlikely(worker->flags & WORKER_REBIND))
		rebind_worker(worker);
}

/* pool->lock held, dropped while a work runs. */
void run_scheduled(struct worker *worker)
{
	while (!list_empty(&worker->scheduled))
		run_work(worker, list_first_entry(&worker->scheduled, struct work_struct, entry));
}

/* Take works until the pool has none, or another worker has begun to run as well. */
static noinline void run_pool(struct worker *worker)
{
	struct worker_pool *pool = worker->pool;

	clear_worker_flags(worker, WORKER_PREP);
	do {
		struct work_struct *work =
			list_first_entry(&pool->worklist, struct work_struct, entry);

		if (likely(!(work_data(work) & WORK_STRUCT_LINKED))) {
			run_work(worker, work);
			if (unlikely(!list_empty(&worker->scheduled)))
				run_scheduled(worker);
		} else {
			move_linked_works(work, &worker->scheduled, NULL);
			run_scheduled(worker);
		}
	} while (!list_empty(&pool->worklist) && pool->nr_running <= 1);
	set_worker_flags(worker, WORKER_PREP);
}

/* What every kworker runs. */
int worker_thread(void *data)
{
	struct worker *worker = data;
	struct worker_pool *pool = worker->pool;

	current->flags |= PF_WQ_WORKER;
	raw_spin_lock_irq(&pool->lock);
	while (!(worker->flags & WORKER_DIE)) {
		if (need_more_worker(pool)) {
			leave_idle(worker);
			/*
			 * Nobody begins to work elsewhere than where it belongs, nor unless one more stays
			 * idle to take over. What drops the lock to see to that has all looked at again.
			 */
			do {
				if (unlikely(worker->flags & WORKER_REBIND))
					rebind_worker(worker);
				else if (pool->nr_idle || !manage_workers(pool))
					run_pool(worker);
			} while (need_more_worker(pool));
			enter_idle(worker);
		}
		__set_current_state(TASK_IDLE);	/* ordered by the lock, which who wakes us holds */
		raw_spin_unlock_irq(&pool->lock);
		schedule();
		raw_spin_lock_irq(&pool->lock);
	}
	raw_spin_unlock_irq(&pool->lock);
	current->flags &= ~PF_WQ_WORKER;
	kfree(worker);
	return 0;
}

/* ---- Asking ---------------------------------------------------------------------------------------------- */

/**
 * current_work - the work that the caller is part of
 *
 * Return: the work, or NULL outside of a worker. It may be freed memory: compare only.
 */
struct work_struct *current_work(void)
{
	struct worker *worker = current_worker();

	return worker ? worker->current_work : NULL;
}
EXPORT_SYMBOL(current_work);

/**
 * set_worker_desc - say what the running work does, for those who look at the worker
 * @fmt: printf-style; cut to 23 characters; forgotten when the work ends
 */
void set_worker_desc(const char *fmt, ...)
{
	struct worker *worker = current_worker();
	va_list args;

	if (!worker)
		return;
	va_start(args, fmt);
	vsnprintf(worker->desc, sizeof(worker->desc), fmt, args);
	va_end(args);
}
EXPORT_SYMBOL(set_worker_desc);
