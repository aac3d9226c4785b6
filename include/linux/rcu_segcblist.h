/* SPDX-License-Identifier: MIT */
/* The queue of callbacks that RCU keeps for a CPU and SRCU for a domain. kernel/rcu/cblist.h. */
#ifndef _LINUX_RCU_SEGCBLIST_H
#define _LINUX_RCU_SEGCBLIST_H

#include <linux/types.h>

struct rcu_cb_list {
	struct rcu_head		*head, **tail;
};

struct rcu_cbs {
	struct rcu_cb_list	due;
	struct rcu_cb_list	wait[2];	/* by the lowest bit of the grace period's number */
	unsigned long		seq[2];		/* which one that is */
	unsigned long		len;		/* all, those that are being called included */
};

#define RCU_CB_LIST_INIT(l)	{ NULL, &(l).head }
#define RCU_CBS_INIT(c)	{						\
	.due = RCU_CB_LIST_INIT((c).due),					\
	.wait = { RCU_CB_LIST_INIT((c).wait[0]), RCU_CB_LIST_INIT((c).wait[1]) }, \
}

#endif
