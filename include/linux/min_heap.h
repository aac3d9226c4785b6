/* SPDX-License-Identifier: MIT */
/*
 * A binary heap in an array: the least element, as the caller's less() sees it, is the first.
 * The caller excludes others.
 */
#ifndef _LINUX_MIN_HEAP_H
#define _LINUX_MIN_HEAP_H

#include <linux/bug.h>
#include <linux/string.h>
#include <linux/types.h>

struct min_heap {
	void *data;
	int nr, size;		/* elements in it; elements there is room for */
};

struct min_heap_callbacks {
	int elem_size;
	bool (*less)(const void *lhs, const void *rhs);
	void (*swp)(void *lhs, void *rhs);
};

static __always_inline void *min_heap_at(struct min_heap *heap, int i,
					 const struct min_heap_callbacks *func)
{
	return (char *)heap->data + i * func->elem_size;
}

/* The element at @pos may be too large for its place: let it sink. */
static __always_inline void min_heapify(struct min_heap *heap, int pos,
					const struct min_heap_callbacks *func)
{
	for (;;) {
		int least = pos;

		for (int child = 2 * pos + 1; child <= 2 * pos + 2 && child < heap->nr; child++) {
			if (func->less(min_heap_at(heap, child, func), min_heap_at(heap, least, func)))
				least = child;
		}
		if (least == pos)
			return;
		func->swp(min_heap_at(heap, pos, func), min_heap_at(heap, least, func));
		pos = least;
	}
}

/* Makes a heap of @heap->nr elements in any order. */
static __always_inline void min_heapify_all(struct min_heap *heap,
					    const struct min_heap_callbacks *func)
{
	for (int i = heap->nr / 2 - 1; i >= 0; i--)
		min_heapify(heap, i, func);
}

static __always_inline void min_heap_pop(struct min_heap *heap,
					 const struct min_heap_callbacks *func)
{
	if (WARN_ONCE(heap->nr <= 0, "Popping an empty heap"))
		return;
	heap->nr--;
	memcpy(heap->data, min_heap_at(heap, heap->nr, func), func->elem_size);
	min_heapify(heap, 0, func);
}

/* The first goes, @element comes: one walk less than a pop and a push. */
static __always_inline void min_heap_pop_push(struct min_heap *heap, const void *element,
					      const struct min_heap_callbacks *func)
{
	memcpy(heap->data, element, func->elem_size);
	min_heapify(heap, 0, func);
}

static __always_inline void min_heap_push(struct min_heap *heap, const void *element,
					  const struct min_heap_callbacks *func)
{
	int pos = heap->nr;

	if (WARN_ONCE(heap->nr >= heap->size, "Pushing on a full heap"))
		return;
	memcpy(min_heap_at(heap, pos, func), element, func->elem_size);
	heap->nr++;
	for (int up; pos > 0; pos = up) {
		up = (pos - 1) / 2;
		if (!func->less(min_heap_at(heap, pos, func), min_heap_at(heap, up, func)))
			return;
		func->swp(min_heap_at(heap, up, func), min_heap_at(heap, pos, func));
	}
}

#endif
