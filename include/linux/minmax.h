/* SPDX-License-Identifier: MIT */
/* min, max and their kin: each argument is evaluated once; unlike types draw a warning. */
#ifndef _LINUX_MINMAX_H
#define _LINUX_MINMAX_H

#include <linux/const.h>
#include <linux/types.h>

/* 1; comparing pointers to unlike types is what warns. */
#define __minmax_types_agree(x, y) (!!(sizeof((typeof(x) *)1 == (typeof(y) *)1)))

#define __minmax_once(x, op, y)						\
({	typeof(x) __mm_x = (x);						\
	typeof(y) __mm_y = (y);						\
	__mm_x op __mm_y ? __mm_x : __mm_y; })

/* Two constants give a constant, fit for an array size. */
#define __minmax(x, op, y)						\
	__builtin_choose_expr(__minmax_types_agree(x, y) &&		\
			      __is_constexpr(x) && __is_constexpr(y),	\
			      ((x) op (y) ? (x) : (y)), __minmax_once(x, op, y))

#define min(x, y)		__minmax(x, <, y)
#define max(x, y)		__minmax(x, >, y)
#define min_t(type, x, y)	__minmax((type)(x), <, (type)(y))
#define max_t(type, x, y)	__minmax((type)(x), >, (type)(y))
#define min3(x, y, z)		min((typeof(x))min(x, y), z)
#define max3(x, y, z)		max((typeof(x))max(x, y), z)

/* The smaller one that is not zero; zero if both are. */
#define min_not_zero(x, y)						\
({	typeof(x) __mnz_x = (x);					\
	typeof(y) __mnz_y = (y);					\
	__mnz_x == 0 ? __mnz_y : (__mnz_y == 0 ? __mnz_x : min(__mnz_x, __mnz_y)); })

#define clamp(val, lo, hi)	min((typeof(val))max(val, lo), hi)
#define clamp_t(type, val, lo, hi) min_t(type, max_t(type, val, lo), hi)
#define clamp_val(val, lo, hi)	clamp_t(typeof(val), val, lo, hi)

#define swap(a, b)							\
do {									\
	typeof(a) __swap_tmp = (a);					\
	(a) = (b);							\
	(b) = __swap_tmp;						\
} while (0)

static inline bool in_range64(u64 val, u64 start, u64 len)
{
	return val - start < len;
}

#endif
