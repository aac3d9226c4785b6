/* SPDX-License-Identifier: MIT */
/*
 * get_random_*(): ChaCha20 (RFC 8439, "The ChaCha20 Block Function") as a generator. Its key
 * is stirred with whatever add_device_randomness() is told and with the clock at each call,
 * and replaced after each request by output that nobody was given, so that what was handed
 * out can't be worked out from a later state.
 */
#include <linux/bitops.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/random.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timex.h>

#define KEY_WORDS	8
#define BLOCK_WORDS	16

/* Guards the pool. Taken in any context but NMI. */
static DEFINE_RAW_SPINLOCK(pool_lock);
static u32 pool_key[KEY_WORDS];
static u64 pool_counter;

static void quarter_round(u32 *x, int a, int b, int c, int d)
{
	x[a] += x[b]; x[d] = rol32(x[d] ^ x[a], 16);
	x[c] += x[d]; x[b] = rol32(x[b] ^ x[c], 12);
	x[a] += x[b]; x[d] = rol32(x[d] ^ x[a], 8);
	x[c] += x[d]; x[b] = rol32(x[b] ^ x[c], 7);
}

static void chacha_block(const u32 *key, u64 counter, u32 *out)
{
	u32 start[BLOCK_WORDS] = {
		/* "expand 32-byte k" */
		0x61707865, 0x3320646e, 0x79622d32, 0x6b206574,
		key[0], key[1], key[2], key[3], key[4], key[5], key[6], key[7],
		counter, counter >> 32, 0, 0,
	};

	memcpy(out, start, sizeof(start));
	for (int round = 0; round < 20; round += 2) {
		quarter_round(out, 0, 4, 8, 12);
		quarter_round(out, 1, 5, 9, 13);
		quarter_round(out, 2, 6, 10, 14);
		quarter_round(out, 3, 7, 11, 15);
		quarter_round(out, 0, 5, 10, 15);
		quarter_round(out, 1, 6, 11, 12);
		quarter_round(out, 2, 7, 8, 13);
		quarter_round(out, 3, 4, 9, 14);
	}
	for (int i = 0; i < BLOCK_WORDS; i++)
		out[i] += start[i];
}

/* Make @len bytes part of the key. The caller holds pool_lock. */
static void stir(const void *buf, size_t len)
{
	const u8 *p = buf;
	u32 block[BLOCK_WORDS];

	while (len) {
		size_t n = min(len, sizeof(pool_key));

		for (size_t i = 0; i < n; i++)
			((u8 *)pool_key)[i] ^= p[i];
		chacha_block(pool_key, pool_counter++, block);
		memcpy(pool_key, block, sizeof(pool_key));
		p += n;
		len -= n;
	}
}

/**
 * add_device_randomness - stir something into the pool
 * @buf: serial numbers, arrival times: whatever is hard to guess
 * @len: bytes
 *
 * Context: any but NMI.
 */
void add_device_randomness(const void *buf, size_t len)
{
	u64 now = sched_clock() ^ random_get_entropy();
	unsigned long flags;

	raw_spin_lock_irqsave(&pool_lock, flags);
	stir(&now, sizeof(now));
	stir(buf, len);
	raw_spin_unlock_irqrestore(&pool_lock, flags);
}
EXPORT_SYMBOL(add_device_randomness);

/**
 * get_random_bytes - fill a buffer
 * @buf: the buffer
 * @len: its size
 *
 * Context: any but NMI.
 */
void get_random_bytes(void *buf, size_t len)
{
	u64 now = sched_clock() ^ random_get_entropy();
	u32 block[BLOCK_WORDS];
	unsigned long flags;

	raw_spin_lock_irqsave(&pool_lock, flags);
	stir(&now, sizeof(now));
	for (u8 *p = buf; len;) {
		/* The first half of each block is the next key; only the second leaves. */
		size_t n = min(len, sizeof(block) - sizeof(pool_key));

		chacha_block(pool_key, pool_counter++, block);
		memcpy(pool_key, block, sizeof(pool_key));
		memcpy(p, block + KEY_WORDS, n);
		p += n;
		len -= n;
	}
	raw_spin_unlock_irqrestore(&pool_lock, flags);
	memzero_explicit(block, sizeof(block));
}
EXPORT_SYMBOL(get_random_bytes);

#define GET_RANDOM(type)						\
type get_random_##type(void)						\
{									\
	type v;								\
									\
	get_random_bytes(&v, sizeof(v));				\
	return v;							\
}									\
EXPORT_SYMBOL(get_random_##type)
GET_RANDOM(u8);
GET_RANDOM(u16);
GET_RANDOM(u32);
GET_RANDOM(u64);
