/* SPDX-License-Identifier: MIT */
/* Per-CPU reader-writer semaphores: see <linux/percpu-rwsem.h>. */
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/percpu-rwsem.h>
#include <linux/preempt.h>
#include <linux/sched.h>

/**
 * __percpu_init_rwsem - what percpu_init_rwsem() does
 * @sem: the semaphore, free
 * @name: for reports
 * @key: its class
 *
 * Context: process, may sleep. Return: 0; -ENOMEM.
 */
int __percpu_init_rwsem(struct percpu_rw_semaphore *sem, const char *name,
			struct lock_class_key *key)
{
	sem->read_count = alloc_percpu(unsigned int);
	if (!sem->read_count)
		return -ENOMEM;
	sem->block = false;
	__init_rwsem(&sem->rw_sem, name, key);
	init_waitqueue_head(&sem->writer);
	return 0;
}
EXPORT_SYMBOL_GPL(__percpu_init_rwsem);

/* Nobody has it, or one whose initialisation failed. */
void percpu_free_rwsem(struct percpu_rw_semaphore *sem)
{
	free_percpu(sem->read_count);
	sem->read_count = NULL;
}
EXPORT_SYMBOL_GPL(percpu_free_rwsem);

static void leave(struct percpu_rw_semaphore *sem)
{
	smp_mb();		/* what was read and written under it comes before */
	this_cpu_dec(*sem->read_count);
	smp_mb();		/* pairs with percpu_down_write() */
	if (unlikely(READ_ONCE(sem->block)))
		wake_up(&sem->writer);
}

static bool try_enter(struct percpu_rw_semaphore *sem)
{
	bool entered;

	preempt_disable();
	this_cpu_inc(*sem->read_count);
	smp_mb();		/* pairs with percpu_down_write(); and the section comes after */
	entered = likely(!READ_ONCE(sem->block));
	if (!entered)
		leave(sem);
	preempt_enable();
	return entered;
}

/**
 * percpu_down_read - take it for reading
 * @sem: the semaphore
 *
 * Context: process, may sleep.
 */
void percpu_down_read(struct percpu_rw_semaphore *sem)
{
	might_sleep();
	if (unlikely(!try_enter(sem))) {
		down_read(&sem->rw_sem);	/* no writer has it: block is off */
		this_cpu_inc(*sem->read_count);
		smp_mb();
		up_read(&sem->rw_sem);
	}
	lock_acquire(&sem->rw_sem.dep_map, 0, 0, 1, 1, NULL, _RET_IP_);
}
EXPORT_SYMBOL_GPL(percpu_down_read);

/* The same without waiting. Context: process. Return: whether it was taken. */
bool percpu_down_read_trylock(struct percpu_rw_semaphore *sem)
{
	if (!try_enter(sem))
		return false;
	lock_acquire(&sem->rw_sem.dep_map, 0, 1, 1, 1, NULL, _RET_IP_);
	return true;
}
EXPORT_SYMBOL_GPL(percpu_down_read_trylock);

void percpu_up_read(struct percpu_rw_semaphore *sem)
{
	lock_release(&sem->rw_sem.dep_map, _RET_IP_);
	preempt_disable();
	leave(sem);
	preempt_enable();
}
EXPORT_SYMBOL_GPL(percpu_up_read);

static unsigned int readers(struct percpu_rw_semaphore *sem)
{
	unsigned int cpu, sum = 0;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(*per_cpu_ptr(sem->read_count, cpu));
	smp_mb();		/* what they did comes before what the writer does */
	return sum;
}

/**
 * percpu_down_write - take it for writing
 * @sem: the semaphore
 *
 * From here on readers queue; those that have it are waited for.
 * Context: process, may sleep.
 */
void percpu_down_write(struct percpu_rw_semaphore *sem)
{
	down_write(&sem->rw_sem);
	WRITE_ONCE(sem->block, true);
	smp_mb();		/* pairs with try_enter() and leave() */
	wait_event(sem->writer, !readers(sem));
}
EXPORT_SYMBOL_GPL(percpu_down_write);

void percpu_up_write(struct percpu_rw_semaphore *sem)
{
	smp_store_release(&sem->block, false);
	up_write(&sem->rw_sem);
}
EXPORT_SYMBOL_GPL(percpu_up_write);

/* By anybody. */
bool percpu_is_read_locked(struct percpu_rw_semaphore *sem)
{
	return readers(sem) && !READ_ONCE(sem->block);
}
EXPORT_SYMBOL_GPL(percpu_is_read_locked);

bool percpu_is_write_locked(struct percpu_rw_semaphore *sem)
{
	return READ_ONCE(sem->block);
}
EXPORT_SYMBOL_GPL(percpu_is_write_locked);
