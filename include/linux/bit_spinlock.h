/* SPDX-License-Identifier: MIT */
/* A spin lock in one bit of a word, where there is no room for more. Not fair. */
#ifndef _LINUX_BIT_SPINLOCK_H
#define _LINUX_BIT_SPINLOCK_H

#include <linux/bitops.h>
#include <linux/bug.h>
#include <linux/preempt.h>
#include <asm/barrier.h>

static inline void bit_spin_lock(int bitnum, unsigned long *addr)
{
	unsigned long *word = addr + bitnum / BITS_PER_LONG;
	unsigned long mask = 1UL << (bitnum % BITS_PER_LONG);

	preempt_disable();
	while (unlikely(test_and_set_bit_lock(bitnum, addr))) {
		/* Preemptible while it waits, and not writing to the word. */
		preempt_enable();
		smp_cond_load_relaxed(word, !(VAL & mask));
		preempt_disable();
	}
}

static inline int bit_spin_trylock(int bitnum, unsigned long *addr)
{
	preempt_disable();
	if (likely(!test_and_set_bit_lock(bitnum, addr)))
		return 1;
	preempt_enable();
	return 0;
}

static inline int bit_spin_is_locked(int bitnum, unsigned long *addr)
{
	return test_bit(bitnum, addr);
}

static inline void bit_spin_unlock(int bitnum, unsigned long *addr)
{
	VM_BUG_ON(!test_bit(bitnum, addr));
	clear_bit_unlock(bitnum, addr);
	preempt_enable();
}

/* For words whose other bits only the owner of the lock changes. */
static inline void __bit_spin_unlock(int bitnum, unsigned long *addr)
{
	VM_BUG_ON(!test_bit(bitnum, addr));
	__clear_bit_unlock(bitnum, addr);
	preempt_enable();
}

#endif
