/* SPDX-License-Identifier: MIT */
/* What a process does about signals: rt_sigaction(), and the defaults of a new program. */
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "internals.h"

/* siglock held: what waits and would come to nothing now is forgotten. */
static void forget(int sig)
{
	struct task_struct *t;

	flush_mask(&current->signal->shared_pending, sigmask(sig));
	for_each_thread(current, t)
		flush_mask(&t->pending, sigmask(sig));
}

/**
 * do_sigaction - look at and set what is done about a signal
 * @sig: the signal
 * @new: what to do, or NULL to let it be
 * @old: filled in with what was done, or NULL
 *
 * Context: process. Return: 0; -EINVAL: no such signal, or one that nothing can be done about.
 */
int do_sigaction(int sig, const struct sigaction *new, struct sigaction *old)
{
	struct sighand_struct *sighand = current->sighand;
	struct sigaction *sa;

	if (!valid_signal(sig) || sig < 1 || (new && sig_kernel_only(sig)))
		return -EINVAL;
	sa = &sighand->action[sig - 1].sa;
	spin_lock_irq(&sighand->siglock);
	if (old)
		*old = *sa;
	if (new) {
		*sa = *new;
		sa->sa_flags &= SA_ALL_FLAGS;
		sigdelsetmask(&sa->sa_mask, SIG_KERNEL_ONLY_MASK);
		if (handler_ignores(sa->sa_handler, sig))
			forget(sig);
	}
	spin_unlock_irq(&sighand->siglock);
	return 0;
}

SYSCALL_DEFINE4(rt_sigaction, int, sig, const struct sigaction __user *, unew,
		struct sigaction __user *, uold, size_t, size)
{
	struct sigaction new, old;
	int err;

	if (size != sizeof(sigset_t))
		return -EINVAL;
	if (unew && copy_from_user(&new, unew, sizeof(new)))
		return -EFAULT;
	err = do_sigaction(sig, unew ? &new : NULL, uold ? &old : NULL);
	if (err)
		return err;
	return uold && copy_to_user(uold, &old, sizeof(old)) ? -EFAULT : 0;
}

/* flush_signal_handlers - handlers go with their program; what was ignored stays so. siglock held. */
void flush_signal_handlers(struct task_struct *p)
{
	struct sigaction *sa;
	int i;

	for (i = 0; i < _NSIG; i++) {
		sa = &p->sighand->action[i].sa;
		if (sa->sa_handler != SIG_IGN)
			sa->sa_handler = SIG_DFL;
		sa->sa_flags = 0;
		sa->sa_restorer = NULL;
		sigemptyset(&sa->sa_mask);
	}
}
