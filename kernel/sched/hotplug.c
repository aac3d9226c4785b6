/* SPDX-License-Identifier: MIT */
/*
 * A CPU that goes: its tasks leave, and none comes any more.
 *
 *	dying		kernel threads may not run there, but for the CPU's own
 *	not active	nor may others
 *	wait		for the interrupts-off sections in which somebody may still think otherwise
 *	push		what waits on its queue goes to other CPUs
 *	wait		for those inside migrate_disable()
 *
 * Tasks that sleep stay where they are: they wake up elsewhere.
 */
#include <linux/bug.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/sched/task.h>
#include <linux/smp.h>
#include "internals.h"

/* A task that waits on @rq and may not run there, or NULL. rq->lock held. */
static struct task_struct *find_leaver(struct rq *rq)
{
	struct task_struct *p;
	struct rb_node *node;
	unsigned int prio;

	for_each_set_bit(prio, rq->rt.queued, MAX_RT_PRIO)
		list_for_each_entry(p, &rq->rt.list[prio], rt_list)
			if (!task_may_run_on(p, rq->cpu))
				return p;
	if (rq->fair.only)
		return task_may_run_on(rq->fair.only, rq->cpu) ? NULL : rq->fair.only;
	for (node = rb_first_cached(&rq->fair.tree); node; node = rb_next(node)) {
		p = rb_entry(node, struct task_struct, run_node);
		if (!task_may_run_on(p, rq->cpu))
			return p;
	}
	return NULL;
}

/* Empty this CPU's queue of tasks that may not be there. In a task of this CPU's own. */
static void push_tasks(void)
{
	struct rq *rq = this_rq();
	struct task_struct *p;
	unsigned long flags;

	for (;;) {
		raw_spin_lock_irqsave(&rq->lock, flags);
		p = find_leaver(rq);
		if (p)
			get_task_struct(p);
		raw_spin_unlock_irqrestore(&rq->lock, flags);
		if (!p)
			return;
		push_task_away(p);
		put_task_struct(p);
	}
}

static int sched_cpu_activate(unsigned int cpu)
{
	set_cpu_active(cpu, true);
	set_cpu_dying(cpu, false);
	return 0;
}

static int sched_cpu_deactivate(unsigned int cpu)
{
	set_cpu_dying(cpu, true);
	set_cpu_active(cpu, false);
	/* A waker that chose this CPU before has put its task on the queue by then. */
	kick_all_cpus_sync();
	push_tasks();
	return 0;
}

/* Those that can't be moved have to end what they are at. */
static int sched_cpu_wait_empty(unsigned int cpu)
{
	for (;;) {
		push_tasks();
		if (!this_cpu_read(runqueues.nr_pinned))
			return 0;
		schedule_timeout_uninterruptible(1);
	}
}

static int sched_cpu_starting(unsigned int cpu)
{
	this_rq()->kicked = false;
	set_cpu_dying(cpu, false);
	return 0;
}

/* Interrupts off, all other CPUs stopped: only migration/N runs here. */
static int sched_cpu_dying(unsigned int cpu)
{
	struct rq *rq = this_rq();

	WARN(rq->nr_running != 1, "CPU %u goes with %u tasks\n", cpu, rq->nr_running);
	return 0;
}

void __init sched_hotplug_init(void)
{
	cpuhp_setup_state_nocalls(CPUHP_AP_SCHED_STARTING, "sched:starting", sched_cpu_starting,
				  sched_cpu_dying);
	cpuhp_setup_state_nocalls(CPUHP_AP_SCHED_WAIT_EMPTY, "sched:waitempty", NULL,
				  sched_cpu_wait_empty);
	cpuhp_setup_state_nocalls(CPUHP_AP_ACTIVE, "sched:active", sched_cpu_activate,
				  sched_cpu_deactivate);
}
