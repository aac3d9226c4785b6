/* SPDX-License-Identifier: MIT */
/* At most so many messages per interval. */
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/ratelimit.h>
#include <linux/spinlock.h>

/**
 * ___ratelimit - may one more pass?
 * @rs: the limit
 * @func: who asks, for the message about those that could not
 *
 * Never waits: while another CPU is asking about the same limit, the answer is no.
 *
 * Context: any. Return: 1 or 0.
 */
int ___ratelimit(struct ratelimit_state *rs, const char *func)
{
	unsigned long flags;
	int pass = 0;

	if (!rs->interval)
		return 1;
	if (!raw_spin_trylock_irqsave(&rs->lock, flags))
		return 0;

	if (!rs->begin)
		rs->begin = jiffies;
	if (time_is_before_jiffies(rs->begin + rs->interval)) {
		if (rs->missed && !(rs->flags & RATELIMIT_MSG_ON_RELEASE)) {
			printk_deferred(KERN_WARNING "%s: %d callbacks suppressed\n", func, rs->missed);
			rs->missed = 0;
		}
		rs->begin = jiffies;
		rs->printed = 0;
	}
	if (rs->printed < rs->burst) {
		rs->printed++;
		pass = 1;
	} else {
		rs->missed++;
	}
	raw_spin_unlock_irqrestore(&rs->lock, flags);
	return pass;
}
EXPORT_SYMBOL(___ratelimit);
