/* SPDX-License-Identifier: MIT */
/*
 * Searching bitmaps. Every search returns its @size argument (or more than it, never a
 * wrong bit) when there is nothing to find. A map of at most one word whose size is known
 * to the compiler is searched without a call.
 */
#ifndef _LINUX_FIND_H
#define _LINUX_FIND_H

#include <linux/types.h>
#include <linux/bits.h>
#include <asm/bitops.h>

#ifndef small_const_nbits
#define small_const_nbits(nbits) \
	(__builtin_constant_p(nbits) && (nbits) <= BITS_PER_LONG && (nbits) > 0)
#endif
#define BITMAP_FIRST_WORD_MASK(start) (~0UL << ((start) & (BITS_PER_LONG - 1)))
#define BITMAP_LAST_WORD_MASK(nbits) (~0UL >> (-(nbits) & (BITS_PER_LONG - 1)))

unsigned long _find_first_bit(const unsigned long *addr, unsigned long size);
unsigned long _find_first_zero_bit(const unsigned long *addr, unsigned long size);
unsigned long _find_first_and_bit(const unsigned long *a, const unsigned long *b, unsigned long size);
unsigned long _find_last_bit(const unsigned long *addr, unsigned long size);
unsigned long _find_next_bit(const unsigned long *addr, unsigned long size, unsigned long start);
unsigned long _find_next_zero_bit(const unsigned long *addr, unsigned long size, unsigned long start);
unsigned long _find_next_and_bit(const unsigned long *a, const unsigned long *b,
				 unsigned long size, unsigned long start);
unsigned long _find_next_andnot_bit(const unsigned long *a, const unsigned long *b,
				    unsigned long size, unsigned long start);
unsigned long __find_nth_bit(const unsigned long *addr, unsigned long size, unsigned long n);

static __always_inline unsigned long __find_in_word(unsigned long word, unsigned long size)
{
	return word ? __ffs(word) : size;
}

static __always_inline unsigned long
find_next_bit(const unsigned long *addr, unsigned long size, unsigned long offset)
{
	if (small_const_nbits(size)) {
		if (unlikely(offset >= size))
			return size;
		return __find_in_word(__READ_ONCE(*addr) & GENMASK(size - 1, offset), size);
	}
	return _find_next_bit(addr, size, offset);
}

static __always_inline unsigned long
find_next_zero_bit(const unsigned long *addr, unsigned long size, unsigned long offset)
{
	if (small_const_nbits(size)) {
		if (unlikely(offset >= size))
			return size;
		return __find_in_word(~__READ_ONCE(*addr) & GENMASK(size - 1, offset), size);
	}
	return _find_next_zero_bit(addr, size, offset);
}

static __always_inline unsigned long
find_next_and_bit(const unsigned long *a, const unsigned long *b, unsigned long size,
		  unsigned long offset)
{
	if (small_const_nbits(size)) {
		if (unlikely(offset >= size))
			return size;
		return __find_in_word(__READ_ONCE(*a) & __READ_ONCE(*b) & GENMASK(size - 1, offset),
				      size);
	}
	return _find_next_and_bit(a, b, size, offset);
}

static __always_inline unsigned long
find_next_andnot_bit(const unsigned long *a, const unsigned long *b, unsigned long size,
		     unsigned long offset)
{
	if (small_const_nbits(size)) {
		if (unlikely(offset >= size))
			return size;
		return __find_in_word(__READ_ONCE(*a) & ~__READ_ONCE(*b) & GENMASK(size - 1, offset),
				      size);
	}
	return _find_next_andnot_bit(a, b, size, offset);
}

static __always_inline unsigned long find_first_bit(const unsigned long *addr, unsigned long size)
{
	if (small_const_nbits(size))
		return __find_in_word(__READ_ONCE(*addr) & GENMASK(size - 1, 0), size);
	return _find_first_bit(addr, size);
}

static __always_inline unsigned long
find_first_zero_bit(const unsigned long *addr, unsigned long size)
{
	if (small_const_nbits(size))
		return __find_in_word(~__READ_ONCE(*addr) & GENMASK(size - 1, 0), size);
	return _find_first_zero_bit(addr, size);
}

static __always_inline unsigned long
find_first_and_bit(const unsigned long *a, const unsigned long *b, unsigned long size)
{
	if (small_const_nbits(size))
		return __find_in_word(__READ_ONCE(*a) & __READ_ONCE(*b) & GENMASK(size - 1, 0), size);
	return _find_first_and_bit(a, b, size);
}

static __always_inline unsigned long find_last_bit(const unsigned long *addr, unsigned long size)
{
	if (small_const_nbits(size)) {
		unsigned long word = __READ_ONCE(*addr) & GENMASK(size - 1, 0);

		return word ? __fls(word) : size;
	}
	return _find_last_bit(addr, size);
}

/* The @n-th set bit, counted from 0. */
static __always_inline unsigned long
find_nth_bit(const unsigned long *addr, unsigned long size, unsigned long n)
{
	return n >= size ? size : __find_nth_bit(addr, size, n);
}

/* From @offset to the end, then from the start up to @offset. */
static __always_inline unsigned long
find_next_bit_wrap(const unsigned long *addr, unsigned long size, unsigned long offset)
{
	unsigned long bit = find_next_bit(addr, size, offset);

	if (bit < size)
		return bit;
	bit = find_first_bit(addr, offset);
	return bit < offset ? bit : size;
}

#define for_each_set_bit(bit, addr, size)				\
	for ((bit) = 0; (bit) = find_next_bit((addr), (size), (bit)), (bit) < (size); (bit)++)
#define for_each_set_bit_from(bit, addr, size)				\
	for (; (bit) = find_next_bit((addr), (size), (bit)), (bit) < (size); (bit)++)
#define for_each_and_bit(bit, a, b, size)				\
	for ((bit) = 0; (bit) = find_next_and_bit((a), (b), (size), (bit)), (bit) < (size); (bit)++)
#define for_each_andnot_bit(bit, a, b, size)				\
	for ((bit) = 0; (bit) = find_next_andnot_bit((a), (b), (size), (bit)), (bit) < (size); \
	     (bit)++)
#define for_each_clear_bit(bit, addr, size)				\
	for ((bit) = 0; (bit) = find_next_zero_bit((addr), (size), (bit)), (bit) < (size); (bit)++)
#define for_each_clear_bit_from(bit, addr, size)			\
	for (; (bit) = find_next_zero_bit((addr), (size), (bit)), (bit) < (size); (bit)++)

#endif
