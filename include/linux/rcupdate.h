/* SPDX-License-Identifier: MIT */
/*
 * RCU: readers that take no lock, writers that wait for them. kernel/rcu/ implements it.
 *
 * A reader is what runs between rcu_read_lock() and rcu_read_unlock(), or with preemption,
 * bottom halves or interrupts off. It may be preempted in the first form, and must not sleep in
 * any. When a grace period has passed, every reader that ran as it was asked for has ended:
 * synchronize_rcu() waits for one, call_rcu() has a function called after one.
 */
#ifndef _LINUX_RCUPDATE_H
#define _LINUX_RCUPDATE_H

#include <linux/atomic.h>
#include <linux/bottom_half.h>
#include <linux/compiler.h>
#include <linux/irqflags.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/stddef.h>
#include <linux/thread_info.h>
#include <linux/types.h>
#include <asm/barrier.h>

/* ---- Readers ---------------------------------------------------------------------------- */

void rcu_read_unlock_special(void);

/* The debug build keeps readers among the locks that are held. */
#ifdef CONFIG_DEBUG
extern struct lockdep_map rcu_lock_map, rcu_bh_lock_map, rcu_sched_lock_map;
void rcu_unbalanced(void);
#define rcu_lock_acquire(map)	lock_acquire((map), 0, 0, 2, 0, NULL, _THIS_IP_)
#define rcu_lock_release(map)	lock_release((map), _THIS_IP_)
#else
#define rcu_lock_acquire(map)	do { } while (0)
#define rcu_lock_release(map)	do { } while (0)
#endif

/**
 * rcu_read_lock - begin a reader; they nest
 *
 * Context: any. No grace period that is asked for from now on ends before the reader does.
 */
static __always_inline void rcu_read_lock(void)
{
	current_thread_info()->rcu_depth++;
	barrier();
	rcu_lock_acquire(&rcu_lock_map);
}

/**
 * rcu_read_unlock - end a reader
 *
 * Context: as rcu_read_lock()'s; by the same task.
 */
static __always_inline void rcu_read_unlock(void)
{
	struct thread_info *ti = current_thread_info();

	barrier();
#ifdef CONFIG_DEBUG
	if (unlikely(ti->rcu_depth <= 0)) {
		rcu_unbalanced();
		return;
	}
#endif
	rcu_lock_release(&rcu_lock_map);
	/* The count falls first: an interrupt from here on is no part of this reader. */
	if (--ti->rcu_depth == 0) {
		barrier();
		if (unlikely(READ_ONCE(ti->rcu_special)))
			rcu_read_unlock_special();
	}
}

/* The other two forms need no count of their own: preempt_count has it. */
static __always_inline void rcu_read_lock_bh(void)
{
	local_bh_disable();
	rcu_lock_acquire(&rcu_bh_lock_map);
}

static __always_inline void rcu_read_unlock_bh(void)
{
	rcu_lock_release(&rcu_bh_lock_map);
	local_bh_enable();
}

static __always_inline void rcu_read_lock_sched(void)
{
	preempt_disable();
	rcu_lock_acquire(&rcu_sched_lock_map);
}

static __always_inline void rcu_read_unlock_sched(void)
{
	rcu_lock_release(&rcu_sched_lock_map);
	preempt_enable();
}

static __always_inline void rcu_read_lock_sched_notrace(void)	{ preempt_disable_notrace(); }
static __always_inline void rcu_read_unlock_sched_notrace(void)	{ preempt_enable_notrace(); }

#define rcu_preempt_depth()	READ_ONCE(current_thread_info()->rcu_depth)
bool rcu_is_watching(void);

/* Whether this is a reader: for assertions. Where nothing checks them they say yes. */
#ifdef CONFIG_DEBUG
static inline int rcu_read_lock_held(void)
{
	return rcu_preempt_depth() > 0;
}

static inline int rcu_read_lock_bh_held(void)
{
	return in_softirq() || irqs_disabled();
}

static inline int rcu_read_lock_sched_held(void)
{
	return !preemptible();
}

static inline int rcu_read_lock_any_held(void)
{
	return rcu_read_lock_held() || !preemptible();
}

void lockdep_rcu_suspicious(const char *file, int line, const char *s);
#define RCU_LOCKDEP_WARN(c, s)						\
do {									\
	static bool __rcu_warned;					\
	if (unlikely(c) && !READ_ONCE(__rcu_warned)) {			\
		WRITE_ONCE(__rcu_warned, true);				\
		lockdep_rcu_suspicious(__FILE__, __LINE__, s);		\
	}								\
} while (0)
#else
static inline int rcu_read_lock_held(void)	{ return 1; }
static inline int rcu_read_lock_bh_held(void)	{ return 1; }
static inline int rcu_read_lock_sched_held(void) { return !preemptible(); }
static inline int rcu_read_lock_any_held(void)	{ return !preemptible(); }
#define RCU_LOCKDEP_WARN(c, s)	do { (void)sizeof(c); } while (0)
#endif
#define rcu_sleep_check() \
	RCU_LOCKDEP_WARN(rcu_preempt_depth() > 0, "Illegal context switch in RCU read-side critical section")

/* ---- Pointers --------------------------------------------------------------------------- */

#define RCU_INITIALIZER(v)	((typeof(*(v)) *)(v))
#define RCU_POINTER_INITIALIZER(p, v) .p = RCU_INITIALIZER(v)
#define rcu_check_sparse(p, space)
#define rcu_head_after_call_rcu(rhp, f) ((rhp)->func == (f))

/* What @v points to is written before a reader can find it; NULL needs no order. */
#define rcu_assign_pointer(p, v)					\
do {									\
	uintptr_t __rcu_v = (uintptr_t)(v);				\
									\
	if (__builtin_constant_p(v) && __rcu_v == (uintptr_t)NULL)	\
		WRITE_ONCE((p), (typeof(p))__rcu_v);			\
	else								\
		smp_store_release(&(p), (typeof(p))__rcu_v);		\
} while (0)
/* For what readers can't reach yet, or @v NULL. */
#define RCU_INIT_POINTER(p, v)	WRITE_ONCE(p, RCU_INITIALIZER(v))
/* Writers only: the old pointer, the new one in its place. @c: what makes it safe. */
#define rcu_replace_pointer(rcu_ptr, ptr, c)				\
({	typeof(ptr) __rcu_old = rcu_dereference_protected((rcu_ptr), (c)); \
	rcu_assign_pointer((rcu_ptr), (ptr));				\
	__rcu_old; })
#define rcu_swap_protected(rcu_ptr, ptr, c)				\
do {									\
	typeof(ptr) __rcu_new = rcu_dereference_protected((rcu_ptr), (c)); \
	rcu_assign_pointer((rcu_ptr), (ptr));				\
	(ptr) = __rcu_new;						\
} while (0)
/* The value, not to be followed. */
#define rcu_access_pointer(p)	((typeof(*(p)) *)READ_ONCE(p))
/* The reference count or lock that the pointer's user has now takes over from the reader. */
#define rcu_pointer_handoff(p)	(p)

/*
 * What follows through the pointer is ordered by the address. @c: what else than the reader of
 * that kind allows it; looked at in the debug build.
 */
#define __rcu_dereference_check(p, c, text)				\
({	RCU_LOCKDEP_WARN(!(c), "suspicious " text "() usage");		\
	(typeof(*(p)) *)READ_ONCE(p); })
#define rcu_dereference_raw(p)	((typeof(*(p)) *)READ_ONCE(p))
#define rcu_dereference_raw_check(p) rcu_dereference_raw(p)
#define rcu_dereference_check(p, c) \
	__rcu_dereference_check(p, (c) || rcu_read_lock_held(), "rcu_dereference_check")
#define rcu_dereference_bh_check(p, c) \
	__rcu_dereference_check(p, (c) || rcu_read_lock_bh_held(), "rcu_dereference_bh_check")
#define rcu_dereference_sched_check(p, c) \
	__rcu_dereference_check(p, (c) || rcu_read_lock_sched_held(), "rcu_dereference_sched_check")
#define rcu_dereference(p)	rcu_dereference_check(p, 0)
#define rcu_dereference_bh(p)	rcu_dereference_bh_check(p, 0)
#define rcu_dereference_sched(p) rcu_dereference_sched_check(p, 0)
/* Writers, who keep others out by @c. */
#define rcu_dereference_protected(p, c)					\
({	RCU_LOCKDEP_WARN(!(c), "suspicious rcu_dereference_protected() usage"); \
	(typeof(*(p)) *)(p); })

/* ---- Grace periods ---------------------------------------------------------------------- */

void call_rcu(struct rcu_head *head, rcu_callback_t func);
#define call_rcu_hurry(head, func) call_rcu((head), (func))
void synchronize_rcu(void);
void synchronize_rcu_expedited(void);
void rcu_barrier(void);

/* By cookie: what must have passed. Linux's names. */
#define RCU_GET_STATE_COMPLETED	0x1UL
static inline unsigned long get_completed_synchronize_rcu(void)
{
	return RCU_GET_STATE_COMPLETED;
}
unsigned long get_state_synchronize_rcu(void);
unsigned long start_poll_synchronize_rcu(void);
bool poll_state_synchronize_rcu(unsigned long cookie);
void cond_synchronize_rcu(unsigned long cookie);
unsigned long start_poll_synchronize_rcu_expedited(void);
void cond_synchronize_rcu_expedited(unsigned long cookie);

/* The names of the time before preemption-off regions and readers were waited for together. */
#define synchronize_sched()	synchronize_rcu()
#define synchronize_rcu_bh()	synchronize_rcu()
#define call_rcu_sched(head, func) call_rcu((head), (func))
#define call_rcu_bh(head, func)	call_rcu((head), (func))
#define rcu_barrier_bh()	rcu_barrier()
#define rcu_barrier_sched()	rcu_barrier()

static inline void init_rcu_head(struct rcu_head *head) { }
static inline void destroy_rcu_head(struct rcu_head *head) { }
static inline void init_rcu_head_on_stack(struct rcu_head *head) { }
static inline void destroy_rcu_head_on_stack(struct rcu_head *head) { }
void rcu_head_init(struct rcu_head *head);

/* ---- Freeing ---------------------------------------------------------------------------- */

/* A callback "function" below this is the offset of the rcu_head in memory to be kvfree()d. */
#define __is_kvfree_rcu_offset(offset) ((offset) < 4096)

void kvfree_call_rcu(struct rcu_head *head, rcu_callback_t offset);
void kvfree_rcu_mightsleep_ptr(const void *ptr);

/* Free @ptr after a grace period. @field: its rcu_head, in its first 4095 bytes. Any context. */
#define __kvfree_rcu_field(ptr, field)					\
do {									\
	typeof(ptr) __kvr_ptr = (ptr);					\
									\
	BUILD_BUG_ON(!__is_kvfree_rcu_offset(offsetof(typeof(*__kvr_ptr), field))); \
	if (__kvr_ptr)							\
		kvfree_call_rcu(&__kvr_ptr->field,			\
			(rcu_callback_t)offsetof(typeof(*__kvr_ptr), field)); \
} while (0)
/* The same for memory with no rcu_head in it. May sleep. */
#define kvfree_rcu_mightsleep(ptr) kvfree_rcu_mightsleep_ptr(ptr)
#define kfree_rcu_mightsleep(ptr) kvfree_rcu_mightsleep_ptr(ptr)

#define __kvfree_rcu_pick(_1, _2, name, ...) name
#define kvfree_rcu(...)	\
	__kvfree_rcu_pick(__VA_ARGS__, __kvfree_rcu_field, kvfree_rcu_mightsleep)(__VA_ARGS__)
#define kfree_rcu(...)	kvfree_rcu(__VA_ARGS__)

/* ---- Waiting for several kinds at once; tasks -------------------------------------------- */

void synchronize_rcu_tasks(void);

/* A point where a long loop in the kernel lets others run, and so a grace period pass. */
#define cond_resched_tasks_rcu_qs()	cond_resched()
#define rcu_softirq_qs_periodic(old_ts)	do { (void)(old_ts); } while (0)

#include <linux/rcutree.h>

#endif
