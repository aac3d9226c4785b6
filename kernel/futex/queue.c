/* SPDX-License-Identifier: MIT */
/*
 * Who waits for what: a table of lists, by key. A waiter is queued with its bucket's lock held from
 * before the look at the word, and a waker changes the word before it takes that lock:
 *
 *	waiter				waker
 *	lock bucket			change the word
 *	word as expected?		lock bucket
 *	queue, state: asleep		waiters there? wake
 *	unlock bucket			unlock bucket
 *	schedule()
 *
 * so that either the waiter sees the change or the waker the waiter.
 */
#include <linux/hash.h>
#include <linux/init.h>
#include <linux/sched.h>
#include <linux/uaccess.h>
#include "internals.h"

#define BUCKET_BITS	8

static struct futex_bucket buckets[1 << BUCKET_BITS];

static int __init futex_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(buckets); i++) {
		spin_lock_init(&buckets[i].lock);
		INIT_LIST_HEAD(&buckets[i].waiters);
	}
	return 0;
}
core_initcall(futex_init);

struct futex_bucket *futex_bucket_of(const struct futex_key *key)
{
	return &buckets[hash_long((unsigned long)key->mm + key->at, BUCKET_BITS)];
}

/* futex_lock_two - the locks of two buckets, which may be the same one; the lower one first */
void futex_lock_two(struct futex_bucket *a, struct futex_bucket *b)
{
	if (a > b)
		swap(a, b);
	spin_lock(&a->lock);
	if (a != b)
		spin_lock_nested(&b->lock, SINGLE_DEPTH_NESTING);
}

void futex_unlock_two(struct futex_bucket *a, struct futex_bucket *b)
{
	spin_unlock(&a->lock);
	if (a != b)
		spin_unlock(&b->lock);
}

/* __futex_queue - @q waits in @bucket, behind all that are not less urgent. Its lock held. */
void __futex_queue(struct futex_q *q, struct futex_bucket *bucket)
{
	struct futex_q *other;

	lockdep_assert_held(&bucket->lock);
	list_for_each_entry_reverse(other, &bucket->waiters, list)
		if (other->prio <= q->prio)
			break;
	list_add(&q->list, &other->list);
	WRITE_ONCE(q->bucket, bucket);
}

/**
 * futex_unqueue - the end of a wait that nobody has ended
 * @q: the waiter
 *
 * Context: the waiting task. Return: true; false if it was woken: then it is no longer queued.
 */
bool futex_unqueue(struct futex_q *q)
{
	struct futex_bucket *bucket;

	/* A requeue may move it meanwhile. */
	while ((bucket = smp_load_acquire(&q->bucket))) {
		spin_lock(&bucket->lock);
		if (bucket == q->bucket) {
			list_del(&q->list);
			spin_unlock(&bucket->lock);
			return true;
		}
		spin_unlock(&bucket->lock);
	}
	return false;
}

/**
 * __futex_wake_waiter - end a wait
 * @q: the waiter, which may be gone when this returns
 *
 * Context: its bucket's lock held.
 */
void __futex_wake_waiter(struct futex_q *q)
{
	struct task_struct *task = get_task_struct(q->task);

	lockdep_assert_held(&q->bucket->lock);
	list_del(&q->list);
	/* With this the waiter may go on, and @q is its stack's again. */
	smp_store_release(&q->bucket, NULL);
	wake_up_state(task, TASK_NORMAL);
	put_task_struct(task);
}

/*
 * futex_read_locked - the word, with a bucket's lock held. Return: 0; -EFAULT: it is not there now.
 */
int futex_read_locked(u32 *val, u32 __user *uaddr)
{
	int err;

	pagefault_disable();
	err = get_user(*val, uaddr);
	pagefault_enable();
	return err;
}
