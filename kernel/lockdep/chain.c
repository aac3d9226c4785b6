/* SPDX-License-Identifier: MIT */
/*
 * Chains: the sequences of classes held at once that have been looked at and found good.
 *
 * What makes the checker cheap: nearly always the locks held are a chain that was seen
 * before, and one look into this table says so. It holds 64-bit hashes of whole chains; that two
 * chains have the same one is not to be expected in the life of a machine.
 */
#include <linux/kernel.h>
#include <linux/string.h>
#include "internals.h"

#ifdef CONFIG_DEBUG

u64 lock_chains[MAX_CHAINS];
static unsigned int nr_chains;	/* graph_lock() */

/* Its home is taken by another. */
bool chain_known_elsewhere(u64 key)
{
	for (u32 i = chain_home(key);; i = (i + 1) % MAX_CHAINS) {
		u64 slot = READ_ONCE(lock_chains[i]);

		if (!slot || slot == key)
			return slot == key;
	}
}

/* graph_lock() held. Return: false when there is no room, which was said. */
bool chain_add(u64 key)
{
	u32 i = chain_home(key);

	if (nr_chains >= MAX_CHAINS / 4 * 3) {
		report_out_of("MAX_CHAINS", MAX_CHAINS / 4 * 3);
		return false;
	}
	while (lock_chains[i] && lock_chains[i] != key)
		i = (i + 1) % MAX_CHAINS;
	if (!lock_chains[i])
		nr_chains++;
	WRITE_ONCE(lock_chains[i], key);
	return true;
}

/* After a class has gone: its number may come back and mean another. graph_lock() held. */
void chains_forget(void)
{
	for (u32 i = 0; i < MAX_CHAINS; i++)
		WRITE_ONCE(lock_chains[i], 0);
	nr_chains = 0;
}

unsigned int chains_used(void)
{
	return nr_chains;
}

#endif
