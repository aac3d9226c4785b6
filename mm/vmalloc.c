/* SPDX-License-Identifier: MIT */
/*
 * Memory that is contiguous in addresses only: vmalloc(), vmap().
 *
 * Process context, but for vfree(), which an interrupt handler may call: it leaves the
 * work to a workqueue then.
 */
#include <linux/arch.h>
#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/hardirq.h>
#include <linux/kernel.h>
#include <linux/llist.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>
#include "internals.h"

static atomic_long_t backed_pages;	/* of all VM_ALLOC areas */
static LLIST_HEAD(deferred);		/* areas that interrupt handlers gave up */

static int map_pages(struct vm_struct *area, unsigned int prot)
{
	unsigned long va = area_start(area);
	unsigned int i, run;

	/* One call for each run of pages that follow one another in memory. */
	for (i = 0; i < area->nr_pages; i += run, va += run * PAGE_SIZE) {
		int err;

		for (run = 1; i + run < area->nr_pages; run++)
			if (area->pages[i + run] != area->pages[i] + run)
				break;
		err = arch_map_kernel(va, page_to_phys(area->pages[i]), run * PAGE_SIZE, prot);
		if (err)
			return err;
	}
	return 0;
}

/* The pages of an area that vmalloc() filled, which is unmapped. */
void vmalloc_free_pages(struct vm_struct *area)
{
	unsigned int i;

	for (i = 0; i < area->nr_pages; i++)
		__free_page(area->pages[i]);
	atomic_long_sub(area->nr_pages, &backed_pages);
	kvfree(area->pages);
}

static int alloc_area_pages(struct vm_struct *area, gfp_t gfp)
{
	unsigned int n = area_mapped_size(area) >> PAGE_SHIFT;

	area->pages = kvmalloc_array(n, sizeof(*area->pages), gfp & ~(__GFP_ZERO | __GFP_HIGHMEM));
	if (!area->pages)
		return -ENOMEM;
	for (; area->nr_pages < n; area->nr_pages++) {
		struct page *page = alloc_page(gfp);

		if (!page)
			break;
		area->pages[area->nr_pages] = page;
	}
	atomic_long_add(area->nr_pages, &backed_pages);
	return area->nr_pages == n ? 0 : -ENOMEM;
}

/**
 * __vmalloc_node_range - memory mapped somewhere in a window of addresses
 * @size: bytes, rounded up to pages
 * @align: of the address; a power of two
 * @start: the window; VMALLOC_START or MODULES_VADDR
 * @end: its end
 * @gfp: for the pages
 * @prot: ARCH_MAP_*
 * @vm_flags: VM_NO_GUARD to do without the page that faults after it; VM_FLUSH_RESET_PERMS
 *	for code
 * @caller: for reports
 *
 * Context: process, may sleep. Return: the memory, or NULL.
 */
void *__vmalloc_node_range(unsigned long size, unsigned long align, unsigned long start,
			   unsigned long end, gfp_t gfp, unsigned int prot,
			   unsigned long vm_flags, const void *caller)
{
	struct vm_struct *area;

	might_sleep();
	if (!size || size >> PAGE_SHIFT > totalram_pages()) {
		WARN_ONCE(size && !(gfp & __GFP_NOWARN), "vmalloc of %lu bytes\n", size);
		return NULL;
	}
	area = vmap_get_area(size, align, VM_ALLOC | vm_flags, start, end, caller);
	if (!area)
		return NULL;
	if (alloc_area_pages(area, gfp) || map_pages(area, prot)) {
		vfree(area->addr);
		return NULL;
	}
	return area->addr;
}

/* -- vmalloc and vfree ------------------------------------------------------------------------ */

static void *vmalloc_from(unsigned long size, gfp_t gfp, const void *caller)
{
	return __vmalloc_node_range(size, 1, VMALLOC_START, VMALLOC_END, gfp,
				    ARCH_MAP_READ | ARCH_MAP_WRITE, 0, caller);
}

#define CALLER	__builtin_return_address(0)

/**
 * vmalloc - memory that is contiguous in addresses only
 * @size: bytes, rounded up to pages
 *
 * Context: process, may sleep. Return: page-aligned memory, or NULL.
 */
void *vmalloc(unsigned long size)
{
	return vmalloc_from(size, GFP_KERNEL, CALLER);
}
EXPORT_SYMBOL(vmalloc);

/* vzalloc - vmalloc(), zeroed */
void *vzalloc(unsigned long size)
{
	return vmalloc_from(size, GFP_KERNEL | __GFP_ZERO, CALLER);
}
EXPORT_SYMBOL(vzalloc);

void *__vmalloc(unsigned long size, gfp_t gfp)
{
	return vmalloc_from(size, gfp, CALLER);
}
EXPORT_SYMBOL(__vmalloc);

void *vmalloc_node(unsigned long size, int node)
{
	return vmalloc_from(size, GFP_KERNEL, CALLER);
}
EXPORT_SYMBOL(vmalloc_node);

void *vzalloc_node(unsigned long size, int node)
{
	return vmalloc_from(size, GFP_KERNEL | __GFP_ZERO, CALLER);
}
EXPORT_SYMBOL(vzalloc_node);

void *vmalloc_user(unsigned long size)
{
	return vmalloc_from(size, GFP_KERNEL | __GFP_ZERO, CALLER);
}
EXPORT_SYMBOL(vmalloc_user);

void *vmalloc_32(unsigned long size)
{
	return vmalloc_from(size, GFP_DMA32 | GFP_KERNEL, CALLER);
}
EXPORT_SYMBOL(vmalloc_32);

static void free_deferred(struct work_struct *work)
{
	struct llist_node *n = llist_del_all(&deferred), *next;

	/* The link lies in the area's own memory. */
	for (; n; n = next) {
		next = n->next;
		vmap_release(n, VM_ALLOC, "vfree");
	}
}
static DECLARE_WORK(deferred_work, free_deferred);

/* vfree_atomic - vfree() later, from a workqueue. Any context but NMI. */
void vfree_atomic(const void *addr)
{
	if (addr && llist_add((struct llist_node *)addr, &deferred))
		schedule_work(&deferred_work);
}

/**
 * vfree - free memory from vmalloc()
 * @addr: what it returned, or NULL
 *
 * Context: any but NMI; may sleep in process context.
 */
void vfree(const void *addr)
{
	if (!addr)
		return;
	if (in_interrupt()) {
		vfree_atomic(addr);
		return;
	}
	might_sleep();
	vmap_release(addr, VM_ALLOC, "vfree");
}
EXPORT_SYMBOL(vfree);

/* -- Mappings of other people's pages ---------------------------------------------------------- */

/**
 * vmap - map pages to contiguous addresses
 * @pages: the pages
 * @count: how many
 * @flags: VM_MAP; with VM_MAP_PUT_PAGES vfree() of it drops a reference of each page and
 *	frees the array
 * @prot: ignored: readable and writable
 *
 * Context: process, may sleep. Return: the address, or NULL. Undo with vunmap().
 */
void *vmap(struct page **pages, unsigned int count, unsigned long flags, pgprot_t prot)
{
	bool give = flags & VM_MAP_PUT_PAGES;
	struct vm_struct *area;

	might_sleep();
	if (!count || count > totalram_pages())
		return NULL;
	area = vmap_get_area((unsigned long)count << PAGE_SHIFT, 1, VM_MAP, VMALLOC_START,
			     VMALLOC_END, CALLER);
	if (!area)
		return NULL;
	area->pages = pages;
	area->nr_pages = count;
	if (map_pages(area, ARCH_MAP_READ | ARCH_MAP_WRITE)) {
		vunmap(area->addr);
		return NULL;
	}
	if (give) {
		area->flags = VM_ALLOC;		/* nobody else knows the area yet */
		atomic_long_add(count, &backed_pages);
	}
	return area->addr;
}
EXPORT_SYMBOL(vmap);

/* vunmap - undo vmap(). Process context. */
void vunmap(const void *addr)
{
	might_sleep();
	if (addr)
		vmap_release(addr, VM_MAP, "vunmap");
}
EXPORT_SYMBOL(vunmap);

/* -- Questions --------------------------------------------------------------------------------- */

bool is_vmalloc_addr(const void *x)
{
	unsigned long addr = (unsigned long)x;

	return addr >= VMALLOC_START && addr < VMALLOC_END;
}
EXPORT_SYMBOL(is_vmalloc_addr);

/* vmalloc_to_page - the page that a mapped address of an area shows, or NULL */
struct page *vmalloc_to_page(const void *addr)
{
	phys_addr_t pa = arch_kernel_pa((unsigned long)addr);

	return pa == ~(phys_addr_t)0 || !pfn_valid(PHYS_PFN(pa)) ? NULL : phys_to_page(pa);
}
EXPORT_SYMBOL(vmalloc_to_page);

unsigned long vmalloc_to_pfn(const void *addr)
{
	return PHYS_PFN(arch_kernel_pa((unsigned long)addr));
}
EXPORT_SYMBOL(vmalloc_to_pfn);

unsigned long vmalloc_nr_pages(void)
{
	return atomic_long_read(&backed_pages);
}
