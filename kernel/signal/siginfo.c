/* SPDX-License-Identifier: MIT */
/* siginfo_t between the kernel, which keeps no padding, and programs. */
#include <linux/errno.h>
#include <linux/signal.h>
#include <linux/uaccess.h>

#define PADDING	(sizeof(siginfo_t) - sizeof(struct kernel_siginfo))

/* copy_siginfo_to_user - with zeroes for padding. Return: 0; -EFAULT. */
int copy_siginfo_to_user(siginfo_t __user *to, const kernel_siginfo_t *from)
{
	char __user *padding = (char __user *)to + sizeof(*from);

	return copy_to_user(to, from, sizeof(*from)) || clear_user(padding, PADDING) ? -EFAULT : 0;
}

/*
 * copy_siginfo_from_user - what a program wants to tell. Return: 0; -EFAULT; -E2BIG: something that is
 * not known, and too long to be passed on unseen.
 */
int copy_siginfo_from_user(kernel_siginfo_t *to, const siginfo_t __user *from)
{
	char padding[PADDING];
	unsigned int i;

	if (copy_from_user(to, from, sizeof(*to)))
		return -EFAULT;
	if (to->si_code == SI_KERNEL || to->si_code == SI_ASYNCNL ||
	    (to->si_code >= SI_DETHREAD && to->si_code <= SI_USER))
		return 0;
	if (copy_from_user(padding, (const char __user *)from + sizeof(*to), sizeof(padding)))
		return -EFAULT;
	for (i = 0; i < sizeof(padding); i++)
		if (padding[i])
			return -E2BIG;
	return 0;
}
