// SPDX-License-Identifier: MIT
/* Workqueues: made, ended, and those that are always there. */
#include <linux/cpu.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include "internals.h"

LIST_HEAD(all_workqueues);
static struct kmem_cache *pwq_cache;

struct workqueue_struct *system_wq;
EXPORT_SYMBOL(system_wq);
struct workqueue_struct *system_highpri_wq;
EXPORT_SYMBOL(system_highpri_wq);
struct workqueue_struct *system_long_wq;
EXPORT_SYMBOL(system_long_wq);
struct workqueue_struct *system_unbound_wq;
EXPORT_SYMBOL(system_unbound_wq);
struct workqueue_struct *system_freezable_wq;
EXPORT_SYMBOL(system_freezable_wq);
struct workqueue_struct *system_power_efficient_wq;
EXPORT_SYMBOL(system_power_efficient_wq);
struct workqueue_struct *system_freezable_power_efficient_wq;
EXPORT_SYMBOL(system_freezable_power_efficient_wq);

/* Tie @wq to @pool. */
static struct pool_workqueue *add_pwq(struct workqueue_struct *wq, struct worker_pool *pool)
{
	struct pool_workqueue *pwq = kmem_cache_zalloc(pwq_cache, GFP_KERNEL);

	if (!pwq)
		return NULL;
	pwq->pool = pool;
	pwq->wq = wq;
	pwq->flush_color = -1;
	INIT_LIST_HEAD(&pwq->inactive);
	INIT_LIST_HEAD(&pwq->mayday_node);
	list_add_tail(&pwq->node, &wq->pwqs);
	return pwq;
}

static int add_cpu_pwqs(struct workqueue_struct *wq)
{
	int which = wq->flags & WQ_HIGHPRI ? POOL_HIGHPRI : POOL_NORMAL;
	int cpu;

	wq->cpu_pwq = alloc_percpu(struct pool_workqueue *);
	if (!wq->cpu_pwq)
		return -ENOMEM;
	for_each_possible_cpu(cpu) {
		struct pool_workqueue *pwq = add_pwq(wq, &per_cpu(cpu_pools, cpu)[which]);

		if (!pwq)
			return -ENOMEM;
		*per_cpu_ptr(wq->cpu_pwq, cpu) = pwq;
	}
	return 0;
}

static int add_unbound_pwq(struct workqueue_struct *wq)
{
	struct workqueue_attrs attrs = { .nice = wq->flags & WQ_HIGHPRI ? HIGHPRI_NICE : 0 };
	struct worker_pool *pool;

	cpumask_copy(attrs.cpumask, cpu_possible_mask);
	pool = get_unbound_pool(&attrs);
	if (!pool)
		return -ENOMEM;
	wq->unbound_pwq = add_pwq(wq, pool);
	return wq->unbound_pwq ? 0 : -ENOMEM;
}

#ifdef CONFIG_DEBUG
/* Who flushes the workqueue waits for its works, as for a lock that they hold: see flush.c. */
static void wq_init_lockdep(struct workqueue_struct *wq)
{
	lockdep_register_key(&wq->key);
	wq->lock_name = kasprintf(GFP_KERNEL, "(wq_completion)%s", wq->name);
	lockdep_init_map(&wq->lockdep_map, wq->lock_name ?: "(wq_completion)", &wq->key, 0);
}

static void wq_free_lockdep(struct workqueue_struct *wq)
{
	lockdep_unregister_key(&wq->key);
	kfree(wq->lock_name);
}
#else
static inline void wq_init_lockdep(struct workqueue_struct *wq) { }
static inline void wq_free_lockdep(struct workqueue_struct *wq) { }
#endif

static void free_wq(struct workqueue_struct *wq)
{
	struct pool_workqueue *pwq, *next;

	wq_free_lockdep(wq);
	list_for_each_entry_safe(pwq, next, &wq->pwqs, node)
		kmem_cache_free(pwq_cache, pwq);
	free_percpu(wq->cpu_pwq);
	kfree(wq);
}

static int clamp_max_active(struct workqueue_struct *wq, int max_active)
{
	int limit = wq->flags & WQ_UNBOUND ?
		    max_t(int, WQ_MAX_ACTIVE, num_possible_cpus() * WQ_MAX_UNBOUND_PER_CPU) :
		    WQ_MAX_ACTIVE;

	if (!max_active)
		max_active = WQ_DFL_ACTIVE;
	if (max_active < 1 || max_active > limit)
		pr_warn("workqueue: max_active %d requested for %s is out of range, clamping between %d and %d\n",
			max_active, wq->name, 1, limit);
	return clamp(max_active, 1, limit);
}

/**
 * alloc_workqueue - make a workqueue
 * @fmt: printf-style name
 * @flags: WQ_*
 * @max_active: how many of its works may run at once, on each CPU if it is not unbound; 0 for the
 *	default
 *
 * Context: process, may sleep. Return: the workqueue, or NULL.
 */
struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags, int max_active, ...)
{
	struct workqueue_struct *wq = kzalloc(sizeof(*wq), GFP_KERNEL);
	struct pool_workqueue *pwq;
	va_list args;
	int ret;

	if (!wq)
		return NULL;
	va_start(args, max_active);
	vsnprintf(wq->name, sizeof(wq->name), fmt, args);
	va_end(args);
	/* Unbound with one active work at a time has always meant in order. */
	if ((flags & WQ_UNBOUND) && max_active == 1)
		flags |= __WQ_ORDERED;
	wq->flags = flags;
	wq->max_active = clamp_max_active(wq, max_active);
	mutex_init(&wq->mutex);
	mutex_init(&wq->flush_mutex);
	init_completion(&wq->flushed);
	wq_init_lockdep(wq);
	INIT_LIST_HEAD(&wq->pwqs);
	INIT_LIST_HEAD(&wq->maydays);

	mutex_lock(&wq_pool_mutex);
	ret = flags & WQ_UNBOUND ? add_unbound_pwq(wq) : add_cpu_pwqs(wq);
	if (!ret && (flags & WQ_MEM_RECLAIM))
		ret = add_rescuer(wq);
	if (!ret) {
		mutex_lock(&wq->mutex);
		list_for_each_entry(pwq, &wq->pwqs, node)
			pwq_adjust_max_active(pwq);
		mutex_unlock(&wq->mutex);
		list_add_tail(&wq->node, &all_workqueues);
	}
	mutex_unlock(&wq_pool_mutex);
	if (ret) {
		free_wq(wq);
		return NULL;
	}
	return wq;
}
EXPORT_SYMBOL(alloc_workqueue);

/**
 * destroy_workqueue - run what is queued, then end a workqueue
 * @wq: nobody may queue on it any more
 *
 * Context: process, may sleep.
 */
void destroy_workqueue(struct workqueue_struct *wq)
{
	struct pool_workqueue *pwq;
	bool busy = false;

	drain_workqueue(wq);
	remove_rescuer(wq);
	mutex_lock(&wq_pool_mutex);
	mutex_lock(&wq->mutex);
	/* The lock also waits for the worker that has counted the last work out. */
	list_for_each_entry(pwq, &wq->pwqs, node) {
		raw_spin_lock_irq(&pwq->pool->lock);
		busy |= pwq_is_busy(pwq);
		raw_spin_unlock_irq(&pwq->pool->lock);
	}
	list_del(&wq->node);
	mutex_unlock(&wq->mutex);
	mutex_unlock(&wq_pool_mutex);
	/* Works that came after the drain would run into freed memory: rather keep it. */
	if (!WARN(busy, "workqueue %s is used while it is destroyed\n", wq->name))
		free_wq(wq);
}
EXPORT_SYMBOL(destroy_workqueue);

/**
 * workqueue_set_max_active - change how many works of a workqueue may run at once
 * @wq: not an ordered one
 * @max_active: as for alloc_workqueue()
 *
 * Context: process, may sleep.
 */
void workqueue_set_max_active(struct workqueue_struct *wq, int max_active)
{
	struct pool_workqueue *pwq;

	if (WARN_ON(wq->flags & __WQ_ORDERED_EXPLICIT))
		return;
	mutex_lock(&wq->mutex);
	wq->max_active = clamp_max_active(wq, max_active);
	list_for_each_entry(pwq, &wq->pwqs, node)
		pwq_adjust_max_active(pwq);
	mutex_unlock(&wq->mutex);
}
EXPORT_SYMBOL(workqueue_set_max_active);

/**
 * workqueue_congested - would a work queued now have to wait for max_active?
 * @cpu: the CPU; WORK_CPU_UNBOUND for this one
 * @wq: the workqueue
 *
 * Return: a guess, as it may change at once.
 */
bool workqueue_congested(int cpu, struct workqueue_struct *wq)
{
	struct pool_workqueue *pwq = wq->unbound_pwq;

	if (!(wq->flags & WQ_UNBOUND)) {
		if (cpu == WORK_CPU_UNBOUND)
			cpu = raw_smp_processor_id();
		pwq = *per_cpu_ptr(wq->cpu_pwq, cpu);
	}
	return !list_empty(&pwq->inactive);
}
EXPORT_SYMBOL(workqueue_congested);

void destroy_delayed_work_on_stack(struct delayed_work *work)
{
	destroy_timer_on_stack(&work->timer);
	destroy_work_on_stack(&work->work);
}
EXPORT_SYMBOL(destroy_delayed_work_on_stack);

/**
 * schedule_on_each_cpu - run a function in a worker of each online CPU, and wait
 * @func: the function
 *
 * Context: process, may sleep. Return: 0; -ENOMEM.
 */
int schedule_on_each_cpu(work_func_t func)
{
	struct work_struct __percpu *works = alloc_percpu(struct work_struct);
	int cpu;

	if (!works)
		return -ENOMEM;
	cpus_read_lock();
	for_each_online_cpu(cpu) {
		struct work_struct *work = per_cpu_ptr(works, cpu);

		INIT_WORK(work, func);
		schedule_work_on(cpu, work);
	}
	for_each_online_cpu(cpu)
		flush_work(per_cpu_ptr(works, cpu));
	cpus_read_unlock();
	free_percpu(works);
	return 0;
}
EXPORT_SYMBOL(schedule_on_each_cpu);

struct call_on_cpu {
	struct work_struct	work;
	long			(*fn)(void *);
	void			*arg;
	long			ret;
};

static void call_on_cpu_fn(struct work_struct *work)
{
	struct call_on_cpu *call = container_of(work, struct call_on_cpu, work);

	call->ret = call->fn(call->arg);
}

/**
 * work_on_cpu - call a function in a worker of a CPU, and wait
 * @cpu: the CPU
 * @fn: may sleep
 * @arg: handed to @fn
 *
 * Context: process, may sleep. Return: what @fn returned.
 */
long work_on_cpu(int cpu, long (*fn)(void *), void *arg)
{
	struct call_on_cpu call = { .fn = fn, .arg = arg };

	INIT_WORK_ONSTACK(&call.work, call_on_cpu_fn);
	schedule_work_on(cpu, &call.work);
	flush_work(&call.work);
	destroy_work_on_stack(&call.work);
	return call.ret;
}
EXPORT_SYMBOL(work_on_cpu);

/* Works can be queued from here on; they run once workqueue_init() has made workers. */
void __init workqueue_init_early(void)
{
	int cpu;

	pwq_cache = KMEM_CACHE(pool_workqueue, SLAB_PANIC);
	for_each_possible_cpu(cpu) {
		struct worker_pool *pool = per_cpu(cpu_pools, cpu);

		pool_add(&pool[POOL_NORMAL], cpu, 0, cpumask_of(cpu));
		pool_add(&pool[POOL_HIGHPRI], cpu, HIGHPRI_NICE, cpumask_of(cpu));
	}
	system_wq = alloc_workqueue("events", 0, 0);
	system_highpri_wq = alloc_workqueue("events_highpri", WQ_HIGHPRI, 0);
	system_long_wq = alloc_workqueue("events_long", 0, 0);
	system_unbound_wq = alloc_workqueue("events_unbound", WQ_UNBOUND, WQ_UNBOUND_MAX_ACTIVE);
	system_freezable_wq = alloc_workqueue("events_freezable", WQ_FREEZABLE, 0);
	system_power_efficient_wq = alloc_workqueue("events_power_efficient",
						    WQ_POWER_EFFICIENT, 0);
	system_freezable_power_efficient_wq =
		alloc_workqueue("events_freezable_power_efficient",
				WQ_FREEZABLE | WQ_POWER_EFFICIENT, 0);
	BUG_ON(!system_wq || !system_highpri_wq || !system_long_wq || !system_unbound_wq ||
	       !system_freezable_wq || !system_power_efficient_wq ||
	       !system_freezable_power_efficient_wq);
}

void __init workqueue_init(void)
{
	start_pools();
}
