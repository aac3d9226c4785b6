/* SPDX-License-Identifier: MIT */
/*
 * Which signals a thread lets through: rt_sigprocmask(), and masks for the time of one call.
 *
 * ppoll() and its like run with a mask of their own. If a signal ends them, its handler's frame
 * must hold the mask from before: it stays in saved_sigmask until the signal is delivered.
 */
#include <linux/errno.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "internals.h"

/**
 * set_current_blocked - which signals current does not take now
 * @mask: SIGKILL and SIGSTOP in it do not count, and are removed
 *
 * Context: process; not with siglock held.
 */
void set_current_blocked(sigset_t *mask)
{
	sigset_t more;

	sigdelsetmask(mask, SIG_KERNEL_ONLY_MASK);
	/* Nobody else changes it. */
	if (current->blocked.sig[0] == mask->sig[0])
		return;
	spin_lock_irq(&current->sighand->siglock);
	if (signal_pending(current) && !thread_group_empty(current)) {
		/* It may have been woken for one that it does not take now. */
		sigandnsets(&more, mask, &current->blocked);
		retarget_shared(current, &more);
	}
	current->blocked = *mask;
	recalc_sigpending();
	spin_unlock_irq(&current->sighand->siglock);
}

SYSCALL_DEFINE4(rt_sigprocmask, int, how, const sigset_t __user *, new, sigset_t __user *, old,
		size_t, size)
{
	sigset_t before = current->blocked, mask;

	if (size != sizeof(sigset_t))
		return -EINVAL;
	if (new) {
		if (copy_from_user(&mask, new, sizeof(mask)))
			return -EFAULT;
		switch (how) {
		case SIG_BLOCK:
			mask.sig[0] |= before.sig[0];
			break;
		case SIG_UNBLOCK:
			mask.sig[0] = before.sig[0] & ~mask.sig[0];
			break;
		case SIG_SETMASK:
			break;
		default:
			return -EINVAL;
		}
		set_current_blocked(&mask);
	}
	return old && copy_to_user(old, &before, sizeof(before)) ? -EFAULT : 0;
}

SYSCALL_DEFINE2(rt_sigpending, sigset_t __user *, set, size_t, size)
{
	sigset_t pending;

	if (size > sizeof(sigset_t))
		return -EINVAL;
	spin_lock_irq(&current->sighand->siglock);
	pending.sig[0] = current->blocked.sig[0] &
			 (current->pending.signal.sig[0] | current->signal->shared_pending.signal.sig[0]);
	spin_unlock_irq(&current->sighand->siglock);
	return copy_to_user(set, &pending, size) ? -EFAULT : 0;
}

/**
 * set_user_sigmask - a mask for the time of one system call
 * @umask: the mask, or NULL for none
 * @size: what the program thinks its size is
 *
 * restore_saved_sigmask_unless() ends it.
 *
 * Context: process. Return: 0; -EINVAL; -EFAULT.
 */
int set_user_sigmask(const sigset_t __user *umask, size_t size)
{
	sigset_t mask;

	if (!umask)
		return 0;
	if (size != sizeof(sigset_t))
		return -EINVAL;
	if (copy_from_user(&mask, umask, sizeof(mask)))
		return -EFAULT;
	current->saved_sigmask = current->blocked;
	current->restore_sigmask = true;
	set_current_blocked(&mask);
	return 0;
}

/* restore_saved_sigmask - the mask from before, if one for a call is in force */
void restore_saved_sigmask(void)
{
	if (!current->restore_sigmask)
		return;
	current->restore_sigmask = false;
	set_current_blocked(&current->saved_sigmask);
}

/* @interrupted: by a signal, which is delivered under the call's mask and restores it. */
void restore_saved_sigmask_unless(bool interrupted)
{
	if (!interrupted)
		restore_saved_sigmask();
}
