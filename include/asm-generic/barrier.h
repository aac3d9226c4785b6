/* SPDX-License-Identifier: MIT */
/*
 * Memory barriers from the compiler's fences.
 *
 * smp_*: order between CPUs. mb/rmb/wmb: order that devices see as well; dma_*: order on
 * memory shared with a device. Here they are all as strong as the fence that covers them; an
 * architecture that knows better defines its own before it includes this header.
 */
#ifndef _ASM_GENERIC_BARRIER_H
#define _ASM_GENERIC_BARRIER_H

#include <linux/compiler.h>
#include <asm/processor.h>	/* cpu_relax() */

#define __smp_fence(order)						\
do {									\
	barrier();							\
	__atomic_thread_fence(order);					\
	barrier();							\
} while (0)

#ifndef smp_mb
#define smp_mb()		__smp_fence(__ATOMIC_SEQ_CST)
#endif
#ifndef smp_rmb
#define smp_rmb()		__smp_fence(__ATOMIC_ACQUIRE)
#endif
#ifndef smp_wmb
#define smp_wmb()		__smp_fence(__ATOMIC_RELEASE)
#endif

#ifndef mb
#define mb()			__smp_fence(__ATOMIC_SEQ_CST)
#endif
#ifndef rmb
#define rmb()			mb()
#endif
#ifndef wmb
#define wmb()			mb()
#endif
#ifndef dma_mb
#define dma_mb()		mb()
#endif
#ifndef dma_rmb
#define dma_rmb()		rmb()
#endif
#ifndef dma_wmb
#define dma_wmb()		wmb()
#endif

#ifndef smp_mb__before_atomic
#define smp_mb__before_atomic()	smp_mb()
#endif
#ifndef smp_mb__after_atomic
#define smp_mb__after_atomic()	smp_mb()
#endif
#ifndef smp_mb__after_spinlock
#define smp_mb__after_spinlock() smp_mb()
#endif
#define smp_acquire__after_ctrl_dep() smp_rmb()

/* With a hypervisor: the same, as this kernel is never built for one CPU only. */
#define virt_mb()		smp_mb()
#define virt_rmb()		smp_rmb()
#define virt_wmb()		smp_wmb()
#define virt_store_mb(var, v)	smp_store_mb(var, v)
#define virt_store_release(p, v) smp_store_release(p, v)
#define virt_load_acquire(p)	smp_load_acquire(p)

/* Ordered by the address that the load gives: no machine here needs an instruction for it. */
#define smp_read_barrier_depends() do { } while (0)
#define read_barrier_depends()	do { } while (0)

/* A store that everything before it precedes; a load that precedes everything after it. */
#define smp_store_release(p, v)						\
do {									\
	_Static_assert(__native_word(*(p)), "smp_store_release of a type that can tear"); \
	barrier();							\
	__atomic_store_n((p), (typeof(*(p)))(v), __ATOMIC_RELEASE);	\
} while (0)

#define smp_load_acquire(p)						\
({	_Static_assert(__native_word(*(p)), "smp_load_acquire of a type that can tear"); \
	__unqual_scalar_typeof(*(p)) __sla = __atomic_load_n((p), __ATOMIC_ACQUIRE); \
	barrier();							\
	__sla; })

/* Store, then a full barrier. */
#ifndef smp_store_mb
#define smp_store_mb(var, value)					\
do {									\
	WRITE_ONCE(var, value);						\
	smp_mb();							\
} while (0)
#endif

/*
 * Wait until @cond holds, where @cond looks at VAL, the value last read from @ptr. The one
 * way to spin: a checker sees which word is waited for. The value that ended the wait is
 * returned; the _acquire form orders what follows after the read.
 */
#ifndef smp_cond_load_relaxed
#define smp_cond_load_relaxed(ptr, cond)				\
({	typeof(ptr) __scl_ptr = (ptr);					\
	__unqual_scalar_typeof(*(ptr)) VAL;				\
									\
	for (;;) {							\
		VAL = READ_ONCE(*__scl_ptr);				\
		if (cond)						\
			break;						\
		cpu_relax();						\
	}								\
	(typeof(*(ptr)))VAL; })
#endif

#ifndef smp_cond_load_acquire
#define smp_cond_load_acquire(ptr, cond)				\
({	__unqual_scalar_typeof(*(ptr)) __scl_val = smp_cond_load_relaxed(ptr, cond); \
	smp_acquire__after_ctrl_dep();					\
	(typeof(*(ptr)))__scl_val; })
#endif

/* The same for a condition over more than one word. */
#define spin_until(cond)						\
do {									\
	while (!(cond))							\
		cpu_relax();						\
} while (0)

#define barrier_nospec()	barrier()
#define array_index_nospec(index, size) (index)

#endif
