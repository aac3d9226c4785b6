/* SPDX-License-Identifier: MIT */
/* Run queues and idle tasks, before there is anything to choose. */
#include <linux/boot.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/smp.h>
#include "internals.h"

/* @idle becomes the task that @cpu runs when it has nothing else. */
void init_idle(struct task_struct *idle, int cpu)
{
	struct rq *rq = cpu_rq(cpu);
	unsigned long flags;

	raw_spin_lock_irqsave(&rq->lock, flags);
	idle->flags |= PF_IDLE | PF_KTHREAD | PF_NO_SETAFFINITY;
	idle->prio = MAX_PRIO;
	idle->cpu = cpu;
	idle->on_cpu = 1;
	cpumask_copy(&idle->cpus_mask, cpumask_of(cpu));
	idle->nr_cpus_allowed = 1;
	snprintf(idle->comm, sizeof(idle->comm), "swapper/%d", cpu);
	rq->idle = idle;
	rq->curr = idle;
	raw_spin_unlock_irqrestore(&rq->lock, flags);
}

void __init sched_init(void)
{
	int cpu;

	for_each_possible_cpu(cpu) {
		struct rq *rq = cpu_rq(cpu);

		raw_spin_lock_init(&rq->lock);
		rq->cpu = cpu;
		rq->fair.tree = RB_ROOT_CACHED;
		rt_queue_init(&rq->rt);
	}
	init_idle(&init_task, raw_smp_processor_id());
	task_init();
	sched_hotplug_init();
}
