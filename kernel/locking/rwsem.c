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
	sem->owner = NULL;
	sem->dep_map.name = name;
	sem->dep_map.key = key;
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
int down_read_trylock(struct rw_semaphore *sem)
{
	long count = atomic_long_read(&sem->count);

	do {
		if (count & (RWSEM_WRITER | RWSEM_WAITERS))
			return 0;
	} while (!atomic_long_try_cmpxchg_acquire(&sem->count, &count, count + RWSEM_READER));
	return 1;
}
EXPORT_SYMBOL(down_read_trylock);

int down_write_trylock(struct rw_semaphore *sem)
{
	long free = 0;

	if (!atomic_long_try_cmpxchg_acquire(&sem->count, &free, RWSEM_WRITER))
		return 0;
	set_owner(sem, current);
	return 1;
}
EXPORT_SYMBOL(down_write_trylock);

/**
 * down_read - take it for reading; sleep until no writer has it
 * @sem: the semaphore
 *
 * Context: process, may sleep. Not twice in one task: a writer between the two would wait for
 * the first and keep out the second.
 */
void down_read(struct rw_semaphore *sem)
{
	might_sleep();
	if (!down_read_trylock(sem))
		wait_in_line(sem, false, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(down_read);

int down_read_interruptible(struct rw_semaphore *sem)
{
	might_sleep();
	return down_read_trylock(sem) ? 0 : wait_in_line(sem, false, TASK_INTERRUPTIBLE);
}
EXPORT_SYMBOL(down_read_interruptible);

int down_read_killable(struct rw_semaphore *sem)
{
	might_sleep();
	return down_read_trylock(sem) ? 0 : wait_in_line(sem, false, TASK_KILLABLE);
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
	might_sleep();
	if (down_write_trylock(sem))
		return;
	wait_in_line(sem, true, TASK_UNINTERRUPTIBLE);
	set_owner(sem, current);
}
EXPORT_SYMBOL(down_write);

int down_write_killable(struct rw_semaphore *sem)
{
	might_sleep();
	if (down_write_trylock(sem))
		return 0;
	if (wait_in_line(sem, true, TASK_KILLABLE))
		return -EINTR;
	set_owner(sem, current);
	return 0;
}
EXPORT_SYMBOL(down_write_killable);

void up_read(struct rw_semaphore *sem)
{
	long count = atomic_long_sub_return_release(RWSEM_READER, &sem->count);

	if (unlikely(count == RWSEM_WAITERS))
		wake_line(sem);
}
EXPORT_SYMBOL(up_read);

void up_write(struct rw_semaphore *sem)
{
	set_owner(sem, NULL);
	if (unlikely(atomic_long_sub_return_release(RWSEM_WRITER, &sem->count) & RWSEM_WAITERS))
		wake_line(sem);
}
EXPORT_SYMBOL(up_write);

/* From writer to reader without letting another writer in between. */
void downgrade_write(struct rw_semaphore *sem)
{
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
