/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TYPECHECK_H
#define _LINUX_TYPECHECK_H

/* Warns at compile time when @x is not exactly of @type; always 1. */
#define typecheck(type, x)						\
({	type __tc_a;							\
	typeof(x) __tc_b;						\
	(void)(&__tc_a == &__tc_b);					\
	1; })

#define typecheck_fn(type, function)					\
({	typeof(type) __tc_f = function;					\
	(void)__tc_f; })

#endif
