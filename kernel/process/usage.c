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

static void put_times(struct rusage *ru, u64 utime, u64 stime)
{
	ru->ru_utime.tv_sec = utime / NSEC_PER_SEC;
	ru->ru_utime.tv_usec = utime % NSEC_PER_SEC / NSEC_PER_USEC;
	ru->ru_stime.tv_sec = stime / NSEC_PER_SEC;
	ru->ru_stime.tv_usec = stime % NSEC_PER_SEC / NSEC_PER_USEC;
}

/* tasklist_lock held. */
static void usage_of_self(struct rusage *ru)
{
	struct signal_struct *sig = current->signal;
	struct task_cputime times;
	struct task_struct *t;

	thread_group_cputime(current, &times);
	put_times(ru, times.utime, times.stime);
	ru->ru_nvcsw = sig->nvcsw;
	ru->ru_nivcsw = sig->nivcsw;
	for_each_thread(current, t) {
		ru->ru_nvcsw += READ_ONCE(t->nvcsw);
		ru->ru_nivcsw += READ_ONCE(t->nivcsw);
	}
	ru->ru_maxrss = max(sig->maxrss, get_mm_rss(current->mm)) << (PAGE_SHIFT - 10);
}

SYSCALL_DEFINE2(getrusage, int, who, struct rusage __user *, to)
{
	struct signal_struct *sig = current->signal;
	struct rusage ru;

	memset(&ru, 0, sizeof(ru));
	if (who != RUSAGE_SELF && who != RUSAGE_CHILDREN && who != RUSAGE_THREAD)
		return -EINVAL;
	read_lock_irq(&tasklist_lock);
	if (who == RUSAGE_SELF) {
		usage_of_self(&ru);
	} else if (who == RUSAGE_CHILDREN) {
		put_times(&ru, sig->cutime, sig->cstime);
		ru.ru_maxrss = sig->cmaxrss << (PAGE_SHIFT - 10);
	} else {
		put_times(&ru, current->utime, current->stime);
		ru.ru_nvcsw = current->nvcsw;
		ru.ru_nivcsw = current->nivcsw;
		ru.ru_maxrss = max(sig->maxrss, get_mm_rss(current->mm)) << (PAGE_SHIFT - 10);
	}
	read_unlock_irq(&tasklist_lock);
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
