/* SPDX-License-Identifier: MIT */
/* Sets of signals. */
#ifndef _LINUX_SIGNAL_H
#define _LINUX_SIGNAL_H

#include <linux/signal_types.h>
#include <linux/string.h>

static_assert(_NSIG == BITS_PER_LONG);		/* a set is one word */
#define sigmask(sig)	(1UL << ((sig) - 1))

static inline void sigaddset(sigset_t *set, int sig)
{
	set->sig[0] |= sigmask(sig);
}

static inline void sigdelset(sigset_t *set, int sig)
{
	set->sig[0] &= ~sigmask(sig);
}

static inline bool sigismember(const sigset_t *set, int sig)
{
	return set->sig[0] >> (sig - 1) & 1;
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

static inline void sigaddsetmask(sigset_t *set, unsigned long mask)
{
	set->sig[0] |= mask;
}

static inline void sigdelsetmask(sigset_t *set, unsigned long mask)
{
	set->sig[0] &= ~mask;
}

static inline void siginitset(sigset_t *set, unsigned long mask)
{
	sigemptyset(set);
	set->sig[0] = mask;
}

#define __SIGSET_OP(name, op)						\
static inline void name(sigset_t *result, const sigset_t *a, const sigset_t *b) \
{									\
	result->sig[0] = a->sig[0] op b->sig[0];			\
}
__SIGSET_OP(sigorsets, |)
__SIGSET_OP(sigandsets, &)
__SIGSET_OP(sigandnsets, & ~)

/* What the default action is; all that are in no set end the process. */
#define SIG_KERNEL_ONLY_MASK	(sigmask(SIGKILL) | sigmask(SIGSTOP))
#define SIG_KERNEL_STOP_MASK \
	(sigmask(SIGSTOP) | sigmask(SIGTSTP) | sigmask(SIGTTIN) | sigmask(SIGTTOU))
#define SIG_KERNEL_COREDUMP_MASK \
	(sigmask(SIGQUIT) | sigmask(SIGILL) | sigmask(SIGTRAP) | sigmask(SIGABRT) | \
	 sigmask(SIGFPE) | sigmask(SIGSEGV) | sigmask(SIGBUS) | sigmask(SIGSYS) | \
	 sigmask(SIGXCPU) | sigmask(SIGXFSZ))
#define SIG_KERNEL_IGNORE_MASK \
	(sigmask(SIGCONT) | sigmask(SIGCHLD) | sigmask(SIGWINCH) | sigmask(SIGURG))
/* What a program brings upon itself. */
#define SYNCHRONOUS_MASK \
	(sigmask(SIGSEGV) | sigmask(SIGBUS) | sigmask(SIGILL) | sigmask(SIGTRAP) | \
	 sigmask(SIGFPE) | sigmask(SIGSYS))

#define sig_kernel_only(sig)	(!!(sigmask(sig) & SIG_KERNEL_ONLY_MASK))
#define sig_kernel_coredump(sig) (!!(sigmask(sig) & SIG_KERNEL_COREDUMP_MASK))
#define sig_kernel_ignore(sig)	(!!(sigmask(sig) & SIG_KERNEL_IGNORE_MASK))
#define sig_kernel_stop(sig)	(!!(sigmask(sig) & SIG_KERNEL_STOP_MASK))

static inline void clear_siginfo(kernel_siginfo_t *info)
{
	memset(info, 0, sizeof(*info));
}

static inline bool is_si_special(const struct kernel_siginfo *info)
{
	return info <= SEND_SIG_PRIV;
}

/* Which of siginfo_t's structures a signal and its code mean. */
enum siginfo_layout { SIL_KILL, SIL_TIMER, SIL_POLL, SIL_FAULT, SIL_CHLD, SIL_RT };
enum siginfo_layout siginfo_layout(unsigned int sig, int code);

int copy_siginfo_to_user(siginfo_t __user *to, const kernel_siginfo_t *from);
int copy_siginfo_from_user(kernel_siginfo_t *to, const siginfo_t __user *from);

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

#endif
