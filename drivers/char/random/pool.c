/* SPDX-License-Identifier: MIT */
/*
 * The input pool: a running hash (BLAKE2s) of everything that came in, and a count of how much
 * of it nobody could have guessed. What comes out, comes out hashed, and with each extraction
 * the pool goes on from a key that nobody was given, so that earlier input and output can't be
 * worked out from a later state.
 */
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/random.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timex.h>
#include <asm/archrandom.h>

#include "internals.h"

static DEFINE_RAW_SPINLOCK(pool_lock);		/* IRQs off; guards the hash */
static struct blake2s_state pool_hash;
static atomic_t pool_bits;			/* credited so far, POOL_BITS at most */

/* Lock held. */
static void begin_hash(void)
{
	if (unlikely(!pool_hash.outlen))
		blake2s_init(&pool_hash, BLAKE2S_HASH_SIZE);
}

/* Stir @buf in, without counting it as anything. Any context but NMI. */
void pool_mix(const void *buf, size_t len)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&pool_lock, flags);
	begin_hash();
	blake2s_update(&pool_hash, buf, len);
	raw_spin_unlock_irqrestore(&pool_lock, flags);
}

unsigned int pool_entropy(void)
{
	return (unsigned int)atomic_read(&pool_bits);
}

/* What was stirred in was worth @bits. When that makes enough the generator gets its first seed. */
void pool_credit(size_t bits)
{
	int old = atomic_read(&pool_bits), sum;

	do {
		sum = (int)min_t(size_t, POOL_BITS, (size_t)old + bits);
	} while (!atomic_try_cmpxchg(&pool_bits, &old, sum));
	if (old < POOL_BITS && sum == POOL_BITS)
		crng_reseed();
}

/* What goes into each extraction beside the pool: the CPU's generator, or else its clock. */
struct extra {
	unsigned long	word[BLAKE2S_HASH_SIZE / sizeof(long)];
	u64		number;		/* of the output block */
};

static void fill_extra(struct extra *extra)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(extra->word); i++)
		if (!arch_get_random_seed_longs(&extra->word[i], 1) &&
		    !arch_get_random_longs(&extra->word[i], 1))
			extra->word[i] = random_get_entropy();
	extra->number = 0;
}

/*
 * Take @len bytes out.
 *
 *	seed = H(pool)		pool = begin a hash under the key H(seed, extra, 0)
 *	output block n = H(seed, extra, n), n = 1, 2, ...
 */
void pool_extract(u8 *out, size_t len)
{
	u8 seed[BLAKE2S_HASH_SIZE], next[BLAKE2S_HASH_SIZE];
	struct extra extra;
	unsigned long flags;

	fill_extra(&extra);
	raw_spin_lock_irqsave(&pool_lock, flags);
	begin_hash();
	blake2s_final(&pool_hash, seed);
	blake2s(next, (const u8 *)&extra, seed, sizeof(next), sizeof(extra), sizeof(seed));
	blake2s_init_key(&pool_hash, BLAKE2S_HASH_SIZE, next, sizeof(next));
	raw_spin_unlock_irqrestore(&pool_lock, flags);

	while (len) {
		size_t n = min(len, (size_t)BLAKE2S_HASH_SIZE);

		extra.number++;
		blake2s(out, (const u8 *)&extra, seed, n, sizeof(extra), sizeof(seed));
		out += n;
		len -= n;
	}
	memzero_explicit(seed, sizeof(seed));
	memzero_explicit(next, sizeof(next));
	memzero_explicit(&extra, sizeof(extra));
}

/**
 * add_device_randomness - stir in what differs from machine to machine, and is not secret
 * @buf: serial numbers, addresses, times
 * @len: bytes
 *
 * Counts as no entropy. Context: any but NMI.
 */
void add_device_randomness(const void *buf, size_t len)
{
	unsigned long now = random_get_entropy();

	pool_mix(&now, sizeof(now));
	pool_mix(buf, len);
}
EXPORT_SYMBOL(add_device_randomness);

/** add_hwgenerator_randomness - @len bytes of a hardware generator, worth @entropy bits */
void add_hwgenerator_randomness(const void *buf, size_t len, size_t entropy)
{
	pool_mix(buf, len);
	pool_credit(entropy);
}
EXPORT_SYMBOL_GPL(add_hwgenerator_randomness);

/** add_bootloader_randomness - what whoever loaded the kernel gave for a seed */
void add_bootloader_randomness(const void *buf, size_t len)
{
	add_hwgenerator_randomness(buf, len, len * 8);
}
EXPORT_SYMBOL_GPL(add_bootloader_randomness);
