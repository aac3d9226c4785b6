/* SPDX-License-Identifier: MIT */
/* What the files of mm/ say to each other. */
#ifndef _MM_INTERNALS_H
#define _MM_INTERNALS_H

#include <linux/mm.h>
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/vmalloc.h>

/* -- Page allocator: page_alloc.c, page_init.c -- */

struct free_area {
	struct list_head	free_list;
	unsigned long		nr_free;
};

struct zone {
	const char		*name;		/* fixed after boot; to the blank line */
	unsigned long		end_pfn;	/* pages below this belong here */
	unsigned long		managed_pages;
	unsigned long		min_pages;	/* kept back for GFP_ATOMIC */
	unsigned long		lowmem_reserve[MAX_NR_ZONES]; /* and from requests for zone n */

	spinlock_t		lock;		/* irqs off; guards the rest */
	unsigned long		free_pages;
	struct free_area	free_area[MAX_ORDER];
};

extern struct zone zones[MAX_NR_ZONES];

void page_init(void);
void free_block_at_boot(unsigned long pfn, unsigned int order);

/* Single pages between the zones and the CPUs' own lists: page_cpu.c */
unsigned int zones_take_pages(gfp_t gfp, unsigned int n, struct list_head *list);
void zones_put_pages(struct list_head *list);
void cpu_pages_init(void);
struct page *cpu_pages_take(gfp_t gfp);
void cpu_pages_put(struct page *page);
unsigned long cpu_pages_count(void);

/* alloc_pages() for a caller that has checked its own context. */
struct page *__alloc_pages_nocheck(gfp_t gfp, unsigned int order);

/* -- Slab: slab_cache.c -- */
void slab_shrink_all(void);

/* -- Address areas: vmap.c; their pages: vmalloc.c -- */
struct vm_struct *vmap_get_area(unsigned long size, unsigned long align, unsigned long flags,
				unsigned long start, unsigned long end, const void *caller);
void vmap_release(const void *addr, unsigned long flag, const char *who);
void vmalloc_free_pages(struct vm_struct *area);

static inline unsigned long area_start(const struct vm_struct *area)
{
	return (unsigned long)area->addr;
}

static inline unsigned long area_mapped_size(const struct vm_struct *area)
{
	return area->size - (area->flags & VM_NO_GUARD ? 0 : PAGE_SIZE);
}

static inline void set_page_zone(struct page *page, enum zone_type zone)
{
	page->flags = (unsigned long)zone << ZONES_SHIFT;
}

#endif
