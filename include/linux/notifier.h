/* SPDX-License-Identifier: MIT */
/*
 * Lists of callbacks that want to hear of an event, called in the order of priority.
 *
 *	atomic		callbacks run in the caller's context, which may be any, NMI included
 *	blocking	callbacks may sleep; so may who registers
 *	raw		the owner does all locking
 */
#ifndef _LINUX_NOTIFIER_H
#define _LINUX_NOTIFIER_H

#include <linux/errno.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include <linux/types.h>

struct notifier_block;

typedef int (*notifier_fn_t)(struct notifier_block *nb, unsigned long action, void *data);

struct notifier_block {
	notifier_fn_t		notifier_call;
	struct notifier_block	*next;		/* guarded as the head is */
	int			priority;	/* higher first */
};

struct atomic_notifier_head {
	spinlock_t		lock;		/* writers; taken with irqs off */
	atomic_t		readers;	/* walks in progress */
	struct notifier_block	*head;
};

struct blocking_notifier_head {
	struct rw_semaphore	rwsem;		/* written by who registers, read by who calls */
	struct notifier_block	*head;
};

struct raw_notifier_head {
	struct notifier_block	*head;
};

#define ATOMIC_NOTIFIER_INIT(name) \
	{ .lock = __SPIN_LOCK_UNLOCKED((name).lock), .readers = ATOMIC_INIT(0) }
#define BLOCKING_NOTIFIER_INIT(name)	{ .rwsem = __RWSEM_INITIALIZER((name).rwsem) }
#define RAW_NOTIFIER_INIT(name)		{ .head = NULL }

#define ATOMIC_NOTIFIER_HEAD(name) \
	struct atomic_notifier_head name = ATOMIC_NOTIFIER_INIT(name)
#define BLOCKING_NOTIFIER_HEAD(name) \
	struct blocking_notifier_head name = BLOCKING_NOTIFIER_INIT(name)
#define RAW_NOTIFIER_HEAD(name) \
	struct raw_notifier_head name = RAW_NOTIFIER_INIT(name)

#define ATOMIC_INIT_NOTIFIER_HEAD(name)					\
do {									\
	spin_lock_init(&(name)->lock);					\
	atomic_set(&(name)->readers, 0);				\
	(name)->head = NULL;						\
} while (0)
#define BLOCKING_INIT_NOTIFIER_HEAD(name)				\
do {									\
	init_rwsem(&(name)->rwsem);					\
	(name)->head = NULL;						\
} while (0)
#define RAW_INIT_NOTIFIER_HEAD(name)	do { (name)->head = NULL; } while (0)

int atomic_notifier_chain_register(struct atomic_notifier_head *nh, struct notifier_block *nb);
int atomic_notifier_chain_unregister(struct atomic_notifier_head *nh, struct notifier_block *nb);
int atomic_notifier_call_chain(struct atomic_notifier_head *nh, unsigned long val, void *v);

int blocking_notifier_chain_register(struct blocking_notifier_head *nh, struct notifier_block *nb);
int blocking_notifier_chain_unregister(struct blocking_notifier_head *nh,
				       struct notifier_block *nb);
int blocking_notifier_call_chain(struct blocking_notifier_head *nh, unsigned long val, void *v);

int raw_notifier_chain_register(struct raw_notifier_head *nh, struct notifier_block *nb);
int raw_notifier_chain_unregister(struct raw_notifier_head *nh, struct notifier_block *nb);
int raw_notifier_call_chain(struct raw_notifier_head *nh, unsigned long val, void *v);

/* What a callback returns. */
#define NOTIFY_DONE		0x0000	/* not for me */
#define NOTIFY_OK		0x0001	/* seen */
#define NOTIFY_STOP_MASK	0x8000	/* do not ask the others */
#define NOTIFY_BAD		(NOTIFY_STOP_MASK | 0x0002)
#define NOTIFY_STOP		(NOTIFY_OK | NOTIFY_STOP_MASK)

static inline int notifier_from_errno(int err)
{
	return err ? NOTIFY_STOP_MASK | (NOTIFY_OK - err) : NOTIFY_OK;
}

static inline int notifier_to_errno(int ret)
{
	ret &= ~NOTIFY_STOP_MASK;
	return ret > NOTIFY_OK ? NOTIFY_OK - ret : 0;
}

#endif
