/* SPDX-License-Identifier: MIT */
/* Atomic integers, exchanges, bits and reference counts: what they leave, and that no CPU's part is lost. */
#include <linux/atomic.h>
#include <linux/bitmap.h>
#include <linux/bitops.h>
#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/spinlock.h>
#include "tasks.h"
#include "test.h"

#define ROUNDS	2000

static atomic_t racing;
static void (*each_round)(unsigned int cpu, int round);

static int race_on_cpu(void *unused)
{
	unsigned int cpu = (unsigned int)raw_smp_processor_id();
	int i;

	for (i = 0; i < ROUNDS; i++)
		each_round(cpu, i);
	atomic_dec(&racing);
	return 0;
}

/* @fn on every CPU, ROUNDS times. Returns how often in all. */
static int race(void (*fn)(unsigned int cpu, int round))
{
	unsigned int cpu;
	int n = 0;

	each_round = fn;
	atomic_set(&racing, (int)num_online_cpus());
	for_each_online_cpu(cpu) {
		if (!expect(start(race_on_cpu, NULL, (int)cpu, "race")))
			atomic_dec(&racing);
		else
			n += ROUNDS;
	}
	wait_until(atomic_read(&racing) == 0);
	return n;
}

static atomic_t count;
static atomic64_t count64;
static atomic_long_t count_long;
static u32 word32;
static u64 word64;
static u8 byte;

static void all_kinds_of_add(unsigned int cpu, int round)
{
	u32 old32 = READ_ONCE(word32);
	u64 old64;
	u8 old8;

	atomic_inc(&count);
	atomic_add(2, &count);
	atomic64_add_return(1LL << 33, &count64);
	atomic_long_fetch_add_relaxed(3, &count_long);
	atomic_long_dec(&count_long);
	while (!try_cmpxchg(&word32, &old32, old32 + 1))
		;
	do {
		old64 = READ_ONCE(word64);
	} while (cmpxchg(&word64, old64, old64 + (1ULL << 32)) != old64);
	do {
		old8 = READ_ONCE(byte);
	} while (cmpxchg(&byte, old8, (u8)(old8 + 1)) != old8);
}

TEST(atomics, add, "E2", "sums made by all CPUs at once are right, in 8, 32 and 64 bits, by addition and by compare and exchange")
{
	s64 n;

	atomic_set(&count, 0);
	atomic64_set(&count64, 0);
	atomic_long_set(&count_long, 0);
	word32 = 0;
	word64 = 0;
	byte = 0;
	n = race(all_kinds_of_add);
	expect_eq(atomic_read(&count), 3 * n);
	expect_eq(atomic64_read(&count64), n << 33);
	expect_eq(atomic_long_read(&count_long), 2 * n);
	expect_eq(word32, n);
	expect_eq(word64, (u64)n << 32);
	expect_eq(byte, (u8)n);
}

static atomic_t taken, refused;

/* A stock of ten: never below zero, never above ten. */
static void take_and_return(unsigned int cpu, int round)
{
	if (atomic_dec_if_positive(&count) < 0) {
		atomic_inc(&refused);
		return;
	}
	atomic_inc(&taken);
	if (!atomic_add_unless(&count, 1, 10))
		atomic_set(&refused, -1000000000);
}

TEST(atomics, bounded, "E2", "operations with a condition keep to it under contention")
{
	int n;

	atomic_set(&count, 2);
	atomic_set(&taken, 0);
	atomic_set(&refused, 0);
	n = race(take_and_return);
	expect_eq(atomic_read(&count), 2);
	expect_eq(atomic_read(&taken) + atomic_read(&refused), n);
	atomic_set(&count, -1);
	expect(!atomic_inc_unless_negative(&count));
	expect(atomic_dec_unless_positive(&count));
	expect_eq(atomic_fetch_add_unless(&count, 5, -2), -2);
	expect_eq(atomic_read(&count), -2);
	expect(atomic_add_negative(1, &count));
	expect(!atomic_add_negative(1, &count));
	expect(!atomic_inc_not_zero(&count));
}

/* A token that passes from hand to hand is in exactly one at any time. */
static atomic_t tokens;

static void pass_token(unsigned int cpu, int round)
{
	static void *const token = &tokens;
	static void *place;
	void *got;

	if (round == 0 && atomic_inc_return(&tokens) == 1)
		WRITE_ONCE(place, token);
	got = xchg(&place, NULL);
	if (!got)
		return;
	if (atomic_inc_return(&count) != 1)
		atomic_inc(&refused);
	atomic_dec(&count);
	atomic_inc(&taken);
	xchg_release(&place, got);
}

TEST(atomics, xchg, "E2", "what xchg() passes on is never in two hands")
{
	atomic_set(&tokens, 0);
	atomic_set(&count, 0);
	atomic_set(&taken, 0);
	atomic_set(&refused, 0);
	race(pass_token);
	expect(atomic_read(&taken) > 0);
	expect_eq(atomic_read(&refused), 0);
}

static DECLARE_BITMAP(bits, 192);
static unsigned long lock_word, guarded;

/* Every CPU its own bit, all in the same words; and a bit as a lock. */
static void flip_bits(unsigned int cpu, int round)
{
	unsigned int nr = 40 + cpu;
	bool was = round & 1;

	if (test_and_change_bit(nr, bits) != was)
		atomic_inc(&refused);
	if (test_and_set_bit(nr + 64, bits))
		atomic_inc(&refused);
	if (!test_and_clear_bit(nr + 64, bits))
		atomic_inc(&refused);
	set_bit(nr + 80, bits);
	clear_bit(nr + 80, bits);
	while (test_and_set_bit_lock(5, &lock_word))
		cpu_relax();
	WRITE_ONCE(guarded, READ_ONCE(guarded) + 1);
	clear_bit_unlock(5, &lock_word);
}

TEST(atomics, bits, "E2", "each CPU's bits stay its own, side by side in one word; a bit is a lock")
{
	int n;

	bitmap_zero(bits, 192);
	guarded = 0;
	lock_word = 0;
	atomic_set(&refused, 0);
	n = race(flip_bits);
	expect_eq(atomic_read(&refused), 0);
	expect(bitmap_empty(bits, 192));
	expect_eq(guarded, n);
	expect_eq(lock_word, 0);
	/* A bit far behind the address, in both directions of the word. */
	expect(!test_and_set_bit(191, bits));
	expect(test_bit(191, bits) && bits[2] == 1UL << 63);
	expect(test_and_clear_bit(191, bits) && bitmap_empty(bits, 192));
}

static refcount_t ref;
static DEFINE_SPINLOCK(ref_lock);
static DEFINE_MUTEX(ref_mutex);

static void get_and_put(unsigned int cpu, int round)
{
	unsigned long flags;

	if (!refcount_inc_not_zero(&ref)) {
		atomic_inc(&refused);
		return;
	}
	switch (round % 4) {
	case 0:
		if (refcount_dec_and_test(&ref))
			atomic_inc(&taken);
		break;
	case 1:
		if (refcount_dec_and_lock(&ref, &ref_lock)) {
			atomic_inc(&taken);
			spin_unlock(&ref_lock);
		}
		break;
	case 2:
		if (refcount_dec_and_lock_irqsave(&ref, &ref_lock, &flags)) {
			atomic_inc(&taken);
			spin_unlock_irqrestore(&ref_lock, flags);
		}
		break;
	default:
		if (refcount_dec_and_mutex_lock(&ref, &ref_mutex)) {
			atomic_inc(&taken);
			mutex_unlock(&ref_mutex);
		}
	}
	if (round == ROUNDS / 2 && cpu == cpumask_first(cpu_online_mask) && refcount_dec_and_test(&ref))
		atomic_inc(&taken);
}

TEST(atomics, refcount, "E2", "the last reference is dropped once, with or without a lock, and comes never back")
{
	atomic_set(&taken, 0);
	atomic_set(&refused, 0);
	refcount_set(&ref, 1);
	race(get_and_put);
	expect_eq(atomic_read(&taken), 1);
	expect_eq(refcount_read(&ref), 0);
	expect(!spin_is_locked(&ref_lock) && !mutex_is_locked(&ref_mutex));
}

TEST(atomics, dec_and_lock, "E2", "atomic_dec_and_lock() takes the lock for the last one only")
{
	unsigned long flags;

	atomic_set(&count, 3);
	expect(!atomic_dec_and_lock(&count, &ref_lock));
	expect(!atomic_dec_and_lock_irqsave(&count, &ref_lock, flags));
	expect(!spin_is_locked(&ref_lock));
	require(atomic_dec_and_lock(&count, &ref_lock));
	expect(spin_is_locked(&ref_lock));
	spin_unlock(&ref_lock);
	expect_eq(atomic_read(&count), 0);
}

TEST(atomics, bitmaps, "E2", "bitmaps are set, combined, searched and turned to 32-bit words across word borders")
{
	DECLARE_BITMAP(a, 192);
	DECLARE_BITMAP(b, 192);
	DECLARE_BITMAP(c, 192);
	u32 words[6] = { 1, 0, 0x80000000, 3, 0xffffffff, 0xffffffff };

	bitmap_zero(a, 192);
	bitmap_set(a, 60, 10);
	expect_eq(bitmap_weight(a, 192), 10);
	expect_eq(find_first_bit(a, 192), 60);
	expect_eq(find_next_zero_bit(a, 192, 60), 70);
	bitmap_fill(b, 192);
	bitmap_clear(b, 64, 64);
	expect(bitmap_and(c, a, b, 192));
	expect_eq(bitmap_weight(c, 192), 4);
	expect(bitmap_subset(c, a, 192) && bitmap_intersects(a, b, 192));
	bitmap_replace(c, a, b, b, 192);
	expect_eq(find_first_bit(c, 192), 0);
	expect_eq(bitmap_weight(c, 192), 128 + 6);
	bitmap_from_arr32(c, words, 130);
	expect_eq(bitmap_weight(c, 192), 1 + 1 + 2 + 2);
	expect(test_bit(0, c) && test_bit(95, c) && test_bit(97, c) && !test_bit(130, c));
	bitmap_fill(a, 192);
	bitmap_to_arr32(words, a, 70);
	expect_eq(words[1], 0xffffffff);
	expect_eq(words[2], 0x3f);
	bitmap_set_value8(a, 0x5a, 72);
	expect_eq(bitmap_get_value8(a, 72), 0x5a);
	expect_eq(bitmap_get_value8(a, 80), 0xff);
	expect_eq(a[0], ~0UL);
}
