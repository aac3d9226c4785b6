/* SPDX-License-Identifier: MIT */
/* What others ask of the run queues: answers of a moment, without their locks. */
#include <linux/cpumask.h>
#include <linux/sched/cputime.h>
#include <linux/sched/stat.h>
#include "internals.h"

int idle_cpu(int cpu)
{
	struct rq *rq = cpu_rq(cpu);

	return READ_ONCE(rq->curr) == rq->idle && !READ_ONCE(rq->nr_running);
}

struct task_struct *idle_task(int cpu)
{
	return cpu_rq(cpu)->idle;
}

unsigned int nr_running(void)
{
	unsigned int sum = 0;
	int cpu;

	for_each_online_cpu(cpu)
		sum += READ_ONCE(cpu_rq(cpu)->nr_running);
	return sum;
}

unsigned int nr_iowait(void)
{
	unsigned int sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += atomic_read(&cpu_rq(cpu)->nr_iowait);
	return sum;
}

unsigned long long nr_context_switches(void)
{
	unsigned long long sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(cpu_rq(cpu)->nr_switches);
	return sum;
}

/**
 * task_sched_runtime - time that a task has had on CPUs, to this moment
 * @p: the task
 *
 * Context: any but NMI. Return: ns.
 */
u64 task_sched_runtime(struct task_struct *p)
{
	unsigned long flags;
	struct rq *rq = task_rq_lock(p, &flags);
	u64 ns;

	if (rq->curr == p)
		account_curr(rq);
	ns = p->sum_exec_runtime;
	task_rq_unlock(rq, p, &flags);
	return ns;
}
