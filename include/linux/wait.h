/* SPDX-License-Identifier: MIT */
/*
 * Wait queues: tasks that sleep until somebody who made their condition true wakes them.
 *
 * The sleeper queues itself and sets its state before it looks at the condition; the waker
 * makes the condition true before it looks at the queue. So one of the two always sees the
 * other. The wait_event family is that loop, written once.
 */
#ifndef _LINUX_WAIT_H
#define _LINUX_WAIT_H

#include <linux/list.h>
#include <linux/stddef.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/spinlock.h>

/* Before tasks, which have some. */
struct wait_queue_head {
	spinlock_t		lock;
	struct list_head	head;		/* others first, exclusive waiters behind them */
};
typedef struct wait_queue_head wait_queue_head_t;

#include <linux/sched.h>
#include <linux/ktime.h>
#include <asm/current.h>

typedef struct wait_queue_entry wait_queue_entry_t;
typedef int (*wait_queue_func_t)(struct wait_queue_entry *wq_entry, unsigned int mode, int flags,
				 void *key);
int default_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int flags,
			  void *key);

#define WQ_FLAG_EXCLUSIVE	0x01	/* a wake-up ends after as many of these as it asked for */
#define WQ_FLAG_WOKEN		0x02	/* wait_woken(): a wake-up came */
#define WQ_FLAG_PRIORITY	0x20	/* ahead of all others */

struct wait_queue_entry {
	unsigned int		flags;
	void			*private;	/* the task, for the usual functions */
	wait_queue_func_t	func;
	struct list_head	entry;		/* guarded by the head's lock */
};

#define __WAITQUEUE_INITIALIZER(name, tsk) \
	{ .private = (tsk), .func = default_wake_function, .entry = { NULL, NULL } }
#define DECLARE_WAITQUEUE(name, tsk) \
	struct wait_queue_entry name = __WAITQUEUE_INITIALIZER(name, tsk)
#define __WAIT_QUEUE_HEAD_INITIALIZER(name) \
	{ .lock = __SPIN_LOCK_INITIALIZER(name.lock), .head = LIST_HEAD_INIT(name.head) }
#define DECLARE_WAIT_QUEUE_HEAD(name) \
	struct wait_queue_head name = __WAIT_QUEUE_HEAD_INITIALIZER(name)

void __init_waitqueue_head(struct wait_queue_head *wq_head, const char *name,
			   struct lock_class_key *key);
#define init_waitqueue_head(wq_head)					\
do {									\
	static struct lock_class_key __key __maybe_unused;		\
	__init_waitqueue_head((wq_head), #wq_head, &__key);		\
} while (0)
#define __WAIT_QUEUE_HEAD_INIT_ONSTACK(name) ({ init_waitqueue_head(&name); name; })
#define DECLARE_WAIT_QUEUE_HEAD_ONSTACK(name) \
	struct wait_queue_head name = __WAIT_QUEUE_HEAD_INIT_ONSTACK(name)

static inline void init_waitqueue_entry(struct wait_queue_entry *wq_entry, struct task_struct *p)
{
	wq_entry->flags = 0;
	wq_entry->private = p;
	wq_entry->func = default_wake_function;
}

static inline void init_waitqueue_func_entry(struct wait_queue_entry *wq_entry,
					     wait_queue_func_t func)
{
	wq_entry->flags = 0;
	wq_entry->private = NULL;
	wq_entry->func = func;
}

/*
 * Is anybody waiting? Without the head's lock this is a guess, unless the caller has put a
 * full barrier between making the condition true and asking: wq_has_sleeper() does.
 */
static inline int waitqueue_active(struct wait_queue_head *wq_head)
{
	return READ_ONCE(wq_head->head.next) != &wq_head->head;
}

static inline bool wq_has_single_sleeper(struct wait_queue_head *wq_head)
{
	return list_is_singular(&wq_head->head);
}

static inline bool wq_has_sleeper(struct wait_queue_head *wq_head)
{
	smp_mb();	/* pairs with set_current_state() in prepare_to_wait() */
	return waitqueue_active(wq_head);
}

void add_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry);
void add_wait_queue_exclusive(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry);
void add_wait_queue_priority(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry);
void remove_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry);

static inline void __add_wait_queue(struct wait_queue_head *wq_head,
				    struct wait_queue_entry *wq_entry)
{
	struct list_head *at = &wq_head->head;
	struct wait_queue_entry *wq;

	list_for_each_entry(wq, &wq_head->head, entry) {
		if (!(wq->flags & WQ_FLAG_PRIORITY))
			break;
		at = &wq->entry;
	}
	list_add(&wq_entry->entry, at);
}

static inline void __add_wait_queue_entry_tail(struct wait_queue_head *wq_head,
					       struct wait_queue_entry *wq_entry)
{
	list_add_tail(&wq_entry->entry, &wq_head->head);
}

static inline void __add_wait_queue_exclusive(struct wait_queue_head *wq_head,
					      struct wait_queue_entry *wq_entry)
{
	wq_entry->flags |= WQ_FLAG_EXCLUSIVE;
	__add_wait_queue(wq_head, wq_entry);
}

static inline void __add_wait_queue_entry_tail_exclusive(struct wait_queue_head *wq_head,
							 struct wait_queue_entry *wq_entry)
{
	wq_entry->flags |= WQ_FLAG_EXCLUSIVE;
	__add_wait_queue_entry_tail(wq_head, wq_entry);
}

static inline void __remove_wait_queue(struct wait_queue_head *wq_head,
				       struct wait_queue_entry *wq_entry)
{
	list_del(&wq_entry->entry);
}

void __wake_up(struct wait_queue_head *wq_head, unsigned int mode, int nr, void *key);
void __wake_up_sync(struct wait_queue_head *wq_head, unsigned int mode);
void __wake_up_sync_key(struct wait_queue_head *wq_head, unsigned int mode, void *key);
void __wake_up_locked(struct wait_queue_head *wq_head, unsigned int mode, int nr);
void __wake_up_locked_key(struct wait_queue_head *wq_head, unsigned int mode, void *key);

#define wake_up(x)			__wake_up(x, TASK_NORMAL, 1, NULL)
#define wake_up_nr(x, nr)		__wake_up(x, TASK_NORMAL, nr, NULL)
#define wake_up_all(x)			__wake_up(x, TASK_NORMAL, 0, NULL)
#define wake_up_locked(x)		__wake_up_locked((x), TASK_NORMAL, 1)
#define wake_up_all_locked(x)		__wake_up_locked((x), TASK_NORMAL, 0)
#define wake_up_sync(x)			__wake_up_sync(x, TASK_NORMAL)
#define wake_up_interruptible(x)	__wake_up(x, TASK_INTERRUPTIBLE, 1, NULL)
#define wake_up_interruptible_nr(x, nr)	__wake_up(x, TASK_INTERRUPTIBLE, nr, NULL)
#define wake_up_interruptible_all(x)	__wake_up(x, TASK_INTERRUPTIBLE, 0, NULL)
#define wake_up_interruptible_sync(x)	__wake_up_sync((x), TASK_INTERRUPTIBLE)
/* The keyed forms tell poll() what happened; @m is a mask of EPOLL* bits. */
#define poll_to_key(m)			((void *)(uintptr_t)(m))
#define key_to_poll(m)			((__poll_t)(uintptr_t)(void *)(m))
#define wake_up_poll(x, m)		__wake_up(x, TASK_NORMAL, 1, poll_to_key(m))
#define wake_up_locked_poll(x, m)	__wake_up_locked_key((x), TASK_NORMAL, poll_to_key(m))
#define wake_up_interruptible_poll(x, m) __wake_up(x, TASK_INTERRUPTIBLE, 1, poll_to_key(m))
#define wake_up_interruptible_sync_poll(x, m) \
	__wake_up_sync_key((x), TASK_INTERRUPTIBLE, poll_to_key(m))

void init_wait_entry(struct wait_queue_entry *wq_entry, int flags);
void prepare_to_wait(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry,
		     int state);
bool prepare_to_wait_exclusive(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry,
			       int state);
long prepare_to_wait_event(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry,
			   int state);
void finish_wait(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry);
long wait_woken(struct wait_queue_entry *wq_entry, unsigned int mode, long timeout);
int woken_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int sync, void *key);
int autoremove_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int sync,
			     void *key);

#define DEFINE_WAIT_FUNC(name, function)				\
	struct wait_queue_entry name = {				\
		.private = current, .func = (function),			\
		.entry = LIST_HEAD_INIT((name).entry) }
#define DEFINE_WAIT(name)	DEFINE_WAIT_FUNC(name, autoremove_wake_function)
#define init_wait(wait)							\
do {									\
	(wait)->private = current;					\
	(wait)->func = autoremove_wake_function;			\
	INIT_LIST_HEAD(&(wait)->entry);					\
	(wait)->flags = 0;						\
} while (0)

/* ---- wait_event: sleep until a condition holds ------------------------------------------ */

#define ___wait_is_interruptible(state) \
	(!__builtin_constant_p(state) || ((state) & (TASK_INTERRUPTIBLE | TASK_WAKEKILL)))

/*
 * The loop of them all. @ret is what __ret starts as; @cmd sleeps, may use and change __ret,
 * and may say break. A signal ends an interruptible wait with -ERESTARTSYS, but only when the
 * condition is still false.
 */
#define ___wait_event(wq_head, condition, state, exclusive, ret, cmd)	\
({									\
	struct wait_queue_entry __wq_entry;				\
	long __ret = (ret);						\
									\
	init_wait_entry(&__wq_entry, (exclusive) ? WQ_FLAG_EXCLUSIVE : 0); \
	for (;;) {							\
		long __signalled = prepare_to_wait_event(&(wq_head), &__wq_entry, (state)); \
									\
		if (condition)						\
			break;						\
		if (___wait_is_interruptible(state) && __signalled) {	\
			__ret = __signalled;				\
			break;						\
		}							\
		cmd;							\
	}								\
	finish_wait(&(wq_head), &__wq_entry);				\
	__ret;								\
})

/* True at the end of a timed wait. __ret is then what is left, at least 1 if it came true. */
#define ___wait_cond_timeout(condition)					\
({									\
	bool __cond = (condition);					\
									\
	if (__cond && !__ret)						\
		__ret = 1;						\
	__cond || !__ret;						\
})

#define __wait_event_sleep(wq_head, condition, state, exclusive)	\
({	long __ev = 0;							\
	might_sleep();							\
	if (!(condition))						\
		__ev = ___wait_event(wq_head, condition, state, exclusive, 0, schedule()); \
	__ev; })
#define __wait_event_timed(wq_head, condition, state, exclusive, timeout) \
({	long __timeout = (timeout), __ret = __timeout;			\
	might_sleep();							\
	if (!___wait_cond_timeout(condition))				\
		__ret = ___wait_event(wq_head, ___wait_cond_timeout(condition), state, exclusive, \
				      __timeout, __ret = schedule_timeout(__ret)); \
	__ret; })

/* Return: nothing; 0 or -ERESTARTSYS for the interruptible and killable forms. */
#define wait_event(wq_head, condition) \
	((void)__wait_event_sleep(wq_head, condition, TASK_UNINTERRUPTIBLE, 0))
#define io_wait_event(wq_head, condition)	wait_event(wq_head, condition)
#define wait_event_idle(wq_head, condition) \
	((void)__wait_event_sleep(wq_head, condition, TASK_IDLE, 0))
#define wait_event_idle_exclusive(wq_head, condition) \
	((void)__wait_event_sleep(wq_head, condition, TASK_IDLE, 1))
#define wait_event_interruptible(wq_head, condition) \
	({ int __evi = __wait_event_sleep(wq_head, condition, TASK_INTERRUPTIBLE, 0); __evi; })
#define wait_event_interruptible_exclusive(wq_head, condition) \
	({ int __evi = __wait_event_sleep(wq_head, condition, TASK_INTERRUPTIBLE, 1); __evi; })
#define wait_event_killable(wq_head, condition) \
	({ int __evi = __wait_event_sleep(wq_head, condition, TASK_KILLABLE, 0); __evi; })
#define wait_event_killable_exclusive(wq_head, condition) \
	({ int __evi = __wait_event_sleep(wq_head, condition, TASK_KILLABLE, 1); __evi; })
#define wait_event_freezable(wq_head, condition)			\
	({ int __evi = __wait_event_sleep(wq_head, condition, TASK_INTERRUPTIBLE | TASK_FREEZABLE, 0); __evi; })
#define wait_event_freezable_exclusive(wq_head, condition)		\
	({ int __evi = __wait_event_sleep(wq_head, condition, TASK_INTERRUPTIBLE | TASK_FREEZABLE, 1); __evi; })
#define wait_event_state(wq_head, condition, state) \
	({ int __evi = __wait_event_sleep(wq_head, condition, state, 0); __evi; })

/*
 * Return: 0 when @timeout jiffies went by and the condition is still false, else the jiffies
 * left (at least 1); -ERESTARTSYS for the interruptible and killable forms.
 */
#define wait_event_timeout(wq_head, condition, timeout) \
	__wait_event_timed(wq_head, condition, TASK_UNINTERRUPTIBLE, 0, timeout)
#define wait_event_idle_timeout(wq_head, condition, timeout) \
	__wait_event_timed(wq_head, condition, TASK_IDLE, 0, timeout)
#define wait_event_idle_exclusive_timeout(wq_head, condition, timeout) \
	__wait_event_timed(wq_head, condition, TASK_IDLE, 1, timeout)
#define wait_event_interruptible_timeout(wq_head, condition, timeout) \
	__wait_event_timed(wq_head, condition, TASK_INTERRUPTIBLE, 0, timeout)
#define wait_event_killable_timeout(wq_head, condition, timeout) \
	__wait_event_timed(wq_head, condition, TASK_KILLABLE, 0, timeout)

#define wait_event_freezable_timeout(wq_head, condition, timeout) \
	__wait_event_timed(wq_head, condition, TASK_INTERRUPTIBLE | TASK_FREEZABLE, 0, timeout)

/*
 * The same by a high-resolution timer (linux/hrtimer.h). @timeout: ktime_t; KTIME_MAX for ever. The
 * interruptible form is relative, to 50 us at the task's leisure, as the other is.
 * Return: 0, or -ETIME when late; -ERESTARTSYS.
 */
#define __wait_event_hrtimeout(wq_head, condition, timeout, state)	\
({	int __evh = 0;							\
	struct hrtimer_sleeper __hs;					\
	ktime_t __hto = (timeout);					\
									\
	might_sleep();							\
	if (!(condition)) {						\
		hrtimer_init_sleeper_on_stack(&__hs, CLOCK_MONOTONIC, HRTIMER_MODE_REL); \
		if (__hto != KTIME_MAX)					\
			hrtimer_start_range_ns(&__hs.timer, __hto, 50000, HRTIMER_MODE_REL); \
		__evh = (int)___wait_event(wq_head, condition, state, 0, 0, \
					   if (!__hs.task) { __ret = -ETIME; break; } schedule()); \
		hrtimer_cancel(&__hs.timer);				\
		destroy_hrtimer_on_stack(&__hs.timer);			\
	}								\
	__evh; })
#define wait_event_hrtimeout(wq_head, condition, timeout) \
	__wait_event_hrtimeout(wq_head, condition, timeout, TASK_UNINTERRUPTIBLE)
#define wait_event_interruptible_hrtimeout(wq_head, condition, timeout) \
	__wait_event_hrtimeout(wq_head, condition, timeout, TASK_INTERRUPTIBLE)

/* @cmd1 runs before each sleep, @cmd2 after it: to drop and retake what guards the condition. */
#define wait_event_cmd(wq_head, condition, cmd1, cmd2)			\
do {									\
	if (condition)							\
		break;							\
	(void)___wait_event(wq_head, condition, TASK_UNINTERRUPTIBLE, 0, 0, \
			    cmd1; schedule(); cmd2);			\
} while (0)
#define wait_event_exclusive_cmd(wq_head, condition, cmd1, cmd2)	\
do {									\
	if (condition)							\
		break;							\
	(void)___wait_event(wq_head, condition, TASK_UNINTERRUPTIBLE, 1, 0, \
			    cmd1; schedule(); cmd2);			\
} while (0)

/* The caller holds @lock, which guards the condition; it is dropped while the task sleeps. */
#define __wait_event_lock(wq_head, condition, state, lock, cmd)		\
({	long __ev = 0;							\
	if (!(condition))						\
		__ev = ___wait_event(wq_head, condition, state, 0, 0,	\
				     spin_unlock_irq(&(lock)); cmd;	\
				     schedule(); spin_lock_irq(&(lock))); \
	__ev; })
#define wait_event_lock_irq_cmd(wq_head, condition, lock, cmd) \
	((void)__wait_event_lock(wq_head, condition, TASK_UNINTERRUPTIBLE, lock, cmd))
#define wait_event_lock_irq(wq_head, condition, lock) \
	wait_event_lock_irq_cmd(wq_head, condition, lock, )
#define wait_event_interruptible_lock_irq_cmd(wq_head, condition, lock, cmd) \
	({ int __evi = __wait_event_lock(wq_head, condition, TASK_INTERRUPTIBLE, lock, cmd); __evi; })
#define wait_event_interruptible_lock_irq(wq_head, condition, lock) \
	wait_event_interruptible_lock_irq_cmd(wq_head, condition, lock, )
#define __wait_event_lock_timeout(wq_head, condition, lock, timeout, state) \
({	long __timeout = (timeout), __ret = __timeout;			\
	if (!___wait_cond_timeout(condition))				\
		__ret = ___wait_event(wq_head, ___wait_cond_timeout(condition), state, 0, __timeout, \
				      spin_unlock_irq(&(lock));		\
				      __ret = schedule_timeout(__ret);	\
				      spin_lock_irq(&(lock)));		\
	__ret; })
#define wait_event_lock_irq_timeout(wq_head, condition, lock, timeout) \
	__wait_event_lock_timeout(wq_head, condition, lock, timeout, TASK_UNINTERRUPTIBLE)
#define wait_event_interruptible_lock_irq_timeout(wq_head, condition, lock, timeout) \
	__wait_event_lock_timeout(wq_head, condition, lock, timeout, TASK_INTERRUPTIBLE)

/* The caller holds the queue head's own lock. */
int do_wait_intr(struct wait_queue_head *wq, struct wait_queue_entry *wait);
int do_wait_intr_irq(struct wait_queue_head *wq, struct wait_queue_entry *wait);
#define __wait_event_interruptible_locked(wq, condition, exclusive, fn)	\
({	int __ret = 0;							\
	DEFINE_WAIT(__wait);						\
	if (exclusive)							\
		__wait.flags |= WQ_FLAG_EXCLUSIVE;			\
	while (!(condition)) {						\
		__ret = fn(&(wq), &__wait);				\
		if (__ret)						\
			break;						\
	}								\
	if (!list_empty(&__wait.entry))					\
		__remove_wait_queue(&(wq), &__wait);			\
	__set_current_state(TASK_RUNNING);				\
	__ret; })
#define wait_event_interruptible_locked(wq, condition) \
	__wait_event_interruptible_locked(wq, condition, 0, do_wait_intr)
#define wait_event_interruptible_locked_irq(wq, condition) \
	__wait_event_interruptible_locked(wq, condition, 0, do_wait_intr_irq)
#define wait_event_interruptible_exclusive_locked(wq, condition) \
	__wait_event_interruptible_locked(wq, condition, 1, do_wait_intr)
#define wait_event_interruptible_exclusive_locked_irq(wq, condition) \
	__wait_event_interruptible_locked(wq, condition, 1, do_wait_intr_irq)

#endif
