/* SPDX-License-Identifier: MIT */
/* idr and ida: numbers out of an xarray. */
#include <linux/export.h>
#include <linux/idr.h>
#include <linux/kernel.h>

/* Sleeping is for callers without a lock of their own; then nobody else is here. */
static int alloc(struct idr *idr, void *ptr, u32 *id, u32 min, u32 max, gfp_t gfp)
{
	u32 base = idr->idr_base, index;
	int err;

	min = min < base ? 0 : min - base;
	if (max < base)
		return -ENOSPC;
	err = xa_alloc(&idr->idr_rt, &index, ptr, XA_LIMIT(min, max - base), gfp);
	if (err)
		return err == -EBUSY ? -ENOSPC : err;
	*id = index + base;
	return 0;
}

/**
 * idr_alloc_u32 - a number for an object
 * @idr: the numbers
 * @ptr: the object; may be NULL
 * @id: the smallest one wanted; gets the one found
 * @max: the largest one wanted
 * @gfp: for memory
 *
 * Return: 0; -ENOSPC none is free; -ENOMEM.
 */
int idr_alloc_u32(struct idr *idr, void *ptr, u32 *id, unsigned long max, gfp_t gfp)
{
	return alloc(idr, ptr, id, *id, min_t(unsigned long, max, UINT_MAX), gfp);
}
EXPORT_SYMBOL(idr_alloc_u32);

/* From @start up to @end - 1, or without an end when @end <= 0. Return: the number; an error. */
int idr_alloc(struct idr *idr, void *ptr, int start, int end, gfp_t gfp)
{
	u32 id;
	int err;

	if (WARN_ON_ONCE(start < 0))
		return -EINVAL;
	err = alloc(idr, ptr, &id, start, end > 0 ? end - 1 : INT_MAX, gfp);
	return err ?: (int)id;
}
EXPORT_SYMBOL(idr_alloc);

/* Begins behind the number it gave last, so that a number is not soon given again. */
int idr_alloc_cyclic(struct idr *idr, void *ptr, int start, int end, gfp_t gfp)
{
	u32 id, max = end > 0 ? end - 1 : INT_MAX, from = max_t(u32, idr->idr_next, start);
	int err = from > max ? -ENOSPC : alloc(idr, ptr, &id, from, max, gfp);

	if (err == -ENOSPC && from > (u32)start)
		err = alloc(idr, ptr, &id, start, max, gfp);
	if (err)
		return err;
	idr->idr_next = id + 1;
	return id;
}
EXPORT_SYMBOL(idr_alloc_cyclic);

void *idr_remove(struct idr *idr, unsigned long id)
{
	return xa_erase(&idr->idr_rt, id - idr->idr_base);
}
EXPORT_SYMBOL(idr_remove);

void *idr_find(const struct idr *idr, unsigned long id)
{
	return xa_load((struct xarray *)&idr->idr_rt, id - idr->idr_base);
}
EXPORT_SYMBOL(idr_find);

/* Return: the object before; -ENOENT when the number is not in use. */
void *idr_replace(struct idr *idr, void *ptr, unsigned long id)
{
	struct xarray *xa = &idr->idr_rt;
	void *old = ERR_PTR(-ENOENT);
	int err;

	xa_lock(xa);
	/* A number may be in use for NULL, which can't be told from none by looking. */
	err = __xa_insert(xa, id - idr->idr_base, NULL, GFP_NOWAIT);
	if (err == -EBUSY)
		old = __xa_store(xa, id - idr->idr_base, ptr ?: XA_ZERO_ENTRY, GFP_NOWAIT);
	else if (!err)
		__xa_erase(xa, id - idr->idr_base);
	xa_unlock(xa);
	return old;
}
EXPORT_SYMBOL(idr_replace);

/* The object with the smallest number from *@nextid on, and its number; or NULL. */
void *idr_get_next_ul(struct idr *idr, unsigned long *nextid)
{
	unsigned long base = idr->idr_base, index = *nextid < base ? 0 : *nextid - base;
	void *entry = xa_find(&idr->idr_rt, &index, ULONG_MAX);

	if (entry)
		*nextid = index + base;
	return entry;
}
EXPORT_SYMBOL(idr_get_next_ul);

void *idr_get_next(struct idr *idr, int *nextid)
{
	unsigned long id = *nextid;
	void *entry = idr_get_next_ul(idr, &id);

	if (!entry || id > INT_MAX)
		return NULL;
	*nextid = id;
	return entry;
}
EXPORT_SYMBOL(idr_get_next);

/* Calls @fn for each object until it returns non-zero, which is returned. */
int idr_for_each(const struct idr *idr, int (*fn)(int id, void *p, void *data), void *data)
{
	unsigned long index;
	void *entry;
	int ret;

	xa_for_each((struct xarray *)&idr->idr_rt, index, entry) {
		ret = fn(index + idr->idr_base, entry, data);
		if (ret)
			return ret;
	}
	return 0;
}
EXPORT_SYMBOL(idr_for_each);

/**
 * ida_alloc_range - the smallest free number of a range
 * @ida: the numbers
 * @min: from here
 * @max: up to here, included
 * @gfp: for memory
 *
 * Context: process, or any but NMI when @gfp does not sleep.
 * Return: the number; -ENOSPC; -ENOMEM.
 */
int ida_alloc_range(struct ida *ida, unsigned int min, unsigned int max, gfp_t gfp)
{
	unsigned long flags;
	u32 id;
	int err;

	max = min_t(unsigned int, max, INT_MAX);
	if (gfpflags_allow_blocking(gfp)) {
		err = xa_alloc_irq(&ida->xa, &id, xa_mk_value(1), XA_LIMIT(min, max), gfp);
	} else {
		xa_lock_irqsave(&ida->xa, flags);
		err = __xa_alloc(&ida->xa, &id, xa_mk_value(1), XA_LIMIT(min, max), gfp);
		xa_unlock_irqrestore(&ida->xa, flags);
	}
	if (err)
		return err == -EBUSY ? -ENOSPC : err;
	return id;
}
EXPORT_SYMBOL(ida_alloc_range);

void ida_free(struct ida *ida, unsigned int id)
{
	unsigned long flags;
	void *was;

	xa_lock_irqsave(&ida->xa, flags);
	was = __xa_erase(&ida->xa, id);
	xa_unlock_irqrestore(&ida->xa, flags);
	WARN(!was, "ida_free called for id=%d which is not allocated.\n", id);
}
EXPORT_SYMBOL(ida_free);
