/* SPDX-License-Identifier: MIT */
/*
 * xchg, cmpxchg and try_cmpxchg on any word of 1, 2, 4 or 8 bytes, from compiler builtins.
 *
 * Without a suffix they are full barriers; _acquire, _release, _relaxed say less.
 * try_cmpxchg() returns whether it stored, and leaves what it found in *@oldp.
 */
#ifndef _ASM_GENERIC_CMPXCHG_H
#define _ASM_GENERIC_CMPXCHG_H

#include <linux/compiler.h>

#define __xchg_order(ptr, new, order)					\
({	typeof(ptr) __xp = (ptr);					\
	(typeof(*__xp))__atomic_exchange_n(__xp, (typeof(*__xp))(new), order); })

#define __cmpxchg_order(ptr, old, new, order, fail)			\
({	typeof(ptr) __cp = (ptr);					\
	typeof(*__cp) __co = (typeof(*__cp))(old);			\
	__atomic_compare_exchange_n(__cp, &__co, (typeof(*__cp))(new), 0, order, fail); \
	__co; })

#define __try_cmpxchg_order(ptr, oldp, new, order, fail)		\
	__atomic_compare_exchange_n((ptr), (oldp), (typeof(*(ptr)))(new), 0, order, fail)

#define xchg(p, n)		__xchg_order(p, n, __ATOMIC_SEQ_CST)
#define xchg_acquire(p, n)	__xchg_order(p, n, __ATOMIC_ACQUIRE)
#define xchg_release(p, n)	__xchg_order(p, n, __ATOMIC_RELEASE)
#define xchg_relaxed(p, n)	__xchg_order(p, n, __ATOMIC_RELAXED)

#define cmpxchg(p, o, n)	__cmpxchg_order(p, o, n, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)
#define cmpxchg_acquire(p, o, n) __cmpxchg_order(p, o, n, __ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE)
#define cmpxchg_release(p, o, n) __cmpxchg_order(p, o, n, __ATOMIC_RELEASE, __ATOMIC_RELAXED)
#define cmpxchg_relaxed(p, o, n) __cmpxchg_order(p, o, n, __ATOMIC_RELAXED, __ATOMIC_RELAXED)
#define cmpxchg_local(p, o, n)	cmpxchg_relaxed(p, o, n)
#define cmpxchg64(p, o, n)	cmpxchg(p, o, n)
#define cmpxchg64_relaxed(p, o, n) cmpxchg_relaxed(p, o, n)
#define cmpxchg64_local(p, o, n) cmpxchg_local(p, o, n)
#define sync_cmpxchg(p, o, n)	cmpxchg(p, o, n)

#define try_cmpxchg(p, op, n)	__try_cmpxchg_order(p, op, n, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)
#define try_cmpxchg64(p, op, n)	try_cmpxchg(p, op, n)
#define try_cmpxchg_acquire(p, op, n) __try_cmpxchg_order(p, op, n, __ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE)
#define try_cmpxchg_release(p, op, n) __try_cmpxchg_order(p, op, n, __ATOMIC_RELEASE, __ATOMIC_RELAXED)
#define try_cmpxchg_relaxed(p, op, n) __try_cmpxchg_order(p, op, n, __ATOMIC_RELAXED, __ATOMIC_RELAXED)

#endif
