/* SPDX-License-Identifier: MIT */
/* Pages, ranges, per-CPU memory: what is promised, and that all comes back. */
#include <linux/ioport.h>
#include <linux/list.h>
#include <linux/memblock.h>
#include <linux/mempool.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>
#include "leak.h"
#include "test.h"

/*
 * What ended before a test began may give its pages back while the test counts them. So each of these says
 * whether its figures came out, and is done again until one time nobody disturbed it.
 */
static bool take_each_order(void)
{
	unsigned long before = nr_free_pages(), taken;
	struct page *page[MAX_ORDER];
	unsigned int i;

	for (i = 0; i < MAX_ORDER; i++) {
		page[i] = alloc_pages(GFP_KERNEL | __GFP_NOWARN, i);
		if (expect(page[i]))
			expect(IS_ALIGNED(page_to_pfn(page[i]), 1UL << i));
	}
	expect(!alloc_pages(GFP_KERNEL | __GFP_NOWARN, MAX_ORDER));
	taken = before - nr_free_pages();
	for (i = 0; i < MAX_ORDER; i++)
		if (page[i])
			__free_pages(page[i], i);
	return taken == (1 << MAX_ORDER) - 1 && nr_free_pages() == before;
}

TEST(pages, orders, "", "a block of every order is aligned to its size, and freeing it gives back all its pages")
{
	wait_until(take_each_order());
}

TEST(pages, zones, "", "GFP_DMA memory is below 16 MiB and GFP_DMA32 memory below 4 GiB")
{
	struct page *dma = alloc_pages(GFP_KERNEL | GFP_DMA, 3), *low = alloc_pages(GFP_KERNEL | GFP_DMA32, 3);

	require(dma && low);
	expect(page_to_phys(dma) + 8 * PAGE_SIZE <= 16 << 20);
	expect(page_to_phys(low) + 8 * PAGE_SIZE <= 1ULL << 32);
	__free_pages(dma, 3);
	__free_pages(low, 3);
}

static bool take_all(void)
{
	unsigned long before = nr_free_pages(), taken = 0;
	struct page *page, *next, *one_more, *reserve;
	unsigned int order;
	bool as_promised;
	LIST_HEAD(all);

	for (order = MAX_ORDER; order-- > 0; ) {
		while ((page = alloc_pages(GFP_KERNEL | __GFP_NOWARN, order)) != NULL) {
			page->private = order;
			list_add(&page->lru, &all);
			taken += 1UL << order;
		}
	}
	one_more = alloc_page(GFP_KERNEL | __GFP_NOWARN);
	/* What GFP_KERNEL may not use up is there for who can't wait. */
	reserve = alloc_page(GFP_ATOMIC | __GFP_NOWARN);
	as_promised = !one_more && reserve && taken > before / 2;
	if (one_more)
		__free_page(one_more);
	if (reserve)
		__free_page(reserve);

	list_for_each_entry_safe(page, next, &all, lru)
		__free_pages(page, page->private);
	as_promised &= nr_free_pages() == before;
	page = alloc_pages(GFP_KERNEL, MAX_ORDER - 1);
	if (expect(page))
		__free_pages(page, MAX_ORDER - 1);
	return as_promised;
}

TEST(pages, exhaustion, "", "when memory is out requests get NULL, and a later free puts everything right")
{
	wait_until(take_all());
}

static bool take_exactly_five(void)
{
	unsigned long before = nr_free_pages(), taken;
	char *p = alloc_pages_exact(5 * PAGE_SIZE, GFP_KERNEL);

	if (!expect(p))
		return false;
	taken = before - nr_free_pages();
	memset(p, 1, 5 * PAGE_SIZE);
	free_pages_exact(p, 5 * PAGE_SIZE);
	return taken == 5 && nr_free_pages() == before;
}

TEST(pages, exact, "", "alloc_pages_exact() gives back the pages beyond the size at once")
{
	wait_until(take_exactly_five());
}

TEST(memblock, ranges, "", "ranges in any order merge, split and are searched; the record of RAM covers what is in use")
{
	/* Above all memory; nothing looks at the tables for such addresses after boot. */
	const phys_addr_t at = 1ULL << 50, k = 4096;
	phys_addr_t reserved = memblock_reserved_size();
	unsigned int cnt = memblock.reserved.cnt;

	memblock_reserve(at + 4 * k, k);
	memblock_reserve(at, k);
	expect_eq(memblock.reserved.cnt, cnt + 2);
	memblock_reserve(at + k, 3 * k);		/* closes the gap */
	memblock_reserve(at + 2 * k, k);		/* is in it already */
	expect_eq(memblock.reserved.cnt, cnt + 1);
	expect_eq(memblock_reserved_size() - reserved, 5 * k);
	expect(memblock_is_reserved(at + 5 * k - 1) && !memblock_is_reserved(at + 5 * k));

	memblock_phys_free(at + 2 * k, k);		/* splits */
	expect_eq(memblock.reserved.cnt, cnt + 2);
	expect(!memblock_is_reserved(at + 2 * k) && memblock_is_reserved(at + 3 * k));
	expect(memblock_is_region_reserved(at + k, 3 * k));
	expect(!memblock_is_region_reserved(at + 2 * k, k));
	memblock_phys_free(at - k, 100 * k);
	expect_eq(memblock.reserved.cnt, cnt);
	expect_eq(memblock_reserved_size(), reserved);

	expect(memblock_is_memory(__pa(&memblock)) && memblock_is_reserved(__pa(&memblock)));
	expect(!memblock_is_memory(at) && !memblock_phys_alloc(~0ULL / 2, k));
}

struct thing {
	u64 words[5];
};

TEST(percpu, dynamic, "E1", "per-CPU memory is zeroed, aligned and separate on every CPU, and can be had again after a free")
{
	struct thing __percpu *t;
	u64 __percpu *w;
	unsigned int cpu, round;

	NO_LEAK_BEGIN;
	for (round = 0; round < 3; round++) {
		t = __alloc_percpu(sizeof(struct thing), 64);
		w = alloc_percpu(u64);
		require(t && w);
		for_each_possible_cpu(cpu) {
			expect(IS_ALIGNED((unsigned long)per_cpu_ptr(t, cpu), 64));
			expect(!memchr_inv(per_cpu_ptr(t, cpu), 0, sizeof(*t)));
			expect_eq(*per_cpu_ptr(w, cpu), 0);
			memset(per_cpu_ptr(t, cpu), cpu + 1, sizeof(*t));
			*per_cpu_ptr(w, cpu) = ~0ULL;
		}
		for_each_possible_cpu(cpu)
			expect(!memchr_inv(per_cpu_ptr(t, cpu), cpu + 1, sizeof(*t)));
		free_percpu(t);
		free_percpu(w);
	}
	free_percpu(NULL);
	NO_LEAK_END;
}

TEST(percpu, full, "E1", "when the units are full a request gets NULL, and neighbours are freed one by one in any order")
{
	void __percpu **p = kvcalloc(4096, sizeof(*p), GFP_KERNEL);
	unsigned int n, i;

	require(p);
	NO_LEAK_BEGIN;
	for (n = 0; n < 4096; n++) {
		p[n] = __alloc_percpu_gfp(1024 - (n % 3) * 8, 8, GFP_KERNEL | __GFP_NOWARN);
		if (!p[n])
			break;
	}
	expect(n > 100 && n < 4096);
	for (i = 0; i < n; i += 2)
		free_percpu(p[i]);
	for (i = 1; i < n; i += 2)
		free_percpu(p[i]);
	NO_LEAK_END;
	kvfree(p);
}

static DEFINE_PER_CPU(int, counted) = 41;

static void count_here(void *unused)
{
	this_cpu_inc(counted);
}

TEST(percpu, statics, "E1", "a static per-CPU variable starts as it was written and is each CPU's own")
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		per_cpu(counted, cpu) = 41;
	on_each_cpu(count_here, NULL, true);
	for_each_online_cpu(cpu) {
		expect_eq(per_cpu(counted, cpu), 42);
		expect(is_kernel_percpu_address((unsigned long)per_cpu_ptr(&counted, cpu)));
	}
}

TEST(resource, claims, "", "a claimed range can't be claimed again, and can after its release")
{
	struct resource *a, *b;

	NO_LEAK_BEGIN;
	a = request_region(0xa000, 0x10, "test a");
	require(a);
	expect(!request_region(0xa000, 1, "test b"));
	expect(!request_region(0x9ff8, 0x10, "test b"));
	b = request_region(0xa010, 0x10, "test b");
	expect(b);
	release_region(0xa010, 0x10);
	release_region(0xa000, 0x10);
	a = request_region(0xa000, 0x20, "test a");
	expect(a);
	release_region(0xa000, 0x20);
	NO_LEAK_END;
}

TEST(mempool, reserve, "", "a mempool hands out its reserve when the allocator has nothing, and takes it back first")
{
	mempool_t *pool = mempool_create_kmalloc_pool(4, 128);
	void *p[8];
	unsigned int i;

	require(pool);
	for (i = 0; i < ARRAY_SIZE(p); i++) {
		p[i] = mempool_alloc(pool, GFP_KERNEL);
		expect(p[i]);
	}
	for (i = 0; i < ARRAY_SIZE(p); i++)
		mempool_free(p[i], pool);
	expect_eq(pool->curr_nr, 4);
	mempool_destroy(pool);
}
