/* SPDX-License-Identifier: MIT */
/*
 * x86 keeps loads in order, and stores in order; only a load may pass an earlier store
 * (Intel SDM Vol. 3, "Memory Ordering"). A locked instruction is a full barrier.
 */
#ifndef _ASM_X86_BARRIER_H
#define _ASM_X86_BARRIER_H

/* For write-combining memory and non-temporal stores, which a locked instruction also orders. */
#define mb()			__asm__ __volatile__("mfence" : : : "memory")
#define rmb()			__asm__ __volatile__("lfence" : : : "memory")
#define wmb()			__asm__ __volatile__("sfence" : : : "memory")
#define dma_mb()		mb()
#define dma_rmb()		barrier()
#define dma_wmb()		barrier()

/* Cheaper than mfence, and what a compiler's own fence may not choose. */
#define smp_mb()		__asm__ __volatile__("lock; addl $0, -4(%%rsp)" : : : "memory", "cc")

/* xchg is locked whether it says so or not. */
#define smp_store_mb(var, value) do { (void)__atomic_exchange_n(&(var), value, __ATOMIC_SEQ_CST); } while (0)
#define smp_mb__before_atomic()	barrier()
#define smp_mb__after_atomic()	barrier()
#define smp_mb__after_spinlock() barrier()

#include <asm-generic/barrier.h>

#endif
