/* SPDX-License-Identifier: MIT */
/* Arrays by number: what is stored is found, and memory goes where nothing is stored any more. */
#include <linux/idr.h>
#include <linux/prandom.h>
#include <linux/string.h>
#include <linux/xarray.h>
#include "leak.h"
#include "test.h"

#define NR	256

/* Numbers near and far, so that the tree is low and high. */
static unsigned long number(unsigned int i)
{
	return i < NR / 2 ? i : (unsigned long)i << (i % 32);
}

static bool stored[NR];

static void store_or_erase(struct xarray *xa, unsigned int i)
{
	void *entry = xa_mk_value(i);

	if (stored[i])
		expect(xa_erase(xa, number(i)) == entry);
	else
		expect(xa_store(xa, number(i), entry, GFP_KERNEL) == NULL);
	stored[i] = !stored[i];
}

TEST(xarray, storm, "H3", "after any row of stores and erasures what is stored is found, and nothing else")
{
	static DEFINE_XARRAY(xa);
	unsigned int i, round, n = 0;
	struct rnd_state random;
	unsigned long at;
	void *entry;

	NO_LEAK_BEGIN;
	prandom_seed_state(&random, 1);
	memset(stored, 0, sizeof(stored));
	for (round = 0; round < 4000; round++)
		store_or_erase(&xa, prandom_u32_state(&random) % NR);
	for (i = 0; i < NR; i++) {
		expect(xa_load(&xa, number(i)) == (stored[i] ? xa_mk_value(i) : NULL));
		n += stored[i];
	}
	xa_for_each(&xa, at, entry)
		n--;
	expect_eq(n, 0);
	for (i = 0; i < NR; i++)
		if (stored[i])
			store_or_erase(&xa, i);
	expect(xa_empty(&xa));
	xa_destroy(&xa);
	NO_LEAK_END;
}

TEST(xarray, cyclic, "H3", "numbers that are given out and taken back in turn cost no more and more memory")
{
	struct mm_usage before, now;
	static DEFINE_IDR(idr);
	int i, kept, id;

	NO_LEAK_BEGIN;
	mm_get_usage(&before);
	kept = idr_alloc_cyclic(&idr, &idr, 0, 0, GFP_KERNEL);
	expect_eq(kept, 0);
	for (i = 1; i < 64 * 64; i++) {
		id = idr_alloc_cyclic(&idr, &idr, 0, 0, GFP_KERNEL);
		expect_eq(id, i);
		expect(idr_remove(&idr, id) == &idr);
	}
	/* Bytes: the head and what leads to the one that is kept; 64 nodes would be 64 KiB and more. */
	wait_until((mm_get_usage(&now), now.slab_objects < before.slab_objects + (16 << 10)));
	expect(idr_find(&idr, kept) == &idr);
	idr_destroy(&idr);
	NO_LEAK_END;
}
