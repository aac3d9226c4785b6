/* SPDX-License-Identifier: MIT */
/* Sets of signals. */
#ifndef _LINUX_SIGNAL_H
#define _LINUX_SIGNAL_H

#include <linux/signal_types.h>
#include <linux/string.h>

static inline void sigaddset(sigset_t *set, int sig)
{
	set->sig[(sig - 1) / BITS_PER_LONG] |= 1UL << ((sig - 1) % BITS_PER_LONG);
}

static inline void sigdelset(sigset_t *set, int sig)
{
	set->sig[(sig - 1) / BITS_PER_LONG] &= ~(1UL << ((sig - 1) % BITS_PER_LONG));
}

static inline bool sigismember(const sigset_t *set, int sig)
{
	return set->sig[(sig - 1) / BITS_PER_LONG] >> ((sig - 1) % BITS_PER_LONG) & 1;
}

static inline void sigemptyset(sigset_t *set)
{
	memset(set, 0, sizeof(*set));
}

static inline void init_sigpending(struct sigpending *pending)
{
	sigemptyset(&pending->signal);
	INIT_LIST_HEAD(&pending->list);
}

/* What a kernel thread does about a signal; by itself only. */
#define SIG_KTHREAD		((__sighandler_t)2)
#define SIG_KTHREAD_KERNEL	((__sighandler_t)3)
void kernel_sigaction(int sig, __sighandler_t action);

static inline void allow_signal(int sig)
{
	kernel_sigaction(sig, SIG_KTHREAD);
}

static inline void allow_kernel_signal(int sig)
{
	kernel_sigaction(sig, SIG_KTHREAD_KERNEL);
}

static inline void disallow_signal(int sig)
{
	kernel_sigaction(sig, SIG_IGN);
}

static inline bool valid_signal(unsigned long sig)
{
	return sig <= _NSIG;
}

#define sigmask(sig)	(1UL << ((sig) - 1))

#endif
