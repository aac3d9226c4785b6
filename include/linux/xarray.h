/* SPDX-License-Identifier: MIT */
/*
 * Arrays of pointers with gaps, indexed by unsigned long. Loads need rcu_read_lock() or the
 * lock; changes take xa_lock themselves (the __xa_ forms want it held). An entry is an
 * aligned pointer or a small integer made by xa_mk_value().
 */
#ifndef _LINUX_XARRAY_H
#define _LINUX_XARRAY_H

#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/limits.h>
#include <linux/stddef.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/types.h>

struct xa_node;

struct xarray {
	spinlock_t	xa_lock;	/* guards the rest against other writers */
	gfp_t		xa_flags;	/* XA_FLAGS_*: fixed */
	struct xa_node __rcu *xa_head;
	unsigned long	xa_count;	/* entries that are not NULL */
};

#define XA_FLAGS_LOCK_IRQ	((__force gfp_t)1)	/* taken in hard-IRQ context too */
#define XA_FLAGS_LOCK_BH	((__force gfp_t)2)
#define XA_FLAGS_TRACK_FREE	((__force gfp_t)4)
#define XA_FLAGS_ZERO_BUSY	((__force gfp_t)8)	/* 0 is never allocated */
#define XA_FLAGS_ALLOC		XA_FLAGS_TRACK_FREE
#define XA_FLAGS_ALLOC1		(XA_FLAGS_TRACK_FREE | XA_FLAGS_ZERO_BUSY)

#define XARRAY_INIT(name, flags) \
	{ .xa_lock = __SPIN_LOCK_INITIALIZER(name.xa_lock), .xa_flags = flags, .xa_head = NULL }
#define DEFINE_XARRAY_FLAGS(name, flags) struct xarray name = XARRAY_INIT(name, flags)
#define DEFINE_XARRAY(name)	DEFINE_XARRAY_FLAGS(name, 0)
#define DEFINE_XARRAY_ALLOC(name) DEFINE_XARRAY_FLAGS(name, XA_FLAGS_ALLOC)
#define DEFINE_XARRAY_ALLOC1(name) DEFINE_XARRAY_FLAGS(name, XA_FLAGS_ALLOC1)

struct xa_limit {
	u32 max, min;
};
#define XA_LIMIT(_min, _max)	(struct xa_limit) { .min = _min, .max = _max }
#define xa_limit_32b		XA_LIMIT(0, UINT_MAX)
#define xa_limit_31b		XA_LIMIT(0, INT_MAX)
#define xa_limit_16b		XA_LIMIT(0, USHRT_MAX)

static inline void *xa_mk_value(unsigned long v)
{
	return (void *)((v << 1) | 1);
}

static inline unsigned long xa_to_value(const void *entry)
{
	return (unsigned long)entry >> 1;
}

static inline bool xa_is_value(const void *entry)
{
	return (unsigned long)entry & 1;
}

/* What a store returned: an error, or an entry. */
static inline bool xa_is_err(const void *entry)
{
	return unlikely(IS_ERR(entry));
}

static inline int xa_err(void *entry)
{
	return xa_is_err(entry) ? (int)PTR_ERR(entry) : 0;
}

/* Reserved places: they load as NULL, but are taken. Not an address, not a value. */
#define XA_ZERO_ENTRY		((void *)(unsigned long)(257 << 2 | 2))
static inline bool xa_is_zero(const void *entry)
{
	return entry == XA_ZERO_ENTRY;
}

static inline void xa_init_flags(struct xarray *xa, gfp_t flags)
{
	spin_lock_init(&xa->xa_lock);
	xa->xa_flags = flags;
	xa->xa_head = NULL;
	xa->xa_count = 0;
}

static inline void xa_init(struct xarray *xa)
{
	xa_init_flags(xa, 0);
}

static inline bool xa_empty(const struct xarray *xa)
{
	return READ_ONCE(xa->xa_count) == 0;
}

#define xa_trylock(xa)		spin_trylock(&(xa)->xa_lock)
#define xa_lock(xa)		spin_lock(&(xa)->xa_lock)
#define xa_unlock(xa)		spin_unlock(&(xa)->xa_lock)
#define xa_lock_bh(xa)		spin_lock_bh(&(xa)->xa_lock)
#define xa_unlock_bh(xa)	spin_unlock_bh(&(xa)->xa_lock)
#define xa_lock_irq(xa)		spin_lock_irq(&(xa)->xa_lock)
#define xa_unlock_irq(xa)	spin_unlock_irq(&(xa)->xa_lock)
#define xa_lock_irqsave(xa, flags) spin_lock_irqsave(&(xa)->xa_lock, flags)
#define xa_unlock_irqrestore(xa, flags) spin_unlock_irqrestore(&(xa)->xa_lock, flags)

void *xa_load(struct xarray *xa, unsigned long index);
void *xa_find(struct xarray *xa, unsigned long *index, unsigned long max);
void *xa_find_after(struct xarray *xa, unsigned long *index, unsigned long max);
void xa_destroy(struct xarray *xa);

/* @gfp may sleep only when the lock is not held: these let go of it to allocate. */
void *__xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
void *__xa_erase(struct xarray *xa, unsigned long index);
void *__xa_cmpxchg(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp);
int __xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
int __xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp);
int __xa_alloc_cyclic(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, u32 *next,
		      gfp_t gfp);

/* The same with the lock taken: as it is, with softirqs or with interrupts off. */
#define __XA_LOCKED(sfx, type, name, params, ...)			\
static inline type xa_##name##sfx params				\
{									\
	type __xa_ret;							\
									\
	xa_lock##sfx(xa);						\
	__xa_ret = __xa_##name(__VA_ARGS__);				\
	xa_unlock##sfx(xa);						\
	return __xa_ret;						\
}
#define __XA_FAMILY(sfx)						\
__XA_LOCKED(sfx, void *, store, (struct xarray *xa, unsigned long index, void *entry, gfp_t gfp), \
	    xa, index, entry, gfp)					\
__XA_LOCKED(sfx, void *, erase, (struct xarray *xa, unsigned long index), xa, index) \
__XA_LOCKED(sfx, void *, cmpxchg, (struct xarray *xa, unsigned long index, void *old, void *entry, \
				   gfp_t gfp), xa, index, old, entry, gfp) \
__XA_LOCKED(sfx, int, insert, (struct xarray *xa, unsigned long index, void *entry, gfp_t gfp), \
	    xa, index, entry, gfp)					\
__XA_LOCKED(sfx, int, alloc, (struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, \
			      gfp_t gfp), xa, id, entry, limit, gfp)	\
__XA_LOCKED(sfx, int, alloc_cyclic, (struct xarray *xa, u32 *id, void *entry, \
				     struct xa_limit limit, u32 *next, gfp_t gfp), \
	    xa, id, entry, limit, next, gfp)
__XA_FAMILY()
__XA_FAMILY(_bh)
__XA_FAMILY(_irq)

static inline int xa_reserve(struct xarray *xa, unsigned long index, gfp_t gfp)
{
	return xa_err(xa_cmpxchg(xa, index, NULL, XA_ZERO_ENTRY, gfp));
}

static inline void xa_release(struct xarray *xa, unsigned long index)
{
	xa_cmpxchg(xa, index, XA_ZERO_ENTRY, NULL, 0);
}

#define xa_for_each_range(xa, index, entry, start, last)		\
	for (index = start, entry = xa_find(xa, &index, last); entry;	\
	     entry = xa_find_after(xa, &index, last))
#define xa_for_each_start(xa, index, entry, start) xa_for_each_range(xa, index, entry, start, ULONG_MAX)
#define xa_for_each(xa, index, entry) xa_for_each_start(xa, index, entry, 0)

#endif
