/* SPDX-License-Identifier: MIT */
/*
 * Around each call of a function that somebody registered: what it leaves behind (preemption
 * off, interrupts off, locks held, an RCU reader open) is reported with its name and undone, before who was
 * interrupted suffers from it. Debug build; nothing in the other.
 */
#ifndef _LINUX_DEBUG_HANDLER_H
#define _LINUX_DEBUG_HANDLER_H

#include <linux/irqflags.h>
#include <linux/preempt.h>
#include <linux/types.h>

#ifdef CONFIG_DEBUG

struct handler_state {
	int			preempt_count;
	unsigned int		locks;
	int			rcu_depth;
	bool			irqs_off;
};

struct handler_state handler_begin(void);
void handler_end(const struct handler_state *before, const char *kind, const void *function);

#else

struct handler_state { };

static inline struct handler_state handler_begin(void)
{
	return (struct handler_state){ };
}

static inline void handler_end(const struct handler_state *before, const char *kind,
			       const void *function)
{
}

#endif
#endif
