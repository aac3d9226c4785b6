/* SPDX-License-Identifier: MIT */
/*
 * A system call that a signal interrupted and that can't just be made again with the same
 * arguments: it was to last for some time, and a part of that is over. It fills in the task's
 * restart_block and returns -ERESTART_RESTARTBLOCK; without a handler to run the program then makes
 * restart_syscall() in its place.
 */
#ifndef _LINUX_RESTART_BLOCK_H
#define _LINUX_RESTART_BLOCK_H

#include <linux/errno.h>
#include <linux/types.h>

struct pollfd;

struct restart_block {
	long (*fn)(struct restart_block *restart);	/* NULL: nothing to go on with */
	union {
		struct {
			u32 __user	*uaddr;
			u32		val;
			u32		flags;
			u32		bitset;
			u64		time;		/* when it ends, ns */
		} futex;
		struct {
			clockid_t	clockid;
			u64		expires;	/* when it ends, ns */
			void __user	*rmtp;		/* where what is left is told, or NULL */
		} nanosleep;
		struct {
			struct pollfd __user *ufds;
			unsigned int	nfds;
			bool		has_timeout;
			u64		expires;	/* when it ends, ns */
		} poll;
	};
};

static inline long set_restart_fn(struct restart_block *restart,
				  long (*fn)(struct restart_block *restart))
{
	restart->fn = fn;
	return -ERESTART_RESTARTBLOCK;
}

#endif
