/* SPDX-License-Identifier: MIT */
/*
 * Workqueues: functions that run later, in a task, so that they may sleep.
 *
 * A work item never runs on two workers at once, and is pending at most once. Workers are
 * shared: each CPU has a pool for normal and one for high priority, and there are unbound
 * pools; a pool adds a worker when the one that runs sleeps. kernel/workqueue/ implements it.
 */
#ifndef _LINUX_WORKQUEUE_H
#define _LINUX_WORKQUEUE_H

#include <linux/timer.h>
#include <linux/linkage.h>
#include <linux/bitops.h>
#include <linux/lockdep.h>
#include <linux/threads.h>
#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/list.h>

struct task_struct;
struct workqueue_struct;
struct work_struct;
typedef void (*work_func_t)(struct work_struct *work);

/*
 * work->data: while WORK_STRUCT_PWQ is set, the pool_workqueue it is queued on, below it the
 * flags; otherwise the id of the pool that last ran it, above the flags.
 */
enum {
	WORK_STRUCT_PENDING_BIT	= 0,	/* taken by who queues it, cleared as it starts to run */
	WORK_STRUCT_INACTIVE_BIT = 1,	/* waits for max_active */
	WORK_STRUCT_PWQ_BIT	= 2,
	WORK_STRUCT_LINKED_BIT	= 3,	/* the next in the list belongs to it (a barrier) */
	WORK_STRUCT_COLOR_SHIFT	= 4,
	WORK_STRUCT_COLOR_BITS	= 4,

	WORK_STRUCT_PENDING	= 1 << WORK_STRUCT_PENDING_BIT,
	WORK_STRUCT_INACTIVE	= 1 << WORK_STRUCT_INACTIVE_BIT,
	WORK_STRUCT_PWQ		= 1 << WORK_STRUCT_PWQ_BIT,
	WORK_STRUCT_LINKED	= 1 << WORK_STRUCT_LINKED_BIT,

	WORK_STRUCT_FLAG_BITS	= WORK_STRUCT_COLOR_SHIFT + WORK_STRUCT_COLOR_BITS,
	WORK_OFFQ_CANCELING	= 1 << WORK_STRUCT_COLOR_SHIFT,	/* off queue: being cancelled */
	WORK_OFFQ_POOL_SHIFT	= WORK_STRUCT_FLAG_BITS,

	WORK_CPU_UNBOUND	= NR_CPUS,

	WORK_BUSY_PENDING	= 1 << 0,	/* work_busy() */
	WORK_BUSY_RUNNING	= 1 << 1,
	WORKER_DESC_LEN		= 24,
};
#define WORK_STRUCT_FLAG_MASK	((1UL << WORK_STRUCT_FLAG_BITS) - 1)
#define WORK_OFFQ_POOL_NONE	((1UL << 31) - 1)
#define WORK_STRUCT_NO_POOL	((unsigned long)WORK_OFFQ_POOL_NONE << WORK_OFFQ_POOL_SHIFT)
#define WORK_DATA_INIT()	ATOMIC_LONG_INIT((long)WORK_STRUCT_NO_POOL)

struct work_struct {
	atomic_long_t		data;	/* whoever has set PENDING owns the rest of it */
	struct list_head	entry;	/* guarded by the pool's lock */
	work_func_t		func;
#ifdef CONFIG_DEBUG
	struct lockdep_map	lockdep_map;	/* "it runs", as a lock */
#endif
};

struct delayed_work {
	struct work_struct	work;
	struct timer_list	timer;
	struct workqueue_struct	*wq;	/* what the timer will queue it on, */
	int			cpu;	/* and where; owned with PENDING */
};

struct rcu_work {
	struct work_struct	work;
	struct rcu_head		rcu;
	struct workqueue_struct	*wq;	/* what it will be queued on; owned with PENDING */
};

struct workqueue_attrs {
	int			nice;
	cpumask_var_t		cpumask;
	bool			no_numa;
};

static inline struct delayed_work *to_delayed_work(struct work_struct *work)
{
	return container_of(work, struct delayed_work, work);
}

static inline struct rcu_work *to_rcu_work(struct work_struct *work)
{
	return container_of(work, struct rcu_work, work);
}

#ifdef CONFIG_DEBUG
#define __WORK_INIT_LOCKDEP_MAP(n) \
	.lockdep_map = STATIC_LOCKDEP_MAP_INIT("(work_completion)(" #n ")", &(n)),
#else
#define __WORK_INIT_LOCKDEP_MAP(n)
#endif
#define __WORK_INITIALIZER(n, f)					\
	{ .data = WORK_DATA_INIT(), .entry = { &(n).entry, &(n).entry }, .func = (f), \
	  __WORK_INIT_LOCKDEP_MAP(n) }
#define __DELAYED_WORK_INITIALIZER(n, f, tflags)			\
	{ .work = __WORK_INITIALIZER((n).work, (f)),			\
	  .timer = __TIMER_INITIALIZER(delayed_work_timer_fn, (tflags) | TIMER_IRQSAFE) }
#define DECLARE_WORK(n, f)		struct work_struct n = __WORK_INITIALIZER(n, f)
#define DECLARE_DELAYED_WORK(n, f)	struct delayed_work n = __DELAYED_WORK_INITIALIZER(n, f, 0)
#define DECLARE_DEFERRABLE_WORK(n, f) \
	struct delayed_work n = __DELAYED_WORK_INITIALIZER(n, f, TIMER_DEFERRABLE)

/* The debug build watches each work's life; one on the stack is destroyed before that goes. */
#ifdef CONFIG_DEBUG
void __init_work(struct work_struct *work, int onstack);
void destroy_work_on_stack(struct work_struct *work);
#else
static inline void __init_work(struct work_struct *work, int onstack) { }
static inline void destroy_work_on_stack(struct work_struct *work) { }
#endif

#define __INIT_WORK(_work, _func, _onstack)				\
do {									\
	static struct lock_class_key __key __maybe_unused;		\
									\
	__init_work((_work), _onstack);					\
	lockdep_init_map(&(_work)->lockdep_map, "(work_completion)(" #_work ")", &__key, 0); \
	atomic_long_set(&(_work)->data, (long)WORK_STRUCT_NO_POOL);	\
	INIT_LIST_HEAD(&(_work)->entry);				\
	(_work)->func = (_func);					\
} while (0)
#define INIT_WORK(_work, _func)		__INIT_WORK(_work, _func, 0)
#define INIT_WORK_ONSTACK(_work, _func)	__INIT_WORK(_work, _func, 1)
#define __INIT_DELAYED_WORK(_work, _func, _tflags)			\
do {									\
	INIT_WORK(&(_work)->work, (_func));				\
	timer_setup(&(_work)->timer, delayed_work_timer_fn, (_tflags) | TIMER_IRQSAFE); \
} while (0)
#define INIT_DELAYED_WORK(_work, _func)	__INIT_DELAYED_WORK(_work, _func, 0)
#define __INIT_DELAYED_WORK_ONSTACK(_work, _func, _tflags)		\
do {									\
	INIT_WORK_ONSTACK(&(_work)->work, (_func));			\
	__init_timer_on_stack(&(_work)->timer, delayed_work_timer_fn, (_tflags) | TIMER_IRQSAFE); \
} while (0)
#define INIT_DELAYED_WORK_ONSTACK(_work, _func) __INIT_DELAYED_WORK_ONSTACK(_work, _func, 0)
#define INIT_DEFERRABLE_WORK(_work, _func) __INIT_DELAYED_WORK(_work, _func, TIMER_DEFERRABLE)
#define INIT_DEFERRABLE_WORK_ONSTACK(_work, _func) \
	__INIT_DELAYED_WORK_ONSTACK(_work, _func, TIMER_DEFERRABLE)

void destroy_delayed_work_on_stack(struct delayed_work *work);

#define INIT_RCU_WORK(_work, _func)	INIT_WORK(&(_work)->work, (_func))
#define INIT_RCU_WORK_ONSTACK(_work, _func) INIT_WORK_ONSTACK(&(_work)->work, (_func))

#define work_data_bits(work)	((unsigned long *)(&(work)->data))
#define work_pending(work)	test_bit(WORK_STRUCT_PENDING_BIT, work_data_bits(work))
#define delayed_work_pending(w)	work_pending(&(w)->work)

enum {
	WQ_UNBOUND		= 1 << 1,	/* any CPU; no concurrency management */
	WQ_FREEZABLE		= 1 << 2,
	WQ_MEM_RECLAIM		= 1 << 3,	/* has a rescuer */
	WQ_HIGHPRI		= 1 << 4,
	WQ_CPU_INTENSIVE	= 1 << 5,	/* its running works do not count as running */
	WQ_SYSFS		= 1 << 6,
	WQ_POWER_EFFICIENT	= 1 << 7,
	__WQ_DRAINING		= 1 << 16,
	__WQ_ORDERED		= 1 << 17,
	__WQ_LEGACY		= 1 << 18,
	__WQ_ORDERED_EXPLICIT	= 1 << 19,

	WQ_MAX_ACTIVE		= 512,
	WQ_MAX_UNBOUND_PER_CPU	= 4,
	WQ_DFL_ACTIVE		= WQ_MAX_ACTIVE / 2,
};
#define WQ_UNBOUND_MAX_ACTIVE	WQ_MAX_ACTIVE

extern struct workqueue_struct *system_wq;
extern struct workqueue_struct *system_highpri_wq;
extern struct workqueue_struct *system_long_wq;
extern struct workqueue_struct *system_unbound_wq;
extern struct workqueue_struct *system_freezable_wq;
extern struct workqueue_struct *system_power_efficient_wq;
extern struct workqueue_struct *system_freezable_power_efficient_wq;

__printf(1, 4) struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags,
							 int max_active, ...);
#define alloc_ordered_workqueue(fmt, flags, args...)			\
	alloc_workqueue(fmt, WQ_UNBOUND | __WQ_ORDERED | __WQ_ORDERED_EXPLICIT | (flags), 1, ##args)
#define create_workqueue(name) \
	alloc_workqueue("%s", __WQ_LEGACY | WQ_MEM_RECLAIM, 1, (name))
#define create_freezable_workqueue(name) \
	alloc_workqueue("%s", __WQ_LEGACY | WQ_FREEZABLE | WQ_UNBOUND | WQ_MEM_RECLAIM, 1, (name))
#define create_singlethread_workqueue(name) \
	alloc_ordered_workqueue("%s", __WQ_LEGACY | WQ_MEM_RECLAIM, name)

void destroy_workqueue(struct workqueue_struct *wq);

bool queue_work_on(int cpu, struct workqueue_struct *wq, struct work_struct *work);
bool queue_work_node(int node, struct workqueue_struct *wq, struct work_struct *work);
bool queue_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *work,
			   unsigned long delay);
bool mod_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			 unsigned long delay);
bool queue_rcu_work(struct workqueue_struct *wq, struct rcu_work *rwork);
bool flush_rcu_work(struct rcu_work *rwork);
void delayed_work_timer_fn(struct timer_list *t);

void __flush_workqueue(struct workqueue_struct *wq);
#define flush_workqueue(wq)		__flush_workqueue(wq)
#define flush_scheduled_work()		__flush_workqueue(system_wq)
void drain_workqueue(struct workqueue_struct *wq);
int schedule_on_each_cpu(work_func_t func);

bool flush_work(struct work_struct *work);
bool cancel_work(struct work_struct *work);
bool cancel_work_sync(struct work_struct *work);
bool flush_delayed_work(struct delayed_work *dwork);
bool cancel_delayed_work(struct delayed_work *dwork);
bool cancel_delayed_work_sync(struct delayed_work *dwork);

void workqueue_set_max_active(struct workqueue_struct *wq, int max_active);
struct work_struct *current_work(void);
bool current_is_workqueue_rescuer(void);
bool workqueue_congested(int cpu, struct workqueue_struct *wq);
unsigned int work_busy(struct work_struct *work);
__printf(1, 2) void set_worker_desc(const char *fmt, ...);
long work_on_cpu(int cpu, long (*fn)(void *), void *arg);

static inline bool queue_work(struct workqueue_struct *wq, struct work_struct *work)
{
	return queue_work_on(WORK_CPU_UNBOUND, wq, work);
}

static inline bool queue_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork,
				      unsigned long delay)
{
	return queue_delayed_work_on(WORK_CPU_UNBOUND, wq, dwork, delay);
}

static inline bool mod_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork,
				    unsigned long delay)
{
	return mod_delayed_work_on(WORK_CPU_UNBOUND, wq, dwork, delay);
}

static inline bool schedule_work_on(int cpu, struct work_struct *work)
{
	return queue_work_on(cpu, system_wq, work);
}

static inline bool schedule_work(struct work_struct *work)
{
	return queue_work(system_wq, work);
}

static inline bool schedule_delayed_work_on(int cpu, struct delayed_work *dwork,
					    unsigned long delay)
{
	return queue_delayed_work_on(cpu, system_wq, dwork, delay);
}

static inline bool schedule_delayed_work(struct delayed_work *dwork, unsigned long delay)
{
	return queue_delayed_work(system_wq, dwork, delay);
}

/* Memory that execute_in_process_context() may use until its function runs. */
struct execute_work {
	struct work_struct work;
};
int execute_in_process_context(work_func_t fn, struct execute_work *ew);

void workqueue_init_early(void);
void workqueue_init(void);

/* The scheduler's hooks: a worker goes to sleep, and runs again. */
void wq_worker_sleeping(struct task_struct *task);
void wq_worker_running(struct task_struct *task);

#endif
