/* SPDX-License-Identifier: MIT */
/*
 * Sequence counters: readers that take no lock, and read again when a writer came between.
 *
 * The count is odd while a writer is at work. A reader notes it, reads, and looks whether it
 * is still the same; what it read may be torn until then and must not be followed as a
 * pointer. seqcount_t leaves it to the writers to keep each other out and not to be preempted;
 * seqlock_t brings a spin lock for them. seqcount_latch_t is for readers that may interrupt
 * the writer (NMI): there are two copies of the data, and the count's low bit says which one
 * is whole.
 */
#ifndef _LINUX_SEQLOCK_H
#define _LINUX_SEQLOCK_H

#include <linux/compiler.h>
#include <linux/spinlock.h>
#include <linux/preempt.h>
#include <linux/lockdep.h>
#include <asm/barrier.h>
#include <asm/processor.h>

typedef struct seqcount {
	unsigned int sequence;		/* written by writers only */
} seqcount_t;

#define SEQCNT_ZERO(name)	{ .sequence = 0 }
#define seqcount_init(s)	do { *(s) = (seqcount_t)SEQCNT_ZERO(s); } while (0)

/* Named for the lock that the writers hold; the same here. */
typedef seqcount_t seqcount_raw_spinlock_t;
typedef seqcount_t seqcount_spinlock_t;
typedef seqcount_t seqcount_rwlock_t;
typedef seqcount_t seqcount_mutex_t;
#define SEQCNT_RAW_SPINLOCK_ZERO(name, lock)	SEQCNT_ZERO(name)
#define SEQCNT_SPINLOCK_ZERO(name, lock)	SEQCNT_ZERO(name)
#define SEQCNT_RWLOCK_ZERO(name, lock)		SEQCNT_ZERO(name)
#define SEQCNT_MUTEX_ZERO(name, lock)		SEQCNT_ZERO(name)
#define seqcount_raw_spinlock_init(s, lock)	do { (void)(lock); seqcount_init(s); } while (0)
#define seqcount_spinlock_init(s, lock)		do { (void)(lock); seqcount_init(s); } while (0)
#define seqcount_rwlock_init(s, lock)		do { (void)(lock); seqcount_init(s); } while (0)
#define seqcount_mutex_init(s, lock)		do { (void)(lock); seqcount_init(s); } while (0)

/* ---- Readers ------------------------------------------------------------------------- */

static __always_inline unsigned int read_seqcount_begin(const seqcount_t *s)
{
	return smp_cond_load_acquire(&s->sequence, !(VAL & 1));
}
#define raw_read_seqcount_begin(s)	read_seqcount_begin(s)

/* The count as it is, odd as well: the reader has another way out than to wait. */
static __always_inline unsigned int raw_read_seqcount(const seqcount_t *s)
{
	return smp_load_acquire(&s->sequence);
}

/* For a reader that gives up: an odd count never matches again. */
static __always_inline unsigned int raw_seqcount_begin(const seqcount_t *s)
{
	return raw_read_seqcount(s) & ~1U;
}

static __always_inline int __read_seqcount_retry(const seqcount_t *s, unsigned int start)
{
	return unlikely(READ_ONCE(s->sequence) != start);
}

static __always_inline int read_seqcount_retry(const seqcount_t *s, unsigned int start)
{
	smp_rmb();		/* the data before the second look at the count */
	return __read_seqcount_retry(s, start);
}

/* ---- Writers: kept apart, and from being preempted, by the caller ---------------------- */

static __always_inline void raw_write_seqcount_begin(seqcount_t *s)
{
	WRITE_ONCE(s->sequence, s->sequence + 1);
	smp_wmb();		/* odd before any of the data; pairs with read_seqcount_retry() */
}

static __always_inline void raw_write_seqcount_end(seqcount_t *s)
{
	smp_wmb();		/* all of the data before even; pairs with read_seqcount_begin() */
	WRITE_ONCE(s->sequence, s->sequence + 1);
}

static __always_inline void write_seqcount_begin(seqcount_t *s)
{
	lockdep_assert_preemption_disabled();
	raw_write_seqcount_begin(s);
}
#define write_seqcount_begin_nested(s, subclass) do { (void)(subclass); write_seqcount_begin(s); } while (0)

static __always_inline void write_seqcount_end(seqcount_t *s)
{
	raw_write_seqcount_end(s);
}

/* Readers of now must read again; there is nothing to write between. */
static __always_inline void write_seqcount_invalidate(seqcount_t *s)
{
	smp_wmb();
	WRITE_ONCE(s->sequence, s->sequence + 2);
}

/* ---- Latch --------------------------------------------------------------------------- */

typedef struct {
	seqcount_t seqcount;
} seqcount_latch_t;

#define SEQCNT_LATCH_ZERO(name)		{ .seqcount = SEQCNT_ZERO(name.seqcount) }
#define seqcount_latch_init(s)		seqcount_init(&(s)->seqcount)

/* Copy number (result & 1) is whole. */
static __always_inline unsigned int raw_read_seqcount_latch(const seqcount_latch_t *s)
{
	return smp_load_acquire(&s->seqcount.sequence);
}

static __always_inline int read_seqcount_latch_retry(const seqcount_latch_t *s, unsigned int start)
{
	return read_seqcount_retry(&s->seqcount, start);
}

/* Called before each copy is written: 0 first, then 1. */
static __always_inline void raw_write_seqcount_latch(seqcount_latch_t *s)
{
	smp_wmb();
	WRITE_ONCE(s->seqcount.sequence, s->seqcount.sequence + 1);
	smp_wmb();
}

/* ---- With a lock for the writers ------------------------------------------------------ */

typedef struct {
	seqcount_t seqcount;
	spinlock_t lock;
} seqlock_t;

#define __SEQLOCK_UNLOCKED(name) \
	{ .seqcount = SEQCNT_ZERO(name.seqcount), .lock = __SPIN_LOCK_UNLOCKED(name.lock) }
#define DEFINE_SEQLOCK(name) \
	seqlock_t name = { .seqcount = SEQCNT_ZERO(name.seqcount), \
			   .lock = __SPIN_LOCK_INITIALIZER(name.lock) }
#define seqlock_init(sl)						\
do {									\
	spin_lock_init(&(sl)->lock);					\
	seqcount_init(&(sl)->seqcount);					\
} while (0)

static inline unsigned int read_seqbegin(const seqlock_t *sl)
{
	return read_seqcount_begin(&sl->seqcount);
}

static inline unsigned int read_seqretry(const seqlock_t *sl, unsigned int start)
{
	return (unsigned int)read_seqcount_retry(&sl->seqcount, start);
}

static inline void write_seqlock(seqlock_t *sl)
{
	spin_lock(&sl->lock);
	write_seqcount_begin(&sl->seqcount);
}

static inline void write_sequnlock(seqlock_t *sl)
{
	write_seqcount_end(&sl->seqcount);
	spin_unlock(&sl->lock);
}

static inline void write_seqlock_bh(seqlock_t *sl)
{
	spin_lock_bh(&sl->lock);
	write_seqcount_begin(&sl->seqcount);
}

static inline void write_sequnlock_bh(seqlock_t *sl)
{
	write_seqcount_end(&sl->seqcount);
	spin_unlock_bh(&sl->lock);
}

static inline void write_seqlock_irq(seqlock_t *sl)
{
	spin_lock_irq(&sl->lock);
	write_seqcount_begin(&sl->seqcount);
}

static inline void write_sequnlock_irq(seqlock_t *sl)
{
	write_seqcount_end(&sl->seqcount);
	spin_unlock_irq(&sl->lock);
}

#define write_seqlock_irqsave(sl, flags)				\
do {									\
	spin_lock_irqsave(&(sl)->lock, flags);				\
	write_seqcount_begin(&(sl)->seqcount);				\
} while (0)

static inline void write_sequnlock_irqrestore(seqlock_t *sl, unsigned long flags)
{
	write_seqcount_end(&sl->seqcount);
	spin_unlock_irqrestore(&sl->lock, flags);
}

/* Readers that keep writers out and do not disturb other readers. */
static inline void read_seqlock_excl(seqlock_t *sl)
{
	spin_lock(&sl->lock);
}

static inline void read_sequnlock_excl(seqlock_t *sl)
{
	spin_unlock(&sl->lock);
}

#define read_seqlock_excl_irqsave(sl, flags)	spin_lock_irqsave(&(sl)->lock, flags)
#define read_sequnlock_excl_irqrestore(sl, flags) spin_unlock_irqrestore(&(sl)->lock, flags)

/* First without the lock (*seq even), then, when that failed, with it (*seq made odd). */
static inline void read_seqbegin_or_lock(seqlock_t *sl, int *seq)
{
	if (!(*seq & 1))
		*seq = (int)read_seqbegin(sl);
	else
		read_seqlock_excl(sl);
}

static inline int need_seqretry(seqlock_t *sl, int seq)
{
	return !(seq & 1) && read_seqretry(sl, (unsigned int)seq);
}

static inline void done_seqretry(seqlock_t *sl, int seq)
{
	if (seq & 1)
		read_sequnlock_excl(sl);
}

#endif
