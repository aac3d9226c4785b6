/* SPDX-License-Identifier: MIT */
/*
 * Reader-writer semaphores.
 *
 *	count	bit 0		a writer has it
 *		bit 1		somebody queues: newcomers and releases take the slow path
 *		bits 8-		number of readers
 *
 * Waiters queue in order. A release wakes the first: a writer alone, or all readers up to the
 * next writer. They are given the semaphore before they are woken, so nobody overtakes them.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/rwsem.h>
#include <linux/sched.h>

#define RWSEM_WRITER	1L
#define RWSEM_WAITERS	2L
#define RWSEM_READER	(1L << 8)

struct rwsem_waiter {
	struct list_head	list;	/* guarded by wait_lock */
	struct task_struct	*task;	/* NULL once it has the semaphore: store-release, load-acquire */
	bool			write;
};

void __init_rwsem(struct rw_semaphore *sem, const char *name, struct lock_class_key *key)
{
	atomic_long_set(&sem->count, 0);
	raw_spin_lock_init(&sem->wait_lock);
	INIT_LIST_HEAD(&sem->wait_list);
#ifdef CONFIG_DEBUG
	debug_check_no_locks_freed(sem, sizeof(*sem));
	sem->owner = NULL;
	lockdep_init_map_wait(&sem->dep_map, name, key, 0, LD_WAIT_SLEEP);
#endif
}
EXPORT_SYMBOL(__init_rwsem);

#ifdef CONFIG_DEBUG
static void set_owner(struct rw_semaphore *sem, struct task_struct *owner)
{
	if (!owner)
		WARN_ONCE(sem->owner != current, "rw-semaphore %s dropped by %s, which does not have it\n",
			  sem->dep_map.name, current->comm);
	sem->owner = owner;
}
#else
static inline void set_owner(struct rw_semaphore *sem, struct task_struct *owner) { }
#endif

/* Give it to @waiter, which may be gone from its stack right after. wait_lock held. */
static void grant(struct rwsem_waiter *waiter)
{
	struct task_struct *task = waiter->task;

	get_task_struct(task);
	list_del(&waiter->list);
	smp_store_release(&waiter->task, NULL);
	wake_up_process(task);
	put_task_struct(task);
}

/* Hand the semaphore to those at the head of the line that can have it now. wait_lock held. */
static void grant_first(struct rw_semaphore *sem)
{
	struct rwsem_waiter *waiter, *next;
	long count = atomic_long_read(&sem->count);

	list_for_each_entry_safe(waiter, next, &sem->wait_list, list) {
		if (count & RWSEM_WRITER || (waiter->write && count >= RWSEM_READER))
			break;
		/* WAITERS keeps everyone but releasing readers from the count. */
		count = atomic_long_add_return(waiter->write ? RWSEM_WRITER : RWSEM_READER,
					       &sem->count);
		grant(waiter);
	}
	if (list_empty(&sem->wait_list))
		atomic_long_andnot(RWSEM_WAITERS, &sem->count);
}

/* Queue and sleep until given it. Return: 0; -EINTR for a signal that @state allows. */
static int wait_in_line(struct rw_semaphore *sem, bool write, unsigned int state)
{
	struct rwsem_waiter waiter = { .task = current, .write = write };

	raw_spin_lock_irq(&sem->wait_lock);
	list_add_tail(&waiter.list, &sem->wait_list);
	atomic_long_or(RWSEM_WAITERS, &sem->count);
	/* It may have been dropped before WAITERS was seen. */
	grant_first(sem);
	raw_spin_unlock_irq(&sem->wait_lock);

	for (;;) {
		set_current_state(state);
		if (!smp_load_acquire(&waiter.task))
			break;
		if (signal_pending_state(state, current)) {
			raw_spin_lock_irq(&sem->wait_lock);
			if (waiter.task) {
				list_del(&waiter.list);
				grant_first(sem);
				raw_spin_unlock_irq(&sem->wait_lock);
				__set_current_state(TASK_RUNNING);
				return -EINTR;
			}
			raw_spin_unlock_irq(&sem->wait_lock);
			break;
		}
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

static void wake_line(struct rw_semaphore *sem)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&sem->wait_lock, flags);
	grant_first(sem);
	raw_spin_unlock_irqrestore(&sem->wait_lock, flags);
}

/* Take it for reading if no writer has it and nobody queues. */
static bool read_fast(struct rw_semaphore *sem)
{
	long count = atomic_long_read(&sem->count);

	do {
		if (count & (RWSEM_WRITER | RWSEM_WAITERS))
			return false;
	} while (!atomic_long_try_cmpxchg_acquire(&sem->count, &count, count + RWSEM_READER));
	return true;
}

static bool write_fast(struct rw_semaphore *sem)
{
	long free = 0;

	if (!atomic_long_try_cmpxchg_acquire(&sem->count, &free, RWSEM_WRITER))
		return false;
	set_owner(sem, current);
	return true;
}

int down_read_trylock(struct rw_semaphore *sem)
{
	if (!read_fast(sem))
		return 0;
	lock_acquire(&sem->dep_map, 0, 1, 1, 1, NULL, _RET_IP_);
	return 1;
}
EXPORT_SYMBOL(down_read_trylock);

int down_write_trylock(struct rw_semaphore *sem)
{
	if (!write_fast(sem))
		return 0;
	lock_acquire(&sem->dep_map, 0, 1, 0, 1, NULL, _RET_IP_);
	return 1;
}
EXPORT_SYMBOL(down_write_trylock);

/* All the ways to take it and wait. @subclass and @ip are for the checker of lock orders. */
static __always_inline int take_read(struct rw_semaphore *sem, unsigned int state, int subclass,
				     unsigned long ip)
{
	int ret = 0;

	might_sleep();
	lock_acquire(&sem->dep_map, subclass, 0, 1, 1, NULL, ip);
	if (!read_fast(sem))
		ret = wait_in_line(sem, false, state);
	if (ret)
		lock_release(&sem->dep_map, ip);
	return ret;
}

static __always_inline int take_write(struct rw_semaphore *sem, unsigned int state, int subclass,
				      unsigned long ip)
{
	int ret;

	might_sleep();
	lock_acquire(&sem->dep_map, subclass, 0, 0, 1, NULL, ip);
	if (write_fast(sem))
		return 0;
	ret = wait_in_line(sem, true, state);
	if (ret)
		lock_release(&sem->dep_map, ip);
	else
		set_owner(sem, current);
	return ret;
}

/**
 * down_read - take it for reading; sleep until no writer has it
 * @sem: the semaphore
 *
 * Context: process, may sleep. Not twice in one task: a writer between the two would wait for
 * the first and keep out the second.
 */
void down_read(struct rw_semaphore *sem)
{
	take_read(sem, TASK_UNINTERRUPTIBLE, 0, _RET_IP_);
}
EXPORT_SYMBOL(down_read);

int down_read_interruptible(struct rw_semaphore *sem)
{
	return take_read(sem, TASK_INTERRUPTIBLE, 0, _RET_IP_);
}
EXPORT_SYMBOL(down_read_interruptible);

int down_read_killable(struct rw_semaphore *sem)
{
	return take_read(sem, TASK_KILLABLE, 0, _RET_IP_);
}
EXPORT_SYMBOL(down_read_killable);

/**
 * down_write - take it for writing; sleep until nobody else has it
 * @sem: the semaphore
 *
 * Context: process, may sleep.
 */
void down_write(struct rw_semaphore *sem)
{
	take_write(sem, TASK_UNINTERRUPTIBLE, 0, _RET_IP_);
}
EXPORT_SYMBOL(down_write);

int down_write_killable(struct rw_semaphore *sem)
{
	return take_write(sem, TASK_KILLABLE, 0, _RET_IP_);
}
EXPORT_SYMBOL(down_write_killable);

static __always_inline void drop_read(struct rw_semaphore *sem)
{
	long count = atomic_long_sub_return_release(RWSEM_READER, &sem->count);

	if (unlikely(count == RWSEM_WAITERS))
		wake_line(sem);
}

void up_read(struct rw_semaphore *sem)
{
	lock_release(&sem->dep_map, _RET_IP_);
	drop_read(sem);
}
EXPORT_SYMBOL(up_read);

#ifdef CONFIG_DEBUG
void down_read_nested(struct rw_semaphore *sem, int subclass)
{
	take_read(sem, TASK_UNINTERRUPTIBLE, subclass, _RET_IP_);
}
EXPORT_SYMBOL(down_read_nested);

void down_write_nested(struct rw_semaphore *sem, int subclass)
{
	take_write(sem, TASK_UNINTERRUPTIBLE, subclass, _RET_IP_);
}
EXPORT_SYMBOL(down_write_nested);

int down_write_killable_nested(struct rw_semaphore *sem, int subclass)
{
	return take_write(sem, TASK_KILLABLE, subclass, _RET_IP_);
}
EXPORT_SYMBOL(down_write_killable_nested);

/* Nobody's, so not among what this task holds. */
void down_read_non_owner(struct rw_semaphore *sem)
{
	might_sleep();
	if (!read_fast(sem))
		wait_in_line(sem, false, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(down_read_non_owner);

void up_read_non_owner(struct rw_semaphore *sem)
{
	drop_read(sem);
}
EXPORT_SYMBOL(up_read_non_owner);
#endif

void up_write(struct rw_semaphore *sem)
{
	lock_release(&sem->dep_map, _RET_IP_);
	set_owner(sem, NULL);
	if (unlikely(atomic_long_sub_return_release(RWSEM_WRITER, &sem->count) & RWSEM_WAITERS))
		wake_line(sem);
}
EXPORT_SYMBOL(up_write);

/* From writer to reader without letting another writer in between. */
void downgrade_write(struct rw_semaphore *sem)
{
	lock_downgrade(&sem->dep_map, _RET_IP_);
	set_owner(sem, NULL);
	if (atomic_long_add_return_release(RWSEM_READER - RWSEM_WRITER, &sem->count) &
	    RWSEM_WAITERS)
		wake_line(sem);
}
EXPORT_SYMBOL(downgrade_write);

int rwsem_is_locked(struct rw_semaphore *sem)
{
	return (atomic_long_read(&sem->count) & ~RWSEM_WAITERS) != 0;
}
EXPORT_SYMBOL(rwsem_is_locked);

int rwsem_is_contended(struct rw_semaphore *sem)
{
	return !list_empty(&sem->wait_list);
}
EXPORT_SYMBOL(rwsem_is_contended);
