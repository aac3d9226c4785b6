/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BSEARCH_H
#define _LINUX_BSEARCH_H

#include <linux/types.h>
#include <linux/stddef.h>
#include <linux/sort.h>

/* The element of a sorted array that compares equal to @key, or NULL. */
static __always_inline void *__inline_bsearch(const void *key, const void *base, size_t num,
					      size_t size, cmp_func_t cmp)
{
	const char *low = base;

	while (num) {
		const char *middle = low + num / 2 * size;
		int result = cmp(key, middle);

		if (!result)
			return (void *)middle;
		if (result > 0) {
			low = middle + size;
			num--;
		}
		num /= 2;
	}
	return NULL;
}

void *bsearch(const void *key, const void *base, size_t num, size_t size, cmp_func_t cmp);

#endif
