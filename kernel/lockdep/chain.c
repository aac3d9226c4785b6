/* SPDX-License-Identifier: MIT */
/*
 * Chains: the sequences of classes held at once that have been looked at and found good.
 *
 * What makes the checker cheap: nearly always the locks held are a chain that was seen
 * before, and one look into this table says so. It holds 64-bit hashes of whole chains; that two
 * chains have the same one is not to be expected in the life of a machine.
 */
#include <linux/hash.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "internals.h"

#ifdef CONFIG_DEBUG

#define CHAIN_BITS	15

_Static_assert(MAX_CHAINS == 1 << CHAIN_BITS, "the table's size");

static u64 chains[MAX_CHAINS];	/* 0: free. Written under graph_lock(), read without */
static unsigned int nr_chains;	/* graph_lock() */

/* The key of a chain with one lock more. */
u64 chain_extend(u64 key, const struct held_lock *lock)
{
	u64 link = lock->class_idx | (u64)lock->read << 16 | 1ULL << 18;

	key = (key ^ link) * GOLDEN_RATIO_64;
	key ^= key >> 29;
	key *= 0xbf58476d1ce4e5b9ULL;	/* an odd constant: mixes the high half once more */
	return (key ^ key >> 32) | 1;	/* never 0 */
}

/* A stale answer is "no", and then it is asked again under the lock. */
bool chain_known(u64 key)
{
	for (u32 i = hash_64(key, CHAIN_BITS);; i = (i + 1) % MAX_CHAINS) {
		u64 slot = READ_ONCE(chains[i]);

		if (!slot || slot == key)
			return slot == key;
	}
}

/* graph_lock() held. Return: false when there is no room, which was said. */
bool chain_add(u64 key)
{
	u32 i = hash_64(key, CHAIN_BITS);

	if (nr_chains >= MAX_CHAINS / 4 * 3) {
		report_out_of("MAX_CHAINS", MAX_CHAINS / 4 * 3);
		return false;
	}
	while (chains[i] && chains[i] != key)
		i = (i + 1) % MAX_CHAINS;
	if (!chains[i])
		nr_chains++;
	WRITE_ONCE(chains[i], key);
	return true;
}

/* After a class has gone: its number may come back and mean another. graph_lock() held. */
void chains_forget(void)
{
	for (u32 i = 0; i < MAX_CHAINS; i++)
		WRITE_ONCE(chains[i], 0);
	nr_chains = 0;
}

unsigned int chains_used(void)
{
	return nr_chains;
}

#endif
