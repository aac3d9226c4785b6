/* SPDX-License-Identifier: MIT */
/* Signals as a task keeps them. */
#ifndef _LINUX_SIGNAL_TYPES_H
#define _LINUX_SIGNAL_TYPES_H

#include <linux/bits.h>
#include <linux/list.h>
#include <uapi/linux/signal.h>

#define _NSIG		64

typedef struct {
	unsigned long sig[_NSIG / BITS_PER_LONG];
} sigset_t;

/* What is known of a signal: siginfo_t without its padding. */
typedef struct kernel_siginfo {
	__SIGINFO;
} kernel_siginfo_t;

/* Instead of that: from current, by kill(); from the kernel itself, which nobody may ignore. */
#define SEND_SIG_NOINFO	((struct kernel_siginfo *)0)
#define SEND_SIG_PRIV	((struct kernel_siginfo *)1)

/* One that is waiting, with what is known of it. Guarded by siglock. */
struct sigqueue {
	struct list_head	list;		/* in a struct sigpending */
	int			flags;		/* SIGQUEUE_* */
	kernel_siginfo_t	info;
};
#define SIGQUEUE_PREALLOC	1	/* belongs to a timer */

/* What is waiting to be delivered. Guarded by siglock. */
struct sigpending {
	struct list_head	list;
	sigset_t		signal;
};

typedef void (*__sighandler_t)(int);
typedef void (*__sigrestore_t)(void);

#define SIG_DFL	((__sighandler_t)0)
#define SIG_IGN	((__sighandler_t)1)
#define SIG_ERR	((__sighandler_t)-1)

/* As rt_sigaction() passes it. */
struct sigaction {
	__sighandler_t	sa_handler;
	unsigned long	sa_flags;
	__sigrestore_t	sa_restorer;
	sigset_t	sa_mask;
};

struct k_sigaction {
	struct sigaction sa;
};

/* One that was taken, to be handled. */
struct ksignal {
	struct k_sigaction	ka;
	kernel_siginfo_t	info;
	int			sig;
};

#define SA_NOCLDSTOP	0x00000001
#define SA_NOCLDWAIT	0x00000002
#define SA_SIGINFO	0x00000004
#define SA_RESTORER	0x04000000
#define SA_ONSTACK	0x08000000
#define SA_RESTART	0x10000000
#define SA_NODEFER	0x40000000
#define SA_RESETHAND	0x80000000
#define SA_ALL_FLAGS	(SA_NOCLDSTOP | SA_NOCLDWAIT | SA_SIGINFO | SA_RESTORER | SA_ONSTACK | \
			 SA_RESTART | SA_NODEFER | SA_RESETHAND)

#endif
