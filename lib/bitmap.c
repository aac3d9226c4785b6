/* SPDX-License-Identifier: MIT */
/* Operations on whole bitmaps. Text forms: bitmap_str.c. */
#include <linux/bitmap.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>

/* Bits past @nbits in the last word are garbage: a result that is looked at masks them. */
static inline unsigned long valid_bits(unsigned int word, unsigned int nbits)
{
	return word == (nbits - 1) / BITS_PER_LONG ? BITMAP_LAST_WORD_MASK(nbits) : ~0UL;
}

bool __bitmap_equal(const unsigned long *a, const unsigned long *b, unsigned int nbits)
{
	for (unsigned int i = 0; i < BITS_TO_LONGS(nbits); i++) {
		if ((a[i] ^ b[i]) & valid_bits(i, nbits))
			return false;
	}
	return true;
}
EXPORT_SYMBOL(__bitmap_equal);

bool __bitmap_and(unsigned long *dst, const unsigned long *a, const unsigned long *b, unsigned int nbits)
{
	unsigned long any = 0;

	for (unsigned int i = 0; i < BITS_TO_LONGS(nbits); i++)
		any |= dst[i] = a[i] & b[i] & valid_bits(i, nbits);
	return any != 0;
}
EXPORT_SYMBOL(__bitmap_and);

bool __bitmap_andnot(unsigned long *dst, const unsigned long *a, const unsigned long *b,
		     unsigned int nbits)
{
	unsigned long any = 0;

	for (unsigned int i = 0; i < BITS_TO_LONGS(nbits); i++)
		any |= dst[i] = a[i] & ~b[i] & valid_bits(i, nbits);
	return any != 0;
}
EXPORT_SYMBOL(__bitmap_andnot);

void __bitmap_or(unsigned long *dst, const unsigned long *a, const unsigned long *b, unsigned int nbits)
{
	for (unsigned int i = 0; i < BITS_TO_LONGS(nbits); i++)
		dst[i] = a[i] | b[i];
}
EXPORT_SYMBOL(__bitmap_or);

void __bitmap_xor(unsigned long *dst, const unsigned long *a, const unsigned long *b, unsigned int nbits)
{
	for (unsigned int i = 0; i < BITS_TO_LONGS(nbits); i++)
		dst[i] = a[i] ^ b[i];
}
EXPORT_SYMBOL(__bitmap_xor);

void __bitmap_complement(unsigned long *dst, const unsigned long *src, unsigned int nbits)
{
	for (unsigned int i = 0; i < BITS_TO_LONGS(nbits); i++)
		dst[i] = ~src[i];
}
EXPORT_SYMBOL(__bitmap_complement);

bool __bitmap_intersects(const unsigned long *a, const unsigned long *b, unsigned int nbits)
{
	for (unsigned int i = 0; i < BITS_TO_LONGS(nbits); i++) {
		if (a[i] & b[i] & valid_bits(i, nbits))
			return true;
	}
	return false;
}
EXPORT_SYMBOL(__bitmap_intersects);

bool __bitmap_subset(const unsigned long *a, const unsigned long *b, unsigned int nbits)
{
	for (unsigned int i = 0; i < BITS_TO_LONGS(nbits); i++) {
		if (a[i] & ~b[i] & valid_bits(i, nbits))
			return false;
	}
	return true;
}
EXPORT_SYMBOL(__bitmap_subset);

unsigned int __bitmap_weight(const unsigned long *bitmap, unsigned int nbits)
{
	unsigned int weight = 0;

	for (unsigned int i = 0; i < BITS_TO_LONGS(nbits); i++)
		weight += hweight_long(bitmap[i] & valid_bits(i, nbits));
	return weight;
}
EXPORT_SYMBOL(__bitmap_weight);

void bitmap_set(unsigned long *map, unsigned int start, unsigned int len)
{
	while (len--)
		__set_bit(start++, map);
}
EXPORT_SYMBOL(bitmap_set);

void bitmap_clear(unsigned long *map, unsigned int start, unsigned int len)
{
	while (len--)
		__clear_bit(start++, map);
}
EXPORT_SYMBOL(bitmap_clear);

/* Bit n of @dst is bit n + @shift of @src; @dst may be @src. */
void bitmap_shift_right(unsigned long *dst, const unsigned long *src, unsigned int shift,
			unsigned int nbits)
{
	for (unsigned int bit = 0; bit < nbits; bit++)
		__assign_bit(bit, dst, bit < nbits - min(shift, nbits) && test_bit(bit + shift, src));
}
EXPORT_SYMBOL(bitmap_shift_right);

void bitmap_shift_left(unsigned long *dst, const unsigned long *src, unsigned int shift,
		       unsigned int nbits)
{
	for (unsigned int bit = nbits; bit-- > 0;)
		__assign_bit(bit, dst, bit >= shift && test_bit(bit - shift, src));
}
EXPORT_SYMBOL(bitmap_shift_left);

/**
 * bitmap_find_next_zero_area_off - find @nr zero bits in a row
 * @map: searched from @start on
 * @size: bits in it
 * @start: where to begin
 * @nr: how many
 * @align_mask: one less than the power of two that the area starts at a multiple of
 * @align_offset: added to the index before it is aligned
 *
 * Return: the first bit of the area; more than @size - @nr when there is none.
 */
unsigned long bitmap_find_next_zero_area_off(unsigned long *map, unsigned long size,
					     unsigned long start, unsigned int nr,
					     unsigned long align_mask, unsigned long align_offset)
{
	for (;;) {
		unsigned long index = find_next_zero_bit(map, size, start), used;

		index = __ALIGN_MASK(index + align_offset, align_mask) - align_offset;
		if (index + nr > size)
			return index + nr;
		used = find_next_bit(map, index + nr, index);
		if (used >= index + nr)
			return index;
		start = used + 1;
	}
}
EXPORT_SYMBOL(bitmap_find_next_zero_area_off);

/* Find and set 2^@order bits at a multiple of their number. Return: the first; -ENOMEM. */
int bitmap_find_free_region(unsigned long *bitmap, unsigned int bits, int order)
{
	unsigned int nr = 1U << order;
	unsigned long pos = bitmap_find_next_zero_area(bitmap, bits, 0, nr, nr - 1);

	if (pos + nr > bits)
		return -ENOMEM;
	bitmap_set(bitmap, pos, nr);
	return pos;
}
EXPORT_SYMBOL(bitmap_find_free_region);

void bitmap_release_region(unsigned long *bitmap, unsigned int pos, int order)
{
	bitmap_clear(bitmap, pos, 1U << order);
}
EXPORT_SYMBOL(bitmap_release_region);

int bitmap_allocate_region(unsigned long *bitmap, unsigned int pos, int order)
{
	unsigned int end = pos + (1U << order);

	if (find_next_bit(bitmap, end, pos) < end)
		return -EBUSY;
	bitmap_set(bitmap, pos, 1U << order);
	return 0;
}
EXPORT_SYMBOL(bitmap_allocate_region);

unsigned long *bitmap_alloc(unsigned int nbits, gfp_t flags)
{
	return kmalloc_array(BITS_TO_LONGS(nbits), sizeof(unsigned long), flags);
}
EXPORT_SYMBOL(bitmap_alloc);

unsigned long *bitmap_zalloc(unsigned int nbits, gfp_t flags)
{
	return bitmap_alloc(nbits, flags | __GFP_ZERO);
}
EXPORT_SYMBOL(bitmap_zalloc);

void bitmap_free(const unsigned long *bitmap)
{
	kfree(bitmap);
}
EXPORT_SYMBOL(bitmap_free);
