/* SPDX-License-Identifier: MIT */
/* Counting semaphores. up() hands the unit to the first waiter, so nobody can overtake it. */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/semaphore.h>

struct semaphore_waiter {
	struct list_head	list;		/* both guarded by the semaphore's lock */
	bool			up;		/* it has the unit */
	struct task_struct	*task;
};

/* No unit is free. The lock is held, and dropped while the task sleeps. */
static int wait_for_unit(struct semaphore *sem, unsigned int state, long timeout)
{
	struct semaphore_waiter waiter = { .task = current };
	int ret = 0;

	list_add_tail(&waiter.list, &sem->wait_list);
	for (;;) {
		if (signal_pending_state(state, current)) {
			ret = -EINTR;
			break;
		}
		if (timeout <= 0) {
			ret = -ETIME;
			break;
		}
		__set_current_state(state);	/* ordered by the lock, which up() takes */
		raw_spin_unlock_irq(&sem->lock);
		timeout = schedule_timeout(timeout);
		raw_spin_lock_irq(&sem->lock);
		if (waiter.up)
			return 0;
	}
	list_del(&waiter.list);
	return ret;
}

static int down_common(struct semaphore *sem, unsigned int state, long timeout)
{
	unsigned long flags;
	int ret = 0;

	might_sleep();
	raw_spin_lock_irqsave(&sem->lock, flags);
	if (likely(sem->count > 0))
		sem->count--;
	else
		ret = wait_for_unit(sem, state, timeout);
	raw_spin_unlock_irqrestore(&sem->lock, flags);
	return ret;
}

/**
 * down - take a unit; sleep until there is one
 * @sem: the semaphore
 *
 * Context: process, may sleep.
 */
void down(struct semaphore *sem)
{
	down_common(sem, TASK_UNINTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
}
EXPORT_SYMBOL(down);

/* Return: 0; -EINTR when a signal came first. */
int down_interruptible(struct semaphore *sem)
{
	return down_common(sem, TASK_INTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
}
EXPORT_SYMBOL(down_interruptible);

int down_killable(struct semaphore *sem)
{
	return down_common(sem, TASK_KILLABLE, MAX_SCHEDULE_TIMEOUT);
}
EXPORT_SYMBOL(down_killable);

/* Return: 0; -ETIME when @timeout jiffies went by. */
int down_timeout(struct semaphore *sem, long timeout)
{
	return down_common(sem, TASK_UNINTERRUPTIBLE, timeout);
}
EXPORT_SYMBOL(down_timeout);

/**
 * down_trylock - take a unit if there is one
 * @sem: the semaphore
 *
 * Context: any but NMI. Return: 0 if it has one, 1 if not: the other way round from
 * mutex_trylock() and spin_trylock().
 */
int down_trylock(struct semaphore *sem)
{
	unsigned long flags;
	bool got;

	raw_spin_lock_irqsave(&sem->lock, flags);
	got = sem->count > 0;
	if (got)
		sem->count--;
	raw_spin_unlock_irqrestore(&sem->lock, flags);
	return !got;
}
EXPORT_SYMBOL(down_trylock);

/**
 * up - give a unit back, or one more
 * @sem: the semaphore
 *
 * Context: any but NMI; any task.
 */
void up(struct semaphore *sem)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&sem->lock, flags);
	if (likely(list_empty(&sem->wait_list))) {
		sem->count++;
	} else {
		struct semaphore_waiter *first =
			list_first_entry(&sem->wait_list, struct semaphore_waiter, list);

		list_del(&first->list);
		first->up = true;
		wake_up_process(first->task);
	}
	raw_spin_unlock_irqrestore(&sem->lock, flags);
}
EXPORT_SYMBOL(up);
