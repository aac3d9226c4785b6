/* SPDX-License-Identifier: MIT */
/* The locks that the tests of the lock checker share: see lockdep.h. */
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include "lockdep.h"

#ifdef CONFIG_DEBUG

DEFINE_SPINLOCK(lock_a);
DEFINE_SPINLOCK(lock_b);
DEFINE_SPINLOCK(lock_c);
DEFINE_MUTEX(lock_m);

void take_a(void)
{
	spin_lock(&lock_a);
	spin_unlock(&lock_a);
}

void take_a_then_b(void)
{
	spin_lock(&lock_a);
	spin_lock(&lock_b);
	spin_unlock(&lock_b);
	spin_unlock(&lock_a);
}

void forget(struct lockdep_map *a, struct lockdep_map *b, struct lockdep_map *c)
{
	lockdep_reset();
	lockdep_reset_lock(a);
	if (b)
		lockdep_reset_lock(b);
	if (c)
		lockdep_reset_lock(c);
}

static void run_hardirq(struct irq_work *work)
{
	void (*fn)(void) = *(void (**)(void))(work + 1);

	fn();
}

void in_hardirq_do(void (*fn)(void))
{
	struct {
		struct irq_work work;
		void (*fn)(void);
	} w = { IRQ_WORK_INIT_HARD(run_hardirq), fn };

	irq_work_queue(&w.work);
	irq_work_sync(&w.work);
}

static void run_softirq(struct tasklet_struct *t)
{
	void (*fn)(void) = *(void (**)(void))(t + 1);

	fn();
}

void in_softirq_do(void (*fn)(void))
{
	struct {
		struct tasklet_struct t;
		void (*fn)(void);
	} w = { .fn = fn };

	tasklet_setup(&w.t, run_softirq);
	tasklet_schedule(&w.t);
	tasklet_kill(&w.t);
}

#endif
