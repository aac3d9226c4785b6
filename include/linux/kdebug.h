/* SPDX-License-Identifier: MIT */
/* Who wants to hear of exceptions before the kernel acts on them: the die chain. */
#ifndef _LINUX_KDEBUG_H
#define _LINUX_KDEBUG_H

#include <linux/notifier.h>
#include <asm/kdebug.h>

struct pt_regs;

struct die_args {
	struct pt_regs	*regs;
	const char	*str;
	long		err;
	int		trapnr;
	int		signr;
};

int register_die_notifier(struct notifier_block *nb);
int unregister_die_notifier(struct notifier_block *nb);
int notify_die(enum die_val val, const char *str, struct pt_regs *regs, long err, int trap,
	       int sig);

/* The oops. Comes back only when a callback of the chain says that all is well. */
void die(const char *str, struct pt_regs *regs, long err, int signr);

#endif
