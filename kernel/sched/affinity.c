/* SPDX-License-Identifier: MIT */
/* The set of CPUs a task may run on, and moving it when the set changes under it. */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/smp.h>
#include <linux/stop_machine.h>
#include "internals.h"

static void set_mask(struct task_struct *p, const struct cpumask *mask)
{
	cpumask_copy(&p->cpus_mask, mask);
	p->nr_cpus_allowed = cpumask_weight(mask);
}

/*
 * Move @arg off this CPU, if it waits here and may not. migration/N runs this on the CPU that @arg
 * was running on, so @arg is not running now: it waits here, or sleeps and will wake in the right
 * place, or has moved already.
 */
int push_task_away(void *arg)
{
	struct task_struct *p = arg;
	unsigned long flags;
	struct rq *rq, *dst;
	int cpu;

	raw_spin_lock_irqsave(&p->pi_lock, flags);
	rq = this_rq();
	raw_spin_lock(&rq->lock);
	if (task_rq(p) != rq || !p->on_rq || task_may_run_on(p, rq->cpu)) {
		raw_spin_unlock(&rq->lock);
		raw_spin_unlock_irqrestore(&p->pi_lock, flags);
		return 0;
	}
	cpu = fallback_cpu(p);
	account_curr(rq);
	dequeue_task(rq, p);
	count_out(rq, p);
	WRITE_ONCE(p->cpu, cpu);
	raw_spin_unlock(&rq->lock);

	/* Off every queue, though on_rq says otherwise; pi_lock keeps away who would look for it. */
	dst = cpu_rq(cpu);
	raw_spin_lock(&dst->lock);
	account_curr(dst);
	p->exec_start = dst->clock;
	count_in(dst, p);
	enqueue_task(dst, p, false);
	check_preempt_curr(dst, p);
	raw_spin_unlock(&dst->lock);
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);
	return 0;
}

/**
 * set_cpus_allowed_ptr - say on which CPUs a task may run
 * @p: the task
 * @mask: the set; at least one of it must be online
 *
 * When this returns the task runs on none of the others, unless it is inside migrate_disable():
 * then it leaves at the end of that.
 *
 * Context: process, may sleep, when @p may be running on a CPU outside of @mask.
 * Return: 0; -EINVAL when none of @mask is online or @p is bound by kthread_bind().
 */
int set_cpus_allowed_ptr(struct task_struct *p, const struct cpumask *mask)
{
	unsigned long flags;
	struct rq *rq;
	int cpu;

	if (!cpumask_intersects(mask, cpu_online_mask))
		return -EINVAL;
	if ((p->flags & PF_NO_SETAFFINITY) && p != current)
		return -EINVAL;
	rq = task_rq_lock(p, &flags);
	set_mask(p, mask);
	cpu = p->cpu;
	if (task_may_run_on(p, cpu) || !p->on_rq) {
		task_rq_unlock(rq, p, &flags);
		return 0;
	}
	task_rq_unlock(rq, p, &flags);
	stop_one_cpu(cpu, push_task_away, p);
	return 0;
}
EXPORT_SYMBOL(set_cpus_allowed_ptr);

/**
 * do_set_cpus_allowed - say on which CPUs a task may run, and leave it where it is
 * @p: the task
 * @mask: the set
 *
 * It goes there when it next wakes up, or when somebody moves it.
 *
 * Context: any but NMI.
 */
void do_set_cpus_allowed(struct task_struct *p, const struct cpumask *mask)
{
	unsigned long flags;
	struct rq *rq = task_rq_lock(p, &flags);

	set_mask(p, mask);
	task_rq_unlock(rq, p, &flags);
}

/* See <linux/preempt.h>. Context: process. Only the task itself changes its count. */
void migrate_disable(void)
{
	struct task_struct *p = current;

	WRITE_ONCE(p->migration_disabled, p->migration_disabled + 1);
	barrier();	/* what follows stays on this CPU */
	if (p->migration_disabled == 1)
		this_cpu_inc(runqueues.nr_pinned);
}
EXPORT_SYMBOL(migrate_disable);

void migrate_enable(void)
{
	struct task_struct *p = current;

	barrier();
	if (WARN_ON_ONCE(!p->migration_disabled))
		return;
	if (p->migration_disabled == 1)
		this_cpu_dec(runqueues.nr_pinned);
	barrier();
	WRITE_ONCE(p->migration_disabled, p->migration_disabled - 1);
	/* Somebody may have changed the mask meanwhile, and left the moving to us. */
	if (unlikely(!p->migration_disabled && !task_may_run_on(p, task_cpu(p))))
		stop_one_cpu(task_cpu(p), push_task_away, p);
}
EXPORT_SYMBOL(migrate_enable);

/* @p has never run yet, or sleeps for good until its owner wakes it: no need to move it. */
void bind_sleeping_task(struct task_struct *p, const struct cpumask *mask)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&p->pi_lock, flags);
	set_mask(p, mask);
	p->flags |= PF_NO_SETAFFINITY;
	WRITE_ONCE(p->cpu, cpumask_first(mask));
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);
}
