/* SPDX-License-Identifier: MIT */
/* Policy, priority and CPUs of tasks, for programs. */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/minmax.h>
#include <linux/sched/rt.h>
#include <linux/syscalls.h>
#include <linux/time64.h>
#include <linux/uaccess.h>
#include <uapi/linux/resource.h>
#include "internals.h"

/* Counted. */
static struct task_struct *task_of(pid_t pid)
{
	struct task_struct *p;

	if (pid < 0)
		return ERR_PTR(-EINVAL);
	p = pid ? find_get_task_by_pid(pid) : get_task_struct(current);
	return p ?: ERR_PTR(-ESRCH);
}

SYSCALL_DEFINE0(sched_yield)
{
	yield();
	return 0;
}

/* -- Policy --------------------------------------------------------------------------------------- */

/* @policy -1: as it is. */
static int set_scheduler(pid_t pid, int policy, const struct sched_param __user *from)
{
	struct sched_param param;
	struct task_struct *p;
	int err;

	if (!from || pid < 0)
		return -EINVAL;
	if (copy_from_user(&param, from, sizeof(param)))
		return -EFAULT;
	p = task_of(pid);
	if (IS_ERR(p))
		return PTR_ERR(p);
	err = sched_setscheduler(p, policy < 0 ? (int)READ_ONCE(p->policy) : policy, &param);
	put_task_struct(p);
	return err;
}

SYSCALL_DEFINE3(sched_setscheduler, pid_t, pid, int, policy, const struct sched_param __user *, param)
{
	return policy < 0 ? -EINVAL : set_scheduler(pid, policy, param);
}

SYSCALL_DEFINE2(sched_setparam, pid_t, pid, const struct sched_param __user *, param)
{
	return set_scheduler(pid, -1, param);
}

SYSCALL_DEFINE1(sched_getscheduler, pid_t, pid)
{
	struct task_struct *p = task_of(pid);
	int policy;

	if (IS_ERR(p))
		return PTR_ERR(p);
	policy = READ_ONCE(p->policy);
	put_task_struct(p);
	return policy;
}

SYSCALL_DEFINE2(sched_getparam, pid_t, pid, struct sched_param __user *, to)
{
	struct sched_param param;
	struct task_struct *p;

	if (!to)
		return -EINVAL;
	p = task_of(pid);
	if (IS_ERR(p))
		return PTR_ERR(p);
	param.sched_priority = READ_ONCE(p->rt_priority);
	put_task_struct(p);
	return copy_to_user(to, &param, sizeof(param)) ? -EFAULT : 0;
}

static int priority_limit(int policy, int rt)
{
	switch (policy) {
	case SCHED_FIFO:
	case SCHED_RR:
		return rt;
	case SCHED_NORMAL:
	case SCHED_BATCH:
	case SCHED_IDLE:
		return 0;
	default:
		return -EINVAL;
	}
}

SYSCALL_DEFINE1(sched_get_priority_max, int, policy)
{
	return priority_limit(policy, MAX_RT_PRIO - 1);
}

SYSCALL_DEFINE1(sched_get_priority_min, int, policy)
{
	return priority_limit(policy, 1);
}

/* How long a turn of @p is, in ticks; 0: until it gives way, or shorter than one. */
static unsigned long turn_of(struct task_struct *p)
{
	unsigned int nr = READ_ONCE(task_rq(p)->fair.nr);

	if (READ_ONCE(p->policy) == SCHED_RR)
		return RR_TIMESLICE;
	if (READ_ONCE(p->policy) == SCHED_FIFO || !nr)
		return 0;
	return max(SCHED_LATENCY_NS / nr, SCHED_MIN_TURN_NS) / TICK_NSEC;
}

SYSCALL_DEFINE2(sched_rr_get_interval, pid_t, pid, struct __kernel_timespec __user *, to)
{
	struct task_struct *p = task_of(pid);
	struct timespec64 turn;

	if (IS_ERR(p))
		return PTR_ERR(p);
	jiffies_to_timespec64(turn_of(p), &turn);
	put_task_struct(p);
	return put_timespec64(&turn, to);
}

/* -- Nice values ------------------------------------------------------------------------------------- */

#define PRIO_PROCESS	0
#define PRIO_PGRP	1
#define PRIO_USER	2

/* One of those that are meant: *nice is set to (@set), or the best becomes *nice. */
static void visit(struct task_struct *p, bool set, int *nice, int *err)
{
	if (set)
		set_user_nice(p, *nice);
	else if (*err || task_nice(p) < *nice)
		*nice = task_nice(p);
	*err = 0;
}

static int visit_all(int which, int who, bool set, int *nice)
{
	struct task_struct *p, *t;
	struct pid *group;
	int err = -ESRCH;

	read_lock_irq(&tasklist_lock);
	if (which == PRIO_PROCESS) {
		p = who ? find_task_by_pid(who) : current;
		if (p)
			visit(p, set, nice, &err);
	} else if (which == PRIO_PGRP) {
		group = who ? find_vpid(who) : task_pgrp(current);
		do_each_pid_task(group, PIDTYPE_PGID, p)
			for_each_thread(p, t)
				visit(t, set, nice, &err);
		while_each_pid_task(group, PIDTYPE_PGID, p);
	} else if (!who) {	/* root's are all */
		for_each_process_thread(p, t)
			visit(t, set, nice, &err);
	}
	read_unlock_irq(&tasklist_lock);
	return err;
}

SYSCALL_DEFINE3(setpriority, int, which, int, who, int, nice)
{
	if (which < PRIO_PROCESS || which > PRIO_USER)
		return -EINVAL;
	nice = clamp(nice, MIN_NICE, MAX_NICE);
	return visit_all(which, who, true, &nice);
}

/* 20 less the nice value: no result is negative. */
SYSCALL_DEFINE2(getpriority, int, which, int, who)
{
	int nice = 0, err;

	if (which < PRIO_PROCESS || which > PRIO_USER)
		return -EINVAL;
	err = visit_all(which, who, false, &nice);
	return err ?: 20 - nice;
}

/* -- CPUs ------------------------------------------------------------------------------------------------ */

SYSCALL_DEFINE3(sched_setaffinity, pid_t, pid, unsigned int, len, const unsigned long __user *, from)
{
	struct task_struct *p;
	cpumask_t mask;
	int err;

	cpumask_clear(&mask);
	if (copy_from_user(cpumask_bits(&mask), from, min_t(unsigned int, len, cpumask_size())))
		return -EFAULT;
	p = task_of(pid);
	if (IS_ERR(p))
		return PTR_ERR(p);
	err = p->flags & PF_NO_SETAFFINITY ? -EINVAL : set_cpus_allowed_ptr(p, &mask);
	put_task_struct(p);
	return err;
}

/* Return: the bytes filled in. */
SYSCALL_DEFINE3(sched_getaffinity, pid_t, pid, unsigned int, len, unsigned long __user *, to)
{
	struct task_struct *p;
	cpumask_t mask;

	if (len * BITS_PER_BYTE < nr_cpu_ids || (len & (sizeof(long) - 1)))
		return -EINVAL;
	p = task_of(pid);
	if (IS_ERR(p))
		return PTR_ERR(p);
	cpumask_and(&mask, &p->cpus_mask, cpu_active_mask);
	put_task_struct(p);
	len = min_t(unsigned int, len, cpumask_size());
	return copy_to_user(to, cpumask_bits(&mask), len) ? -EFAULT : (long)len;
}
