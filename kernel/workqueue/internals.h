/* SPDX-License-Identifier: MIT */
/*
 * How works reach workers.
 *
 *	work -> pool_workqueue -> worker_pool -> worker (a task)
 *
 * A pool is a list of works and the workers that take from it: two for each CPU (normal and
 * high priority), and unbound ones by their attributes. A pool_workqueue ties a workqueue to a
 * pool and holds what the two have together: how many works are active, and those that wait
 * for max_active. Of a per-CPU pool's workers just one runs at a time: when it sleeps, the
 * scheduler's hook wakes the next. An unbound pool leaves that to the scheduler.
 *
 * Lock order: wq_pool_mutex, wq->mutex, pool->lock (irqs off), then the scheduler's.
 */
#ifndef _WORKQUEUE_INTERNALS_H
#define _WORKQUEUE_INTERNALS_H

#include <linux/completion.h>
#include <linux/errno.h>
#include <linux/hashtable.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

enum {
	POOL_NORMAL,
	POOL_HIGHPRI,
	NR_STD_POOLS,

	NR_COLORS		= 2,	/* works before and after a flush began */
	BARRIER_COLOR		= 15,	/* of a flush's own works: not counted */

	BUSY_HASH_ORDER		= 5,
	IDLE_WORKER_TIMEOUT	= 300 * HZ,	/* a worker idle for so long is one too many */
	HIGHPRI_NICE		= MIN_NICE,

	/* worker->flags */
	WORKER_DIE		= 1 << 1,
	WORKER_IDLE		= 1 << 2,
	WORKER_PREP		= 1 << 3,	/* between works */
	WORKER_CPU_INTENSIVE	= 1 << 6,
	WORKER_UNBOUND		= 1 << 7,
	WORKER_REBIND		= 1 << 8,	/* its CPU is back: it has to go there */
	WORKER_NOT_RUNNING	= WORKER_PREP | WORKER_CPU_INTENSIVE | WORKER_UNBOUND,
};

struct worker_pool {
	raw_spinlock_t		lock;		/* guards the rest, but what says otherwise */
	int			nr_running;	/* workers at work; changed on the pool's CPU only */
	struct list_head	worklist;
	struct list_head	idle;		/* workers, last idle first */
	int			nr_idle;
	int			nr_workers;
	bool			managed;	/* a worker is making another */
	bool			disassociated;	/* its CPU is away: works run anywhere */
	DECLARE_HASHTABLE(busy, BUSY_HASH_ORDER);	/* workers by the work they run */
	struct list_head	workers;	/* all */
	int			next_worker_id;
	struct timer_list	idle_timer;

	int			cpu;		/* fixed; -1 for an unbound pool */
	int			id;		/* fixed */
	struct workqueue_attrs	attrs;		/* fixed */
	struct list_head	node;		/* among the unbound: wq_pool_mutex */
};

/* Guarded by its pool's lock. Aligned so that a pointer to it leaves room for the flags. */
struct pool_workqueue {
	struct worker_pool	*pool;		/* fixed */
	struct workqueue_struct	*wq;		/* fixed */
	int			work_color;
	int			flush_color;	/* being flushed, or -1 */
	int			nr_active;
	int			max_active;
	int			nr_in_flight[NR_COLORS];	/* queued or running, active or not */
	struct list_head	inactive;	/* works that wait for max_active */
	struct list_head	node;		/* in wq->pwqs: wq->mutex */
	struct list_head	mayday_node;	/* in wq->maydays: see rescuer.c */
} __aligned(1 << WORK_STRUCT_FLAG_BITS);

struct workqueue_struct {
	unsigned int		flags;		/* WQ_*; __WQ_DRAINING under mutex, else fixed */
	struct pool_workqueue	* __percpu *cpu_pwq;	/* fixed; of a per-CPU workqueue */
	struct pool_workqueue	*unbound_pwq;	/* fixed; of an unbound one */
	struct list_head	pwqs;		/* mutex */

	struct mutex		mutex;
	int			nr_drainers;	/* mutex */
	int			max_active;	/* mutex */

	struct mutex		flush_mutex;	/* one flush at a time; taken before mutex */
	int			work_color;	/* flush_mutex */
	atomic_t		nr_to_flush;	/* pool_workqueues with works of the old color */
	struct completion	flushed;

	struct worker		*rescuer;	/* fixed; of WQ_MEM_RECLAIM */
	struct list_head	maydays;	/* pool_workqueues that call it: see rescuer.c */

	struct list_head	node;		/* in all_workqueues: wq_pool_mutex */
	char			name[WORKER_DESC_LEN];
#ifdef CONFIG_DEBUG
	struct lock_class_key	key;		/* of the map below: "a work of it runs", as a lock */
	char			*lock_name;
	struct lockdep_map	lockdep_map;
#endif
};

/* Guarded by pool->lock, but what says otherwise. */
struct worker {
	union {
		struct list_head  entry;	/* while idle */
		struct hlist_node hentry;	/* while busy */
	};
	struct work_struct	*current_work;	/* what it runs, */
	work_func_t		current_func;	/* its function, */
	struct pool_workqueue	*current_pwq;	/* and whose it is; read by the worker itself too */
	unsigned int		current_color;
	struct list_head	scheduled;	/* works it must run next, one after another */
	struct task_struct	*task;		/* fixed */
	struct worker_pool	*pool;		/* fixed; a rescuer's is where it is */
	struct list_head	node;		/* in pool->workers */
	unsigned int		flags;
	unsigned long		last_active;	/* jiffies when it went idle */
	int			id;		/* fixed */
	bool			sleeping;	/* the worker's own: it told the pool that it sleeps */
	char			desc[WORKER_DESC_LEN];	/* the worker's own */
};

extern struct mutex wq_pool_mutex;		/* unbound pools and the list of workqueues */
extern struct list_head all_workqueues;		/* wq_pool_mutex */
DECLARE_PER_CPU_SHARED_ALIGNED(struct worker_pool [NR_STD_POOLS], cpu_pools);

static inline bool need_more_worker(const struct worker_pool *pool)
{
	return !list_empty(&pool->worklist) && !READ_ONCE(pool->nr_running);
}

static inline struct worker *current_worker(void)
{
	return in_task() && (current->flags & PF_WQ_WORKER) ? current->worker : NULL;
}

/* ---- work->data, see <linux/workqueue.h> ------------------------------------------------------ */

static inline unsigned long work_data(const struct work_struct *work)
{
	return atomic_long_read(&work->data);
}

static inline struct pool_workqueue *work_pwq(const struct work_struct *work)
{
	unsigned long data = work_data(work);

	return data & WORK_STRUCT_PWQ ?
	       (struct pool_workqueue *)(data & ~WORK_STRUCT_FLAG_MASK) : NULL;
}

static inline unsigned int work_color(const struct work_struct *work)
{
	return (work_data(work) >> WORK_STRUCT_COLOR_SHIFT) & ((1 << WORK_STRUCT_COLOR_BITS) - 1);
}

static inline void set_work_pwq(struct work_struct *work, struct pool_workqueue *pwq,
				unsigned long flags)
{
	atomic_long_set(&work->data,
			(long)pwq | WORK_STRUCT_PENDING | WORK_STRUCT_PWQ | flags);
}

static inline void set_work_pool_keep_pending(struct work_struct *work, int pool_id)
{
	atomic_long_set(&work->data,
			((long)pool_id << WORK_OFFQ_POOL_SHIFT) | WORK_STRUCT_PENDING);
}

/* pool.c */
struct worker_pool *pool_by_id(int id);
struct worker_pool *work_pool(const struct work_struct *work);
int pool_add(struct worker_pool *pool, int cpu, int nice, const struct cpumask *cpus);
struct worker_pool *get_unbound_pool(const struct workqueue_attrs *attrs);
int add_worker(struct worker_pool *pool);
bool manage_workers(struct worker_pool *pool);
void wake_worker(struct worker_pool *pool);
void start_pools(void);
int pools_offline(unsigned int cpu);
int pools_online(unsigned int cpu);

/* worker.c */
int worker_thread(void *worker);
struct worker *find_worker_running(struct worker_pool *pool, const struct work_struct *work);
void move_linked_works(struct work_struct *work, struct list_head *head, struct work_struct **next);
void activate_work(struct work_struct *work);
void work_leaves(struct pool_workqueue *pwq, unsigned int color);

void run_scheduled(struct worker *worker);

/* freeze.c */
void pwq_adjust_max_active(struct pool_workqueue *pwq);

/* rescuer.c */
void call_rescuers(struct worker_pool *pool);
int add_rescuer(struct workqueue_struct *wq);
void remove_rescuer(struct workqueue_struct *wq);

/* queue.c */
void queue_locally(int cpu, struct workqueue_struct *wq, struct work_struct *work);
void insert_work(struct pool_workqueue *pwq, struct work_struct *work, struct list_head *at,
		 unsigned long flags);

/* cancel.c */
int grab_pending(struct work_struct *work, bool is_dwork, unsigned long *flags);

/* flush.c */
#ifdef CONFIG_DEBUG
void debug_work_activate(struct work_struct *work);
void debug_work_deactivate(struct work_struct *work);
#else
static inline void debug_work_activate(struct work_struct *work) { }
static inline void debug_work_deactivate(struct work_struct *work) { }
#endif

bool wait_for_work(struct work_struct *work, bool from_cancel);
bool pwq_is_busy(const struct pool_workqueue *pwq);

#endif
