/* SPDX-License-Identifier: MIT */
/*
 * Simple wait queues: only tasks, all exclusive, woken in order. What a wake-up does is bounded,
 * so the lock is raw and they serve where a wait queue would not: completions stand on them.
 */
#ifndef _LINUX_SWAIT_H
#define _LINUX_SWAIT_H

#include <linux/list.h>
#include <linux/stddef.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

struct swait_queue_head {
	raw_spinlock_t		lock;
	struct list_head	task_list;	/* of struct swait_queue */
};

struct swait_queue {
	struct task_struct	*task;
	struct list_head	task_list;	/* empty once woken; guarded by the head's lock */
};

#define __SWAITQUEUE_INITIALIZER(name) \
	{ .task = current, .task_list = LIST_HEAD_INIT((name).task_list) }
#define DECLARE_SWAITQUEUE(name)	struct swait_queue name = __SWAITQUEUE_INITIALIZER(name)
#define __SWAIT_QUEUE_HEAD_INITIALIZER(name)				\
	{ .lock = __RAW_SPIN_LOCK_INITIALIZER(name.lock),		\
	  .task_list = LIST_HEAD_INIT((name).task_list) }
#define DECLARE_SWAIT_QUEUE_HEAD(name) \
	struct swait_queue_head name = __SWAIT_QUEUE_HEAD_INITIALIZER(name)
void __init_swait_queue_head(struct swait_queue_head *q, const char *name,
			     struct lock_class_key *key);
#define init_swait_queue_head(q)					\
do {									\
	static struct lock_class_key __key __maybe_unused;		\
	__init_swait_queue_head((q), #q, &__key);			\
} while (0)

/* Not in static memory, so its lock's class is that of the place of the declaration. */
#ifdef CONFIG_DEBUG
#define DECLARE_SWAIT_QUEUE_HEAD_ONSTACK(name) \
	struct swait_queue_head name = ({ init_swait_queue_head(&name); name; })
#else
#define DECLARE_SWAIT_QUEUE_HEAD_ONSTACK(name)	DECLARE_SWAIT_QUEUE_HEAD(name)
#endif

static inline int swait_active(struct swait_queue_head *q)
{
	return !list_empty(&q->task_list);
}

static inline bool swq_has_sleeper(struct swait_queue_head *q)
{
	smp_mb();	/* pairs with set_current_state() in prepare_to_swait_event() */
	return swait_active(q);
}

void swake_up_one(struct swait_queue_head *q);
void swake_up_all(struct swait_queue_head *q);
void swake_up_locked(struct swait_queue_head *q);
void prepare_to_swait_exclusive(struct swait_queue_head *q, struct swait_queue *wait, int state);
long prepare_to_swait_event(struct swait_queue_head *q, struct swait_queue *wait, int state);
void finish_swait(struct swait_queue_head *q, struct swait_queue *wait);

#define ___swait_event(wq, condition, state, ret, cmd)			\
({									\
	DECLARE_SWAITQUEUE(__wait);					\
	long __ret = (ret);						\
									\
	for (;;) {							\
		long __signalled = prepare_to_swait_event(&(wq), &__wait, (state)); \
									\
		if (condition)						\
			break;						\
		if (___wait_is_interruptible(state) && __signalled) {	\
			__ret = __signalled;				\
			break;						\
		}							\
		cmd;							\
	}								\
	finish_swait(&(wq), &__wait);					\
	__ret;								\
})
#define __swait_event_sleep(wq, condition, state)			\
({	long __ev = 0;							\
	if (!(condition))						\
		__ev = ___swait_event(wq, condition, state, 0, schedule()); \
	__ev; })
#define __swait_event_timed(wq, condition, state, timeout)		\
({	long __timeout = (timeout), __ret = __timeout;			\
	if (!___wait_cond_timeout(condition))				\
		__ret = ___swait_event(wq, ___wait_cond_timeout(condition), state, __timeout, \
				       __ret = schedule_timeout(__ret)); \
	__ret; })

#define swait_event_exclusive(wq, condition) \
	((void)__swait_event_sleep(wq, condition, TASK_UNINTERRUPTIBLE))
#define swait_event_idle_exclusive(wq, condition) \
	((void)__swait_event_sleep(wq, condition, TASK_IDLE))
#define swait_event_interruptible_exclusive(wq, condition) \
	({ int __evi = __swait_event_sleep(wq, condition, TASK_INTERRUPTIBLE); __evi; })
#define swait_event_timeout_exclusive(wq, condition, timeout) \
	__swait_event_timed(wq, condition, TASK_UNINTERRUPTIBLE, timeout)
#define swait_event_interruptible_timeout_exclusive(wq, condition, timeout) \
	__swait_event_timed(wq, condition, TASK_INTERRUPTIBLE, timeout)
#define swait_event_idle_timeout_exclusive(wq, condition, timeout) \
	__swait_event_timed(wq, condition, TASK_IDLE, timeout)

#endif
