/* SPDX-License-Identifier: MIT */
/*
 * The run queue of a CPU, and what the files of kernel/sched say to each other.
 *
 * A runnable task is counted in its run queue (task->on_rq); all but the running one are also
 * linked there, real-time tasks by priority, fair ones by virtual run time. The running task
 * is linked nowhere: it is put back when it gives way while it still wants to run.
 *
 * Lock order: task->pi_lock, then one rq->lock, then a second one by trylock only.
 */
#ifndef _SCHED_INTERNALS_H
#define _SCHED_INTERNALS_H

#include <linux/bitops.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/percpu.h>
#include <linux/rbtree.h>
#include <linux/sched.h>
#include <linux/sched/rt.h>
#include <linux/spinlock.h>

#define SCHED_LATENCY_NS	6000000ULL	/* every fair task gets a turn in this time */
#define SCHED_MIN_TURN_NS	750000ULL	/* but no turn is shorter than this */
#define SCHED_WAKEUP_NS		1000000LL	/* how far ahead a woken task must be to preempt */
#define NICE_0_WEIGHT		1024

struct rt_queue {
	unsigned int		nr;		/* runnable, the running one included */
	DECLARE_BITMAP(queued, MAX_RT_PRIO);	/* which lists have a task */
	struct list_head	list[MAX_RT_PRIO];
};

struct fair_queue {
	unsigned int		nr;		/* runnable, the running one included */
	struct task_struct	*only;		/* the one waiting task, while the tree is empty */
	struct rb_root_cached	tree;		/* waiting tasks by vruntime */
	u64			min_vruntime;	/* never falls; where newcomers start */
};

/* All under lock but what says otherwise. */
struct rq {
	raw_spinlock_t		lock;
	unsigned int		nr_running;	/* others read it as a hint */
	struct task_struct	*curr;		/* others compare it as a hint, and do not follow it */
	int			curr_prio;	/* its priority; others read it as a hint */
	struct task_struct	*idle;		/* fixed */
	unsigned int		cpu;		/* fixed */
	bool			kicked;		/* told by IPI to reschedule, has not yet */
	struct mm_struct	*prev_mm;	/* on loan to who went: to be dropped after the switch */
	u64			clock;		/* sched_clock at the last look */
	struct fair_queue	fair;
	unsigned long long	nr_switches;
	unsigned long		next_balance;	/* jiffies; this CPU only */
	atomic_t		nr_iowait;
	u64			idle_base;	/* the idle task's run time before it idled */
	u64			idle_since;	/* idle time when this stretch of it began; own CPU */
	u64			iowait_ns;	/* idle time while nr_iowait was not 0 */
	unsigned int		nr_pinned;	/* tasks in migrate_disable() here; this CPU only */
	struct rt_queue		rt;
};

DECLARE_PER_CPU_SHARED_ALIGNED(struct rq, runqueues);

/* The task that takes a run-queue lock is not the one that drops it. */
static inline void spin_lock_pass_on(raw_spinlock_t *lock, struct task_struct *next)
{
#ifdef CONFIG_DEBUG
	lock_release(&lock->dep_map, _THIS_IP_);
	lock->owner = next;
#endif
}

static inline void spin_lock_passed_on(raw_spinlock_t *lock)
{
	lock_acquire(&lock->dep_map, 0, 0, 0, 1, NULL, _THIS_IP_);
}

#define cpu_rq(cpu)	(&per_cpu(runqueues, (cpu)))
#define this_rq()	this_cpu_ptr(&runqueues)
#define task_rq(p)	cpu_rq(task_cpu(p))

/* core.c */
void account_curr(struct rq *rq);
void count_in(struct rq *rq, struct task_struct *p);
void count_out(struct rq *rq, struct task_struct *p);
void enqueue_task(struct rq *rq, struct task_struct *p, bool ahead);
void dequeue_task(struct rq *rq, struct task_struct *p);
void finish_task_switch(struct task_struct *prev);
void schedule_idle(void);
void __noreturn do_task_dead(void);
struct rq *task_rq_lock(struct task_struct *p, unsigned long *flags);
void task_rq_unlock(struct rq *rq, struct task_struct *p, unsigned long *flags);
void init_idle(struct task_struct *idle, int cpu);

/*
 * @p becomes runnable on @rq, or ceases to be. Who only moves it leaves on_rq alone: wakers and RCU
 * look at it without a lock. The caller links it, unless it is running.
 */
static inline void activate_task(struct rq *rq, struct task_struct *p)
{
	count_in(rq, p);
	WRITE_ONCE(p->on_rq, 1);
}

static inline void deactivate_task(struct rq *rq, struct task_struct *p)
{
	WRITE_ONCE(p->on_rq, 0);
	count_out(rq, p);
}

/* resched.c: rq->lock held */
void resched_curr(struct rq *rq);
void check_preempt_curr(struct rq *rq, struct task_struct *p);

/* rt.c: rq->lock held */
void rt_queue_init(struct rt_queue *rt);
void rt_enqueue(struct rt_queue *rt, struct task_struct *p, bool ahead);
void rt_dequeue(struct rt_queue *rt, struct task_struct *p);
struct task_struct *rt_take_first(struct rt_queue *rt);
void rt_tick(struct rq *rq, struct task_struct *curr);

/* fair.c, and fair.h: rq->lock held */
void fair_enqueue_tree(struct fair_queue *fair, struct task_struct *p);
void fair_dequeue(struct fair_queue *fair, struct task_struct *p);
u64 fair_scale(u64 delta, const struct task_struct *p);
void fair_tick(struct rq *rq, struct task_struct *curr);
void fair_set_weight(struct task_struct *p);

/* balance.c */
int select_task_rq(struct task_struct *p, int wake_flags);
bool task_may_run_on(struct task_struct *p, int cpu);
int fallback_cpu(struct task_struct *p);
bool pull_task(struct rq *rq);
struct task_struct *find_movable(struct rq *src, int cpu);
void balance_tick(struct rq *rq);
void balance_init(void);

/* idle.c */
int find_sleeping_cpu(struct rq *rq);

/* task.c */
struct task_struct *task_create(void (*fn)(void *), void *arg);
void task_init(void);
void reap_dead_tasks(void *unused);

/* pid.c */
void pid_init(void);
int last_pid(void);	/* the number given out last */

/* debug.c */
#ifdef CONFIG_DEBUG
void debug_show_atomic(void);
#else
static inline void debug_show_atomic(void) { }
#endif

/* kthread.c */
void kthread_free_state(struct kthread *kthread);
void kthread_signal_exit(struct kthread *kthread);
bool kthread_should_stop_or_park(void);

/* affinity.c */
void bind_sleeping_task(struct task_struct *p, const struct cpumask *mask);
int push_task_away(void *task);

/* hotplug.c */
void sched_hotplug_init(void);

#endif
