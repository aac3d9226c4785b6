/* SPDX-License-Identifier: MIT */
/* Making a sleeping task runnable, on this CPU or another. */
#include <linux/export.h>
#include <linux/smp.h>
#include "internals.h"

/* @p has not gone to sleep yet, or is on a queue again: it only needs to know. */
static bool wake_runnable(struct task_struct *p)
{
	struct rq *rq;
	bool on_rq;

	for (;;) {
		rq = task_rq(p);
		raw_spin_lock(&rq->lock);
		if (likely(rq == task_rq(p)))
			break;
		raw_spin_unlock(&rq->lock);
	}
	on_rq = p->on_rq;
	if (on_rq) {
		WRITE_ONCE(p->__state, TASK_RUNNING);
		if (!p->on_cpu) {	/* preempted on its way to sleep */
			account_curr(rq);
			check_preempt_curr(rq, p);
		}
	}
	raw_spin_unlock(&rq->lock);
	return on_rq;
}

/* @p is off every queue and every CPU, and pi_lock keeps it so. */
static void wake_sleeping(struct task_struct *p, int wake_flags)
{
	int cpu = select_task_rq(p, wake_flags);
	struct rq *rq = cpu_rq(cpu);

	raw_spin_lock(&rq->lock);
	WRITE_ONCE(p->cpu, cpu);
	account_curr(rq);
	activate_task(rq, p);
	enqueue_task(rq, p, false);
	WRITE_ONCE(p->__state, TASK_RUNNING);
	check_preempt_curr(rq, p);
	raw_spin_unlock(&rq->lock);
}

/**
 * try_to_wake_up - make a task runnable if it sleeps in a given way
 * @p: the task
 * @state: mask of the TASK_* states to wake it from
 * @wake_flags: WF_SYNC or 0
 *
 * A full barrier comes before the look at the state, so what the caller stored before is seen
 * by a sleeper that has to look again.
 *
 * Context: any but NMI. Takes pi_lock, then run-queue locks.
 * Return: 1 if @p was in such a state, else 0.
 */
int try_to_wake_up(struct task_struct *p, unsigned int state, int wake_flags)
{
	unsigned long flags;
	int woken = 0;

	if (p == current) {
		/* From an interrupt, or by itself: it runs, so only its state matters. */
		smp_mb();
		if (READ_ONCE(p->__state) & state) {
			WRITE_ONCE(p->__state, TASK_RUNNING);
			woken = 1;
		}
		return woken;
	}

	raw_spin_lock_irqsave(&p->pi_lock, flags);
	smp_mb__after_spinlock();
	if (READ_ONCE(p->__state) & state) {
		woken = 1;
		/* on_rq was set before the state we saw: read it after. */
		smp_rmb();
		if (!READ_ONCE(p->on_rq) || !wake_runnable(p)) {
			WRITE_ONCE(p->__state, TASK_WAKING);
			/* It may still be on its way out: pairs with finish_task_switch(). */
			smp_cond_load_acquire(&p->on_cpu, !VAL);
			wake_sleeping(p, wake_flags);
		}
	}
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);
	return woken;
}

/**
 * wake_up_process - wake a task from any sleep, or start a new one
 * @p: the task
 *
 * Context: any but NMI.
 * Return: 1 if it slept, 0 if it was running already.
 */
int wake_up_process(struct task_struct *p)
{
	return try_to_wake_up(p, TASK_NORMAL, 0);
}
EXPORT_SYMBOL(wake_up_process);

int wake_up_state(struct task_struct *p, unsigned int state)
{
	return try_to_wake_up(p, state, 0);
}
EXPORT_SYMBOL(wake_up_state);
