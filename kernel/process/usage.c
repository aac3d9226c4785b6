/* SPDX-License-Identifier: MIT */
/* What a process has used: getrusage(), times(), and for /proc and the CPU clocks. */
#include <linux/errno.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/sched/cputime.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/time64.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include <uapi/linux/resource.h>
#include "internals.h"

/**
 * thread_group_cputime - time of all threads of a process, those that are gone too
 * @p: one of them
 * @times: filled in, in ns
 *
 * Context: tasklist_lock held. @p has a program.
 */
void thread_group_cputime(struct task_struct *p, struct task_cputime *times)
{
	struct task_struct *t;

	times->utime = p->signal->utime;
	times->stime = p->signal->stime;
	times->sum_exec_runtime = p->signal->sum_exec_runtime;
	for_each_thread(p, t) {
		times->utime += READ_ONCE(t->utime);
		times->stime += READ_ONCE(t->stime);
		times->sum_exec_runtime += task_sched_runtime(t);
	}
}

/* What is told of it, in the units that it is counted in. */
struct usage {
	u64		utime, stime;		/* ns */
	unsigned long	nvcsw, nivcsw, maxrss;	/* pages */
	unsigned long	min_flt;
};

static void put_usage(struct rusage *ru, const struct usage *u)
{
	memset(ru, 0, sizeof(*ru));
	ru->ru_utime.tv_sec = u->utime / NSEC_PER_SEC;
	ru->ru_utime.tv_usec = u->utime % NSEC_PER_SEC / NSEC_PER_USEC;
	ru->ru_stime.tv_sec = u->stime / NSEC_PER_SEC;
	ru->ru_stime.tv_usec = u->stime % NSEC_PER_SEC / NSEC_PER_USEC;
	ru->ru_maxrss = u->maxrss << (PAGE_SHIFT - 10);
	ru->ru_nvcsw = u->nvcsw;
	ru->ru_nivcsw = u->nivcsw;
	ru->ru_minflt = u->min_flt;
}

/* All threads of @p's process. tasklist_lock held, as for the next. */
static void usage_of_self(struct task_struct *p, struct usage *u)
{
	struct signal_struct *sig = p->signal;
	struct task_cputime times;
	struct task_struct *t;

	thread_group_cputime(p, &times);
	*u = (struct usage) { times.utime, times.stime, sig->nvcsw, sig->nivcsw, sig->maxrss,
			      sig->min_flt };
	for_each_thread(p, t) {
		u->nvcsw += READ_ONCE(t->nvcsw);
		u->nivcsw += READ_ONCE(t->nivcsw);
		u->min_flt += READ_ONCE(t->min_flt);
	}
}

/* What its children that it has waited for had used is added. */
static void add_children(const struct signal_struct *sig, struct usage *u)
{
	u->utime += sig->cutime;
	u->stime += sig->cstime;
	u->nvcsw += sig->cnvcsw;
	u->nivcsw += sig->cnivcsw;
	u->min_flt += sig->cmin_flt;
	u->maxrss = max(u->maxrss, sig->cmaxrss);
}

/* process_usage - what wait4() tells of a child: with all that it has waited for. tasklist_lock held. */
void process_usage(struct task_struct *p, struct rusage *ru)
{
	struct usage u;

	usage_of_self(p, &u);
	add_children(p->signal, &u);
	put_usage(ru, &u);
}

SYSCALL_DEFINE2(getrusage, int, who, struct rusage __user *, to)
{
	struct task_struct *p = current;
	struct usage u = { 0 };
	struct rusage ru;

	if (who != RUSAGE_SELF && who != RUSAGE_CHILDREN && who != RUSAGE_THREAD)
		return -EINVAL;
	read_lock_irq(&tasklist_lock);
	if (who == RUSAGE_SELF)
		usage_of_self(p, &u);
	else if (who == RUSAGE_CHILDREN)
		add_children(p->signal, &u);
	else
		u = (struct usage) { p->utime, p->stime, p->nvcsw, p->nivcsw, p->signal->maxrss, p->min_flt };
	read_unlock_irq(&tasklist_lock);
	if (who != RUSAGE_CHILDREN)
		u.maxrss = max(u.maxrss, get_mm_rss(p->mm));
	put_usage(&ru, &u);
	return copy_to_user(to, &ru, sizeof(ru)) ? -EFAULT : 0;
}

/* In hundredths of a second, all of them. */
struct tms {
	long	tms_utime, tms_stime, tms_cutime, tms_cstime;
};

SYSCALL_DEFINE1(times, struct tms __user *, to)
{
	struct signal_struct *sig = current->signal;
	struct task_cputime times;
	struct tms tms;

	if (to) {
		read_lock_irq(&tasklist_lock);
		thread_group_cputime(current, &times);
		tms.tms_utime = nsec_to_clock_t(times.utime);
		tms.tms_stime = nsec_to_clock_t(times.stime);
		tms.tms_cutime = nsec_to_clock_t(sig->cutime);
		tms.tms_cstime = nsec_to_clock_t(sig->cstime);
		read_unlock_irq(&tasklist_lock);
		if (copy_to_user(to, &tms, sizeof(tms)))
			return -EFAULT;
	}
	return nsec_to_clock_t(ktime_get_boottime_ns());
}
