/* SPDX-License-Identifier: MIT */
/*
 * From memblock to the buddy lists: make the array of struct page, sort pages into zones,
 * free all that nobody reserved.
 *
 * The array is mapped a whole top-order block of pages at a time, wherever such a block
 * has any RAM in it. So the buddy of a page always has a struct page to look at; those
 * that stand for no RAM are reserved and never free.
 */
#include <linux/arch.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/panic.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include "internals.h"

#define VMEMMAP_CHUNK	(2UL << 20)	/* the size and alignment of a large page */

unsigned long max_pfn;		/* fixed by page_init() */
EXPORT_SYMBOL(max_pfn);

static enum zone_type __init zone_of(unsigned long pfn)
{
	enum zone_type z = ZONE_DMA;

	while (z < MAX_NR_ZONES - 1 && pfn >= zones[z].end_pfn)
		z++;
	return z;
}

static void __init map_vmemmap(unsigned long va, unsigned long end)
{
	while (va < end) {
		unsigned long size = PAGE_SIZE;
		phys_addr_t pa = 0;

		if (IS_ALIGNED(va, VMEMMAP_CHUNK) && end - va >= VMEMMAP_CHUNK) {
			size = VMEMMAP_CHUNK;
			pa = memblock_phys_alloc(size, size);
		}
		if (!pa) {
			size = PAGE_SIZE;
			pa = memblock_phys_alloc(size, size);
		}
		if (!pa || arch_map_kernel(va, pa, size, ARCH_MAP_READ | ARCH_MAP_WRITE))
			panic("no memory for the page array");
		va += size;
	}
}

static void __init init_pages(unsigned long pfn, unsigned long end)
{
	for (; pfn < end; pfn++) {
		struct page *page = pfn_to_page(pfn);

		memset(page, 0, sizeof(*page));
		set_page_zone(page, zone_of(pfn));
		SetPageReserved(page);
		set_page_count(page, 1);
	}
}

static void __init make_page_array(void)
{
	phys_addr_t start, end;
	unsigned long done = 0;		/* page frames below this have their struct page */
	u64 i;

	/* Memory for the array comes out of the table that is walked: RAM itself stays put. */
	for_each_mem_range(i, &start, &end) {
		unsigned long first = ALIGN_DOWN(PFN_DOWN(start), MAX_ORDER_NR_PAGES);
		unsigned long last = ALIGN(PFN_UP(end), MAX_ORDER_NR_PAGES);
		unsigned long va, va_end;

		first = max(first, done);
		if (first >= last)
			continue;
		va = PAGE_ALIGN((unsigned long)pfn_to_page(first));
		va_end = PAGE_ALIGN((unsigned long)pfn_to_page(last));
		map_vmemmap(va, va_end);
		init_pages(first, last);
		done = last;
	}
}

static void __init free_range(unsigned long pfn, unsigned long end)
{
	while (pfn < end) {
		unsigned int order = MAX_ORDER - 1;

		while (!IS_ALIGNED(pfn, 1UL << order) || pfn + (1UL << order) > end)
			order--;
		free_block_at_boot(pfn, order);
		pfn += 1UL << order;
	}
}

/* Zone ends are multiples of the top order, so no block lies in two zones. */
static void __init init_zones(void)
{
	unsigned int z, order;

	zones[ZONE_DMA].end_pfn = PHYS_PFN(16ULL << 20);
	zones[ZONE_DMA32].end_pfn = PHYS_PFN(4ULL << 30);
	zones[ZONE_NORMAL].end_pfn = ~0UL;
	for (z = 0; z < MAX_NR_ZONES; z++) {
		spin_lock_init(&zones[z].lock);
		for (order = 0; order < MAX_ORDER; order++)
			INIT_LIST_HEAD(&zones[z].free_area[order].free_list);
	}
}

/*
 * What requests may not use up: every zone keeps a little for those that can't wait, and
 * a low zone keeps a part, in proportion to the higher zones, for those that need it low.
 */
static void __init set_reserves(void)
{
	unsigned int z, want;

	for (z = 0; z < MAX_NR_ZONES; z++) {
		struct zone *zone = &zones[z];
		unsigned long above = 0;

		zone->min_pages = min(zone->managed_pages / 128, 1024UL);
		for (want = z + 1; want < MAX_NR_ZONES; want++) {
			above += zones[want].managed_pages;
			zone->lowmem_reserve[want] = min(above / 256, zone->managed_pages / 2);
		}
	}
}

void __init page_init(void)
{
	phys_addr_t start, end;
	u64 i;

	max_pfn = PFN_UP(memblock_end_of_DRAM());
	init_zones();
	cpu_pages_init();
	make_page_array();
	for_each_free_mem_range(i, &start, &end) {
		unsigned long first = PFN_UP(start), last = PFN_DOWN(end);

		if (first < last)
			free_range(first, last);
	}
	set_reserves();
	pr_info("Memory: %luK/%lluK available\n", nr_free_pages() << (PAGE_SHIFT - 10),
		memblock_phys_mem_size() >> 10);
}

/**
 * mm_init - hand all memory that memblock knows to be free to the page allocator, and
 * start the allocators that stand on it
 *
 * Context: boot CPU, interrupts off, after setup_per_cpu_areas().
 */
void __init mm_init(void)
{
	page_init();
	kmem_cache_init();
}

/**
 * free_reserved_area - give boot memory to the page allocator
 * @start: first byte, in the direct map or the image
 * @end: after the last; only whole pages in between are freed
 * @poison: byte to fill them with, or negative
 * @s: what it was, for the log, or NULL
 *
 * Return: number of pages freed.
 */
unsigned long free_reserved_area(void *start, void *end, int poison, const char *s)
{
	unsigned long pfn = PFN_UP(__pa(start)), last = PFN_DOWN(__pa(end)), n = 0;

	for (; pfn < last; pfn++, n++) {
		void *addr = __va((phys_addr_t)pfn << PAGE_SHIFT);

		if (poison >= 0)
			memset(addr, poison, PAGE_SIZE);
		free_block_at_boot(pfn, 0);
	}
	if (n && s)
		pr_info("Freeing %s memory: %luK\n", s, n << (PAGE_SHIFT - 10));
	return n;
}

/* pfn_valid - there is RAM, and a struct page, at @pfn */
bool pfn_valid(unsigned long pfn)
{
	return memblock_is_memory((phys_addr_t)pfn << PAGE_SHIFT);
}
EXPORT_SYMBOL(pfn_valid);

/* __virt_addr_valid - @kaddr is in the direct map or the image, backed by RAM */
bool __virt_addr_valid(unsigned long kaddr)
{
	if (kaddr < PAGE_OFFSET || is_vmalloc_addr((void *)kaddr))
		return false;
	return pfn_valid(virt_to_pfn(kaddr));
}
EXPORT_SYMBOL(__virt_addr_valid);
