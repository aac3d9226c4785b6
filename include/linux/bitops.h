/* SPDX-License-Identifier: MIT */
/* Bit operations, rotations and the small helpers round them. */
#ifndef _LINUX_BITOPS_H
#define _LINUX_BITOPS_H

#include <linux/types.h>
#include <linux/bits.h>
#include <linux/typecheck.h>
#include <asm/bitops.h>
#include <asm/cmpxchg.h>

#define BITS_PER_TYPE(type)	(sizeof(type) * BITS_PER_BYTE)
#define __DIV_UP(n, d)		(((n) + (d) - 1) / (d))
#define BITS_TO_LONGS(nr)	__DIV_UP(nr, BITS_PER_TYPE(long))
#define BITS_TO_U64(nr)		__DIV_UP(nr, BITS_PER_TYPE(u64))
#define BITS_TO_U32(nr)		__DIV_UP(nr, BITS_PER_TYPE(u32))
#define BITS_TO_BYTES(nr)	__DIV_UP(nr, BITS_PER_TYPE(char))

#define HWEIGHT8(w)		hweight8(w)
#define HWEIGHT16(w)		hweight16(w)
#define HWEIGHT32(w)		hweight32(w)
#define HWEIGHT64(w)		hweight64(w)

#define __ROTATE(bits, type)						\
static __always_inline type rol##bits(type word, unsigned int shift)	\
{									\
	return (word << (shift & (bits - 1))) | (word >> ((-shift) & (bits - 1))); \
}									\
static __always_inline type ror##bits(type word, unsigned int shift)	\
{									\
	return (word >> (shift & (bits - 1))) | (word << ((-shift) & (bits - 1))); \
}
__ROTATE(8, u8)
__ROTATE(16, u16)
__ROTATE(32, u32)
__ROTATE(64, u64)
#undef __ROTATE

/* Bit @index of @value is the sign of a smaller number: spread it upward. */
static __always_inline s32 sign_extend32(u32 value, int index)
{
	u8 shift = 31 - index;

	return (s32)(value << shift) >> shift;
}

static __always_inline s64 sign_extend64(u64 value, int index)
{
	u8 shift = 63 - index;

	return (s64)(value << shift) >> shift;
}

/* log2 of the smallest power of two that is not below @count. */
static inline int get_count_order(unsigned int count)
{
	return count ? fls(count - 1) : -1;
}

static inline int get_count_order_long(unsigned long l)
{
	return l ? (int)fls_long(l - 1) : -1;
}

static inline int get_bitmask_order(unsigned int count)
{
	return fls(count);
}

static __always_inline void assign_bit(long nr, volatile unsigned long *addr, bool value)
{
	if (value)
		set_bit(nr, addr);
	else
		clear_bit(nr, addr);
}

static __always_inline void __assign_bit(long nr, volatile unsigned long *addr, bool value)
{
	if (value)
		__set_bit(nr, addr);
	else
		__clear_bit(nr, addr);
}

/* Replace the bits of @mask in *@ptr by those of @bits, as one atomic step; gives the old value. */
#define set_mask_bits(ptr, mask, bits)					\
({	const typeof(*(ptr)) __smb_mask = (mask), __smb_bits = (bits);	\
	typeof(*(ptr)) __smb_old = READ_ONCE(*(ptr)), __smb_new;	\
	do {								\
		__smb_new = (__smb_old & ~__smb_mask) | __smb_bits;	\
	} while (!try_cmpxchg(ptr, &__smb_old, __smb_new));		\
	__smb_old; })

/* Clear @clear in *@ptr unless one of @test is set there; true if it did. */
#define bit_clear_unless(ptr, clear, test)				\
({	typeof(*(ptr)) __bcu_old = READ_ONCE(*(ptr));			\
	bool __bcu_done = false;					\
	while (!(__bcu_old & (test)) &&					\
	       !(__bcu_done = try_cmpxchg(ptr, &__bcu_old, __bcu_old & ~(clear)))) \
		;							\
	__bcu_done; })

#include <linux/find.h>

#endif
