/* SPDX-License-Identifier: MIT */
/* Spin locks and reader-writer spin locks under contention. The free paths are inline. */
#include <linux/export.h>
#include <linux/atomic.h>
#include <linux/cache.h>
#include <linux/init.h>
#include <linux/preempt.h>
#include <linux/spinlock.h>

/*
 * Those who wait are served in the order of their coming, so that none waits for ever. Not on a
 * virtual machine: its host may have stopped the CPU whose turn it is, and each hand-over would wait
 * for that CPU to get one of the host's. With more CPUs than the host has, a lock would change hands
 * a hundred times a second.
 */
static bool served_in_order __ro_after_init = true;
static bool nopvspin __initdata;

static int __init nopvspin_setup(char *str)
{
	nopvspin = true;
	return 0;
}
early_param("nopvspin", nopvspin_setup);

/**
 * spin_lock_init_virtual - this is a virtual machine: who sees a lock free takes it
 *
 * The boot option nopvspin has them wait in line all the same.
 *
 * Context: boot, one CPU.
 */
void __init spin_lock_init_virtual(void)
{
	served_in_order = nopvspin;
}

/* A lock that is not free, or has a line of those who wait for it. */
void arch_spin_lock_slow(arch_spinlock_t *lock)
{
	arch_spinlock_t old;
	u8 ticket;

	if (!served_in_order) {
		do {
			smp_cond_load_relaxed(&lock->word, !VAL);
		} while (!arch_spin_take(lock));
		return;
	}
	old.word = __atomic_fetch_add(&lock->word, ARCH_SPIN_TICKET, __ATOMIC_RELAXED);
	ticket = old.next;
	smp_cond_load_acquire(&lock->serving, VAL == ticket);
	smp_cond_load_acquire(&lock->locked, !VAL);

	/* Ours: nobody else takes it while there is a line. The last leaves the word as if there was none. */
	old = (arch_spinlock_t){ .serving = ticket, .next = ticket + 1 };
	if (__atomic_compare_exchange_n(&lock->word, &old.word, ARCH_SPIN_LOCKED, false,
					__ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
		return;
	WRITE_ONCE(lock->locked, 1);
	/* Who sees its turn looks at `locked` next, and finds it set. */
	smp_store_release(&lock->serving, ticket + 1);
}
EXPORT_SYMBOL(arch_spin_lock_slow);

/* The caller has counted itself as a reader, and there is a writer or one waits. */
void arch_read_lock_slow(arch_rwlock_t *lock)
{
	if (in_interrupt()) {
		/* Ahead of waiting writers: one of them may wait for who we interrupted. */
		smp_cond_load_acquire(&lock->word, !(VAL & RW_WRITER));
		return;
	}
	__atomic_sub_fetch(&lock->word, RW_READER, __ATOMIC_RELAXED);
	arch_spin_lock(&lock->line);
	__atomic_add_fetch(&lock->word, RW_READER, __ATOMIC_ACQUIRE);
	smp_cond_load_acquire(&lock->word, !(VAL & RW_WRITER));
	arch_spin_unlock(&lock->line);
}
EXPORT_SYMBOL(arch_read_lock_slow);

void arch_write_lock_slow(arch_rwlock_t *lock)
{
	arch_spin_lock(&lock->line);
	if (!arch_write_trylock(lock)) {
		u32 alone = RW_WAITING;

		/* From here on new readers line up behind us; those there are leave. */
		__atomic_or_fetch(&lock->word, RW_WAITING, __ATOMIC_RELAXED);
		do {
			smp_cond_load_relaxed(&lock->word, VAL == RW_WAITING);
			alone = RW_WAITING;
		} while (!__atomic_compare_exchange_n(&lock->word, &alone, RW_WRITER, false,
						      __ATOMIC_ACQUIRE, __ATOMIC_RELAXED));
	}
	arch_spin_unlock(&lock->line);
}
EXPORT_SYMBOL(arch_write_lock_slow);

/**
 * _atomic_dec_and_lock - count down, and hold the lock when that made zero
 * @atomic: the count
 * @lock: taken only if the count falls to zero
 *
 * Return: 1 with @lock held, 0 without.
 */
int _atomic_dec_and_lock(atomic_t *atomic, spinlock_t *lock)
{
	if (atomic_add_unless(atomic, -1, 1))
		return 0;
	spin_lock(lock);
	if (atomic_dec_and_test(atomic))
		return 1;
	spin_unlock(lock);
	return 0;
}
EXPORT_SYMBOL(_atomic_dec_and_lock);

int _atomic_dec_and_lock_irqsave(atomic_t *atomic, spinlock_t *lock, unsigned long *flags)
{
	if (atomic_add_unless(atomic, -1, 1))
		return 0;
	spin_lock_irqsave(lock, *flags);
	if (atomic_dec_and_test(atomic))
		return 1;
	spin_unlock_irqrestore(lock, *flags);
	return 0;
}
EXPORT_SYMBOL(_atomic_dec_and_lock_irqsave);
