/* SPDX-License-Identifier: MIT */
/*
 * atomic_t, atomic64_t and atomic_long_t from compiler builtins.
 *
 * The order of an operation is in its name: none for an operation that returns nothing;
 * a full barrier on both sides for one that returns a value, unless _acquire, _release or
 * _relaxed says otherwise. A conditional operation that does not store orders nothing.
 *
 * An architecture whose sequentially consistent builtins are no full barrier (arm64
 * without LSE atomics) must be compiled so that they are.
 */
#ifndef _ASM_GENERIC_ATOMIC_H
#define _ASM_GENERIC_ATOMIC_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <asm/barrier.h>
#include <asm/cmpxchg.h>

#ifdef CONFIG_64BIT
typedef atomic64_t atomic_long_t;
#else
typedef atomic_t atomic_long_t;
#endif
#define ATOMIC64_INIT(i)	{ (i) }
#define ATOMIC_LONG_INIT(i)	{ (i) }

/* One read-modify-write in one order: the new value, or the old one. */
#define __ATOMIC_OP_RETURN(P, A, T, op, sfx, order)			\
static __always_inline T P##_##op##_return##sfx(T i, A *v)		\
{									\
	return __atomic_##op##_fetch(&v->counter, i, order);		\
}
#define __ATOMIC_FETCH_OP(P, A, T, op, sfx, order)			\
static __always_inline T P##_fetch_##op##sfx(T i, A *v)			\
{									\
	return __atomic_fetch_##op(&v->counter, i, order);		\
}
#define __ATOMIC_VOID_OP(P, A, T, op)					\
static __always_inline void P##_##op(T i, A *v)				\
{									\
	(void)__atomic_fetch_##op(&v->counter, i, __ATOMIC_RELAXED);	\
}

#define __ATOMIC_IN_ORDER(P, A, T, sfx, order, fail)			\
__ATOMIC_OP_RETURN(P, A, T, add, sfx, order)				\
__ATOMIC_OP_RETURN(P, A, T, sub, sfx, order)				\
__ATOMIC_FETCH_OP(P, A, T, add, sfx, order)				\
__ATOMIC_FETCH_OP(P, A, T, sub, sfx, order)				\
__ATOMIC_FETCH_OP(P, A, T, and, sfx, order)				\
__ATOMIC_FETCH_OP(P, A, T, or, sfx, order)				\
__ATOMIC_FETCH_OP(P, A, T, xor, sfx, order)				\
static __always_inline T P##_fetch_andnot##sfx(T i, A *v)		\
{									\
	return P##_fetch_and##sfx(~i, v);				\
}									\
static __always_inline T P##_inc_return##sfx(A *v)			\
{									\
	return P##_add_return##sfx(1, v);				\
}									\
static __always_inline T P##_dec_return##sfx(A *v)			\
{									\
	return P##_sub_return##sfx(1, v);				\
}									\
static __always_inline T P##_fetch_inc##sfx(A *v)			\
{									\
	return P##_fetch_add##sfx(1, v);				\
}									\
static __always_inline T P##_fetch_dec##sfx(A *v)			\
{									\
	return P##_fetch_sub##sfx(1, v);				\
}									\
static __always_inline T P##_xchg##sfx(A *v, T new)			\
{									\
	return __atomic_exchange_n(&v->counter, new, order);		\
}									\
static __always_inline bool P##_try_cmpxchg##sfx(A *v, T *old, T new)	\
{									\
	return __atomic_compare_exchange_n(&v->counter, (typeof(&v->counter))old, new, 0, \
					   order, fail);		\
}									\
static __always_inline T P##_cmpxchg##sfx(A *v, T old, T new)		\
{									\
	P##_try_cmpxchg##sfx(v, &old, new);				\
	return old;							\
}									\
static __always_inline bool P##_add_negative##sfx(T i, A *v)		\
{									\
	return P##_add_return##sfx(i, v) < 0;				\
}

/* What is made of the operations above, for one type. */
#define __ATOMIC_FAMILY(P, A, T)					\
static __always_inline T P##_read(const A *v)				\
{									\
	return __atomic_load_n(&v->counter, __ATOMIC_RELAXED);		\
}									\
static __always_inline T P##_read_acquire(const A *v)			\
{									\
	return smp_load_acquire(&v->counter);				\
}									\
static __always_inline void P##_set(A *v, T i)				\
{									\
	__atomic_store_n(&v->counter, i, __ATOMIC_RELAXED);		\
}									\
static __always_inline void P##_set_release(A *v, T i)			\
{									\
	smp_store_release(&v->counter, i);				\
}									\
__ATOMIC_VOID_OP(P, A, T, add)						\
__ATOMIC_VOID_OP(P, A, T, sub)						\
__ATOMIC_VOID_OP(P, A, T, and)						\
__ATOMIC_VOID_OP(P, A, T, or)						\
__ATOMIC_VOID_OP(P, A, T, xor)						\
static __always_inline void P##_andnot(T i, A *v)			\
{									\
	P##_and(~i, v);							\
}									\
static __always_inline void P##_inc(A *v)				\
{									\
	P##_add(1, v);							\
}									\
static __always_inline void P##_dec(A *v)				\
{									\
	P##_sub(1, v);							\
}									\
__ATOMIC_IN_ORDER(P, A, T, , __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)	\
__ATOMIC_IN_ORDER(P, A, T, _acquire, __ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE) \
__ATOMIC_IN_ORDER(P, A, T, _release, __ATOMIC_RELEASE, __ATOMIC_RELAXED) \
__ATOMIC_IN_ORDER(P, A, T, _relaxed, __ATOMIC_RELAXED, __ATOMIC_RELAXED) \
static __always_inline bool P##_sub_and_test(T i, A *v)			\
{									\
	return P##_sub_return(i, v) == 0;				\
}									\
static __always_inline bool P##_dec_and_test(A *v)			\
{									\
	return P##_sub_return(1, v) == 0;				\
}									\
static __always_inline bool P##_inc_and_test(A *v)			\
{									\
	return P##_add_return(1, v) == 0;				\
}									\
static __always_inline T P##_fetch_add_unless(A *v, T a, T u)		\
{									\
	T old = P##_read(v);						\
									\
	do {								\
		if (unlikely(old == u))					\
			break;						\
	} while (!P##_try_cmpxchg(v, &old, old + a));			\
	return old;							\
}									\
static __always_inline bool P##_add_unless(A *v, T a, T u)		\
{									\
	return P##_fetch_add_unless(v, a, u) != u;			\
}									\
static __always_inline bool P##_inc_not_zero(A *v)			\
{									\
	return P##_add_unless(v, 1, 0);					\
}									\
static __always_inline bool P##_inc_unless_negative(A *v)		\
{									\
	T old = P##_read(v);						\
									\
	do {								\
		if (unlikely(old < 0))					\
			return false;					\
	} while (!P##_try_cmpxchg(v, &old, old + 1));			\
	return true;							\
}									\
static __always_inline bool P##_dec_unless_positive(A *v)		\
{									\
	T old = P##_read(v);						\
									\
	do {								\
		if (unlikely(old > 0))					\
			return false;					\
	} while (!P##_try_cmpxchg(v, &old, old - 1));			\
	return true;							\
}									\
static __always_inline T P##_dec_if_positive(A *v)			\
{									\
	T old = P##_read(v);						\
									\
	do {								\
		if (unlikely(old < 1))					\
			break;						\
	} while (!P##_try_cmpxchg(v, &old, old - 1));			\
	return old - 1;							\
}

__ATOMIC_FAMILY(atomic, atomic_t, int)
__ATOMIC_FAMILY(atomic64, atomic64_t, s64)
__ATOMIC_FAMILY(atomic_long, atomic_long_t, long)

#define atomic_cond_read_acquire(v, c)	smp_cond_load_acquire(&(v)->counter, (c))
#define atomic_cond_read_relaxed(v, c)	smp_cond_load_relaxed(&(v)->counter, (c))
#define atomic64_cond_read_acquire(v, c) smp_cond_load_acquire(&(v)->counter, (c))
#define atomic64_cond_read_relaxed(v, c) smp_cond_load_relaxed(&(v)->counter, (c))
#define atomic_long_cond_read_acquire(v, c) smp_cond_load_acquire(&(v)->counter, (c))
#define atomic_long_cond_read_relaxed(v, c) smp_cond_load_relaxed(&(v)->counter, (c))

#endif
