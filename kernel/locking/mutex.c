/* SPDX-License-Identifier: MIT */
/*
 * Mutexes.
 *
 * owner is the task that has it, or 0, with flags in the low bits:
 *
 *	WAITERS		somebody queues: unlock must take the slow path
 *	HANDOFF		the first waiter was overtaken while it woke up: it gets it next
 *
 * unlock normally frees the mutex and wakes the first waiter, which competes with whoever comes
 * by; that is faster than passing it to a sleeper. A first waiter that finds it taken again
 * sets HANDOFF, and then unlock writes that waiter in as the owner.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

#define MUTEX_FLAG_WAITERS	1UL
#define MUTEX_FLAG_HANDOFF	2UL
#define MUTEX_FLAGS		3UL

struct mutex_waiter {
	struct list_head	list;	/* guarded by wait_lock */
	struct task_struct	*task;
};

static struct task_struct *owner_task(unsigned long owner)
{
	return (struct task_struct *)(owner & ~MUTEX_FLAGS);
}

void __mutex_init(struct mutex *lock, const char *name, struct lock_class_key *key)
{
	atomic_long_set(&lock->owner, 0);
	raw_spin_lock_init(&lock->wait_lock);
	INIT_LIST_HEAD(&lock->wait_list);
#ifdef CONFIG_DEBUG
	debug_check_no_locks_freed(lock, sizeof(*lock));
	lock->magic = lock;
	lockdep_init_map_wait(&lock->dep_map, name, key, 0, LD_WAIT_SLEEP);
#endif
}
EXPORT_SYMBOL(__mutex_init);

#ifdef CONFIG_DEBUG
static void check_lock(struct mutex *lock)
{
	WARN_ONCE(lock->magic != lock, "mutex %s is not initialised\n", lock->dep_map.name);
	WARN_ONCE(owner_task(atomic_long_read(&lock->owner)) == current,
		  "mutex %s taken twice by %s\n", lock->dep_map.name, current->comm);
	WARN_ONCE(in_interrupt(), "mutex %s taken in an interrupt\n", lock->dep_map.name);
}

static void check_unlock(struct mutex *lock)
{
	WARN_ONCE(lock->magic != lock, "mutex %s is not initialised\n", lock->dep_map.name);
	WARN_ONCE(owner_task(atomic_long_read(&lock->owner)) != current,
		  "mutex %s dropped by %s, which does not have it\n", lock->dep_map.name,
		  current->comm);
}

/* The memory of @lock is about to go: it must be free, and is not to be used again. */
void mutex_destroy(struct mutex *lock)
{
	WARN_ONCE(mutex_is_locked(lock), "mutex %s destroyed while taken\n", lock->dep_map.name);
	lock->magic = NULL;
}
EXPORT_SYMBOL(mutex_destroy);
#else
static inline void check_lock(struct mutex *lock) { }
static inline void check_unlock(struct mutex *lock) { }
#endif

static __always_inline bool lock_fast(struct mutex *lock)
{
	long free = 0;

	return atomic_long_try_cmpxchg_acquire(&lock->owner, &free, (long)current);
}

/*
 * Take it if it is free, or has been handed to us, and keep the flags. @first: we are the first
 * waiter; if it is taken, ask to be handed it.
 */
static bool trylock_slow(struct mutex *lock, bool first)
{
	unsigned long old = atomic_long_read(&lock->owner), new;
	bool got;

	do {
		struct task_struct *task = owner_task(old);

		got = !task || task == current;
		if (got)
			new = (unsigned long)current | (old & MUTEX_FLAGS & ~MUTEX_FLAG_HANDOFF);
		else if (first)
			new = old | MUTEX_FLAG_HANDOFF;
		else
			return false;
	} while (!atomic_long_try_cmpxchg_acquire(&lock->owner, (long *)&old, new));
	return got;
}

/* The end of waiting, with it or without. wait_lock held. */
static void leave_line(struct mutex *lock, struct mutex_waiter *waiter)
{
	list_del(&waiter->list);
	if (list_empty(&lock->wait_list))
		atomic_long_andnot(MUTEX_FLAGS, &lock->owner);
}

static int lock_slow(struct mutex *lock, unsigned int state)
{
	struct mutex_waiter waiter = { .task = current };
	bool first = false;
	int ret = 0;

	raw_spin_lock(&lock->wait_lock);
	if (trylock_slow(lock, false)) {
		raw_spin_unlock(&lock->wait_lock);
		return 0;
	}
	list_add_tail(&waiter.list, &lock->wait_list);
	/* From here on unlock sees that somebody queues, or we see that it was unlocked. */
	atomic_long_or(MUTEX_FLAG_WAITERS, &lock->owner);
	for (;;) {
		set_current_state(state);
		/* Under wait_lock the owner can't hand it on, so what we see stays. */
		if (trylock_slow(lock, first))
			break;
		if (signal_pending_state(state, current)) {
			ret = -EINTR;
			break;
		}
		raw_spin_unlock(&lock->wait_lock);
		schedule();
		raw_spin_lock(&lock->wait_lock);
		first = list_first_entry(&lock->wait_list, struct mutex_waiter, list) == &waiter;
	}
	__set_current_state(TASK_RUNNING);
	leave_line(lock, &waiter);
	raw_spin_unlock(&lock->wait_lock);
	return ret;
}

/* All the ways to take it and wait. @subclass, @nest and @ip are for the checker of lock orders. */
static __always_inline int take(struct mutex *lock, unsigned int state, unsigned int subclass,
				struct lockdep_map *nest, unsigned long ip)
{
	int ret = 0;

	might_sleep();
	check_lock(lock);
	lock_acquire(&lock->dep_map, subclass, 0, 0, 1, nest, ip);
	if (unlikely(!lock_fast(lock)))
		ret = lock_slow(lock, state);
	if (ret)
		lock_release(&lock->dep_map, ip);
	return ret;
}

/* Somebody queues: give it to the first if that asked, else free it and wake the first. */
static noinline void unlock_slow(struct mutex *lock)
{
	unsigned long old, new;
	struct task_struct *next = NULL;
	bool handoff;

	raw_spin_lock(&lock->wait_lock);
	if (!list_empty(&lock->wait_list)) {
		next = list_first_entry(&lock->wait_list, struct mutex_waiter, list)->task;
		get_task_struct(next);
	}
	old = atomic_long_read(&lock->owner);
	do {
		handoff = (old & MUTEX_FLAG_HANDOFF) && next;
		new = old & MUTEX_FLAG_WAITERS;
		if (handoff)
			new |= (unsigned long)next;
	} while (!atomic_long_try_cmpxchg_release(&lock->owner, (long *)&old, new));
	raw_spin_unlock(&lock->wait_lock);
	/* From here on @lock may be gone. */
	if (next) {
		wake_up_process(next);
		put_task_struct(next);
	}
}

/**
 * mutex_is_locked - is it taken by anybody?
 * @lock: the mutex
 */
bool mutex_is_locked(struct mutex *lock)
{
	return owner_task(atomic_long_read(&lock->owner));
}
EXPORT_SYMBOL(mutex_is_locked);

/**
 * mutex_lock - take a mutex; sleep until it is to be had
 * @lock: the mutex; the task must not have it
 *
 * Context: process, may sleep.
 */
void mutex_lock(struct mutex *lock)
{
	take(lock, TASK_UNINTERRUPTIBLE, 0, NULL, _RET_IP_);
}
EXPORT_SYMBOL(mutex_lock);

/* Return: 0; -EINTR, and not taken, when a signal came first. */
int mutex_lock_interruptible(struct mutex *lock)
{
	return take(lock, TASK_INTERRUPTIBLE, 0, NULL, _RET_IP_);
}
EXPORT_SYMBOL(mutex_lock_interruptible);

int mutex_lock_killable(struct mutex *lock)
{
	return take(lock, TASK_KILLABLE, 0, NULL, _RET_IP_);
}
EXPORT_SYMBOL(mutex_lock_killable);

#ifdef CONFIG_DEBUG
void mutex_lock_nested(struct mutex *lock, unsigned int subclass)
{
	take(lock, TASK_UNINTERRUPTIBLE, subclass, NULL, _RET_IP_);
}
EXPORT_SYMBOL_GPL(mutex_lock_nested);

int mutex_lock_interruptible_nested(struct mutex *lock, unsigned int subclass)
{
	return take(lock, TASK_INTERRUPTIBLE, subclass, NULL, _RET_IP_);
}
EXPORT_SYMBOL_GPL(mutex_lock_interruptible_nested);

int mutex_lock_killable_nested(struct mutex *lock, unsigned int subclass)
{
	return take(lock, TASK_KILLABLE, subclass, NULL, _RET_IP_);
}
EXPORT_SYMBOL_GPL(mutex_lock_killable_nested);

void _mutex_lock_nest_lock(struct mutex *lock, struct lockdep_map *nest_lock)
{
	take(lock, TASK_UNINTERRUPTIBLE, 0, nest_lock, _RET_IP_);
}
EXPORT_SYMBOL_GPL(_mutex_lock_nest_lock);
#endif

void mutex_lock_io(struct mutex *lock)
{
	mutex_lock(lock);
}
EXPORT_SYMBOL(mutex_lock_io);

/**
 * mutex_trylock - take a mutex if it is free
 * @lock: the mutex
 *
 * Context: process; does not sleep. Return: 1 if taken, else 0.
 */
int mutex_trylock(struct mutex *lock)
{
	unsigned long old = atomic_long_read(&lock->owner);

	do {
		if (owner_task(old))
			return 0;
	} while (!atomic_long_try_cmpxchg_acquire(&lock->owner, (long *)&old,
						  old | (unsigned long)current));
	lock_acquire(&lock->dep_map, 0, 1, 0, 1, NULL, _RET_IP_);
	return 1;
}
EXPORT_SYMBOL(mutex_trylock);

/**
 * mutex_unlock - drop a mutex
 * @lock: taken by this task
 *
 * Context: process; does not sleep.
 */
void mutex_unlock(struct mutex *lock)
{
	long mine = (long)current;

	check_unlock(lock);
	lock_release(&lock->dep_map, _RET_IP_);
	if (unlikely(!atomic_long_try_cmpxchg_release(&lock->owner, &mine, 0)))
		unlock_slow(lock);
}
EXPORT_SYMBOL(mutex_unlock);

/* Count down; hold the mutex when that made zero. Return: 1 with it held, 0 without. */
int atomic_dec_and_mutex_lock(atomic_t *cnt, struct mutex *lock)
{
	if (atomic_add_unless(cnt, -1, 1))
		return 0;
	mutex_lock(lock);
	if (atomic_dec_and_test(cnt))
		return 1;
	mutex_unlock(lock);
	return 0;
}
EXPORT_SYMBOL(atomic_dec_and_mutex_lock);
