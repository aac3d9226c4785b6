/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MATH_H
#define _LINUX_MATH_H

#include <linux/types.h>
#include <asm/div64.h>

/* round_*: @y is a power of two. round*: any positive number. */
#define __round_mask(x, y)	((typeof(x))((y) - 1))
#define round_up(x, y)		((((x) - 1) | __round_mask(x, y)) + 1)
#define round_down(x, y)	((x) & ~__round_mask(x, y))

#define DIV_ROUND_UP(n, d)	(((n) + (d) - 1) / (d))
#define DIV_ROUND_DOWN_ULL(ll, d) ({ unsigned long long __drd = (ll); do_div(__drd, d); __drd; })
#define DIV_ROUND_UP_ULL(ll, d)	DIV_ROUND_DOWN_ULL((unsigned long long)(ll) + (d) - 1, (d))
#define DIV_ROUND_UP_SECTOR_T(ll, d) DIV_ROUND_UP_ULL(ll, d)
#define roundup(x, y)							\
({	typeof(y) __ru_y = (y);						\
	(((x) + (__ru_y - 1)) / __ru_y) * __ru_y; })
#define rounddown(x, y)							\
({	typeof(x) __rd_x = (x);						\
	__rd_x - (__rd_x % (y)); })

#define __is_unsigned_type(x)	((typeof(x))-1 > (typeof(x))0)

/* To the nearest; the sign of the quotient decides which way half a divisor is added. */
#define DIV_ROUND_CLOSEST(x, divisor)					\
({	typeof(x) __drc_x = (x);					\
	typeof(divisor) __drc_d = (divisor);				\
	(__is_unsigned_type(x) || __is_unsigned_type(divisor) || (__drc_x > 0) == (__drc_d > 0)) ? \
		(__drc_x + __drc_d / 2) / __drc_d : (__drc_x - __drc_d / 2) / __drc_d; })
#define DIV_ROUND_CLOSEST_ULL(x, divisor)				\
({	typeof(divisor) __drcu_d = (divisor);				\
	unsigned long long __drcu_x = (x) + __drcu_d / 2;		\
	do_div(__drcu_x, __drcu_d);					\
	__drcu_x; })

#define mult_frac(x, n, d)						\
({	typeof(x) __mf_x = (x);						\
	typeof(n) __mf_n = (n);						\
	typeof(d) __mf_d = (d);						\
	typeof(x) __mf_q = __mf_x / __mf_d;				\
	__mf_q * __mf_n + (__mf_x % __mf_d) * __mf_n / __mf_d; })

#define sector_div(a, b)	do_div(a, b)

/* An absolute value of the argument's own signed type. */
#define abs(x) _Generic((x),						\
	long long: ({ long long __ab = (long long)(x); __ab < 0 ? -__ab : __ab; }), \
	long: ({ long __ab = (long)(x); __ab < 0 ? -__ab : __ab; }),	\
	default: ({ int __ab = (int)(x); __ab < 0 ? -__ab : __ab; }))
#define abs_diff(a, b)							\
({	typeof(a) __ad_a = (a);						\
	typeof(b) __ad_b = (b);						\
	__ad_a > __ad_b ? __ad_a - __ad_b : __ad_b - __ad_a; })

/* Maps 0..@ep_ro-1 evenly from the whole range of 32 bits. */
static inline u32 reciprocal_scale(u32 val, u32 ep_ro)
{
	return (u32)(((u64)val * ep_ro) >> 32);
}

unsigned long int_sqrt(unsigned long x);
u32 int_sqrt64(u64 x);
unsigned long gcd(unsigned long a, unsigned long b) __attribute_const__;
unsigned long lcm(unsigned long a, unsigned long b) __attribute_const__;

#endif
