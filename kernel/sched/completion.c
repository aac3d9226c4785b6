/* SPDX-License-Identifier: MIT */
/* Completions. */
#include <linux/completion.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include "swait.h"

/**
 * complete - say that it is done, once: wake one waiter, or let the next pass
 * @x: the completion
 *
 * What the caller did before is seen by the waiter.
 *
 * Context: any but NMI.
 */
void complete(struct completion *x)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&x->wait.lock, flags);
	if (x->done != UINT_MAX)
		x->done++;
	swake_first(&x->wait);
	raw_spin_unlock_irqrestore(&x->wait.lock, flags);
}
EXPORT_SYMBOL(complete);

/**
 * complete_all - say that it is done, for all: now and until reinit_completion()
 * @x: the completion
 *
 * Context: any but NMI.
 */
void complete_all(struct completion *x)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&x->wait.lock, flags);
	x->done = UINT_MAX;
	while (swait_active(&x->wait))
		swake_first(&x->wait);
	raw_spin_unlock_irqrestore(&x->wait.lock, flags);
}
EXPORT_SYMBOL(complete_all);

/* Sleep until @x is done, the time is over or a signal comes. wait.lock held. */
static long sleep_on_completion(struct completion *x, long timeout, unsigned int state)
{
	DECLARE_SWAITQUEUE(wait);

	do {
		if (signal_pending_state(state, current)) {
			timeout = -ERESTARTSYS;
			break;
		}
		swait_enqueue(&x->wait, &wait);
		__set_current_state(state);	/* ordered by the lock, which complete() takes */
		raw_spin_unlock_irq(&x->wait.lock);
		timeout = schedule_timeout(timeout);
		raw_spin_lock_irq(&x->wait.lock);
	} while (!x->done && timeout);
	swait_dequeue(&wait);
	return timeout;
}

static long wait_common(struct completion *x, long timeout, unsigned int state)
{
	might_sleep();
	raw_spin_lock_irq(&x->wait.lock);
	if (!x->done)
		timeout = sleep_on_completion(x, timeout, state);
	if (x->done) {
		if (x->done != UINT_MAX)
			x->done--;
		if (timeout <= 0)	/* it came with the last tick, or with the signal */
			timeout = 1;
	}
	raw_spin_unlock_irq(&x->wait.lock);
	return timeout;
}

/**
 * wait_for_completion - sleep until it is done
 * @x: the completion
 *
 * Context: process, may sleep; not to be interrupted.
 */
void wait_for_completion(struct completion *x)
{
	wait_common(x, MAX_SCHEDULE_TIMEOUT, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(wait_for_completion);

/**
 * wait_for_completion_timeout - sleep until it is done, but not longer than a given time
 * @x: the completion
 * @timeout: jiffies
 *
 * Return: the jiffies left, at least 1; 0 when the time is over.
 */
unsigned long wait_for_completion_timeout(struct completion *x, unsigned long timeout)
{
	return wait_common(x, timeout, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(wait_for_completion_timeout);

void wait_for_completion_io(struct completion *x)
{
	wait_common(x, MAX_SCHEDULE_TIMEOUT, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(wait_for_completion_io);

unsigned long wait_for_completion_io_timeout(struct completion *x, unsigned long timeout)
{
	return wait_common(x, timeout, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(wait_for_completion_io_timeout);

/* Return: 0; -ERESTARTSYS when a signal came first. */
int wait_for_completion_state(struct completion *x, unsigned int state)
{
	long left = wait_common(x, MAX_SCHEDULE_TIMEOUT, state);

	return left == -ERESTARTSYS ? left : 0;
}
EXPORT_SYMBOL(wait_for_completion_state);

int wait_for_completion_interruptible(struct completion *x)
{
	return wait_for_completion_state(x, TASK_INTERRUPTIBLE);
}
EXPORT_SYMBOL(wait_for_completion_interruptible);

int wait_for_completion_killable(struct completion *x)
{
	return wait_for_completion_state(x, TASK_KILLABLE);
}
EXPORT_SYMBOL(wait_for_completion_killable);

/* Return: the jiffies left, at least 1; 0 when the time is over; -ERESTARTSYS for a signal. */
long wait_for_completion_interruptible_timeout(struct completion *x, unsigned long timeout)
{
	return wait_common(x, timeout, TASK_INTERRUPTIBLE);
}
EXPORT_SYMBOL(wait_for_completion_interruptible_timeout);

long wait_for_completion_killable_timeout(struct completion *x, unsigned long timeout)
{
	return wait_common(x, timeout, TASK_KILLABLE);
}
EXPORT_SYMBOL(wait_for_completion_killable_timeout);

/**
 * try_wait_for_completion - take a completion if it is there, without sleeping
 * @x: the completion
 *
 * Context: any but NMI. Return: whether it was done.
 */
bool try_wait_for_completion(struct completion *x)
{
	unsigned long flags;
	bool done;

	if (!READ_ONCE(x->done))
		return false;
	raw_spin_lock_irqsave(&x->wait.lock, flags);
	done = x->done;
	if (done && x->done != UINT_MAX)
		x->done--;
	raw_spin_unlock_irqrestore(&x->wait.lock, flags);
	return done;
}
EXPORT_SYMBOL(try_wait_for_completion);

/**
 * completion_done - is nobody waiting because it is done?
 * @x: the completion
 *
 * When true, complete() has also let go of @x, so its memory may be reused.
 */
bool completion_done(struct completion *x)
{
	unsigned long flags;

	if (!READ_ONCE(x->done))
		return false;
	raw_spin_lock_irqsave(&x->wait.lock, flags);
	raw_spin_unlock_irqrestore(&x->wait.lock, flags);
	return true;
}
EXPORT_SYMBOL(completion_done);
