/* SPDX-License-Identifier: MIT */
/*
 * Areas of kernel addresses: who has which, and their way back. vmalloc.c and ioremap.c map
 * something into them.
 *
 * Areas stand in a tree by address. Each is followed by an unmapped guard page, so that
 * running off its end faults. An area that is given up is unmapped and its pages freed at
 * once, but other CPUs may still hold its translations: its addresses stay taken, on a
 * list, until so many of them have come together that one flush for all is worth it, or
 * until addresses or a clean map are needed.
 *
 * Process context.
 */
#include <linux/debug_free.h>
#include <linux/arch.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/vmalloc.h>
#include "internals.h"

/* Unmapped addresses that may wait for a flush. */
#define LAZY_MAX	(32UL << 20)

static DEFINE_SPINLOCK(vmap_lock);	/* guards to the blank line */
static struct rb_root vmap_tree = RB_ROOT;	/* areas in use, and those that wait */
static struct list_head lazy_areas = LIST_HEAD_INIT(lazy_areas);
static unsigned long lazy_bytes;
/* Windows of addresses. The next search in one begins where the last ended, or at a purged hole. */
static struct window {
	unsigned long start, end, from;
} windows[] = {
	{ VMALLOC_START, VMALLOC_END, VMALLOC_START },
	{ MODULES_VADDR, MODULES_END, MODULES_VADDR },
};

static DEFINE_MUTEX(purge_mutex);	/* one flush at a time; taken before vmap_lock */

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

static struct window *window_of(unsigned long addr)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(windows); i++)
		if (addr >= windows[i].start && addr < windows[i].end)
			return &windows[i];
	return NULL;
}

/* The lowest hole for @size bytes in [start, end), or 0. */
static unsigned long find_hole(unsigned long size, unsigned long align, unsigned long start,
			       unsigned long end)
{
	unsigned long at = ALIGN(start, align);
	struct vm_struct *next = area_above(at);

	while (next && (area_start(next) < at || area_start(next) - at < size)) {
		struct rb_node *n = rb_next(&next->rb_node);

		at = ALIGN(area_end(next), align);
		next = n ? rb_entry(n, struct vm_struct, rb_node) : NULL;
	}
	return at >= start && at <= end && end - at >= size ? at : 0;
}

/* Give @area a hole of its size in [start, end). */
static bool place_area(struct vm_struct *area, unsigned long align, unsigned long start,
		       unsigned long end)
{
	struct window *w = window_of(start);
	unsigned long at = 0;

	lockdep_assert_held(&vmap_lock);
	if (w && w->from > start)
		at = find_hole(area->size, align, w->from, end);
	if (!at)
		at = find_hole(area->size, align, start, end);
	if (!at)
		return false;
	area->addr = (void *)at;
	insert_area(area);
	if (w)
		w->from = area_end(area);
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
		struct window *w = window_of(area_start(area));

		spin_lock(&vmap_lock);
		rb_erase(&area->rb_node, &vmap_tree);
		if (w)
			w->from = min(w->from, area_start(area));
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
		area->flags &= VM_NO_GUARD | VM_FLUSH_RESET_PERMS;
	spin_unlock(&vmap_lock);
	return area;
}

/* Unmap and give up the area at @addr if it is of kind @flag, else say that it is not. */
void vmap_release(const void *addr, unsigned long flag, const char *who)
{
	struct vm_struct *area = claim_area(addr, flag);

	if (WARN(!area, "%s(%px): no such area\n", who, addr))
		return;
	if (flag == VM_ALLOC)
		debug_memory_freed(addr, area_mapped_size(area));
	arch_unmap_kernel(area_start(area), area_mapped_size(area));
	if (area->flags & VM_FLUSH_RESET_PERMS)
		arch_flush_kernel_range(area_start(area), area_end(area));
	if (flag == VM_ALLOC && area->pages)
		vmalloc_free_pages(area);
	put_area(area);
}
