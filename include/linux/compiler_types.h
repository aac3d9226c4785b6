/* SPDX-License-Identifier: MIT */
/*
 * Attributes and annotations that every other header may use. The force-included
 * part of the road: nothing here needs a type.
 */
#ifndef _LINUX_COMPILER_TYPES_H
#define _LINUX_COMPILER_TYPES_H

#define __always_inline		inline __attribute__((__always_inline__))
#define noinline		__attribute__((__noinline__))
#define __noreturn		__attribute__((__noreturn__))
#define __used			__attribute__((__used__))
#define __maybe_unused		__attribute__((__unused__))
#define __always_unused		__attribute__((__unused__))
#define __packed		__attribute__((__packed__))
#define __aligned(x)		__attribute__((__aligned__(x)))
#define __section(s)		__attribute__((__section__(s)))
#define __weak			__attribute__((__weak__))
#define __alias(symbol)		__attribute__((__alias__(#symbol)))
#define __printf(a, b)		__attribute__((__format__(printf, a, b)))
#define __scanf(a, b)		__attribute__((__format__(scanf, a, b)))
#define __malloc		__attribute__((__malloc__))
#define __must_check		__attribute__((__warn_unused_result__))
#define __pure			__attribute__((__pure__))
#define __attribute_const__	__attribute__((__const__))
#define __cold			__attribute__((__cold__))
#define __deprecated
#define __mode(x)		__attribute__((__mode__(x)))
#define __visible
#define __init_or_module

/* gcc knows the question in C only. */
#ifndef __ASSEMBLER__
#if __has_attribute(__noclone__)
#define __noclone		__attribute__((__noclone__))
#else
#define __noclone
#endif

#if __has_attribute(__fallthrough__)
#define fallthrough		__attribute__((__fallthrough__))
#else
#define fallthrough		do { } while (0)
#endif
#endif

/* Address-space and lock annotations: words for the reader (and for sparse, which we do not need). */
#define __user
#define __kernel
#define __iomem
#define __percpu
#define __rcu
#define __force
#define __nocast
#define __private
#define __bitwise
#define __safe
#define __acquires(x)
#define __releases(x)
#define __must_hold(x)
#define __acquire(x)		((void)0)
#define __release(x)		((void)0)
#define __cond_lock(x, c)	(c)
#define __chk_user_ptr(x)	((void)0)

/* Sections thrown away after boot live in linux/init.h. */
#define notrace
#define noinstr			noinline __section(".noinstr.text")
#define asmlinkage
#define __no_sanitize_undefined	__attribute__((__no_sanitize__("undefined")))

#define __same_type(a, b)	__builtin_types_compatible_p(typeof(a), typeof(b))
#define __native_word(t)	(sizeof(t) == sizeof(char) || sizeof(t) == sizeof(short) || \
				 sizeof(t) == sizeof(int) || sizeof(t) == sizeof(long))

#define ___PASTE(a, b)		a##b
#define __PASTE(a, b)		___PASTE(a, b)

#endif
