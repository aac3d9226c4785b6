/* SPDX-License-Identifier: MIT */
/* Limits of a process: getrlimit(), setrlimit(), prlimit64(). */
#include <linux/errno.h>
#include <linux/sched/signal.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <uapi/linux/resource.h>
#include "internals.h"

#define NR_OPEN		(1UL << 20)	/* open files of a process at most */

/* Both may be NULL; the old is what was before the new. All may raise what they like: root. */
static int do_prlimit(struct task_struct *p, unsigned int resource, const struct rlimit *new,
		      struct rlimit *old)
{
	struct rlimit *limit;

	if (resource >= RLIM_NLIMITS)
		return -EINVAL;
	if (new && new->rlim_cur > new->rlim_max)
		return -EINVAL;
	if (new && resource == RLIMIT_NOFILE && new->rlim_max > NR_OPEN)
		return -EPERM;
	limit = p->signal->rlim + resource;
	task_lock(p->group_leader);
	if (old)
		*old = *limit;
	if (new)
		*limit = *new;
	if (new && resource == RLIMIT_CPU)
		cpu_limit_changed(p->signal);
	task_unlock(p->group_leader);
	return 0;
}

SYSCALL_DEFINE2(getrlimit, unsigned int, resource, struct rlimit __user *, to)
{
	struct rlimit limit;
	int err = do_prlimit(current, resource, NULL, &limit);

	return err ?: copy_to_user(to, &limit, sizeof(limit)) ? -EFAULT : 0;
}

SYSCALL_DEFINE2(setrlimit, unsigned int, resource, const struct rlimit __user *, from)
{
	struct rlimit limit;

	if (copy_from_user(&limit, from, sizeof(limit)))
		return -EFAULT;
	return do_prlimit(current, resource, &limit, NULL);
}

SYSCALL_DEFINE4(prlimit64, pid_t, pid, unsigned int, resource, const struct rlimit64 __user *, from,
		struct rlimit64 __user *, to)
{
	struct rlimit new, old;
	struct task_struct *p;
	int err = -ESRCH;

	_Static_assert(sizeof(struct rlimit) == sizeof(struct rlimit64), "one form");
	if (from && copy_from_user(&new, from, sizeof(new)))
		return -EFAULT;
	/* With the lock, as the task's group_leader goes when it is released. */
	read_lock_irq(&tasklist_lock);
	p = pid ? find_task_by_pid(pid) : current;
	if (p && p->signal)
		err = do_prlimit(p, resource, from ? &new : NULL, to ? &old : NULL);
	read_unlock_irq(&tasklist_lock);
	return err ?: to && copy_to_user(to, &old, sizeof(old)) ? -EFAULT : 0;
}
