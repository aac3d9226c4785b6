/* SPDX-License-Identifier: MIT */
/*
 * Another kind of grace period: every task has gone to sleep of its own will since, or was
 * asleep, or idle. Code that no task can be preempted in any more may then be freed.
 *
 * Tasks are asked again and again: such waits are rare, and may take long.
 */
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include "internals.h"

static DEFINE_MUTEX(tasks_mutex);	/* guards the fields of tasks that stand here, and the list */
static LIST_HEAD(holdouts);

/* Asleep by its own will is what is not queued to run. */
static bool holds_out(struct task_struct *t)
{
	return READ_ONCE(t->on_rq) && READ_ONCE(t->nvcsw) == t->rcu_tasks_nvcsw;
}

static void find_holdouts(void)
{
	struct task_struct *t;
	unsigned long flags;

	read_lock_irqsave(&tasklist_lock, flags);
	for_each_process(t) {
		t->rcu_tasks_nvcsw = READ_ONCE(t->nvcsw);
		if (t == current || !holds_out(t))
			continue;
		get_task_struct(t);
		list_add(&t->rcu_tasks_node, &holdouts);
	}
	read_unlock_irqrestore(&tasklist_lock, flags);
}

static void drop_those_who_slept(void)
{
	struct task_struct *t, *next;

	list_for_each_entry_safe(t, next, &holdouts, rcu_tasks_node) {
		if (holds_out(t))
			continue;
		list_del(&t->rcu_tasks_node);
		put_task_struct(t);
	}
}

/**
 * synchronize_rcu_tasks - wait until every task has slept, or was asleep or idle
 *
 * Preempted, or rescheduled by cond_resched(), does not count.
 *
 * Context: process, may sleep.
 */
void synchronize_rcu_tasks(void)
{
	might_sleep();
	mutex_lock(&tasks_mutex);
	/* Idle tasks, and those that are just being switched: they have preemption off. */
	synchronize_rcu();
	find_holdouts();
	for (drop_those_who_slept(); !list_empty(&holdouts); drop_those_who_slept())
		schedule_timeout_idle(1);
	/* And those that were still on their way to sleep. */
	synchronize_rcu();
	mutex_unlock(&tasks_mutex);
}
EXPORT_SYMBOL_GPL(synchronize_rcu_tasks);
