/* SPDX-License-Identifier: MIT */
/* Division and scaled multiplication of 64-bit numbers. */
#ifndef _LINUX_MATH64_H
#define _LINUX_MATH64_H

#include <linux/types.h>
#include <linux/math.h>
#include <asm/div64.h>

#ifdef CONFIG_64BIT

#define div64_long(x, y)	div64_s64((x), (y))
#define div64_ul(x, y)		div64_u64((x), (y))

static inline u64 div_u64_rem(u64 dividend, u32 divisor, u32 *remainder)
{
	*remainder = dividend % divisor;
	return dividend / divisor;
}

static inline s64 div_s64_rem(s64 dividend, s32 divisor, s32 *remainder)
{
	*remainder = dividend % divisor;
	return dividend / divisor;
}

static inline u64 div64_u64_rem(u64 dividend, u64 divisor, u64 *remainder)
{
	*remainder = dividend % divisor;
	return dividend / divisor;
}

static inline u64 div64_u64(u64 dividend, u64 divisor)
{
	return dividend / divisor;
}

static inline s64 div64_s64(s64 dividend, s64 divisor)
{
	return dividend / divisor;
}

#else

#define div64_long(x, y)	div_s64((x), (y))
#define div64_ul(x, y)		div_u64((x), (y))

static inline u64 div_u64_rem(u64 dividend, u32 divisor, u32 *remainder)
{
	*remainder = do_div(dividend, divisor);
	return dividend;
}

s64 div_s64_rem(s64 dividend, s32 divisor, s32 *remainder);
u64 div64_u64_rem(u64 dividend, u64 divisor, u64 *remainder);
u64 div64_u64(u64 dividend, u64 divisor);
s64 div64_s64(s64 dividend, s64 divisor);

#endif

static inline u64 div_u64(u64 dividend, u32 divisor)
{
	u32 remainder;

	return div_u64_rem(dividend, divisor, &remainder);
}

static inline s64 div_s64(s64 dividend, s32 divisor)
{
	s32 remainder;

	return div_s64_rem(dividend, divisor, &remainder);
}

/* For a quotient known to be small: subtraction beats division. */
static __always_inline u32 __iter_div_u64_rem(u64 dividend, u32 divisor, u64 *remainder)
{
	u32 ret = 0;

	while (dividend >= divisor) {
		/* Keeps the compiler from turning this back into a division. */
		OPTIMIZER_HIDE_VAR(dividend);
		dividend -= divisor;
		ret++;
	}
	*remainder = dividend;
	return ret;
}

static inline u32 iter_div_u64_rem(u64 dividend, u32 divisor, u64 *remainder)
{
	return __iter_div_u64_rem(dividend, divisor, remainder);
}

static inline u64 mul_u32_u32(u32 a, u32 b)
{
	return (u64)a * b;
}

#ifdef __SIZEOF_INT128__

/* (@a * @mul) >> @shift without losing the upper half of the product. */
static __always_inline u64 mul_u64_u32_shr(u64 a, u32 mul, unsigned int shift)
{
	return (u64)(((unsigned __int128)a * mul) >> shift);
}

static __always_inline u64 mul_u64_u64_shr(u64 a, u64 mul, unsigned int shift)
{
	return (u64)(((unsigned __int128)a * mul) >> shift);
}

#else

static __always_inline u64 mul_u64_u32_shr(u64 a, u32 mul, unsigned int shift)
{
	u32 ah = a >> 32, al = a;
	u64 ret = ((u64)al * mul) >> shift;

	if (ah)
		ret += ((u64)ah * mul) << (32 - shift);
	return ret;
}

#endif

/* @a * @mul / @divisor; the product may have 128 bits, the quotient must fit 64. */
u64 mul_u64_u64_div_u64(u64 a, u64 mul, u64 divisor);

static inline u64 mul_u64_u32_div(u64 a, u32 mul, u32 divisor)
{
	return mul_u64_u64_div_u64(a, mul, divisor);
}

#define DIV64_U64_ROUND_UP(ll, d)					\
({	u64 __d64_d = (d);						\
	div64_u64((ll) + __d64_d - 1, __d64_d); })
#define DIV64_U64_ROUND_CLOSEST(dividend, divisor)			\
({	u64 __d64_d = (divisor);					\
	div64_u64((dividend) + __d64_d / 2, __d64_d); })
#define DIV_U64_ROUND_CLOSEST(dividend, divisor)			\
({	u32 __du_d = (divisor);						\
	div_u64((u64)(dividend) + __du_d / 2, __du_d); })

#endif
