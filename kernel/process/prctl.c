/* SPDX-License-Identifier: MIT */
/* prctl(): what a process says about itself; personality(); getcpu(). */
#include <linux/errno.h>
#include <linux/signal.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <uapi/linux/prctl.h>
#include "internals.h"

static int set_name(const char __user *name)
{
	char comm[TASK_COMM_LEN] = "";

	if (strncpy_from_user(comm, name, TASK_COMM_LEN - 1) < 0)
		return -EFAULT;
	set_task_comm(current, comm);
	return 0;
}

static int get_name(char __user *name)
{
	char comm[TASK_COMM_LEN];

	get_task_comm(comm, current);
	return copy_to_user(name, comm, sizeof(comm)) ? -EFAULT : 0;
}

static int set_pdeath_signal(unsigned long sig)
{
	if (sig > _NSIG)
		return -EINVAL;
	current->pdeath_signal = sig;
	return 0;
}

/* There are no core dumps that it could forbid; it is told back. */
static int set_dumpable(unsigned long on)
{
	if (on > 1)
		return -EINVAL;
	WRITE_ONCE(current->mm->not_dumpable, !on);
	return 0;
}

static int set_child_subreaper(bool on)
{
	write_lock_irq(&tasklist_lock);
	current->signal->is_child_subreaper = on;
	write_unlock_irq(&tasklist_lock);
	return 0;
}

SYSCALL_DEFINE5(prctl, int, option, unsigned long, arg2, unsigned long, arg3, unsigned long, arg4,
		unsigned long, arg5)
{
	switch (option) {
	case PR_SET_NAME:
		return set_name((const char __user *)arg2);
	case PR_GET_NAME:
		return get_name((char __user *)arg2);
	case PR_SET_PDEATHSIG:
		return set_pdeath_signal(arg2);
	case PR_GET_PDEATHSIG:
		return put_user(current->pdeath_signal, (int __user *)arg2);
	case PR_SET_DUMPABLE:
		return set_dumpable(arg2);
	case PR_GET_DUMPABLE:
		return !READ_ONCE(current->mm->not_dumpable);
	case PR_CAPBSET_READ:
		return arg2 <= 40 ? 1 : -EINVAL;
	case PR_SET_CHILD_SUBREAPER:
		return set_child_subreaper(arg2);
	case PR_GET_CHILD_SUBREAPER:
		return put_user(current->signal->is_child_subreaper, (int __user *)arg2);
	case PR_SET_NO_NEW_PRIVS:
		if (arg2 != 1 || arg3 || arg4 || arg5)
			return -EINVAL;
		current->no_new_privs = true;
		return 0;
	case PR_GET_NO_NEW_PRIVS:
		return arg2 || arg3 || arg4 || arg5 ? -EINVAL : current->no_new_privs;
	default:
		return -EINVAL;
	}
}

SYSCALL_DEFINE1(personality, unsigned int, personality)
{
	unsigned int old = current->personality;

	if (personality != 0xffffffff)
		current->personality = personality;
	return old;
}

SYSCALL_DEFINE3(getcpu, unsigned int __user *, cpu, unsigned int __user *, node, void __user *, unused)
{
	if (cpu && put_user(raw_smp_processor_id(), cpu))
		return -EFAULT;
	return node ? put_user(0, node) : 0;
}
