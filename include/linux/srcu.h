/* SPDX-License-Identifier: MIT */
/*
 * Sleepable RCU: readers that may sleep, in a domain of their own, so that only its own readers
 * hold up its grace periods. kernel/rcu/srcu.c.
 */
#ifndef _LINUX_SRCU_H
#define _LINUX_SRCU_H

#include <linux/percpu.h>
#include <linux/rcu_segcblist.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

/* Readers of a CPU, by the index that they got: begun and ended here. Single instructions. */
struct srcu_data {
	unsigned long		begun[2], ended[2];
};

struct srcu_struct {
	unsigned int		idx;		/* its lowest bit is what readers get; written by the work */
	struct srcu_data __percpu *sda;

	spinlock_t		lock;		/* irqs off; guards to the blank line */
	struct rcu_cbs		cbs;
	unsigned long		seq;		/* odd while a grace period is under way; others read it */
	unsigned long		wanted;		/* they go on until this */
	unsigned long		hurry;		/* those up to this one are expedited */

	struct delayed_work	work;		/* takes the steps of a grace period, calls callbacks */
	int			step;		/* the work's own */
#ifdef CONFIG_DEBUG
	struct lockdep_map	dep_map;	/* held by its readers */
#endif
};

void srcu_step(struct work_struct *work);

#ifdef CONFIG_DEBUG
#define __SRCU_DEP_MAP_INIT(ssp)	.dep_map = { .name = #ssp },
#else
#define __SRCU_DEP_MAP_INIT(ssp)
#endif
#define __SRCU_STRUCT_INIT(ssp, data)					\
{									\
	.sda = &(data),							\
	.lock = __SPIN_LOCK_UNLOCKED((ssp).lock),			\
	.cbs = RCU_CBS_INIT((ssp).cbs),					\
	.work = __DELAYED_WORK_INITIALIZER((ssp).work, srcu_step, 0),	\
	__SRCU_DEP_MAP_INIT(ssp)					\
}
/* Also in modules. A domain that is not static comes by init_srcu_struct(). */
#define __DEFINE_SRCU(name, is_static)					\
	static DEFINE_PER_CPU(struct srcu_data, name##_srcu_data);	\
	is_static struct srcu_struct name = __SRCU_STRUCT_INIT(name, name##_srcu_data)
#define DEFINE_SRCU(name)		__DEFINE_SRCU(name, )
#define DEFINE_STATIC_SRCU(name)	__DEFINE_SRCU(name, static)

int __init_srcu_struct(struct srcu_struct *ssp, const char *name, struct lock_class_key *key);
/* Return: 0, -ENOMEM. May sleep. */
#define init_srcu_struct(ssp)						\
({	static struct lock_class_key __srcu_key;			\
	__init_srcu_struct((ssp), #ssp, &__srcu_key); })
void cleanup_srcu_struct(struct srcu_struct *ssp);

void synchronize_srcu(struct srcu_struct *ssp);
void synchronize_srcu_expedited(struct srcu_struct *ssp);
void call_srcu(struct srcu_struct *ssp, struct rcu_head *head, rcu_callback_t func);
void srcu_barrier(struct srcu_struct *ssp);
unsigned long get_state_synchronize_srcu(struct srcu_struct *ssp);
unsigned long start_poll_synchronize_srcu(struct srcu_struct *ssp);
bool poll_state_synchronize_srcu(struct srcu_struct *ssp, unsigned long cookie);
unsigned long srcu_batches_completed(struct srcu_struct *ssp);

/* A full barrier comes between the count and what the reader reads: see srcu.c. */
static inline int srcu_read_lock_notrace(struct srcu_struct *ssp)
{
	int idx = READ_ONCE(ssp->idx) & 1;

	this_cpu_inc(ssp->sda->begun[idx]);
	smp_mb();
	return idx;
}

static inline void srcu_read_unlock_notrace(struct srcu_struct *ssp, int idx)
{
	smp_mb();
	this_cpu_inc(ssp->sda->ended[idx]);
}

/**
 * srcu_read_lock - begin a reader of a domain; they nest
 * @ssp: the domain
 *
 * Context: any; the reader may sleep if its context may.
 * Return: what srcu_read_unlock() needs.
 */
static inline int srcu_read_lock(struct srcu_struct *ssp)
{
	int idx = srcu_read_lock_notrace(ssp);

	lock_acquire(&ssp->dep_map, 0, 0, 2, 0, NULL, _THIS_IP_);
	return idx;
}

/** srcu_read_unlock - end it; @idx: what its beginning returned; in the same context */
static inline void srcu_read_unlock(struct srcu_struct *ssp, int idx)
{
	lockdep_assert(!(idx & ~1));
	lock_release(&ssp->dep_map, _THIS_IP_);
	srcu_read_unlock_notrace(ssp, idx);
}

/* The end of a reader is a full barrier already. */
#define smp_mb__after_srcu_read_unlock()	do { } while (0)

static inline int srcu_read_lock_held(const struct srcu_struct *ssp)
{
#ifdef CONFIG_DEBUG
	return lock_is_held(&ssp->dep_map) != LOCK_STATE_NOT_HELD;
#else
	return 1;
#endif
}

#define srcu_dereference_check(p, ssp, c) \
	__rcu_dereference_check(p, (c) || srcu_read_lock_held(ssp), "srcu_dereference_check")
#define srcu_dereference(p, ssp)	srcu_dereference_check((p), (ssp), 0)
#define srcu_dereference_notrace(p, ssp) srcu_dereference_check((p), (ssp), 1)

#endif
