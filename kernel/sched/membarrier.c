/* SPDX-License-Identifier: MIT */
/*
 * membarrier(): a barrier in all threads, so that those who pass often need none of their own.
 *
 * A thread that does not run at the moment has passed a full barrier when it was switched away, and
 * passes another when it comes back: an interrupt is enough for the others.
 */
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/syscalls.h>

enum {
	MEMBARRIER_CMD_QUERY				= 0,
	MEMBARRIER_CMD_GLOBAL				= 1 << 0,
	MEMBARRIER_CMD_GLOBAL_EXPEDITED			= 1 << 1,
	MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED	= 1 << 2,
	MEMBARRIER_CMD_PRIVATE_EXPEDITED		= 1 << 3,
	MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED	= 1 << 4,
};

static void pass_barrier(void *unused)
{
	smp_mb();
}

/* On every CPU that runs a thread of @mm; NULL: on all. The barriers pair with those of a switch. */
static void interrupt_all(struct mm_struct *mm)
{
	smp_mb();
	preempt_disable();
	if (mm)
		smp_call_function_many(mm_cpumask(mm), pass_barrier, NULL, 1);
	else
		smp_call_function_many(cpu_online_mask, pass_barrier, NULL, 1);
	preempt_enable();
	smp_mb();
}

SYSCALL_DEFINE3(membarrier, int, cmd, unsigned int, flags, int, cpu)
{
	struct mm_struct *mm = current->mm;

	if (flags)
		return -EINVAL;
	switch (cmd) {
	case MEMBARRIER_CMD_QUERY:
		return MEMBARRIER_CMD_GLOBAL | MEMBARRIER_CMD_GLOBAL_EXPEDITED |
		       MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED | MEMBARRIER_CMD_PRIVATE_EXPEDITED |
		       MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED;
	case MEMBARRIER_CMD_GLOBAL:
		synchronize_rcu();
		return 0;
	case MEMBARRIER_CMD_GLOBAL_EXPEDITED:
		interrupt_all(NULL);
		return 0;
	case MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED:
		return 0;
	case MEMBARRIER_CMD_PRIVATE_EXPEDITED:
		if (!READ_ONCE(mm->membarrier))
			return -EPERM;
		interrupt_all(mm);
		return 0;
	case MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED:
		WRITE_ONCE(mm->membarrier, true);
		return 0;
	default:
		return -EINVAL;
	}
}
