/* SPDX-License-Identifier: MIT */
/*
 * Mutexes with priority inheritance.
 *
 *	task H --waits for--> lock 2 --owned by--> task M --waits for--> lock 1 --owned by--> task L
 *
 * M runs at H's priority if that is better, and L at M's: a chain. Each task that owns locks
 * with waiters has a tree of the best waiter of each (pi_waiters); the first of that tree is what it
 * inherits. A change of priority anywhere moves the task's waiter in the lock that it waits for, and
 * goes on at that lock's owner, until nothing changes.
 *
 * chain_lock guards all trees, pi_blocked_on, and the owner word while RT_MUTEX_HAS_WAITERS is set. One
 * lock for all, so that the chain that is walked stands still; it is taken only when tasks
 * have to wait, and a chain is as long as the locks that one task holds while it waits for the next.
 * Inside it: pi_lock of a task, then its run queue's lock.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/rbtree.h>
#include <linux/rtmutex.h>
#include <linux/sched.h>
#include <linux/sched/rt.h>
#include <linux/sched/signal.h>
#include <linux/spinlock.h>

/* On the stack of the task that waits. */
struct rt_mutex_waiter {
	struct rb_node		node;		/* in lock->waiters */
	struct rb_node		pi_node;	/* in the owner's pi_waiters, if the first of its lock */
	struct task_struct	*task;
	struct rt_mutex_base	*lock;
	int			prio;		/* of the task as the trees have it: waiter_prio() */
};

static DEFINE_RAW_SPINLOCK(chain_lock);		/* irqs off */

/* Fair tasks wait as equals, whatever their nice values. */
static int waiter_prio(const struct task_struct *task)
{
	return rt_prio(task->prio) ? task->prio : DEFAULT_PRIO;
}

/* ---- Trees ------------------------------------------------------------------------------- */

static bool waiter_less(struct rb_node *a, const struct rb_node *b)
{
	return rb_entry(a, struct rt_mutex_waiter, node)->prio <
	       rb_entry(b, struct rt_mutex_waiter, node)->prio;
}

static bool pi_waiter_less(struct rb_node *a, const struct rb_node *b)
{
	return rb_entry(a, struct rt_mutex_waiter, pi_node)->prio <
	       rb_entry(b, struct rt_mutex_waiter, pi_node)->prio;
}

static struct rt_mutex_waiter *top_waiter(const struct rt_mutex_base *lock)
{
	struct rb_node *first = rb_first_cached(&lock->waiters);

	return first ? rb_entry(first, struct rt_mutex_waiter, node) : NULL;
}

static struct task_struct *owner_of(const struct rt_mutex_base *lock)
{
	return (struct task_struct *)(atomic_long_read(&lock->owner) & ~RT_MUTEX_HAS_WAITERS);
}

/* What @task inherits: the priority of its best waiter. */
static int inherited_prio(const struct task_struct *task)
{
	struct rb_node *first = rb_first_cached(&task->pi_waiters);

	return first ? rb_entry(first, struct rt_mutex_waiter, pi_node)->prio : MAX_PRIO;
}

/* Before the waiters of @lock change, and after: its owner has the first of them in its tree. */
static void owner_forgets(struct rt_mutex_base *lock)
{
	struct rt_mutex_waiter *top = top_waiter(lock);
	struct task_struct *owner = owner_of(lock);

	if (top && owner)
		rb_erase_cached(&top->pi_node, &owner->pi_waiters);
}

static void owner_learns(struct rt_mutex_base *lock)
{
	struct rt_mutex_waiter *top = top_waiter(lock);
	struct task_struct *owner = owner_of(lock);

	if (top && owner)
		rb_add_cached(&top->pi_node, &owner->pi_waiters, pi_waiter_less);
}

static void enqueue(struct rt_mutex_waiter *waiter)
{
	owner_forgets(waiter->lock);
	waiter->prio = waiter_prio(waiter->task);
	rb_add_cached(&waiter->node, &waiter->lock->waiters, waiter_less);
	waiter->task->pi_blocked_on = waiter;
	owner_learns(waiter->lock);
}

static void dequeue(struct rt_mutex_waiter *waiter)
{
	owner_forgets(waiter->lock);
	rb_erase_cached(&waiter->node, &waiter->lock->waiters);
	waiter->task->pi_blocked_on = NULL;
	owner_learns(waiter->lock);
}

/* ---- The chain --------------------------------------------------------------------------- */

/* The waiters of a lock that @task has are others now: so is what it inherits, and so on up the chain. */
static void adjust_chain(struct task_struct *task)
{
	while (task && task->pi_boost != inherited_prio(task)) {
		struct rt_mutex_waiter *waiter = task->pi_blocked_on;

		rt_mutex_setprio(task, inherited_prio(task));
		if (!waiter || waiter->prio == waiter_prio(task))
			return;
		dequeue(waiter);
		enqueue(waiter);
		task = owner_of(waiter->lock);
		/* A free lock goes to its best waiter, and that may be another now. */
		if (!task)
			wake_up_process(top_waiter(waiter->lock)->task);
	}
}

/**
 * rt_mutex_adjust_pi - the priority of a task was set
 * @task: it may wait for a lock: its place there changes, and what the owner inherits
 *
 * Context: any but NMI, without pi_lock or run queue's lock.
 */
void rt_mutex_adjust_pi(struct task_struct *task)
{
	struct rt_mutex_waiter *waiter;
	unsigned long flags;

	raw_spin_lock_irqsave(&chain_lock, flags);
	waiter = task->pi_blocked_on;
	if (waiter && waiter->prio != waiter_prio(task)) {
		dequeue(waiter);
		enqueue(waiter);
		adjust_chain(owner_of(waiter->lock));
	}
	raw_spin_unlock_irqrestore(&chain_lock, flags);
}

/* Does the owner of @lock, by whatever it waits for, wait for us? */
static bool would_deadlock(struct rt_mutex_base *lock)
{
	struct task_struct *owner = owner_of(lock);

	while (owner && owner != current)
		owner = owner->pi_blocked_on ? owner_of(owner->pi_blocked_on->lock) : NULL;
	return owner == current;
}

/* ---- Taking ------------------------------------------------------------------------------ */

static __always_inline bool lock_fast(struct rt_mutex_base *lock)
{
	long free = 0;

	return atomic_long_try_cmpxchg_acquire(&lock->owner, &free, (long)current);
}

/* HAS_WAITERS is set exactly while there are waiters, when chain_lock is dropped. */
static void fix_waiters_bit(struct rt_mutex_base *lock)
{
	if (!top_waiter(lock))
		atomic_long_andnot(RT_MUTEX_HAS_WAITERS, &lock->owner);
}

/*
 * Take it if it is free and nobody better waits. @waiter: ours if we wait; an equal one that
 * came before us has the right of way. HAS_WAITERS is set, so that nobody takes or frees it unseen.
 */
static bool take_slow(struct rt_mutex_base *lock, struct rt_mutex_waiter *waiter)
{
	struct rt_mutex_waiter *top = top_waiter(lock);

	if (owner_of(lock))
		return false;
	if (top && top != waiter && top->prio <= waiter_prio(current))
		return false;
	if (waiter)
		dequeue(waiter);
	atomic_long_set(&lock->owner, (long)current | (long)RT_MUTEX_HAS_WAITERS);
	/* Those that wait on are ours to inherit from. */
	owner_learns(lock);
	adjust_chain(current);
	return true;
}

/* chain_lock held, dropped while the task sleeps. */
static int wait_for_lock(struct rt_mutex_base *lock, struct rt_mutex_waiter *waiter,
			 unsigned int state)
{
	int ret = 0;

	for (;;) {
		set_current_state(state);
		if (take_slow(lock, waiter))
			break;
		if (signal_pending_state(state, current)) {
			ret = -EINTR;
			break;
		}
		raw_spin_unlock_irq(&chain_lock);
		schedule();
		raw_spin_lock_irq(&chain_lock);
	}
	__set_current_state(TASK_RUNNING);
	return ret;
}

static noinline int lock_slow(struct rt_mutex_base *lock, unsigned int state)
{
	struct rt_mutex_waiter waiter = { .task = current, .lock = lock };
	int ret = 0;

	raw_spin_lock_irq(&chain_lock);
	/* From here on the owner comes through here to free it. */
	atomic_long_or(RT_MUTEX_HAS_WAITERS, &lock->owner);
	if (!take_slow(lock, NULL)) {
		if (would_deadlock(lock)) {
			ret = -EDEADLK;
		} else {
			enqueue(&waiter);
			adjust_chain(owner_of(lock));
			ret = wait_for_lock(lock, &waiter, state);
			if (ret) {
				dequeue(&waiter);
				adjust_chain(owner_of(lock));
			}
		}
	}
	fix_waiters_bit(lock);
	raw_spin_unlock_irq(&chain_lock);
	return ret;
}

static __always_inline int take(struct rt_mutex *lock, unsigned int state, unsigned int subclass,
				unsigned long ip)
{
	int ret = 0;

	might_sleep();
	lock_acquire(&lock->dep_map, subclass, 0, 0, 1, NULL, ip);
	if (unlikely(!lock_fast(&lock->rtmutex)))
		ret = lock_slow(&lock->rtmutex, state);
	WARN(ret == -EDEADLK, "rtmutex deadlock detected\n");
	if (ret)
		lock_release(&lock->dep_map, ip);
	return ret;
}

/**
 * rt_mutex_lock_nested - take a mutex; sleep until it is to be had
 * @lock: the mutex
 * @subclass: for the checker of lock orders; rt_mutex_lock() is 0
 *
 * While this task waits, the owner runs at this task's priority at least. If the owner waits for
 * this task itself, that is said, and it sleeps for ever.
 *
 * Context: process, may sleep.
 */
void rt_mutex_lock_nested(struct rt_mutex *lock, unsigned int subclass)
{
	if (likely(!take(lock, TASK_UNINTERRUPTIBLE, subclass, _RET_IP_)))
		return;
	for (;;) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		schedule();
	}
}
EXPORT_SYMBOL_GPL(rt_mutex_lock_nested);

/* Return: 0; -EINTR when a signal came first; -EDEADLK when the owner waits for this task. */
int rt_mutex_lock_interruptible(struct rt_mutex *lock)
{
	return take(lock, TASK_INTERRUPTIBLE, 0, _RET_IP_);
}
EXPORT_SYMBOL_GPL(rt_mutex_lock_interruptible);

int rt_mutex_lock_killable(struct rt_mutex *lock)
{
	return take(lock, TASK_KILLABLE, 0, _RET_IP_);
}
EXPORT_SYMBOL_GPL(rt_mutex_lock_killable);

static bool trylock_slow(struct rt_mutex_base *lock)
{
	unsigned long flags;
	bool got;

	if (owner_of(lock))
		return false;
	raw_spin_lock_irqsave(&chain_lock, flags);
	atomic_long_or(RT_MUTEX_HAS_WAITERS, &lock->owner);
	got = take_slow(lock, NULL);
	fix_waiters_bit(lock);
	raw_spin_unlock_irqrestore(&chain_lock, flags);
	return got;
}

/**
 * rt_mutex_trylock - take a mutex if it is free, and nobody better waits for it
 * @lock: the mutex
 *
 * Context: process. Return: 1 if taken, else 0.
 */
int rt_mutex_trylock(struct rt_mutex *lock)
{
	if (WARN_ON_ONCE(!in_task()))
		return 0;
	if (!lock_fast(&lock->rtmutex) && !trylock_slow(&lock->rtmutex))
		return 0;
	lock_acquire(&lock->dep_map, 0, 1, 0, 1, NULL, _RET_IP_);
	return 1;
}
EXPORT_SYMBOL_GPL(rt_mutex_trylock);

/* ---- Dropping ---------------------------------------------------------------------------- */

/* Free it for the best waiter, which takes it when it runs, unless a better task comes first. */
static noinline void unlock_slow(struct rt_mutex_base *lock)
{
	struct rt_mutex_waiter *top;
	unsigned long flags;

	raw_spin_lock_irqsave(&chain_lock, flags);
	top = top_waiter(lock);
	owner_forgets(lock);
	atomic_long_set_release(&lock->owner, top ? (long)RT_MUTEX_HAS_WAITERS : 0);
	/* Interrupts are off: what we lose does not keep us from waking whom we lose it to. */
	adjust_chain(current);
	if (top)
		wake_up_process(top->task);
	raw_spin_unlock_irqrestore(&chain_lock, flags);
}

/**
 * rt_mutex_unlock - drop a mutex, and what was inherited by it
 * @lock: taken by this task
 *
 * Context: process.
 */
void rt_mutex_unlock(struct rt_mutex *lock)
{
	long mine = (long)current;

	lock_release(&lock->dep_map, _RET_IP_);
	if (unlikely(!atomic_long_try_cmpxchg_release(&lock->rtmutex.owner, &mine, 0)))
		unlock_slow(&lock->rtmutex);
}
EXPORT_SYMBOL_GPL(rt_mutex_unlock);

void __rt_mutex_init(struct rt_mutex *lock, const char *name, struct lock_class_key *key)
{
	rt_mutex_base_init(&lock->rtmutex);
	lockdep_init_map_wait(&lock->dep_map, name, key, 0, LD_WAIT_SLEEP);
}
EXPORT_SYMBOL_GPL(__rt_mutex_init);
