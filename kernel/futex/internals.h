/* SPDX-License-Identifier: MIT */
/* What the files of kernel/futex say to each other. */
#ifndef _FUTEX_INTERNALS_H
#define _FUTEX_INTERNALS_H

#include <linux/futex.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/spinlock.h>

struct mm_struct;
struct page;

/* flags of the calls here */
#define FLAGS_SHARED	0x01	/* other address spaces may wait and wake */
#define FLAGS_CLOCKRT	0x02	/* the time is one of CLOCK_REALTIME */

/* -- key.c: what a word is, whatever address it is seen at -- */

enum futex_space {
	FUTEX_PRIVATE,		/* nobody outside the address space asks: not counted */
	FUTEX_MM,		/* a private mapping, but asked for as shared; mm_count */
	FUTEX_PAGE,		/* a shared mapping; the page is counted */
};

struct futex_key {
	enum futex_space	space;
	union {
		struct mm_struct *mm;
		struct page	*page;
	};
	unsigned long		at;	/* the address, or the offset in the page */
};

int futex_get_key(u32 __user *uaddr, unsigned int flags, struct futex_key *key);
void futex_hold_key(const struct futex_key *key);
void futex_put_key(const struct futex_key *key);

static inline bool futex_same(const struct futex_key *a, const struct futex_key *b)
{
	return a->at == b->at && a->space == b->space && a->mm == b->mm;
}

/* -- queue.c: who waits -- */

struct futex_bucket {
	spinlock_t		lock;		/* guards the list and its waiters' key and bucket */
	struct list_head	waiters;	/* best priority first, then in order of arrival */
} ____cacheline_aligned;

/* One who waits, on its stack. */
struct futex_q {
	struct list_head	list;
	struct task_struct	*task;		/* fixed, as is to the blank line */
	u32			bitset;
	int			prio;

	struct futex_bucket	*bucket;	/* NULL: woken. Peeked at without the lock */
	struct futex_key	key;		/* counted */
};

struct futex_bucket *futex_bucket_of(const struct futex_key *key);
void futex_lock_two(struct futex_bucket *a, struct futex_bucket *b);
void futex_unlock_two(struct futex_bucket *a, struct futex_bucket *b);
void __futex_queue(struct futex_q *q, struct futex_bucket *bucket);
bool futex_unqueue(struct futex_q *q);
void __futex_wake_waiter(struct futex_q *q);
int futex_read_locked(u32 *val, u32 __user *uaddr);

/* -- The operations: wait.c, wake.c; pair.c: those on two words -- */

int futex_wait(u32 __user *uaddr, unsigned int flags, u32 val, const ktime_t *end, u32 bitset);
int __futex_wake(struct futex_bucket *bucket, const struct futex_key *key, int nr, u32 bitset);
int futex_wake(u32 __user *uaddr, unsigned int flags, int nr_wake, u32 bitset);
int futex_requeue(u32 __user *uaddr, u32 __user *uaddr2, unsigned int flags, int nr_wake,
		  int nr_requeue, const u32 *expected);
int futex_wake_op(u32 __user *uaddr, u32 __user *uaddr2, unsigned int flags, int nr_wake,
		  int nr_wake2, u32 op);

#endif
