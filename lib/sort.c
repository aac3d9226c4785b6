/* SPDX-License-Identifier: MIT */
/*
 * Sorting and searching. Heap sort for arrays: in place, no recursion, the same time for
 * the worst order as for the best. Merge sort for lists: stable.
 */
#include <linux/bsearch.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/list_sort.h>
#include <linux/sort.h>

static void swap_bytes(u8 *a, u8 *b, size_t n)
{
	while (n--) {
		u8 t = a[n];

		a[n] = b[n];
		b[n] = t;
	}
}

struct heap {
	u8		*base;
	size_t		size;
	cmp_r_func_t	cmp;
	swap_r_func_t	swap_func;
	const void	*priv;
};

static void exchange(const struct heap *h, size_t a, size_t b)
{
	u8 *pa = h->base + a * h->size, *pb = h->base + b * h->size;

	if (h->swap_func)
		h->swap_func(pa, pb, h->size, h->priv);
	else
		swap_bytes(pa, pb, h->size);
}

static bool less(const struct heap *h, size_t a, size_t b)
{
	return h->cmp(h->base + a * h->size, h->base + b * h->size, h->priv) < 0;
}

/* Elements after @i up to @n are a heap: make one of @i as well. */
static void sift_down(const struct heap *h, size_t i, size_t n)
{
	for (;;) {
		size_t child = 2 * i + 1;

		if (child >= n)
			return;
		if (child + 1 < n && less(h, child, child + 1))
			child++;
		if (!less(h, i, child))
			return;
		exchange(h, i, child);
		i = child;
	}
}

/**
 * sort_r - sort an array in place
 * @base: first element
 * @num: how many
 * @size: of one
 * @cmp: < 0, 0, > 0 as the first belongs before, beside, behind the second
 * @swap: exchanges two; NULL does it by bytes
 * @priv: handed to both
 *
 * Equal elements may change places. Context: any.
 */
void sort_r(void *base, size_t num, size_t size, cmp_r_func_t cmp, swap_r_func_t swap, const void *priv)
{
	struct heap h = { .base = base, .size = size, .cmp = cmp, .swap_func = swap, .priv = priv };

	for (size_t i = num / 2; i-- > 0;)
		sift_down(&h, i, num);
	while (num > 1) {
		exchange(&h, 0, --num);
		sift_down(&h, 0, num);
	}
}
EXPORT_SYMBOL(sort_r);

struct plain_funcs {
	cmp_func_t	cmp;
	swap_func_t	swap_func;
};

static int plain_cmp(const void *a, const void *b, const void *priv)
{
	return ((const struct plain_funcs *)priv)->cmp(a, b);
}

static void plain_swap(void *a, void *b, int size, const void *priv)
{
	((const struct plain_funcs *)priv)->swap_func(a, b, size);
}

void sort(void *base, size_t num, size_t size, cmp_func_t cmp, swap_func_t swap)
{
	struct plain_funcs funcs = { .cmp = cmp, .swap_func = swap };

	sort_r(base, num, size, plain_cmp, swap ? plain_swap : NULL, &funcs);
}
EXPORT_SYMBOL(sort);

void *bsearch(const void *key, const void *base, size_t num, size_t size, cmp_func_t cmp)
{
	return __inline_bsearch(key, base, num, size, cmp);
}
EXPORT_SYMBOL(bsearch);

/* Merge two sorted chains that end in NULL; only next pointers count. */
static struct list_head *merge(void *priv, list_cmp_func_t cmp, struct list_head *a, struct list_head *b)
{
	struct list_head *first, **link = &first;

	while (a && b) {
		struct list_head **from = cmp(priv, a, b) <= 0 ? &a : &b;

		*link = *from;
		link = &(*from)->next;
		*from = (*from)->next;
	}
	*link = a ? a : b;
	return first;
}

/**
 * list_sort - sort a list
 * @priv: handed to @cmp
 * @head: the list
 * @cmp: > 0 when the first belongs behind the second; equal ones keep their order
 *
 * Bit n of the count of entries taken so far says whether runs[n] holds 2^n sorted ones: adding
 * an entry merges as carrying does.
 */
void list_sort(void *priv, struct list_head *head, list_cmp_func_t cmp)
{
	struct list_head *runs[sizeof(size_t) * 8] = { NULL }, *entry, *sorted = NULL, *prev;
	unsigned int n;

	if (list_empty(head))
		return;
	head->prev->next = NULL;
	for (entry = head->next; entry;) {
		struct list_head *next = entry->next, *run = entry;

		run->next = NULL;
		for (n = 0; runs[n]; n++) {
			run = merge(priv, cmp, runs[n], run);
			runs[n] = NULL;
		}
		runs[n] = run;
		entry = next;
	}
	for (n = 0; n < ARRAY_SIZE(runs); n++) {
		if (runs[n])
			sorted = merge(priv, cmp, runs[n], sorted);
	}

	prev = head;
	for (entry = sorted; entry; prev = entry, entry = entry->next) {
		prev->next = entry;
		entry->prev = prev;
	}
	prev->next = head;
	head->prev = prev;
}
EXPORT_SYMBOL(list_sort);
