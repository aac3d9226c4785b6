/* SPDX-License-Identifier: MIT */
/* FUTEX_WAKE: end the waits of those who wait for a word. */
#include <linux/errno.h>
#include "internals.h"

/* __futex_wake - waiters of @key, at most @nr, but one in any case, as Linux has it. Lock held. */
int __futex_wake(struct futex_bucket *bucket, const struct futex_key *key, int nr, u32 bitset)
{
	struct futex_q *q, *next;
	int woken = 0;

	list_for_each_entry_safe(q, next, &bucket->waiters, list) {
		if (!futex_same(&q->key, key) || !(q->bitset & bitset))
			continue;
		__futex_wake_waiter(q);
		if (++woken >= nr)
			break;
	}
	return woken;
}

/**
 * futex_wake - end the waits of some who wait for a word
 * @uaddr: the word, which is not looked at
 * @flags: FLAGS_SHARED or 0, as the waiters said
 * @nr_wake: how many at most
 * @bitset: those with one of these bits
 *
 * Context: process, may sleep. Return: how many there were; -EINVAL; -EFAULT.
 */
int futex_wake(u32 __user *uaddr, unsigned int flags, int nr_wake, u32 bitset)
{
	struct futex_bucket *bucket;
	struct futex_key key;
	int ret;

	if (!bitset)
		return -EINVAL;
	ret = futex_get_key(uaddr, flags, &key);
	if (ret)
		return ret;
	bucket = futex_bucket_of(&key);
	spin_lock(&bucket->lock);
	ret = __futex_wake(bucket, &key, nr_wake, bitset);
	spin_unlock(&bucket->lock);
	futex_put_key(&key);
	return ret;
}
