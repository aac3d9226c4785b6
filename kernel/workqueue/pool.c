// SPDX-License-Identifier: MIT
/* Pools, and the making and ending of their workers. */
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include "internals.h"

#define MAX_POOLS	(NR_STD_POOLS * NR_CPUS + 64)
#define RETRY_DELAY	(HZ / 10)	/* before the next try to make a worker */

DEFINE_MUTEX(wq_pool_mutex);
DEFINE_PER_CPU_SHARED_ALIGNED(struct worker_pool [NR_STD_POOLS], cpu_pools);

static struct worker_pool *pools[MAX_POOLS];	/* by id; entries are written once, then fixed */
static int nr_pools;				/* wq_pool_mutex */
static LIST_HEAD(unbound_pools);		/* wq_pool_mutex */
static bool started;				/* workers can be made: wq_pool_mutex */

struct worker_pool *pool_by_id(int id)
{
	return id >= 0 && id < MAX_POOLS ? READ_ONCE(pools[id]) : NULL;
}

/* The pool that @work is queued on, or ran on last; NULL if it never was on any. */
struct worker_pool *work_pool(const struct work_struct *work)
{
	struct pool_workqueue *pwq = work_pwq(work);
	unsigned long id = work_data(work) >> WORK_OFFQ_POOL_SHIFT;

	if (pwq)
		return pwq->pool;
	return id >= WORK_OFFQ_POOL_NONE ? NULL : pool_by_id(id);
}

/* ---- Workers ---------------------------------------------------------------------------------------- */

/* Wake the worker that has been idle for the shortest time: its data are warm. pool->lock held. */
void wake_worker(struct worker_pool *pool)
{
	if (likely(!list_empty(&pool->idle)))
		wake_up_process(list_first_entry(&pool->idle, struct worker, entry)->task);
}

static struct task_struct *make_task(struct worker_pool *pool, struct worker *worker)
{
	if (pool->cpu < 0)
		return kthread_create(worker_thread, worker, "kworker/u%d:%d%s", pool->id,
				      worker->id, pool->attrs.nice < 0 ? "H" : "");
	return kthread_create(worker_thread, worker, "kworker/%d:%d%s", pool->cpu, worker->id,
			      pool->attrs.nice < 0 ? "H" : "");
}

/* Where the new @worker may run. pool->lock held. */
static void attach(struct worker_pool *pool, struct worker *worker)
{
	if (pool->disassociated) {
		worker->flags |= WORKER_UNBOUND;
		kthread_bind_mask(worker->task, cpu_possible_mask);
		return;
	}
	kthread_bind_mask(worker->task, pool->attrs.cpumask);
	if (pool->cpu >= 0)
		kthread_set_per_cpu(worker->task, pool->cpu);
}

/**
 * add_worker - make one more worker, which starts idle
 * @pool: the pool
 *
 * Context: process, may sleep. Return: 0; -ENOMEM.
 */
int add_worker(struct worker_pool *pool)
{
	struct worker *worker = kzalloc(sizeof(*worker), GFP_KERNEL);
	struct task_struct *task;

	if (!worker)
		return -ENOMEM;
	INIT_LIST_HEAD(&worker->scheduled);
	worker->pool = pool;
	worker->flags = WORKER_PREP | WORKER_IDLE | (pool->cpu < 0 ? WORKER_UNBOUND : 0);
	raw_spin_lock_irq(&pool->lock);
	worker->id = pool->next_worker_id++;
	raw_spin_unlock_irq(&pool->lock);

	task = make_task(pool, worker);
	if (IS_ERR(task)) {
		kfree(worker);
		return PTR_ERR(task);
	}
	worker->task = task;
	task->worker = worker;
	set_user_nice(task, pool->attrs.nice);

	raw_spin_lock_irq(&pool->lock);
	attach(pool, worker);
	worker->last_active = jiffies;
	list_add_tail(&worker->node, &pool->workers);
	list_add(&worker->entry, &pool->idle);
	pool->nr_workers++;
	pool->nr_idle++;
	wake_up_process(task);
	raw_spin_unlock_irq(&pool->lock);
	return 0;
}

/**
 * manage_workers - see that one worker stays idle, to take over when this one sleeps
 * @pool: the pool
 *
 * Context: a worker of the pool, pool->lock held; dropped and taken again if this returns true.
 * Return: whether it did something, so that the caller has to look again.
 */
bool manage_workers(struct worker_pool *pool)
{
	if (pool->managed)
		return false;	/* another one is at it */
	pool->managed = true;
	while (need_more_worker(pool) && !pool->nr_idle) {
		int ret;

		raw_spin_unlock_irq(&pool->lock);
		ret = add_worker(pool);
		raw_spin_lock_irq(&pool->lock);
		if (!ret)
			continue;
		call_rescuers(pool);
		raw_spin_unlock_irq(&pool->lock);
		schedule_timeout_interruptible(RETRY_DELAY);
		raw_spin_lock_irq(&pool->lock);
	}
	pool->managed = false;
	return true;
}

static bool too_many_workers(const struct worker_pool *pool)
{
	int busy = pool->nr_workers - pool->nr_idle;

	/* Two idle ones always stay, and beyond that one for four that work. */
	return pool->nr_idle > 2 && (pool->nr_idle - 2) * 4 >= busy;
}

/* Softirq: end workers that have had nothing to do for long. */
static void idle_timeout(struct timer_list *t)
{
	struct worker_pool *pool = from_timer(pool, t, idle_timer);
	unsigned long flags;

	raw_spin_lock_irqsave(&pool->lock, flags);
	while (too_many_workers(pool)) {
		struct worker *worker = list_last_entry(&pool->idle, struct worker, entry);
		unsigned long expires = worker->last_active + IDLE_WORKER_TIMEOUT;

		if (time_before(jiffies, expires)) {
			mod_timer(&pool->idle_timer, expires);
			break;
		}
		worker->flags |= WORKER_DIE;
		list_del_init(&worker->entry);
		list_del(&worker->node);
		pool->nr_idle--;
		pool->nr_workers--;
		wake_up_process(worker->task);	/* it frees itself */
	}
	raw_spin_unlock_irqrestore(&pool->lock, flags);
}

/* ---- Pools ---------------------------------------------------------------------------------------------- */

/* Set up @pool and give it the next number. wq_pool_mutex held, or boot. */
int pool_add(struct worker_pool *pool, int cpu, int nice, const struct cpumask *cpus)
{
	if (nr_pools == MAX_POOLS)
		return -ENOSPC;
	raw_spin_lock_init(&pool->lock);
	INIT_LIST_HEAD(&pool->worklist);
	INIT_LIST_HEAD(&pool->idle);
	INIT_LIST_HEAD(&pool->workers);
	INIT_LIST_HEAD(&pool->node);
	hash_init(pool->busy);
	timer_setup(&pool->idle_timer, idle_timeout, TIMER_DEFERRABLE);
	pool->cpu = cpu;
	pool->attrs.nice = nice;
	cpumask_copy(pool->attrs.cpumask, cpus);
	pool->id = nr_pools++;
	WRITE_ONCE(pools[pool->id], pool);
	return 0;
}

/**
 * get_unbound_pool - the pool for some attributes; made if there is none yet
 * @attrs: nice value and CPUs
 *
 * Pools are kept for good: there are no more than there are different attributes.
 *
 * Context: process, may sleep; wq_pool_mutex held. Return: the pool, or NULL.
 */
struct worker_pool *get_unbound_pool(const struct workqueue_attrs *attrs)
{
	struct worker_pool *pool;

	list_for_each_entry(pool, &unbound_pools, node)
		if (pool->attrs.nice == attrs->nice &&
		    cpumask_equal(pool->attrs.cpumask, attrs->cpumask))
			return started && !pool->nr_workers && add_worker(pool) ? NULL : pool;
	pool = kzalloc(sizeof(*pool), GFP_KERNEL);
	if (!pool)
		return NULL;
	if (pool_add(pool, -1, attrs->nice, attrs->cpumask)) {
		kfree(pool);
		return NULL;
	}
	/* Without a worker it stays, and the next who asks for it tries again. */
	list_add_tail(&pool->node, &unbound_pools);
	return started && add_worker(pool) ? NULL : pool;
}

/* ---- CPUs that come and go ------------------------------------------------------------------------------ */

/*
 * Works of a CPU that goes are run by the same workers, on any CPU. Nobody counts who runs then:
 * as in an unbound pool, the scheduler sees to that.
 *
 * None of the workers runs now: they are bound to the CPU that this runs on. Those that wait for
 * it are moved by the scheduler, in a later step.
 */
static void disassociate(struct worker_pool *pool)
{
	struct worker *worker;

	raw_spin_lock_irq(&pool->lock);
	pool->disassociated = true;
	list_for_each_entry(worker, &pool->workers, node) {
		worker->flags = (worker->flags & ~WORKER_REBIND) | WORKER_UNBOUND;
		kthread_set_per_cpu(worker->task, -1);
		do_set_cpus_allowed(worker->task, cpu_possible_mask);
	}
	WRITE_ONCE(pool->nr_running, 0);
	if (need_more_worker(pool))
		wake_worker(pool);
	raw_spin_unlock_irq(&pool->lock);
}

/* A step of the CPU's end: in a task there. */
int pools_offline(unsigned int cpu)
{
	struct worker_pool *cpu_pool = per_cpu(cpu_pools, cpu);

	for (int i = 0; i < NR_STD_POOLS; i++)
		disassociate(&cpu_pool[i]);
	return 0;
}

/* The CPU is back. Each worker goes there by itself before it takes a work: rebind_worker(). */
static void associate(struct worker_pool *pool)
{
	struct worker *worker;

	raw_spin_lock_irq(&pool->lock);
	if (pool->disassociated) {
		pool->disassociated = false;
		list_for_each_entry(worker, &pool->workers, node)
			worker->flags |= WORKER_REBIND;
	}
	raw_spin_unlock_irq(&pool->lock);
}

/* A step of the CPU's start: its pools get their first workers, or the old ones back. */
int pools_online(unsigned int cpu)
{
	struct worker_pool *cpu_pool = per_cpu(cpu_pools, cpu);

	for (int i = 0; i < NR_STD_POOLS; i++) {
		int ret;

		associate(&cpu_pool[i]);
		ret = cpu_pool[i].nr_workers ? 0 : add_worker(&cpu_pool[i]);
		if (ret)
			return ret;
	}
	return 0;
}

/**
 * start_pools - make the first workers; what was queued so far begins to run
 *
 * Context: task 1 at boot, all CPUs up.
 */
void __init start_pools(void)
{
	struct worker_pool *pool;
	unsigned int cpu;

	mutex_lock(&wq_pool_mutex);
	for_each_online_cpu(cpu)
		BUG_ON(pools_online(cpu));
	list_for_each_entry(pool, &unbound_pools, node)
		BUG_ON(add_worker(pool));
	started = true;
	mutex_unlock(&wq_pool_mutex);
	cpuhp_setup_state_nocalls(CPUHP_AP_WORKQUEUE_ONLINE, "workqueue:online", pools_online,
				  pools_offline);
}
