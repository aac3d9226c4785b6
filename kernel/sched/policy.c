/* SPDX-License-Identifier: MIT */
/* Policy, real-time priority and nice value of a task. */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/minmax.h>
#include "internals.h"

static bool rt_policy(int policy)
{
	return policy == SCHED_FIFO || policy == SCHED_RR;
}

static bool valid_policy(int policy)
{
	return rt_policy(policy) || policy == SCHED_NORMAL || policy == SCHED_BATCH ||
	       policy == SCHED_IDLE;
}

/* Take @p out of its queue while @p changes, whatever it is doing; pi_lock and rq->lock held. */
static void change_begin(struct rq *rq, struct task_struct *p)
{
	account_curr(rq);
	if (!p->on_rq)
		return;
	if (rq->curr != p)
		dequeue_task(rq, p);
	count_out(rq, p);
}

static void change_end(struct rq *rq, struct task_struct *p)
{
	if (!p->on_rq)
		return;
	p->exec_start = rq->clock;
	count_in(rq, p);
	if (rq->curr == p) {
		WRITE_ONCE(rq->curr_prio, p->prio);
		resched_curr(rq);	/* it may not be the best any more */
	} else {
		enqueue_task(rq, p, false);
		check_preempt_curr(rq, p);
	}
}

static void set_policy(struct task_struct *p, int policy, int rt_priority, int static_prio)
{
	p->policy = policy;
	p->rt_priority = rt_priority;
	p->static_prio = static_prio;
	p->normal_prio = rt_priority ? MAX_RT_PRIO - 1 - rt_priority : static_prio;
	p->prio = min(p->normal_prio, p->pi_boost);
	p->time_slice = RR_TIMESLICE;
	fair_set_weight(p);
}

static void change_policy(struct task_struct *p, int policy, int rt_priority, int static_prio)
{
	unsigned long flags;
	struct rq *rq = task_rq_lock(p, &flags);

	change_begin(rq, p);
	/* vruntime is relative now; the time as a real-time task does not count. */
	if (rt_prio(p->prio) && !rt_priority)
		p->vruntime = 0;
	set_policy(p, policy, rt_priority, static_prio);
	change_end(rq, p);
	task_rq_unlock(rq, p, &flags);
	if (unlikely(READ_ONCE(p->pi_blocked_on)))
		rt_mutex_adjust_pi(p);
}

/**
 * rt_mutex_setprio - what a task inherits by its rt_mutexes has changed
 * @p: the task
 * @boost: the priority of the best task that waits for it; MAX_PRIO if none does
 *
 * It runs at the better of this and its own. A fair task that is boosted is a FIFO one meanwhile.
 *
 * Context: interrupts off, no lock of the scheduler held.
 */
void rt_mutex_setprio(struct task_struct *p, int boost)
{
	unsigned long flags;
	struct rq *rq = task_rq_lock(p, &flags);
	int prio = min(p->normal_prio, boost);

	p->pi_boost = boost;
	if (p->prio != prio) {
		change_begin(rq, p);
		p->prio = prio;
		change_end(rq, p);
	}
	task_rq_unlock(rq, p, &flags);
}

/**
 * sched_setscheduler_nocheck - set policy and real-time priority
 * @p: the task
 * @policy: SCHED_NORMAL, _BATCH, _IDLE, _FIFO or _RR
 * @param: priority 1-99 for FIFO and RR, else 0
 *
 * Context: any but NMI. Return: 0; -EINVAL.
 */
int sched_setscheduler_nocheck(struct task_struct *p, int policy, const struct sched_param *param)
{
	int prio = param->sched_priority;

	if (!valid_policy(policy) || prio < 0 || prio > MAX_RT_PRIO - 1)
		return -EINVAL;
	if (rt_policy(policy) != (prio != 0))
		return -EINVAL;
	change_policy(p, policy, prio, p->static_prio);
	return 0;
}
EXPORT_SYMBOL(sched_setscheduler_nocheck);

/* There are no users whose rights could be checked. */
int sched_setscheduler(struct task_struct *p, int policy, const struct sched_param *param)
{
	return sched_setscheduler_nocheck(p, policy, param);
}
EXPORT_SYMBOL(sched_setscheduler);

/* SCHED_FIFO in the middle: for threads that answer to hardware. */
void sched_set_fifo(struct task_struct *p)
{
	change_policy(p, SCHED_FIFO, MAX_RT_PRIO / 2, p->static_prio);
}
EXPORT_SYMBOL(sched_set_fifo);

/* SCHED_FIFO at its lowest: only better than every fair task. */
void sched_set_fifo_low(struct task_struct *p)
{
	change_policy(p, SCHED_FIFO, 1, p->static_prio);
}
EXPORT_SYMBOL(sched_set_fifo_low);

void sched_set_normal(struct task_struct *p, int nice)
{
	change_policy(p, SCHED_NORMAL, 0, NICE_TO_PRIO(nice));
}
EXPORT_SYMBOL(sched_set_normal);

/**
 * set_user_nice - set the nice value; a real-time task keeps it for later
 * @p: the task
 * @nice: -20 to 19; ignored when outside
 */
void set_user_nice(struct task_struct *p, long nice)
{
	if (nice < MIN_NICE || nice > MAX_NICE || task_nice(p) == nice)
		return;
	change_policy(p, p->policy, p->rt_priority, NICE_TO_PRIO(nice));
}
EXPORT_SYMBOL(set_user_nice);

int task_nice(const struct task_struct *p)
{
	return PRIO_TO_NICE(p->static_prio);
}
EXPORT_SYMBOL(task_nice);
