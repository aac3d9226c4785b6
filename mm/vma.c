/* SPDX-License-Identifier: MIT */
/*
 * The areas of an address space, in a tree by address: finding, linking, splitting, joining.
 *
 * mmap_lock guards all of it: held to read to find, to write to change.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "internals.h"

#define STACK_GUARD_GAP	(256 * PAGE_SIZE)
#define LOW_END		(1UL << 31)

static struct kmem_cache *vma_cache __ro_after_init;

static int __init vma_init(void)
{
	vma_cache = KMEM_CACHE(vm_area_struct, SLAB_PANIC);
	return 0;
}
core_initcall(vma_init);

static struct vm_area_struct *of_node(struct rb_node *node)
{
	return node ? rb_entry(node, struct vm_area_struct, vm_rb) : NULL;
}

/**
 * find_vma - the first area that ends behind an address
 * @mm: mmap_lock held
 * @addr: the address, which need not lie in the area
 *
 * Return: the area, or NULL.
 */
struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr)
{
	struct rb_node *node = mm->mm_rb.rb_node;
	struct vm_area_struct *best = NULL;

	while (node) {
		struct vm_area_struct *vma = of_node(node);

		if (vma->vm_end > addr) {
			best = vma;
			if (vma->vm_start <= addr)
				break;
			node = node->rb_left;
		} else {
			node = node->rb_right;
		}
	}
	return best;
}
EXPORT_SYMBOL(find_vma);

struct vm_area_struct *first_vma(struct mm_struct *mm)
{
	return of_node(rb_first(&mm->mm_rb));
}

struct vm_area_struct *vma_next(struct vm_area_struct *vma)
{
	return of_node(rb_next(&vma->vm_rb));
}

struct vm_area_struct *vma_prev(struct vm_area_struct *vma)
{
	return of_node(rb_prev(&vma->vm_rb));
}

/* vma_alloc - an area of anonymous memory, not yet in its address space. Return: it, or NULL. */
struct vm_area_struct *vma_alloc(struct mm_struct *mm, unsigned long start, unsigned long end,
				 unsigned long vm_flags)
{
	struct vm_area_struct *vma = kmem_cache_zalloc(vma_cache, GFP_KERNEL);

	if (!vma)
		return NULL;
	vma->vm_mm = mm;
	vma->vm_start = start;
	vma->vm_end = end;
	vma->vm_flags = vm_flags;
	vma->vm_page_prot = vma_page_prot(vma);
	return vma;
}

/* A second area for the same thing: file and operations know of both. */
struct vm_area_struct *vma_copy(const struct vm_area_struct *vma)
{
	struct vm_area_struct *copy = kmem_cache_alloc(vma_cache, GFP_KERNEL);

	if (!copy)
		return NULL;
	*copy = *vma;
	if (copy->vm_file)
		get_file(copy->vm_file);
	if (copy->vm_ops && copy->vm_ops->open)
		copy->vm_ops->open(copy);
	return copy;
}

void vma_free(struct vm_area_struct *vma)
{
	if (vma->vm_ops && vma->vm_ops->close)
		vma->vm_ops->close(vma);
	if (vma->vm_file)
		fput(vma->vm_file);
	kmem_cache_free(vma_cache, vma);
}

void vma_insert(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct rb_node **link = &mm->mm_rb.rb_node, *parent = NULL;

	mmap_assert_write_locked(mm);
	while (*link) {
		parent = *link;
		link = vma->vm_start < of_node(parent)->vm_start ? &parent->rb_left
								 : &parent->rb_right;
	}
	rb_link_node(&vma->vm_rb, parent, link);
	rb_insert_color(&vma->vm_rb, &mm->mm_rb);
	mm->map_count++;
	vma_link_file(vma);
}

void vma_remove(struct mm_struct *mm, struct vm_area_struct *vma)
{
	mmap_assert_write_locked(mm);
	vma_unlink_file(vma);
	rb_erase(&vma->vm_rb, &mm->mm_rb);
	mm->map_count--;
}

/**
 * vma_split - make two areas of one
 * @vma: keeps what lies below @addr
 * @addr: inside of it, on a page
 *
 * Return: 0; -ENOMEM.
 */
int vma_split(struct vm_area_struct *vma, unsigned long addr)
{
	struct vm_area_struct *upper = vma_copy(vma);

	if (!upper)
		return -ENOMEM;
	upper->vm_start = addr;
	upper->vm_pgoff += (addr - vma->vm_start) >> PAGE_SHIFT;
	vma->vm_end = addr;
	vma_insert(vma->vm_mm, upper);
	return 0;
}

static bool joins(const struct vm_area_struct *lower, const struct vm_area_struct *upper)
{
	return lower && upper && lower->vm_end == upper->vm_start &&
	       lower->vm_flags == upper->vm_flags && lower->vm_file == upper->vm_file &&
	       lower->vm_ops == upper->vm_ops &&
	       lower->vm_private_data == upper->vm_private_data &&
	       !(lower->vm_flags & (VM_PFNMAP | VM_IO)) && !(lower->vm_ops && lower->vm_ops->close) &&
	       ((!lower->vm_file && vma_is_anonymous(lower)) ||
		lower->vm_pgoff + vma_pages(lower) == upper->vm_pgoff);
}

static void absorb(struct vm_area_struct *lower, struct vm_area_struct *upper)
{
	lower->vm_end = upper->vm_end;
	lower->vm_truncations = older_truncation(lower->vm_truncations, upper->vm_truncations);
	vma_remove(lower->vm_mm, upper);
	vma_free(upper);
}

/*
 * vma_merge - join @vma with its neighbours where nothing tells them apart. Return: what it is now.
 */
struct vm_area_struct *vma_merge(struct vm_area_struct *vma)
{
	struct vm_area_struct *prev = vma_prev(vma), *next = vma_next(vma);

	if (joins(vma, next))
		absorb(vma, next);
	if (joins(prev, vma)) {
		absorb(prev, vma);
		return prev;
	}
	return vma;
}

/* Where room for others begins below an area: a stack wants to grow. */
static unsigned long lower_bound(const struct vm_area_struct *vma)
{
	unsigned long gap = vma->vm_flags & VM_GROWSDOWN ? STACK_GUARD_GAP : 0;

	return vma->vm_start > gap ? vma->vm_start - gap : 0;
}

static bool is_free(struct mm_struct *mm, unsigned long addr, unsigned long len)
{
	struct vm_area_struct *vma = find_vma(mm, addr);

	return addr >= MMAP_MIN_ADDR && arch_user_range(addr, len) &&
	       (!vma || addr + len <= lower_bound(vma));
}

/*
 * The highest address that fits below @top; 0: none. *@small: the largest hole that was passed
 * over.
 */
static unsigned long highest_free(struct mm_struct *mm, unsigned long top, unsigned long len,
				  unsigned long *small)
{
	struct vm_area_struct *vma = find_vma(mm, top);
	unsigned long floor;

	*small = 0;
	if (vma)
		top = min(top, lower_bound(vma));
	vma = vma ? vma_prev(vma) : of_node(rb_last(&mm->mm_rb));
	for (;;) {
		floor = vma ? vma->vm_end : MMAP_MIN_ADDR;
		if (top >= floor + len)
			return top - len;
		if (top > floor)
			*small = max(*small, top - floor);
		if (!vma)
			return 0;
		top = min(top, lower_bound(vma));
		vma = vma_prev(vma);
	}
}

/*
 * The same below mmap_base. What was found full the last time is not gone through again: a program
 * with many threads has many areas, one close under the other.
 */
static unsigned long highest_free_of_all(struct mm_struct *mm, unsigned long len)
{
	unsigned long at, small;

	if (!mm->free_below || len <= mm->small_hole) {
		mm->free_below = mm->mmap_base;
		mm->small_hole = 0;
	}
	at = highest_free(mm, mm->free_below, len, &small);
	mm->small_hole = max(mm->small_hole, small);
	if (at)
		mm->free_below = at + len;	/* the caller may still fail */
	return at;
}

/* note_hole - what lay below @next, NULL for the last one, goes. mmap_lock held to write */
void note_hole(struct mm_struct *mm, const struct vm_area_struct *next)
{
	unsigned long top = next ? min(next->vm_start, mm->mmap_base) : mm->mmap_base;

	if (mm->free_below)
		mm->free_below = max(mm->free_below, top);
}

/**
 * find_free_range - room for a new area
 * @mm: mmap_lock held to write
 * @addr: taken if it is free; 0 for anywhere
 * @len: bytes, whole pages
 *
 * From mmap_base down, the highest that fits; if there is none, above it.
 * Return: its address; -ENOMEM.
 */
unsigned long find_free_range(struct mm_struct *mm, unsigned long addr, unsigned long len)
{
	struct vm_area_struct *vma;
	unsigned long at;

	mmap_assert_write_locked(mm);
	if (!len || len > TASK_SIZE_MAX)
		return -ENOMEM;
	if (addr && is_free(mm, addr, len))
		return addr;
	at = highest_free_of_all(mm, len);
	if (at)
		return at;
	for (at = mm->mmap_base; arch_user_range(at, len); at = vma->vm_end) {
		vma = find_vma(mm, at);
		if (!vma || at + len <= lower_bound(vma))
			return at;
	}
	return -ENOMEM;
}

/* find_low_range - the same in the first 2 GiB, for addresses that have to fit into 31 bits */
unsigned long find_low_range(struct mm_struct *mm, unsigned long len)
{
	unsigned long small, at = len < LOW_END ? highest_free(mm, LOW_END, len, &small) : 0;

	return at ?: -(unsigned long)ENOMEM;
}

/**
 * expand_stack - let a stack reach down to an address
 * @vma: VM_GROWSDOWN
 * @addr: below it
 *
 * Context: mmap_lock held to write. Return: 0; -ENOMEM beyond RLIMIT_STACK, or too near to what
 * lies below it.
 */
int expand_stack(struct vm_area_struct *vma, unsigned long addr)
{
	struct vm_area_struct *prev = vma_prev(vma);
	unsigned long start = addr & PAGE_MASK, grow;
	int err;

	if (start >= vma->vm_start)
		return 0;
	grow = (vma->vm_start - start) >> PAGE_SHIFT;
	if (start < MMAP_MIN_ADDR || vma->vm_end - start > rlimit(RLIMIT_STACK))
		return -ENOMEM;
	if (prev && (prev->vm_flags & VM_ACCESS_FLAGS) && !(prev->vm_flags & VM_GROWSDOWN) &&
	    start - prev->vm_end < STACK_GUARD_GAP)
		return -ENOMEM;
	if (prev && start < prev->vm_end)
		return -ENOMEM;
	err = may_map(vma->vm_mm, grow, vma->vm_flags);
	if (err)
		return err;
	vma->vm_start = start;
	vma->vm_pgoff -= grow;
	count_vm(vma->vm_mm, vma->vm_flags, grow);
	return 0;
}
