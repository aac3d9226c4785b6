/* SPDX-License-Identifier: MIT */
/*
 * Areas of kernel addresses: vmalloc() and vmap(). ioremap.c and set_memory.c build on it.
 *
 * Areas stand in a tree by address. Each is followed by an unmapped guard page, so that
 * running off its end faults. An area that is given up is unmapped and its pages freed at
 * once, but other CPUs may still hold its translations: its addresses stay taken, on a
 * list, until so many of them have come together that one flush for all is worth it, or
 * until addresses or a clean map are needed.
 *
 * Process context, but for vfree(), which an interrupt handler may call: it leaves the
 * work to a workqueue then.
 */
#include <linux/arch.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/hardirq.h>
#include <linux/kernel.h>
#include <linux/llist.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>
#include "internals.h"

/* Unmapped addresses that may wait for a flush. */
#define LAZY_MAX	(32UL << 20)

static DEFINE_SPINLOCK(vmap_lock);	/* guards to the blank line */
static struct rb_root vmap_tree = RB_ROOT;	/* areas in use, and those that wait */
static struct list_head lazy_areas = LIST_HEAD_INIT(lazy_areas);
static unsigned long lazy_bytes;
static unsigned long backed_pages;	/* of VM_ALLOC areas */

static DEFINE_MUTEX(purge_mutex);	/* one flush at a time; taken before vmap_lock */

static LLIST_HEAD(deferred);		/* areas that interrupt handlers gave up */

static unsigned long area_start(const struct vm_struct *area)
{
	return (unsigned long)area->addr;
}

static unsigned long area_end(const struct vm_struct *area)
{
	return area_start(area) + area->size;
}

/* -- The tree ------------------------------------------------------------------------------ */

static struct vm_struct *find_area(unsigned long addr)
{
	struct rb_node *n = vmap_tree.rb_node;

	lockdep_assert_held(&vmap_lock);
	while (n) {
		struct vm_struct *area = rb_entry(n, struct vm_struct, rb_node);

		if (addr < area_start(area))
			n = n->rb_left;
		else if (addr >= area_end(area))
			n = n->rb_right;
		else
			return area;
	}
	return NULL;
}

/* The first area that ends above @addr. */
static struct vm_struct *area_above(unsigned long addr)
{
	struct rb_node *n = vmap_tree.rb_node;
	struct vm_struct *found = NULL;

	while (n) {
		struct vm_struct *area = rb_entry(n, struct vm_struct, rb_node);

		if (area_end(area) > addr) {
			found = area;
			n = n->rb_left;
		} else {
			n = n->rb_right;
		}
	}
	return found;
}

static void insert_area(struct vm_struct *area)
{
	struct rb_node **link = &vmap_tree.rb_node, *parent = NULL;

	while (*link) {
		parent = *link;
		if (area_start(area) < area_start(rb_entry(parent, struct vm_struct, rb_node)))
			link = &parent->rb_left;
		else
			link = &parent->rb_right;
	}
	rb_link_node(&area->rb_node, parent, link);
	rb_insert_color(&area->rb_node, &vmap_tree);
}

/* Give @area the lowest hole of its size in [start, end). */
static bool place_area(struct vm_struct *area, unsigned long align, unsigned long start,
		       unsigned long end)
{
	unsigned long at = ALIGN(start, align);
	struct vm_struct *next;

	lockdep_assert_held(&vmap_lock);
	for (next = area_above(at); next; ) {
		struct rb_node *n = &next->rb_node;

		if (area_start(next) >= at && area_start(next) - at >= area->size)
			break;
		at = ALIGN(area_end(next), align);
		n = rb_next(n);
		next = n ? rb_entry(n, struct vm_struct, rb_node) : NULL;
	}
	if (at < start || at > end || end - at < area->size)
		return false;
	area->addr = (void *)at;
	insert_area(area);
	return true;
}

/* -- Lazy release --------------------------------------------------------------------------- */

/* Make the addresses of all areas that wait free again. Sleeps; may send IPIs. */
static void purge_lazy_areas(void)
{
	unsigned long start = ~0UL, end = 0;
	struct vm_struct *area, *next;
	LIST_HEAD(list);

	mutex_lock(&purge_mutex);
	spin_lock(&vmap_lock);
	list_splice_init(&lazy_areas, &list);
	lazy_bytes = 0;
	spin_unlock(&vmap_lock);

	list_for_each_entry(area, &list, lazy) {
		start = min(start, area_start(area));
		end = max(end, area_end(area));
	}
	if (start < end)
		arch_flush_kernel_range(start, end);

	list_for_each_entry_safe(area, next, &list, lazy) {
		spin_lock(&vmap_lock);
		rb_erase(&area->rb_node, &vmap_tree);
		spin_unlock(&vmap_lock);
		kfree(area);
	}
	mutex_unlock(&purge_mutex);
}

/* vm_unmap_aliases - see to it that no CPU holds a translation of a freed area */
void vm_unmap_aliases(void)
{
	might_sleep();
	purge_lazy_areas();
}
EXPORT_SYMBOL(vm_unmap_aliases);

/* -- Areas ------------------------------------------------------------------------------------ */

/*
 * An area of @size bytes somewhere in [start, end), with nothing mapped yet. NULL when
 * there is no memory to describe it, or no hole (said in the log). Process context.
 */
struct vm_struct *vmap_get_area(unsigned long size, unsigned long align, unsigned long flags,
				unsigned long start, unsigned long end, const void *caller)
{
	struct vm_struct *area;
	bool placed;

	if (!size || size > end - start)
		return NULL;
	area = kzalloc(sizeof(*area), GFP_KERNEL);
	if (!area)
		return NULL;
	area->size = PAGE_ALIGN(size) + (flags & VM_NO_GUARD ? 0 : PAGE_SIZE);
	area->flags = flags;
	area->caller = caller;
	align = max(align, PAGE_SIZE);

	spin_lock(&vmap_lock);
	placed = place_area(area, align, start, end);
	spin_unlock(&vmap_lock);
	if (!placed) {
		purge_lazy_areas();
		spin_lock(&vmap_lock);
		placed = place_area(area, align, start, end);
		spin_unlock(&vmap_lock);
	}
	if (placed)
		return area;
	kfree(area);
	pr_warn("vmalloc: no addresses for %lu bytes in [%#lx-%#lx]\n", size, start, end);
	return NULL;
}

static unsigned long mapped_size(const struct vm_struct *area)
{
	return area->size - (area->flags & VM_NO_GUARD ? 0 : PAGE_SIZE);
}

/* Leave the addresses of an unmapped area to the next purge. */
static void put_area(struct vm_struct *area)
{
	bool purge;

	spin_lock(&vmap_lock);
	list_add(&area->lazy, &lazy_areas);
	lazy_bytes += area->size;
	purge = lazy_bytes > LAZY_MAX;
	spin_unlock(&vmap_lock);
	if (purge)
		purge_lazy_areas();
}

/**
 * find_vm_area - the area that an address is in
 * @addr: any address
 *
 * Context: process. Return: the area (which its owner may give up any time), or NULL.
 */
struct vm_struct *find_vm_area(const void *addr)
{
	struct vm_struct *area;

	spin_lock(&vmap_lock);
	area = find_area((unsigned long)addr);
	if (area && !(area->flags & (VM_ALLOC | VM_MAP | VM_IOREMAP)))	/* given up */
		area = NULL;
	spin_unlock(&vmap_lock);
	return area;
}
EXPORT_SYMBOL(find_vm_area);

/* Take the live area that starts at @addr, so that nobody else can free it. */
static struct vm_struct *claim_area(const void *addr, unsigned long flag)
{
	struct vm_struct *area;

	spin_lock(&vmap_lock);
	area = find_area((unsigned long)addr);
	if (area && (area->addr != addr || !(area->flags & flag)))
		area = NULL;
	if (area)
		area->flags &= VM_NO_GUARD;
	spin_unlock(&vmap_lock);
	return area;
}

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

static void free_area_pages(struct vm_struct *area)
{
	unsigned int i;

	for (i = 0; i < area->nr_pages; i++)
		__free_page(area->pages[i]);
	spin_lock(&vmap_lock);
	backed_pages -= area->nr_pages;
	spin_unlock(&vmap_lock);
	kvfree(area->pages);
}

static int alloc_area_pages(struct vm_struct *area, gfp_t gfp)
{
	unsigned int n = mapped_size(area) >> PAGE_SHIFT;

	area->pages = kvmalloc_array(n, sizeof(*area->pages), gfp & ~(__GFP_ZERO | __GFP_HIGHMEM));
	if (!area->pages)
		return -ENOMEM;
	for (; area->nr_pages < n; area->nr_pages++) {
		struct page *page = alloc_page(gfp);

		if (!page)
			break;
		area->pages[area->nr_pages] = page;
	}
	spin_lock(&vmap_lock);
	backed_pages += area->nr_pages;
	spin_unlock(&vmap_lock);
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
 * @vm_flags: VM_NO_GUARD to do without the page that faults after it
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

/* Unmap and give up the area at @addr if it is of kind @flag, else say that it is not. */
void vmap_release(const void *addr, unsigned long flag, const char *who)
{
	struct vm_struct *area = claim_area(addr, flag);

	if (WARN(!area, "%s(%px): no such area\n", who, addr))
		return;
	arch_unmap_kernel(area_start(area), mapped_size(area));
	if (flag == VM_ALLOC && area->pages)
		free_area_pages(area);
	put_area(area);
}

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

/* -- Mappings of other people's pages ----------------------------------------------------------- */

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
		spin_lock(&vmap_lock);
		area->flags = VM_ALLOC;
		backed_pages += count;
		spin_unlock(&vmap_lock);
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

/* -- Questions ---------------------------------------------------------------------------------- */

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
	return READ_ONCE(backed_pages);
}
