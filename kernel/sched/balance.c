/* SPDX-License-Identifier: MIT */
/*
 * Which CPU: where a woken task goes, and how waiting tasks find idle CPUs.
 *
 * A woken task goes back where its data is warm, unless that CPU is busy and another is idle.
 * A CPU that runs dry, and now and then a busy one, pulls a waiting task from the longest
 * queue. The other queue is taken by trylock while the own one is held, so no order is needed.
 */
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/smp.h>
#include "internals.h"

#define BALANCE_TICKS	(HZ / 50)	/* between a busy CPU's looks round */

bool task_may_run_on(struct task_struct *p, int cpu)
{
	if (unlikely(READ_ONCE(p->migration_disabled)))
		return cpu == (int)task_cpu(p);
	if (!cpumask_test_cpu(cpu, &p->cpus_mask))
		return false;
	/* A CPU's own threads run on it as it comes and goes, kernel threads as it comes. */
	if (!(p->flags & PF_KTHREAD))
		return cpu_active(cpu);
	return cpu_online(cpu) && (likely(!cpu_dying(cpu)) || kthread_is_per_cpu(p));
}

/* Any CPU at all for @p: when those it was bound to are gone, every CPU will do. */
int fallback_cpu(struct task_struct *p)
{
	int cpu;

	for_each_cpu(cpu, &p->cpus_mask)
		if (task_may_run_on(p, cpu))
			return cpu;
	cpumask_copy(&p->cpus_mask, cpu_possible_mask);
	p->nr_cpus_allowed = cpumask_weight(&p->cpus_mask);
	return cpumask_first(cpu_active_mask);
}

/* An idle CPU for @p, or for a real-time task the one whose task matters least; else @best. */
static int search_cpu(const struct task_struct *p, int best)
{
	int best_prio = rt_prio(p->prio) ? READ_ONCE(cpu_rq(best)->curr_prio) : MAX_PRIO;
	int cpu;

	for_each_cpu_and(cpu, &p->cpus_mask, cpu_active_mask) {
		int prio;

		if (idle_cpu(cpu))
			return cpu;
		prio = READ_ONCE(cpu_rq(cpu)->curr_prio);
		if (prio > best_prio) {
			best_prio = prio;
			best = cpu;
		}
	}
	return best;
}

/* Where shall @p wake up? It sleeps; pi_lock held. */
int select_task_rq(struct task_struct *p, int wake_flags)
{
	int prev = p->cpu, here;

	if (unlikely(!task_may_run_on(p, prev)))
		prev = fallback_cpu(p);
	if (p->nr_cpus_allowed == 1 || p->migration_disabled || num_online_cpus() == 1 ||
	    idle_cpu(prev))
		return prev;
	here = raw_smp_processor_id();
	if ((wake_flags & WF_SYNC) && READ_ONCE(this_rq()->nr_running) == 1 &&
	    task_may_run_on(p, here))
		return here;
	if (idle_cpu(here) && task_may_run_on(p, here))
		return here;
	return search_cpu(p, prev);
}

/* A waiting task of @src that may run on @cpu, or NULL. */
struct task_struct *find_movable(struct rq *src, int cpu)
{
	struct task_struct *p;
	struct rb_node *node;
	unsigned int prio;

	for_each_set_bit(prio, src->rt.queued, MAX_RT_PRIO)
		list_for_each_entry(p, &src->rt.list[prio], rt_list)
			if (task_may_run_on(p, cpu))
				return p;
	if (src->fair.only)
		return task_may_run_on(src->fair.only, cpu) ? src->fair.only : NULL;
	for (node = rb_first_cached(&src->fair.tree); node; node = rb_next(node)) {
		p = rb_entry(node, struct task_struct, run_node);
		if (task_may_run_on(p, cpu))
			return p;
	}
	return NULL;
}

/*
 * Both locks held; @p waits on @src. It may have been preempted on its way to sleep, and pi_lock keeps
 * nobody from waking it now: on_rq has to stay, or the waker would put it on a queue as well.
 */
static void move_task(struct rq *src, struct rq *dst, struct task_struct *p)
{
	dequeue_task(src, p);
	count_out(src, p);
	WRITE_ONCE(p->cpu, dst->cpu);
	p->exec_start = dst->clock;	/* waiting is not sleeping */
	count_in(dst, p);
	enqueue_task(dst, p, false);
}

/* Take a task from @src while @rq's lock is held. Return: whether there was one. */
static bool pull_from(struct rq *rq, struct rq *src)
{
	struct task_struct *p = NULL;

	if (!raw_spin_trylock(&src->lock))
		return false;
	/* Preemption is off: this unlock can't reschedule. */
	if (src->nr_running >= 2) {
		p = find_movable(src, rq->cpu);
		if (p)
			move_task(src, rq, p);
	}
	raw_spin_unlock(&src->lock);
	return p;
}

static struct rq *busiest_rq(const struct rq *rq)
{
	unsigned int most = rq->nr_running + 1;	/* moving one must make things better */
	struct rq *busiest = NULL;
	int cpu;

	for_each_online_cpu(cpu) {
		struct rq *other = cpu_rq(cpu);
		unsigned int nr = READ_ONCE(other->nr_running);

		if (nr > most && other != rq) {
			most = nr;
			busiest = other;
		}
	}
	return busiest;
}

/* @rq has nothing to run: look elsewhere. Its lock is held. */
bool pull_task(struct rq *rq)
{
	struct rq *src;
	int cpu;

	if (num_online_cpus() == 1 || !cpumask_test_cpu(rq->cpu, cpu_active_mask))
		return false;
	src = busiest_rq(rq);
	if (!src)
		return false;
	if (pull_from(rq, src))
		return true;
	for_each_online_cpu(cpu)
		if (cpu_rq(cpu) != rq && READ_ONCE(cpu_rq(cpu)->nr_running) >= 2 &&
		    pull_from(rq, cpu_rq(cpu)))
			return true;
	return false;
}

/* SCHED_SOFTIRQ: even out the queues a little. */
static void balance_softirq(struct softirq_action *unused)
{
	struct rq *rq = this_rq(), *src;
	int sleeper = -1;

	raw_spin_lock_irq(&rq->lock);
	src = busiest_rq(rq);
	if (src) {
		account_curr(rq);
		if (pull_from(rq, src))
			resched_curr(rq);
	} else if (rq->nr_running >= 2) {
		sleeper = find_sleeping_cpu(rq);
	}
	raw_spin_unlock_irq(&rq->lock);
	/* It has no tick by which to find that out itself. */
	if (sleeper >= 0)
		resched_cpu(sleeper);
}

/* From the tick of @rq's CPU. */
void balance_tick(struct rq *rq)
{
	if (num_online_cpus() == 1 || time_before(jiffies, rq->next_balance))
		return;
	rq->next_balance = jiffies + BALANCE_TICKS;
	if (rq->nr_running >= 2 || busiest_rq(rq))
		raise_softirq_irqoff(SCHED_SOFTIRQ);
}

void __init balance_init(void)
{
	open_softirq(SCHED_SOFTIRQ, balance_softirq);
}
