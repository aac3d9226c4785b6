/* SPDX-License-Identifier: MIT */
/*
 * Softirqs and tasklets: the half of linux/interrupt.h that is about deferred work.
 * Modules include linux/interrupt.h.
 */
#ifndef _LINUX_TASKLET_H
#define _LINUX_TASKLET_H

#include <linux/types.h>
#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/percpu-defs.h>
#include <linux/preempt.h>
#include <linux/hardirq.h>
#include <linux/bottom_half.h>

/* ---- Softirqs ------------------------------------------------------------------------ */

/* In the order they run. Numbers 10 to 31 of the table are free for whoever opens them. */
enum {
	HI_SOFTIRQ = 0,
	TIMER_SOFTIRQ,
	NET_TX_SOFTIRQ,
	NET_RX_SOFTIRQ,
	BLOCK_SOFTIRQ,
	IRQ_POLL_SOFTIRQ,
	TASKLET_SOFTIRQ,
	SCHED_SOFTIRQ,
	HRTIMER_SOFTIRQ,
	RCU_SOFTIRQ,

	NR_SOFTIRQS,
	MAX_SOFTIRQS = 32	/* bits in the pending word */
};

struct softirq_action {
	void (*action)(struct softirq_action *);
};

struct task_struct;

extern const char * const softirq_to_name[NR_SOFTIRQS];
DECLARE_PER_CPU(struct task_struct *, ksoftirqd);

void open_softirq(int nr, void (*action)(struct softirq_action *));
void raise_softirq(unsigned int nr);
void raise_softirq_irqoff(unsigned int nr);
void __raise_softirq_irqoff(unsigned int nr);
void do_softirq(void);
void softirq_init(void);

static inline struct task_struct *this_cpu_ksoftirqd(void)
{
	return this_cpu_read(ksoftirqd);
}

/* ---- Tasklets ------------------------------------------------------------------------ */

/*
 * A function that runs once, in softirq context, on the CPU that scheduled it; never on two
 * CPUs at once. Scheduling one that waits already does nothing; scheduling one that runs
 * makes it run again. It runs only while its disable count is zero.
 */
struct tasklet_struct {
	struct tasklet_struct *next;	/* per-CPU list; belongs to the one who set STATE_SCHED */
	unsigned long state;		/* TASKLET_STATE_*: atomic bits */
	atomic_t count;			/* disable depth */
	bool use_callback;		/* which of the union; fixed at init */
	union {
		void (*func)(unsigned long data);
		void (*callback)(struct tasklet_struct *t);
	};
	unsigned long data;
};

enum {
	TASKLET_STATE_SCHED,		/* on a list, or parked */
	TASKLET_STATE_RUN,		/* running on some CPU */
	TASKLET_STATE_PARKED,		/* disabled when its turn came: for the enable to bring back */
};

#define __TASKLET(name, cb, n)						\
	struct tasklet_struct name = {					\
		.count = ATOMIC_INIT(n), .use_callback = true, .callback = (cb) }
#define __TASKLET_OLD(name, fn, n)					\
	struct tasklet_struct name = { .count = ATOMIC_INIT(n), .func = (fn) }

#define DECLARE_TASKLET(name, _callback)		__TASKLET(name, _callback, 0)
#define DECLARE_TASKLET_DISABLED(name, _callback)	__TASKLET(name, _callback, 1)
#define DECLARE_TASKLET_OLD(name, _func)		__TASKLET_OLD(name, _func, 0)
#define DECLARE_TASKLET_DISABLED_OLD(name, _func)	__TASKLET_OLD(name, _func, 1)

#define from_tasklet(var, callback_tasklet, tasklet_fieldname) \
	container_of(callback_tasklet, typeof(*var), tasklet_fieldname)

void __tasklet_schedule(struct tasklet_struct *t);
void __tasklet_hi_schedule(struct tasklet_struct *t);
void __tasklet_unpark(struct tasklet_struct *t);

/* The debug build watches each tasklet's life. */
#ifdef CONFIG_DEBUG
void debug_tasklet_init(struct tasklet_struct *t);
void debug_tasklet_activate(struct tasklet_struct *t);
void debug_tasklet_deactivate(struct tasklet_struct *t);
#else
static inline void debug_tasklet_init(struct tasklet_struct *t) { }
static inline void debug_tasklet_activate(struct tasklet_struct *t) { }
static inline void debug_tasklet_deactivate(struct tasklet_struct *t) { }
#endif

static inline void tasklet_schedule(struct tasklet_struct *t)
{
	if (!test_and_set_bit(TASKLET_STATE_SCHED, &t->state)) {
		debug_tasklet_activate(t);
		__tasklet_schedule(t);
	}
}

static inline void tasklet_hi_schedule(struct tasklet_struct *t)
{
	if (!test_and_set_bit(TASKLET_STATE_SCHED, &t->state)) {
		debug_tasklet_activate(t);
		__tasklet_hi_schedule(t);
	}
}

void tasklet_init(struct tasklet_struct *t, void (*func)(unsigned long), unsigned long data);
void tasklet_setup(struct tasklet_struct *t, void (*callback)(struct tasklet_struct *));
void tasklet_kill(struct tasklet_struct *t);
int tasklet_trylock(struct tasklet_struct *t);
void tasklet_unlock(struct tasklet_struct *t);
void tasklet_unlock_wait(struct tasklet_struct *t);
void tasklet_unlock_spin_wait(struct tasklet_struct *t);

static inline void tasklet_disable_nosync(struct tasklet_struct *t)
{
	atomic_inc(&t->count);
	smp_mb__after_atomic();		/* before the caller looks at what the tasklet writes */
}

/* For callers that may not sleep; the tasklet's last run is waited for by spinning. */
static inline void tasklet_disable_in_atomic(struct tasklet_struct *t)
{
	tasklet_disable_nosync(t);
	tasklet_unlock_spin_wait(t);
	smp_mb();
}

static inline void tasklet_disable(struct tasklet_struct *t)
{
	tasklet_disable_nosync(t);
	tasklet_unlock_wait(t);
	smp_mb();
}

static inline void tasklet_enable(struct tasklet_struct *t)
{
	/* Orders both ways: a run that we did not keep off is seen in PARKED. */
	if (atomic_dec_and_test(&t->count) &&
	    unlikely(test_bit(TASKLET_STATE_PARKED, &t->state)))
		__tasklet_unpark(t);
}

#endif
