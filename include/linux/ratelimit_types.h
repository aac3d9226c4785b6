/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RATELIMIT_TYPES_H
#define _LINUX_RATELIMIT_TYPES_H

#include <linux/bits.h>
#include <asm/param.h>
#include <linux/spinlock_types.h>

#define DEFAULT_RATELIMIT_INTERVAL	(5 * HZ)
#define DEFAULT_RATELIMIT_BURST		10
#define RATELIMIT_MSG_ON_RELEASE	BIT(0)	/* say what was dropped at the end only */

struct ratelimit_state {
	raw_spinlock_t	lock;		/* guards the rest; never waited for */

	int		interval;	/* jiffies; 0 lets all pass */
	int		burst;		/* passes per interval */
	int		printed;
	int		missed;
	unsigned long	begin;		/* jiffies when the interval began; 0 = none yet */
	unsigned long	flags;		/* RATELIMIT_* */
};

#define RATELIMIT_STATE_INIT_FLAGS(name, interval_init, burst_init, flags_init) { \
	.lock = __RAW_SPIN_LOCK_INITIALIZER(name.lock),			\
	.interval = interval_init, .burst = burst_init, .flags = flags_init, }
#define RATELIMIT_STATE_INIT(name, interval_init, burst_init) \
	RATELIMIT_STATE_INIT_FLAGS(name, interval_init, burst_init, 0)
#define RATELIMIT_STATE_INIT_DISABLED	RATELIMIT_STATE_INIT(ratelimit_state, 0, DEFAULT_RATELIMIT_BURST)
#define DEFINE_RATELIMIT_STATE(name, interval_init, burst_init) \
	struct ratelimit_state name = RATELIMIT_STATE_INIT(name, interval_init, burst_init)

int ___ratelimit(struct ratelimit_state *rs, const char *func);
#define __ratelimit(state) ___ratelimit(state, __func__)

#endif
