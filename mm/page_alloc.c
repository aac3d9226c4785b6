/* SPDX-License-Identifier: MIT */
/*
 * The page allocator: a binary buddy system per zone.
 *
 * A free block of order n is 2^n pages at a multiple of 2^n. Its first struct page has
 * PG_buddy, the order, and the link in the zone's list of that order. Freeing a block whose
 * buddy (the one whose number differs in bit n) is free as well makes a block of order
 * n + 1. A request takes the highest zone that will do, then lower ones; there is no
 * reclaim, so that out of memory shows at once, and as NULL. Single pages go through a
 * list of each CPU (page_cpu.c).
 *
 * Any context: a zone's lock is taken with interrupts off, for a few dozen instructions.
 */
#include <linux/debug_free.h>
#include <linux/export.h>
#include <linux/hardirq.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/sched.h>
#include "internals.h"

struct zone zones[MAX_NR_ZONES] = {
	[ZONE_DMA].name		= "DMA",
	[ZONE_DMA32].name	= "DMA32",
	[ZONE_NORMAL].name	= "Normal",
};

static struct zone *page_zone(const struct page *page)
{
	return &zones[page_zonenum(page)];
}

static void add_free_block(struct zone *zone, struct page *page, unsigned int order)
{
	page->order = order;
	__SetPageBuddy(page);
	list_add(&page->lru, &zone->free_area[order].free_list);
	zone->free_area[order].nr_free++;
}

static void del_free_block(struct zone *zone, struct page *page)
{
	list_del(&page->lru);
	__ClearPageBuddy(page);
	zone->free_area[page->order].nr_free--;
}

/* Put a block back, joined with its buddy as often as that is free. Zone's lock held. */
static void free_block(struct zone *zone, struct page *page, unsigned int order)
{
	unsigned long pfn = page_to_pfn(page);

	lockdep_assert_held(&zone->lock);
	zone->free_pages += 1UL << order;
	while (order < MAX_ORDER - 1) {
		struct page *buddy = pfn_to_page(pfn ^ (1UL << order));

		if (!PageBuddy(buddy) || buddy->order != order)
			break;
		del_free_block(zone, buddy);
		pfn &= ~(1UL << order);
		order++;
	}
	add_free_block(zone, pfn_to_page(pfn), order);
}

/* Take the smallest block that is large enough and give back its unused halves. */
static struct page *take_block(struct zone *zone, unsigned int order)
{
	unsigned int o;

	lockdep_assert_held(&zone->lock);
	for (o = order; o < MAX_ORDER; o++) {
		struct page *page = list_first_entry_or_null(&zone->free_area[o].free_list,
							     struct page, lru);
		if (!page)
			continue;
		del_free_block(zone, page);
		while (o > order) {
			o--;
			add_free_block(zone, page + (1UL << o), o);
		}
		zone->free_pages -= 1UL << order;
		return page;
	}
	return NULL;
}

/*
 * How low a request may push a zone: programs leave the kernel a part, and it those who can't wait.
 */
static unsigned long pages_to_keep(const struct zone *zone, enum zone_type wanted, gfp_t gfp)
{
	unsigned long min = zone->min_pages;

	if (gfp & __GFP_MEMALLOC)
		return 0;
	if (gfp & __GFP_HARDWALL)
		min += zone->managed_pages / 32;
	if (gfp & __GFP_HIGH)
		min /= 2;
	return min + zone->lowmem_reserve[wanted];
}

static enum zone_type highest_zone(gfp_t gfp)
{
	return gfp & __GFP_DMA ? ZONE_DMA : gfp & __GFP_DMA32 ? ZONE_DMA32 : ZONE_NORMAL;
}

static struct page *take_from_zones(gfp_t gfp, unsigned int order)
{
	enum zone_type wanted = highest_zone(gfp);
	int z;

	for (z = wanted; z >= 0; z--) {
		struct zone *zone = &zones[z];
		struct page *page = NULL;
		unsigned long flags;

		if (!zone->managed_pages)
			continue;
		spin_lock_irqsave(&zone->lock, flags);
		if (zone->free_pages >= pages_to_keep(zone, wanted, gfp) + (1UL << order))
			page = take_block(zone, order);
		spin_unlock_irqrestore(&zone->lock, flags);
		if (page)
			return page;
	}
	return NULL;
}

/* Up to @n single pages, from the first zone that has any to spare. Interrupts are off. */
unsigned int zones_take_pages(gfp_t gfp, unsigned int n, struct list_head *list)
{
	enum zone_type wanted = highest_zone(gfp);
	unsigned int got = 0;
	int z;

	for (z = wanted; z >= 0 && !got; z--) {
		struct zone *zone = &zones[z];
		unsigned long keep = pages_to_keep(zone, wanted, gfp);

		if (!zone->managed_pages)
			continue;
		spin_lock(&zone->lock);
		for (; got < n && zone->free_pages > keep; got++)
			list_add_tail(&take_block(zone, 0)->lru, list);
		spin_unlock(&zone->lock);
	}
	return got;
}

/* Back to their zones. Interrupts are off. */
void zones_put_pages(struct list_head *list)
{
	struct page *page, *next;
	struct zone *zone = NULL;

	list_for_each_entry_safe(page, next, list, lru) {
		if (page_zone(page) != zone) {
			if (zone)
				spin_unlock(&zone->lock);
			zone = page_zone(page);
			spin_lock(&zone->lock);
		}
		free_block(zone, page, 0);
	}
	if (zone)
		spin_unlock(&zone->lock);
}

static __always_inline void prepare_pages(struct page *page, gfp_t gfp, unsigned int order)
{
	unsigned int i;

	page->order = order;
	page->slab_cache = NULL;
	page->mapping = NULL;
	page->private = 0;
	set_page_count(page, 1);
	if (order && (gfp & __GFP_COMP)) {
		__SetPageHead(page);
		for (i = 1; i < 1U << order; i++)
			page[i].compound_head = (unsigned long)page | 1;
	}
	if (gfp & __GFP_ZERO)
		for (i = 0; i < 1U << order; i++)
			clear_page(page_address(page + i));
	else if (IS_ENABLED(CONFIG_DEBUG))
		memset(page_address(page), 0xaa, PAGE_SIZE << order);
}

static noinline void warn_alloc(gfp_t gfp, unsigned int order)
{
	static DEFINE_RATELIMIT_STATE(often, 10 * HZ, 3);
	unsigned int z;

	if ((gfp & __GFP_NOWARN) || !__ratelimit(&often))
		return;
	pr_warn("%s: page allocation failure: order:%u, mode:%#x%s\n", current->comm, order, gfp,
		in_interrupt() ? ", in interrupt" : "");
	for (z = 0; z < MAX_NR_ZONES; z++)
		if (zones[z].managed_pages)
			pr_warn("  %s: %luK free of %luK\n", zones[z].name,
				READ_ONCE(zones[z].free_pages) << (PAGE_SHIFT - 10),
				zones[z].managed_pages << (PAGE_SHIFT - 10));
	dump_stack();
}

/* More than one page, or in a certain place. */
static noinline struct page *alloc_block(gfp_t gfp, unsigned int order)
{
	struct page *page;

	if (unlikely(order >= MAX_ORDER)) {
		WARN_ON_ONCE(!(gfp & __GFP_NOWARN));
		return NULL;
	}
	page = take_from_zones(gfp, order);
	if (unlikely(!page))
		warn_alloc(gfp, order);
	else
		prepare_pages(page, gfp, order);
	return page;
}

struct page *__alloc_pages_nocheck(gfp_t gfp, unsigned int order)
{
	struct page *page;

	if (unlikely(order || (gfp & (__GFP_DMA | __GFP_DMA32))))
		return alloc_block(gfp, order);
	page = cpu_pages_take(gfp);
	if (unlikely(!page))
		warn_alloc(gfp, 0);
	else
		prepare_pages(page, gfp, 0);
	return page;
}

/**
 * alloc_pages - allocate 2^@order pages, contiguous and aligned to their size
 * @gfp: GFP_KERNEL where sleeping is allowed, else GFP_ATOMIC; with GFP_DMA below 16 MiB,
 *	with GFP_DMA32 below 4 GiB; __GFP_ZERO, __GFP_COMP, __GFP_NOWARN
 * @order: 0 to MAX_ORDER - 1
 *
 * Context: any, as @gfp says; GFP_KERNEL may sleep.
 * Return: the first page, or NULL (said in the log, unless __GFP_NOWARN). __GFP_NOFAIL
 * waits until others have freed enough.
 */
struct page *alloc_pages(gfp_t gfp, unsigned int order)
{
	struct page *page;

	might_sleep_if(gfpflags_allow_blocking(gfp));
	for (;;) {
		page = __alloc_pages_nocheck(gfp, order);
		if (likely(page) || !(gfp & __GFP_NOFAIL) || !gfpflags_allow_blocking(gfp) ||
		    order >= MAX_ORDER)
			return page;
		schedule_timeout_uninterruptible(1);
	}
}
EXPORT_SYMBOL(alloc_pages);

static bool may_free(struct page *page, unsigned int order)
{
	if (likely(!(page->flags & (BIT(PG_buddy) | BIT(PG_reserved))) && !PageTail(page) &&
		   IS_ALIGNED(page_to_pfn(page), 1UL << order)))
		return true;
	WARN(1, "page %#lx freed with order %u: it was not allocated like that\n",
	     page_to_pfn(page), order);
	return false;
}

static void free_unused(struct page *page, unsigned int order)
{
	struct zone *zone = page_zone(page);
	unsigned long flags;
	unsigned int i;

	if (!may_free(page, order))
		return;
	if (PageHead(page)) {
		order = page->order;
		__ClearPageHead(page);
		for (i = 1; i < 1U << order; i++)
			page[i].compound_head = 0;
	}
	debug_memory_freed(page_address(page), PAGE_SIZE << order);
	if (IS_ENABLED(CONFIG_DEBUG))
		memset(page_address(page), 0xaa, PAGE_SIZE << order);
	if (!order && page_zonenum(page) != ZONE_DMA) {
		cpu_pages_put(page);
		return;
	}
	spin_lock_irqsave(&zone->lock, flags);
	free_block(zone, page, order);
	spin_unlock_irqrestore(&zone->lock, flags);
}

/**
 * __free_pages - drop a reference to pages from alloc_pages(); the last one frees them
 * @page: what alloc_pages() returned
 * @order: what it was asked for
 *
 * Context: any.
 */
void __free_pages(struct page *page, unsigned int order)
{
	int left = atomic_dec_return(&page->_refcount);

	if (likely(!left))
		free_unused(page, order);
	else if (WARN(left < 0, "page %#lx freed, and it is free\n", page_to_pfn(page)))
		set_page_count(page, 0);
}
EXPORT_SYMBOL(__free_pages);

/* put_page - drop a reference that get_page() or an allocation gave */
void put_page(struct page *page)
{
	page = compound_head(page);
	__free_pages(page, compound_order(page));
}
EXPORT_SYMBOL(put_page);

/* At boot: pages that were reserved until now enter the lists. */
void free_block_at_boot(unsigned long pfn, unsigned int order)
{
	struct page *page = pfn_to_page(pfn);
	struct zone *zone = page_zone(page);
	unsigned long flags;
	unsigned int i;

	for (i = 0; i < 1U << order; i++) {
		__ClearPageReserved(&page[i]);
		set_page_count(&page[i], 0);
	}
	spin_lock_irqsave(&zone->lock, flags);
	zone->managed_pages += 1UL << order;
	free_block(zone, page, order);
	spin_unlock_irqrestore(&zone->lock, flags);
}

/* -- The same by address --------------------------------------------------------------- */

/**
 * __get_free_pages - alloc_pages(), returning where the direct map shows them
 * @gfp: as for alloc_pages()
 * @order: as for alloc_pages()
 *
 * Context: as alloc_pages(). Return: the address, or 0.
 */
unsigned long __get_free_pages(gfp_t gfp, unsigned int order)
{
	struct page *page = alloc_pages(gfp & ~__GFP_HIGHMEM, order);

	return page ? (unsigned long)page_address(page) : 0;
}
EXPORT_SYMBOL(__get_free_pages);

unsigned long get_zeroed_page(gfp_t gfp)
{
	return __get_free_pages(gfp | __GFP_ZERO, 0);
}
EXPORT_SYMBOL(get_zeroed_page);

/* free_pages - undo __get_free_pages(); 0 is ignored. Any context. */
void free_pages(unsigned long addr, unsigned int order)
{
	if (addr)
		__free_pages(virt_to_page(addr), order);
}
EXPORT_SYMBOL(free_pages);

/**
 * alloc_pages_exact - pages for @size bytes, without the tail that the order rounds up to
 * @size: bytes
 * @gfp: as for alloc_pages(), without __GFP_COMP
 *
 * Context: as alloc_pages(). Return: page-aligned memory, or NULL. Undo with
 * free_pages_exact() and the same size.
 */
void *alloc_pages_exact(size_t size, gfp_t gfp)
{
	unsigned int order = get_order(size), i, used = PFN_UP(size);
	struct page *page = alloc_pages(gfp & ~__GFP_COMP, order);

	if (!page)
		return NULL;
	/* From one block of 2^order to single pages, each with its own count. */
	for (i = 1; i < 1U << order; i++) {
		page[i].slab_cache = NULL;
		page[i].mapping = NULL;
		set_page_count(&page[i], 1);
	}
	page->order = 0;
	for (i = used; i < 1U << order; i++)
		__free_page(&page[i]);
	return page_address(page);
}
EXPORT_SYMBOL(alloc_pages_exact);

void free_pages_exact(void *virt, size_t size)
{
	unsigned long addr = (unsigned long)virt, end = addr + PAGE_ALIGN(size);

	for (; addr < end; addr += PAGE_SIZE)
		free_page(addr);
}
EXPORT_SYMBOL(free_pages_exact);

/* -- Counts --------------------------------------------------------------------------------- */

unsigned long nr_free_pages(void)
{
	unsigned long n = cpu_pages_count();
	unsigned int z;

	for (z = 0; z < MAX_NR_ZONES; z++)
		n += READ_ONCE(zones[z].free_pages);
	return n;
}
EXPORT_SYMBOL(nr_free_pages);

unsigned long totalram_pages(void)
{
	unsigned long n = 0;
	unsigned int z;

	for (z = 0; z < MAX_NR_ZONES; z++)
		n += zones[z].managed_pages;
	return n;
}
EXPORT_SYMBOL(totalram_pages);
