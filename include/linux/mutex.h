/* SPDX-License-Identifier: MIT */
/*
 * Mutexes: one owner, a task, which must itself unlock. Taking one may sleep.
 *
 * Free and uncontended, lock and unlock are one compare-and-exchange each. Waiters queue in
 * order; one that has waited long enough to be first is handed the mutex, so none starves.
 */
#ifndef _LINUX_MUTEX_H
#define _LINUX_MUTEX_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/atomic.h>
#include <linux/spinlock_types.h>
#include <linux/lockdep.h>

struct task_struct;

struct mutex {
	atomic_long_t		owner;		/* task | MUTEX_FLAG_*; see kernel/locking/mutex.c */
	raw_spinlock_t		wait_lock;
	struct list_head	wait_list;	/* guarded by wait_lock; first come, first served */
#ifdef CONFIG_DEBUG
	void			*magic;		/* the mutex itself while it is initialised */
	struct lockdep_map	dep_map;
#endif
};

#ifdef CONFIG_DEBUG
#define __MUTEX_DEBUG_INIT(lockname) .magic = &(lockname), \
	.dep_map = { .name = #lockname, .wait_type_inner = LD_WAIT_SLEEP },
void mutex_destroy(struct mutex *lock);
#else
#define __MUTEX_DEBUG_INIT(lockname)
static inline void mutex_destroy(struct mutex *lock) { }
#endif

#define __MUTEX_INITIALIZER(lockname)					\
	{ .owner = ATOMIC_LONG_INIT(0),					\
	  .wait_lock = __RAW_SPIN_LOCK_INITIALIZER(lockname.wait_lock),	\
	  .wait_list = LIST_HEAD_INIT(lockname.wait_list),		\
	  __MUTEX_DEBUG_INIT(lockname) }
#define DEFINE_MUTEX(mutexname)	struct mutex mutexname = __MUTEX_INITIALIZER(mutexname)

void __mutex_init(struct mutex *lock, const char *name, struct lock_class_key *key);
#define mutex_init(mutex)						\
do {									\
	static struct lock_class_key __key __maybe_unused;		\
	__mutex_init((mutex), #mutex, &__key);				\
} while (0)

bool mutex_is_locked(struct mutex *lock);
void mutex_lock(struct mutex *lock);
int __must_check mutex_lock_interruptible(struct mutex *lock);
int __must_check mutex_lock_killable(struct mutex *lock);
void mutex_lock_io(struct mutex *lock);
int mutex_trylock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);
int atomic_dec_and_mutex_lock(atomic_t *cnt, struct mutex *lock);

/* Several of one class at once: in an order that @subclass numbers, or under @nest_lock in any. */
#ifdef CONFIG_DEBUG
void mutex_lock_nested(struct mutex *lock, unsigned int subclass);
int __must_check mutex_lock_interruptible_nested(struct mutex *lock, unsigned int subclass);
int __must_check mutex_lock_killable_nested(struct mutex *lock, unsigned int subclass);
void _mutex_lock_nest_lock(struct mutex *lock, struct lockdep_map *nest_lock);
#define mutex_lock_nest_lock(lock, nest_lock)				\
	_mutex_lock_nest_lock(lock, &(nest_lock)->dep_map)
#else
#define mutex_lock_nested(lock, subclass)		((void)(subclass), mutex_lock(lock))
#define mutex_lock_interruptible_nested(lock, subclass)	mutex_lock_interruptible(lock)
#define mutex_lock_killable_nested(lock, subclass)	mutex_lock_killable(lock)
#define mutex_lock_nest_lock(lock, nest_lock)		mutex_lock(lock)
#endif

#endif
