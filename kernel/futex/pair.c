/* SPDX-License-Identifier: MIT */
/*
 * The operations on two words: FUTEX_REQUEUE lets waiters of one wait for the other, FUTEX_WAKE_OP
 * changes one and wakes waiters of both.
 */
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/uaccess.h>
#include "internals.h"

/* -- Two keys ---------------------------------------------------------------------------------- */

/* Two keys and their buckets, which are locked between pair_lock() and pair_unlock(). */
struct pair {
	u32 __user		*uaddr[2];
	struct futex_key	key[2];
	struct futex_bucket	*bucket[2];
};

static int pair_get(struct pair *p, unsigned int flags)
{
	int err = futex_get_key(p->uaddr[0], flags, &p->key[0]);

	if (err)
		return err;
	err = futex_get_key(p->uaddr[1], flags, &p->key[1]);
	if (err) {
		futex_put_key(&p->key[0]);
		return err;
	}
	p->bucket[0] = futex_bucket_of(&p->key[0]);
	p->bucket[1] = futex_bucket_of(&p->key[1]);
	return 0;
}

static void pair_put(struct pair *p)
{
	futex_put_key(&p->key[0]);
	futex_put_key(&p->key[1]);
}

static void pair_lock(struct pair *p)
{
	futex_lock_two(p->bucket[0], p->bucket[1]);
}

static void pair_unlock(struct pair *p)
{
	futex_unlock_two(p->bucket[0], p->bucket[1]);
}

/* -- FUTEX_REQUEUE ----------------------------------------------------------------------------- */

/* @q waits for the second word from here on. Both locks held. */
static void requeue(struct futex_q *q, struct pair *p)
{
	futex_put_key(&q->key);
	q->key = p->key[1];
	futex_hold_key(&q->key);
	list_del(&q->list);
	__futex_queue(q, p->bucket[1]);
}

static int requeue_some(struct pair *p, int nr_wake, int nr_requeue)
{
	struct futex_q *q, *next;
	int n = 0;

	list_for_each_entry_safe(q, next, &p->bucket[0]->waiters, list) {
		if (n - nr_wake >= nr_requeue)
			break;
		if (!futex_same(&q->key, &p->key[0]))
			continue;
		if (++n <= nr_wake)
			__futex_wake_waiter(q);
		else if (!futex_same(&p->key[0], &p->key[1]))
			requeue(q, p);
	}
	return n;
}

/**
 * futex_requeue - wake some of those who wait for a word, and let others wait for another one
 * @uaddr: the word
 * @uaddr2: the other
 * @flags: FLAGS_SHARED or 0, for both
 * @nr_wake: how many to wake
 * @nr_requeue: how many of the rest to move
 * @expected: what the first word has to be, or NULL
 *
 * Context: process, may sleep.
 * Return: how many were woken or moved; -EAGAIN: not @expected; -EINVAL; -EFAULT.
 */
int futex_requeue(u32 __user *uaddr, u32 __user *uaddr2, unsigned int flags, int nr_wake,
		  int nr_requeue, const u32 *expected)
{
	struct pair p = { .uaddr = { uaddr, uaddr2 } };
	u32 now;
	int ret;

	if (nr_wake < 0 || nr_requeue < 0)
		return -EINVAL;
again:
	ret = pair_get(&p, flags);
	if (ret)
		return ret;
	pair_lock(&p);
	if (expected && futex_read_locked(&now, uaddr)) {
		pair_unlock(&p);
		pair_put(&p);
		if (get_user(now, uaddr))
			return -EFAULT;
		goto again;
	}
	if (expected && now != *expected)
		ret = -EAGAIN;
	else
		ret = requeue_some(&p, nr_wake, nr_requeue);
	pair_unlock(&p);
	pair_put(&p);
	return ret;
}

/* -- FUTEX_WAKE_OP ----------------------------------------------------------------------------- */

/* Return: 0; -ENOSYS: no such operation. */
static int apply(unsigned int op, u32 old, u32 arg, u32 *new)
{
	switch (op) {
	case FUTEX_OP_SET:
		*new = arg;
		return 0;
	case FUTEX_OP_ADD:
		*new = old + arg;
		return 0;
	case FUTEX_OP_OR:
		*new = old | arg;
		return 0;
	case FUTEX_OP_ANDN:
		*new = old & ~arg;
		return 0;
	case FUTEX_OP_XOR:
		*new = old ^ arg;
		return 0;
	default:
		return -ENOSYS;
	}
}

/* Return: whether; -ENOSYS: no such comparison. */
static int compare(unsigned int cmp, int old, int arg)
{
	switch (cmp) {
	case FUTEX_OP_CMP_EQ:
		return old == arg;
	case FUTEX_OP_CMP_NE:
		return old != arg;
	case FUTEX_OP_CMP_LT:
		return old < arg;
	case FUTEX_OP_CMP_GE:
		return old >= arg;
	case FUTEX_OP_CMP_LE:
		return old <= arg;
	case FUTEX_OP_CMP_GT:
		return old > arg;
	default:
		return -ENOSYS;
	}
}

/* A field of 12 bits with its sign. */
static int signed_field(u32 field)
{
	return (int)(field << 20) >> 20;
}

/*
 * Do what @encoded says to the word, in one step, page faults off. Return: whether what it was
 * compares as
 * @encoded says; -EFAULT; -ENOSYS.
 */
static int change_word(u32 __user *uaddr, u32 encoded)
{
	unsigned int op = encoded >> 28 & 0xf;
	u32 arg = signed_field(encoded >> 12), old, new;
	int err;

	if (op & FUTEX_OP_OPARG_SHIFT)
		arg = 1U << (arg & 31);
	pagefault_disable();
	err = get_user(old, uaddr);
	for (;;) {
		u32 seen = old;

		err = err ?: apply(op & 7, old, arg, &new) ?: cmpxchg_user(uaddr, &seen, new);
		if (err || seen == old)
			break;
		old = seen;
	}
	pagefault_enable();
	return err ?: compare(encoded >> 24 & 0xf, old, signed_field(encoded));
}

/* A write of what is there brings it in to write. Return: 0; -EFAULT. */
static int fault_in_word(u32 __user *uaddr)
{
	u32 old;

	return get_user(old, uaddr) ?: cmpxchg_user(uaddr, &old, old);
}

/**
 * futex_wake_op - change one word, wake who waits for another, and perhaps who waits for the first
 * @uaddr: whose waiters are woken
 * @uaddr2: the word to change; its waiters are woken if what it was compares as @op says
 * @flags: FLAGS_SHARED or 0, for both
 * @nr_wake: how many of the one
 * @nr_wake2: and of the other
 * @op: FUTEX_OP()
 *
 * Context: process, may sleep. Return: how many were woken; -EFAULT; -EINVAL; -ENOSYS.
 */
int futex_wake_op(u32 __user *uaddr, u32 __user *uaddr2, unsigned int flags, int nr_wake,
		  int nr_wake2, u32 op)
{
	struct pair p = { .uaddr = { uaddr, uaddr2 } };
	int ret, yes;

again:
	ret = pair_get(&p, flags);
	if (ret)
		return ret;
	pair_lock(&p);
	yes = change_word(uaddr2, op);
	if (yes >= 0) {
		ret = __futex_wake(p.bucket[0], &p.key[0], nr_wake, FUTEX_BITSET_MATCH_ANY);
		if (yes)
			ret += __futex_wake(p.bucket[1], &p.key[1], nr_wake2, FUTEX_BITSET_MATCH_ANY);
	}
	pair_unlock(&p);
	pair_put(&p);
	if (yes == -EFAULT && !fault_in_word(uaddr2))
		goto again;
	return yes < 0 ? yes : ret;
}
