/* SPDX-License-Identifier: MIT */
/*
 * Real-time mutexes: the task that has one runs at the priority of the best task that waits for
 * it, so that a task of middling priority can't keep the owner, and with it the waiter, from the CPU.
 *
 * Free and uncontended, lock and unlock are one compare-and-exchange each. Waiters are served
 * by priority, and among equals in order.
 */
#ifndef _LINUX_RTMUTEX_H
#define _LINUX_RTMUTEX_H

#include <linux/types.h>
#include <linux/atomic.h>
#include <linux/lockdep.h>
#include <linux/rbtree_types.h>

struct task_struct;

struct rt_mutex_base {
	atomic_long_t		owner;		/* task | RT_MUTEX_HAS_WAITERS */
	struct rb_root_cached	waiters;	/* by priority; see kernel/locking/rtmutex.c */
};

#define __RT_MUTEX_BASE_INITIALIZER(name) { .owner = ATOMIC_LONG_INIT(0), .waiters = RB_ROOT_CACHED }

#define RT_MUTEX_HAS_WAITERS	1UL

static inline void rt_mutex_base_init(struct rt_mutex_base *rtb)
{
	atomic_long_set(&rtb->owner, 0);
	rtb->waiters = RB_ROOT_CACHED;
}

static inline bool rt_mutex_base_is_locked(struct rt_mutex_base *lock)
{
	return atomic_long_read(&lock->owner) & ~RT_MUTEX_HAS_WAITERS;
}

struct rt_mutex {
	struct rt_mutex_base	rtmutex;
#ifdef CONFIG_DEBUG
	struct lockdep_map	dep_map;
#endif
};

#ifdef CONFIG_DEBUG
#define __RT_MUTEX_DEBUG_INIT(mutexname) \
	.dep_map = { .name = #mutexname, .wait_type_inner = LD_WAIT_SLEEP },
#else
#define __RT_MUTEX_DEBUG_INIT(mutexname)
#endif

#define __RT_MUTEX_INITIALIZER(mutexname)				\
	{ .rtmutex = __RT_MUTEX_BASE_INITIALIZER(mutexname.rtmutex),	\
	  __RT_MUTEX_DEBUG_INIT(mutexname) }
#define DEFINE_RT_MUTEX(mutexname) struct rt_mutex mutexname = __RT_MUTEX_INITIALIZER(mutexname)

void __rt_mutex_init(struct rt_mutex *lock, const char *name, struct lock_class_key *key);
#define rt_mutex_init(mutex)						\
do {									\
	static struct lock_class_key __key __maybe_unused;		\
	__rt_mutex_init((mutex), #mutex, &__key);			\
} while (0)

void rt_mutex_lock_nested(struct rt_mutex *lock, unsigned int subclass);
#define rt_mutex_lock(lock)		rt_mutex_lock_nested(lock, 0)
int __must_check rt_mutex_lock_interruptible(struct rt_mutex *lock);
int __must_check rt_mutex_lock_killable(struct rt_mutex *lock);
int rt_mutex_trylock(struct rt_mutex *lock);
void rt_mutex_unlock(struct rt_mutex *lock);

#endif
