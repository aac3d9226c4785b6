/* SPDX-License-Identifier: MIT */
/*
 * A grace period that does not end: said once it is 21 seconds old, and then ever less often, by
 * whichever CPU's tick finds it so, with the CPUs and readers that it waits for and where they
 * are.
 */
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/nmi.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/sched/task.h>
#include "internals.h"

#undef KBUILD_MODNAME
#define KBUILD_MODNAME "rcupdate"

static int rcu_cpu_stall_timeout = 21;		/* seconds */
module_param(rcu_cpu_stall_timeout, int, 0644);
int rcu_exp_cpu_stall_timeout;			/* milliseconds, when expedited; 0: the other */
module_param(rcu_exp_cpu_stall_timeout, int, 0644);
static int rcu_cpu_stall_suppress;
module_param(rcu_cpu_stall_suppress, int, 0644);

#define NEVER		(LONG_MAX / 2)
#define SHOWN_TASKS	8

unsigned long rcu_stall_time = INITIAL_JIFFIES + NEVER;

/* Within what Linux allows: 3 to 300 seconds. */
static unsigned long timeout(void)
{
	int exp_ms = READ_ONCE(rcu_exp_cpu_stall_timeout);

	if (exp_ms > 0 && !rcu_seq_reached(rcu_state.seq, rcu_state.hurry))
		return msecs_to_jiffies((unsigned int)exp_ms);
	return (unsigned long)clamp(READ_ONCE(rcu_cpu_stall_timeout), 3, 300) * HZ;
}

/* A grace period begins, or is to hurry from now on; and ends. RCU's lock held. */
void rcu_stall_begin(void)
{
	WRITE_ONCE(rcu_stall_time, jiffies + timeout());
}

void rcu_stall_end(void)
{
	WRITE_ONCE(rcu_stall_time, jiffies + NEVER);
}

/* The readers that are waited for, with a reference each; no more than @max. Lock held. */
static int hold_readers(struct task_struct **tasks, int max)
{
	struct task_struct *t;
	int n = 0;

	list_for_each_entry(t, &rcu_state.blocking, rcu_node) {
		if (n == max)
			break;
		get_task_struct(t);
		tasks[n++] = t;
	}
	return n;
}

static void report(const struct cpumask *cpus, struct task_struct **tasks, int nr_tasks,
		   unsigned long age, unsigned long seq)
{
	unsigned int cpu, here = (unsigned int)raw_smp_processor_id();
	char pids[SHOWN_TASKS * 12];
	unsigned long queued = 0;
	int len = 0;

	if (cpumask_test_cpu(here, cpus))
		pr_err("rcu: INFO: rcu_preempt self-detected stall on CPU\n");
	else
		pr_err("rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:\n");
	for_each_cpu(cpu, cpus)
		pr_err("rcu: \t%u-%c: preempt_count=%x\n", cpu, cpu_online(cpu) ? '.' : 'O',
		       preempt_count_of(cpu));
	for (int i = 0; i < nr_tasks; i++)
		len += scnprintf(pids + len, sizeof(pids) - len, " P%d", tasks[i]->pid);
	if (len)
		pr_err("rcu: \tTasks blocked:%s\n", pids);
	for_each_online_cpu(cpu)
		queued += rcu_cpu_callbacks(cpu);
	pr_err("rcu: \t(detected by %u, t=%lu jiffies, g=%ld, q=%lu ncpus=%u)\n", here, age,
	       (long)seq >> 1, queued, num_online_cpus());

	if (!cpumask_empty(cpus))
		trigger_cpumask_backtrace(cpus, -1);
	for (int i = 0; i < nr_tasks; i++) {
		sched_show_task(tasks[i]);
		put_task_struct(tasks[i]);
	}
}

/* The tick finds that the time is over. IRQs off. */
void rcu_check_stall(void)
{
	struct task_struct *tasks[SHOWN_TASKS];
	unsigned long flags, age, seq;
	struct cpumask cpus;
	int n;

	raw_spin_lock_irqsave(&rcu_state.lock, flags);
	if (!rcu_gp_running() || !time_after(jiffies, rcu_stall_time)) {
		raw_spin_unlock_irqrestore(&rcu_state.lock, flags);
		return;
	}
	WRITE_ONCE(rcu_stall_time, jiffies + 3 * timeout() + 3);
	age = jiffies - rcu_state.began;
	seq = rcu_state.seq;
	cpumask_copy(&cpus, &rcu_state.waiting);
	n = hold_readers(tasks, SHOWN_TASKS);
	raw_spin_unlock_irqrestore(&rcu_state.lock, flags);

	if (READ_ONCE(rcu_cpu_stall_suppress)) {
		while (n--)
			put_task_struct(tasks[n]);
		return;
	}
	report(&cpus, tasks, n, age, seq);
}
