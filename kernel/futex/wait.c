/* SPDX-License-Identifier: MIT */
/* FUTEX_WAIT: sleep while a word has the value that the program saw. */
#include <linux/errno.h>
#include <linux/hrtimer.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/time64.h>
#include <linux/uaccess.h>
#include "internals.h"

#define SLACK_NSEC	50000	/* later than asked for, so that wake-ups come together */

/* Real-time tasks are woken by priority, the others in the order in which they came. */
static int queue_prio(struct task_struct *task)
{
	return min(task->normal_prio, MAX_RT_PRIO);
}

/* Return: 0: queued, and asleep as far as its state; -EWOULDBLOCK; -EFAULT; -EINVAL. */
static int queue_if_equal(struct futex_q *q, u32 __user *uaddr, unsigned int flags, u32 val)
{
	struct futex_bucket *bucket;
	u32 now;
	int err;

again:
	err = futex_get_key(uaddr, flags, &q->key);
	if (err)
		return err;
	bucket = futex_bucket_of(&q->key);
	spin_lock(&bucket->lock);
	err = futex_read_locked(&now, uaddr);
	if (!err && now == val) {
		__futex_queue(q, bucket);
		set_current_state(TASK_INTERRUPTIBLE | TASK_FREEZABLE);
		spin_unlock(&bucket->lock);
		return 0;
	}
	spin_unlock(&bucket->lock);
	futex_put_key(&q->key);
	if (!err)
		return -EWOULDBLOCK;
	/* Brought in, it may be another page by now. */
	if (get_user(now, uaddr))
		return -EFAULT;
	goto again;
}

/* Queued: until it is not, a signal comes, or the time is over. */
static void sleep_queued(struct futex_q *q, struct hrtimer_sleeper *timeout)
{
	if (timeout)
		hrtimer_sleeper_start_expires(timeout, HRTIMER_MODE_ABS);
	if (READ_ONCE(q->bucket) && (!timeout || READ_ONCE(timeout->task)))
		schedule();
	__set_current_state(TASK_RUNNING);
}

/* Return: 0: woken; -ETIMEDOUT; -EINTR: a signal; as queue_if_equal(). */
static int wait_for_wake(u32 __user *uaddr, unsigned int flags, u32 val, u32 bitset,
			 struct hrtimer_sleeper *timeout)
{
	struct futex_q q = { .task = current, .bitset = bitset, .prio = queue_prio(current) };
	bool woken;
	int err;

	/* Woken by nobody and nothing, it looks at the word again. */
	do {
		err = queue_if_equal(&q, uaddr, flags, val);
		if (err)
			return err;
		sleep_queued(&q, timeout);
		woken = !futex_unqueue(&q);
		futex_put_key(&q.key);
		if (woken)
			return 0;
		if (timeout && !READ_ONCE(timeout->task))
			return -ETIMEDOUT;
	} while (!signal_pending(current));
	return -EINTR;
}

static long futex_restart(struct restart_block *restart)
{
	ktime_t end = (ktime_t)restart->futex.time;

	restart->fn = NULL;
	return futex_wait(restart->futex.uaddr, restart->futex.flags, restart->futex.val, &end,
			  restart->futex.bitset);
}

/**
 * futex_wait - wait for a wake-up
 * @uaddr: the word
 * @flags: FLAGS_*
 * @val: what it has to be, else there is nothing to wait for
 * @end: until when, by the clock of @flags; NULL for ever
 * @bitset: wake-ups with one of these bits are for it
 *
 * Context: process, may sleep.
 * Return: 0: woken; -EWOULDBLOCK; -ETIMEDOUT; -EFAULT; -EINVAL; -ERESTARTSYS, or with a time
 * -ERESTART_RESTARTBLOCK, for a signal.
 */
int futex_wait(u32 __user *uaddr, unsigned int flags, u32 val, const ktime_t *end, u32 bitset)
{
	struct restart_block *restart = &current->restart_block;
	struct hrtimer_sleeper timeout;
	int err;

	if (!bitset)
		return -EINVAL;
	if (end) {
		hrtimer_init_sleeper_on_stack(&timeout, flags & FLAGS_CLOCKRT ? CLOCK_REALTIME
					      : CLOCK_MONOTONIC, HRTIMER_MODE_ABS);
		hrtimer_set_expires_range_ns(&timeout.timer, *end, SLACK_NSEC);
	}
	err = wait_for_wake(uaddr, flags, val, bitset, end ? &timeout : NULL);
	if (end) {
		hrtimer_cancel(&timeout.timer);
		destroy_hrtimer_on_stack(&timeout.timer);
	}
	if (err != -EINTR)
		return err;
	if (!end)
		return -ERESTARTSYS;
	restart->fn = futex_restart;
	restart->futex.uaddr = uaddr;
	restart->futex.val = val;
	restart->futex.flags = flags;
	restart->futex.bitset = bitset;
	restart->futex.time = (u64)*end;
	return -ERESTART_RESTARTBLOCK;
}
