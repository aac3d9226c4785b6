/* SPDX-License-Identifier: MIT */
/* Numbers that C and assembly share: _AC(1, UL) is 1UL in C and 1 in assembly. */
#ifndef _LINUX_CONST_H
#define _LINUX_CONST_H

#ifdef __ASSEMBLER__
#define _AC(X, Y)	X
#define _AT(T, X)	X
#else
#define __AC(X, Y)	(X##Y)
#define _AC(X, Y)	__AC(X, Y)
#define _AT(T, X)	((T)(X))
#endif
#define UL(x)		_AC(x, UL)
#define ULL(x)		_AC(x, ULL)
#define _UL(x)		UL(x)
#define _ULL(x)		ULL(x)
#define _BITUL(x)	(UL(1) << (x))
#define _BITULL(x)	(ULL(1) << (x))

#ifndef __ASSEMBLER__
/* Whether @x is an integer constant expression: then the null pointer makes the type int *. */
#define __is_constexpr(x) \
	(sizeof(int) == sizeof(*(1 ? ((void *)((long)(x) * 0L)) : (int *)1)))
#endif

#endif
