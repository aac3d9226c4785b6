/* SPDX-License-Identifier: MIT */
/* Reader-writer semaphores: many readers or one writer; taking one may sleep. Fair. */
#ifndef _LINUX_RWSEM_H
#define _LINUX_RWSEM_H

#include <linux/list.h>
#include <linux/atomic.h>
#include <linux/spinlock.h>
#include <linux/lockdep.h>

struct rw_semaphore {
	atomic_long_t		count;		/* see kernel/locking/rwsem.c */
	raw_spinlock_t		wait_lock;
	struct list_head	wait_list;	/* guarded by wait_lock; first come, first served */
#ifdef CONFIG_DEBUG
	struct task_struct	*owner;		/* the writer */
	struct lockdep_map	dep_map;
#endif
};

#ifdef CONFIG_DEBUG
#define __RWSEM_DEBUG_INIT(lockname) \
	.dep_map = { .name = #lockname, .wait_type_inner = LD_WAIT_SLEEP },
#else
#define __RWSEM_DEBUG_INIT(lockname)
#endif

#define __RWSEM_INITIALIZER(name)					\
	{ .count = ATOMIC_LONG_INIT(0),					\
	  .wait_lock = __RAW_SPIN_LOCK_INITIALIZER(name.wait_lock),	\
	  .wait_list = LIST_HEAD_INIT((name).wait_list),		\
	  __RWSEM_DEBUG_INIT(name) }
#define DECLARE_RWSEM(name)	struct rw_semaphore name = __RWSEM_INITIALIZER(name)

void __init_rwsem(struct rw_semaphore *sem, const char *name, struct lock_class_key *key);
#define init_rwsem(sem)							\
do {									\
	static struct lock_class_key __key __maybe_unused;		\
	__init_rwsem((sem), #sem, &__key);				\
} while (0)

int rwsem_is_locked(struct rw_semaphore *sem);
int rwsem_is_contended(struct rw_semaphore *sem);
void down_read(struct rw_semaphore *sem);
int __must_check down_read_interruptible(struct rw_semaphore *sem);
int __must_check down_read_killable(struct rw_semaphore *sem);
int down_read_trylock(struct rw_semaphore *sem);
void down_write(struct rw_semaphore *sem);
int __must_check down_write_killable(struct rw_semaphore *sem);
int down_write_trylock(struct rw_semaphore *sem);
void up_read(struct rw_semaphore *sem);
void up_write(struct rw_semaphore *sem);
void downgrade_write(struct rw_semaphore *sem);

/* _nested: several of one class at once; _non_owner: another task will up it. */
#ifdef CONFIG_DEBUG
void down_read_nested(struct rw_semaphore *sem, int subclass);
void down_write_nested(struct rw_semaphore *sem, int subclass);
int __must_check down_write_killable_nested(struct rw_semaphore *sem, int subclass);
void down_read_non_owner(struct rw_semaphore *sem);
void up_read_non_owner(struct rw_semaphore *sem);
#else
#define down_read_nested(sem, subclass)		((void)(subclass), down_read(sem))
#define down_write_nested(sem, subclass)	((void)(subclass), down_write(sem))
#define down_write_killable_nested(sem, subclass) down_write_killable(sem)
#define down_read_non_owner(sem)		down_read(sem)
#define up_read_non_owner(sem)			up_read(sem)
#endif

#endif
