/* SPDX-License-Identifier: MIT */
/*
 * Asking a CPU to leave its task. Only a CPU itself changes its need-resched bit: of another one
 * @kicked is set, and an interrupt sent in which it turns the one into the other.
 */
#include <linux/arch.h>
#include <linux/preempt.h>
#include <linux/smp.h>
#include "fair.h"

/* @rq's CPU shall leave its task at the next chance. rq->lock held. */
void resched_curr(struct rq *rq)
{
	lockdep_assert_held(&rq->lock);
	if (rq->cpu == (unsigned int)raw_smp_processor_id()) {
		set_preempt_need_resched();
	} else if (!rq->kicked) {
		WRITE_ONCE(rq->kicked, true);
		arch_send_ipi_cpu(rq->cpu, IPI_RESCHEDULE);
	}
}

/**
 * kick_process - make a task that runs on another CPU enter the kernel
 * @p: the task; counted, or its sighand's lock held
 *
 * Context: any but NMI.
 */
void kick_process(struct task_struct *p)
{
	int cpu;

	preempt_disable();
	cpu = task_cpu(p);
	if (cpu != raw_smp_processor_id() && READ_ONCE(p->on_cpu))
		arch_send_ipi_cpu(cpu, IPI_RESCHEDULE);
	preempt_enable();
}

/* IPI_RESCHEDULE: the return from this interrupt, or the idle loop, reschedules if need be. */
void scheduler_ipi(void)
{
	if (READ_ONCE(this_rq()->kicked))
		set_preempt_need_resched();
}

/**
 * resched_cpu - make a CPU go through its scheduler
 * @cpu: an online one
 *
 * Context: any but NMI.
 */
void resched_cpu(int cpu)
{
	struct rq *rq = cpu_rq(cpu);
	unsigned long flags;

	raw_spin_lock_irqsave(&rq->lock, flags);
	resched_curr(rq);
	raw_spin_unlock_irqrestore(&rq->lock, flags);
}

/* @p has become runnable: is it to have the CPU at once? */
void check_preempt_curr(struct rq *rq, struct task_struct *p)
{
	struct task_struct *curr = rq->curr;

	if (curr == rq->idle ||
	    (rt_prio(p->prio) ? p->prio < curr->prio
			      : !rt_prio(curr->prio) && fair_should_preempt(curr, p)))
		resched_curr(rq);
}
