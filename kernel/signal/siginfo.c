/* SPDX-License-Identifier: MIT */
/* siginfo_t between the kernel, which keeps no padding, and programs. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/signal.h>
#include <linux/uaccess.h>

#define PADDING	(sizeof(siginfo_t) - sizeof(struct kernel_siginfo))

/* The largest code of signals that have their own. */
static const struct {
	u8	max;
	u8	layout;
} own_codes[SIGSYS] = {
	[SIGILL]  = { 11, SIL_FAULT },
	[SIGTRAP] = { 6, SIL_FAULT },
	[SIGBUS]  = { 5, SIL_FAULT },
	[SIGFPE]  = { 15, SIL_FAULT },
	[SIGSEGV] = { 10, SIL_FAULT },
	[SIGCHLD] = { 6, SIL_CHLD },
};
#define MAX_POLL_CODE	6	/* of SIGPOLL, or of the signal that F_SETSIG has put in its place */

/* siginfo_layout - which fields of siginfo_t mean something */
enum siginfo_layout siginfo_layout(unsigned int sig, int code)
{
	if (code == SI_TIMER)
		return SIL_TIMER;
	if (code == SI_SIGIO)
		return SIL_POLL;
	if (code < 0)
		return SIL_RT;
	if (code == SI_USER || code >= SI_KERNEL)
		return SIL_KILL;
	if (sig < ARRAY_SIZE(own_codes) && code <= own_codes[sig].max)
		return own_codes[sig].layout;
	return code <= MAX_POLL_CODE ? SIL_POLL : SIL_KILL;
}

/* copy_siginfo_to_user - with zeroes for padding. Return: 0; -EFAULT. */
int copy_siginfo_to_user(siginfo_t __user *to, const kernel_siginfo_t *from)
{
	/* The sum may be anything, as @to may be. */
	void __user *padding = (void __user *)((unsigned long)to + sizeof(*from));

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
