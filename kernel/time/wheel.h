/* SPDX-License-Identifier: MIT */
/*
 * The timer wheel: where a timer waits, in constant time to put in and to take out.
 *
 * Nine levels of 64 buckets. A bucket of level n spans 8^n jiffies, and a timer goes to the
 * lowest level on which its distance is under 62 spans (63 on the first):
 *
 *	level	a bucket spans		for timers due in less than	(at 250 Hz)
 *	0	1 jiffy    4 ms		63 jiffies			252 ms
 *	1	8	  32 ms		496				  2 s
 *	2	64	 256 ms		3,968				 16 s
 *	3	512	   2 s		31,744				  2 min
 *	4	4,096	  16 s		253,952				 17 min
 *	5	32,768	   2 min	2,031,616			  2 h 15 min
 *	6	262,144	  17 min	16,252,928			 18 h
 *	7	2^21	   2 h		130,023,424			  6 days
 *	8	2^24	  18 h		1,040,187,392			 48 days
 *
 * A timer is never moved to a finer level as its time comes near: it is called when its bucket
 * is, at most one span late, which is an eighth of the distance it was armed for. Most timers
 * are time-outs that never come, so exactness is traded for the work of moving them. Rounding
 * is always up, by at least the one jiffy that is under way when a timer is armed, so that
 * none is called early. What lies beyond the last level waits on it, at its far end.
 *
 * Everything here is called with the wheel's lock held.
 */
#ifndef _TIME_WHEEL_H
#define _TIME_WHEEL_H

#include <linux/bitops.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

#define LVL_BITS	6
#define LVL_SIZE	(1U << LVL_BITS)
#define LVL_MASK	(LVL_SIZE - 1)
#define LVL_SHIFT	3U			/* log2 of how much coarser the next level is */
#define LVL_DEPTH	9U
#define LVL_REACH	62UL			/* spans that a level reaches ahead */
#define LVL0_REACH	63UL
#define WHEEL_SIZE	(LVL_SIZE * LVL_DEPTH)
#define WHEEL_REACH	(LVL_REACH << (LVL_SHIFT * (LVL_DEPTH - 1)))
#define WHEEL_FURTHEST	(WHEEL_REACH - (1UL << (LVL_SHIFT * (LVL_DEPTH - 1))))

#define NO_TIMER_DELTA	(~0UL >> 2)		/* next_expiry this far ahead: nothing waits */

#define WHEEL_IDLE	(~0u)			/* no timer's flags */

static_assert(WHEEL_REACH <= NO_TIMER_DELTA, "what is armed last may be what comes first");

struct timer_wheel {
	raw_spinlock_t		lock;		/* IRQs off; guards all below */
	u32			owner;		/* what TIMER_BASEMASK leaves of its timers' flags,
						   or WHEEL_IDLE; set back by its CPU, unlocked */
	struct timer_list	*running;	/* its function runs; also read without the lock */
	unsigned long		clk;		/* the first jiffy not yet gone through */
	unsigned long		next_expiry;	/* no bucket is due before; own CPU reads it unlocked */
	u64			pending[LVL_DEPTH]; /* a bit for each bucket that may have timers */
	struct hlist_head	bucket[WHEEL_SIZE];
} ____cacheline_aligned;

/* Each CPU has two: one for timers that need not wake it from idle. */
DECLARE_PER_CPU_SHARED_ALIGNED(struct timer_wheel, timer_wheel);
DECLARE_PER_CPU_SHARED_ALIGNED(struct timer_wheel, deferrable_wheel);

/* The wheel that a timer's flags name. */
static __always_inline struct timer_wheel *wheel_of(u32 flags)
{
	return flags & TIMER_DEFERRABLE ? per_cpu_ptr(&deferrable_wheel, flags & TIMER_CPUMASK) :
					  per_cpu_ptr(&timer_wheel, flags & TIMER_CPUMASK);
}

/*
 * The level by the highest bit of distance + distance / 32: 62 spans of level n and a 32nd of
 * that are just under 2^(6 + 3n).
 */
static const u8 wheel_levels[] = {
	0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 7, 8, 8, 8,
};
static_assert(WHEEL_REACH + WHEEL_REACH / 32 <= 1UL << ARRAY_SIZE(wheel_levels));

/* The bucket for a timer that expires at @expires, and the jiffy at which that bucket is due. */
static __always_inline unsigned long wheel_bucket(unsigned long expires, unsigned long clk,
						  unsigned long *due)
{
	unsigned long delta = expires - clk, level = 0, shift = 0;

	if (unlikely((long)delta < 0)) {	/* too late already: as soon as can be */
		*due = clk;
		return clk & LVL_MASK;
	}
	if (delta >= LVL0_REACH) {
		if (unlikely(delta >= WHEEL_REACH)) {
			delta = WHEEL_FURTHEST;
			expires = clk + delta;
		}
		level = wheel_levels[__fls(delta + delta / 32)];
		shift = level * LVL_SHIFT;
	}
	expires = (expires >> shift) + 1;
	*due = expires << shift;
	return level * LVL_SIZE + (expires & LVL_MASK);
}

/* When nothing was due for a while clk stands still: a new timer's distance counts from now. */
static __always_inline void wheel_forward(struct timer_wheel *w)
{
	unsigned long now = READ_ONCE(jiffies);

	if (time_after(now, w->clk))
		w->clk = time_after(w->next_expiry, now) ? now : w->next_expiry;
}

static __always_inline void wheel_insert(struct timer_wheel *w, struct timer_list *timer,
					 unsigned long idx, unsigned long due)
{
	hlist_add_head(&timer->entry, &w->bucket[idx]);
	timer->bucket = (u32)idx;
	w->pending[idx / LVL_SIZE] |= 1ULL << (idx & LVL_MASK);
	if (time_before(due, w->next_expiry))
		WRITE_ONCE(w->next_expiry, due);
}

/*
 * next_expiry and the bucket's bit stay as they are: too early a look, or one at an empty bucket,
 * costs less than to keep them right at every removal. @timer may also be on the list that
 * wheel_collect() made.
 */
static __always_inline void wheel_remove(struct timer_list *timer)
{
	struct hlist_node *next = timer->entry.next, **pprev = timer->entry.pprev;

	*pprev = next;
	WRITE_ONCE(timer->entry.pprev, NULL);
	if (next)
		next->pprev = pprev;
}

/*
 * Move the buckets due at clk to @lists, finest level first. A coarser level has one due only
 * when the levels below it have gone round.
 * Return: how many.
 */
static inline unsigned int wheel_collect(struct timer_wheel *w, struct hlist_head *lists)
{
	unsigned long clk = w->clk;
	unsigned int level, n = 0;

	for (level = 0; level < LVL_DEPTH; level++) {
		u64 bit = 1ULL << (clk & LVL_MASK);

		if (w->pending[level] & bit) {
			w->pending[level] &= ~bit;
			hlist_move_list(&w->bucket[level * LVL_SIZE + (clk & LVL_MASK)], &lists[n++]);
		}
		if (clk & ((1U << LVL_SHIFT) - 1))
			break;
		clk >>= LVL_SHIFT;
	}
	return n;
}

/* The first bucket of @level that has timers, at or after clk, in spans of that level. */
static inline bool wheel_next_on(struct timer_wheel *w, unsigned int level, unsigned long *span)
{
	unsigned int shift = level * LVL_SHIFT, idx;
	/* The first bucket of this level that is not behind clk. */
	unsigned long pos = (w->clk + (1UL << shift) - 1) >> shift;

	while (w->pending[level]) {
		*span = pos + __ffs64(ror64(w->pending[level], pos & LVL_MASK));
		idx = *span & LVL_MASK;
		if (!hlist_empty(&w->bucket[level * LVL_SIZE + idx]))
			return true;
		w->pending[level] &= ~(1ULL << idx);
	}
	return false;
}

/* When the first bucket is due, from clk on; NO_TIMER_DELTA ahead if none is. */
static inline unsigned long wheel_next(struct timer_wheel *w)
{
	unsigned long next = w->clk + NO_TIMER_DELTA, span;
	unsigned int level;

	for (level = 0; level < LVL_DEPTH; level++)
		if (wheel_next_on(w, level, &span) &&
		    time_before(span << level * LVL_SHIFT, next))
			next = span << level * LVL_SHIFT;
	return next;
}

#endif
