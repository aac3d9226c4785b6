/* SPDX-License-Identifier: MIT */
/* Searching bitmaps of more than a word; linux/find.h does the short ones in place. */
#include <linux/export.h>
#include <linux/bitops.h>
#include <linux/find.h>
#include <linux/minmax.h>

/*
 * The first bit from @start on that is set in WORD, an expression over the word index i.
 * Bits past @size in the last word may be garbage: a hit there is no hit.
 */
#define FIND_NEXT(WORD, size, start)					\
({	unsigned long __found = (size), i = (start) / BITS_PER_LONG;	\
									\
	if ((start) < (size)) {						\
		unsigned long w = (WORD) & BITMAP_FIRST_WORD_MASK(start); \
									\
		while (!w && ++i * BITS_PER_LONG < (size))		\
			w = (WORD);					\
		if (w)							\
			__found = min(i * BITS_PER_LONG + __ffs(w), (size)); \
	}								\
	__found; })

unsigned long _find_next_bit(const unsigned long *addr, unsigned long size, unsigned long start)
{
	return FIND_NEXT(__READ_ONCE(addr[i]), size, start);
}
EXPORT_SYMBOL(_find_next_bit);

unsigned long _find_next_zero_bit(const unsigned long *addr, unsigned long size, unsigned long start)
{
	return FIND_NEXT(~__READ_ONCE(addr[i]), size, start);
}
EXPORT_SYMBOL(_find_next_zero_bit);

unsigned long _find_next_and_bit(const unsigned long *a, const unsigned long *b,
				 unsigned long size, unsigned long start)
{
	return FIND_NEXT(__READ_ONCE(a[i]) & __READ_ONCE(b[i]), size, start);
}
EXPORT_SYMBOL(_find_next_and_bit);

unsigned long _find_next_andnot_bit(const unsigned long *a, const unsigned long *b,
				    unsigned long size, unsigned long start)
{
	return FIND_NEXT(__READ_ONCE(a[i]) & ~__READ_ONCE(b[i]), size, start);
}
EXPORT_SYMBOL(_find_next_andnot_bit);

unsigned long _find_first_bit(const unsigned long *addr, unsigned long size)
{
	return FIND_NEXT(__READ_ONCE(addr[i]), size, 0UL);
}
EXPORT_SYMBOL(_find_first_bit);

unsigned long _find_first_zero_bit(const unsigned long *addr, unsigned long size)
{
	return FIND_NEXT(~__READ_ONCE(addr[i]), size, 0UL);
}
EXPORT_SYMBOL(_find_first_zero_bit);

unsigned long _find_first_and_bit(const unsigned long *a, const unsigned long *b, unsigned long size)
{
	return FIND_NEXT(__READ_ONCE(a[i]) & __READ_ONCE(b[i]), size, 0UL);
}
EXPORT_SYMBOL(_find_first_and_bit);

unsigned long _find_last_bit(const unsigned long *addr, unsigned long size)
{
	unsigned long mask = BITMAP_LAST_WORD_MASK(size);

	for (unsigned long i = BITS_TO_LONGS(size); i-- > 0; mask = ~0UL) {
		unsigned long w = __READ_ONCE(addr[i]) & mask;

		if (w)
			return i * BITS_PER_LONG + __fls(w);
	}
	return size;
}
EXPORT_SYMBOL(_find_last_bit);

unsigned long __find_nth_bit(const unsigned long *addr, unsigned long size, unsigned long n)
{
	unsigned long bit;

	for_each_set_bit(bit, addr, size) {
		if (n-- == 0)
			return bit;
	}
	return size;
}
EXPORT_SYMBOL(__find_nth_bit);
