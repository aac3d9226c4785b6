/* SPDX-License-Identifier: MIT */
/*
 * Page tables of user address spaces, for any number of levels: what leads to an entry, and what
 * is done to all entries of a range.
 *
 * Tables are made by faults (mmap_lock held to read, page_table_lock for the moment of linking)
 * and taken away with mmap_lock held to write, so that a walk under mmap_lock needs no more.
 * Entries change under page_table_lock. A page that was mapped is given back only when no CPU's
 * TLB can have it any more, and so is a table.
 */
#include <linux/arch.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include "internals.h"

#define TABLE_SPAN	(1UL << (PAGE_SHIFT + PT_LEVEL_BITS))	/* what one lowest table maps */

/* The lowest table's entry for *@addr, or for the first address behind it that has a table. */
static pte_t *pt_next(struct mm_struct *mm, unsigned long *addr, unsigned long end)
{
	unsigned int level = PT_TOP_SHIFT;
	pte_t *entry = &mm->pgd[pt_index(*addr, level)];

	while (level > PAGE_SHIFT) {
		pte_t e = READ_ONCE(*entry);

		if (pte_present(e)) {
			level -= PT_LEVEL_BITS;
			entry = &pt_table(e)[pt_index(*addr, level)];
			continue;
		}
		*addr = ALIGN(*addr + 1, 1UL << level);
		if (*addr >= end)
			return NULL;
		level = PT_TOP_SHIFT;
		entry = &mm->pgd[pt_index(*addr, level)];
	}
	return entry;
}

/* pt_lookup - the entry of @addr, or NULL when there is no table for it. mmap_lock held. */
pte_t *pt_lookup(struct mm_struct *mm, unsigned long addr)
{
	unsigned long at = addr;

	return pt_next(mm, &at, addr + 1);
}

/* A table for *@entry, which leads nowhere, unless somebody is first. False without memory. */
static bool new_table(struct mm_struct *mm, pte_t *entry)
{
	struct page *table = alloc_user_page(true);

	if (!table)
		return false;
	spin_lock(&mm->page_table_lock);
	if (!pte_present(*entry)) {
		mm->pgtables++;
		/* A walker on another CPU must find the new table filled. */
		smp_store_release(entry, pt_table_entry(page_address(table)));
		table = NULL;
	}
	spin_unlock(&mm->page_table_lock);
	if (table)
		__free_page(table);
	return true;
}

static noinline pte_t *make_tables(struct mm_struct *mm, unsigned long addr)
{
	unsigned int level = PT_TOP_SHIFT;
	pte_t *entry = &mm->pgd[pt_index(addr, level)];

	while (level > PAGE_SHIFT) {
		if (!pte_present(READ_ONCE(*entry)) && !new_table(mm, entry))
			return NULL;
		level -= PT_LEVEL_BITS;
		entry = &pt_table(READ_ONCE(*entry))[pt_index(addr, level)];
	}
	return entry;
}

/**
 * pt_alloc - the entry of @addr; tables on the way are made
 * @mm: the address space, mmap_lock held
 * @addr: a user address
 *
 * Context: process, may sleep. Return: the entry; NULL without memory.
 */
pte_t *pt_alloc(struct mm_struct *mm, unsigned long addr)
{
	unsigned int level = PT_TOP_SHIFT;
	pte_t *entry = &mm->pgd[pt_index(addr, level)];

#pragma GCC unroll 4			/* each fault comes here: the shifts become constants */
	while (level > PAGE_SHIFT) {
		pte_t e = READ_ONCE(*entry);

		if (unlikely(!pte_present(e)))
			return make_tables(mm, addr);
		level -= PT_LEVEL_BITS;
		entry = &pt_table(e)[pt_index(addr, level)];
	}
	return entry;
}

/* -- Taking pages away ----------------------------------------------------------------------- */

#define ZAP_BATCH	64

/* Pages that no entry names any more, but perhaps a TLB. */
struct zap {
	struct mm_struct	*mm;
	unsigned long		start, end;	/* what is to be flushed */
	unsigned int		nr;
	struct page		*pages[ZAP_BATCH];
};

static void zap_finish(struct zap *z)
{
	if (z->start < z->end)
		arch_flush_user_range(z->mm, z->start, z->end);
	while (z->nr)
		put_page(z->pages[--z->nr]);
	z->start = ~0UL;
	z->end = 0;
}

static void zap_entry(struct zap *z, struct vm_area_struct *vma, unsigned long addr, pte_t *entry)
{
	pte_t old = *entry;
	struct page *page;

	WRITE_ONCE(*entry, 0);
	z->start = min(z->start, addr);
	z->end = addr + PAGE_SIZE;
	if (vma->vm_flags & VM_PFNMAP)
		return;
	page = pfn_to_page(pte_pfn(old));
	atomic_long_dec(&z->mm->rss_stat[page->mapping ? MM_FILEPAGES : MM_ANONPAGES]);
	z->pages[z->nr++] = page;
}

/**
 * zap_range - unmap the pages of a range and let them go
 * @vma: where the range lies; mmap_lock held
 * @start: first page
 * @end: after the last
 *
 * Context: process, interrupts on.
 */
void zap_range(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct mm_struct *mm = vma->vm_mm;
	struct zap z;		/* its array need not be cleared */
	pte_t *entry;

	z.mm = mm;
	z.start = ~0UL;
	z.end = 0;
	z.nr = 0;
	while (start < end && (entry = pt_next(mm, &start, end))) {
		spin_lock(&mm->page_table_lock);
		do {
			if (pte_present(*entry))
				zap_entry(&z, vma, start, entry);
			entry++;
			start += PAGE_SIZE;
		} while (start < end && start % TABLE_SPAN && z.nr < ZAP_BATCH);
		spin_unlock(&mm->page_table_lock);
		if (z.nr == ZAP_BATCH)
			zap_finish(&z);
		cond_resched();
	}
	zap_finish(&z);
}

/* What is to be unlinked: tables that lie as a whole in [floor, ceiling). */
struct hole {
	struct mm_struct	*mm;
	unsigned long		floor, ceiling;
	struct list_head	unlinked;	/* struct page.lru */
};

/* Look below @table, whose entries cover 2^@shift bytes each from @base on, at [@start, @end). */
static void unlink_tables(struct hole *hole, pte_t *table, unsigned int shift, unsigned long base,
			  unsigned long start, unsigned long end)
{
	unsigned long lo = max(base, ALIGN_DOWN(start, 1UL << shift));
	unsigned long hi = min(base + (1UL << (shift + PT_LEVEL_BITS)), end);

	for (; lo < hi; lo += 1UL << shift) {
		pte_t *entry = &table[pt_index(lo, shift)], *below;

		if (!pte_present(*entry))
			continue;
		below = pt_table(*entry);
		if (shift - PT_LEVEL_BITS > PAGE_SHIFT)
			unlink_tables(hole, below, shift - PT_LEVEL_BITS, lo, start, end);
		if (lo < hole->floor || lo + (1UL << shift) > hole->ceiling)
			continue;
		spin_lock(&hole->mm->page_table_lock);
		WRITE_ONCE(*entry, 0);
		hole->mm->pgtables--;
		spin_unlock(&hole->mm->page_table_lock);
		list_add(&virt_to_page(below)->lru, &hole->unlinked);
	}
}

/**
 * free_tables - give back the tables that an area had for itself
 * @mm: mmap_lock held to write
 * @start: where the area was, which is no longer in @mm
 * @end: after it
 * @floor: where the area before ends, or 0
 * @ceiling: where the one behind begins, or TASK_SIZE_MAX
 *
 * Each table maps a part of some area, so that those of the rest of the hole have been given back.
 */
void free_tables(struct mm_struct *mm, unsigned long start, unsigned long end,
		 unsigned long floor, unsigned long ceiling)
{
	struct hole hole = {
		.mm = mm, .floor = floor, .unlinked = LIST_HEAD_INIT(hole.unlinked),
		/*
		 * The page that is missing at the end of user addresses shall not keep the last
		 * tables.
		 */
		.ceiling = ALIGN(ceiling, ceiling == TASK_SIZE_MAX ? 2 * PAGE_SIZE : PAGE_SIZE),
	};
	struct page *page, *next;

	unlink_tables(&hole, mm->pgd, PT_TOP_SHIFT, 0, start, end);
	if (list_empty(&hole.unlinked))
		return;
	arch_flush_user_range(mm, 0, TASK_SIZE_MAX);
	list_for_each_entry_safe(page, next, &hole.unlinked, lru)
		__free_page(page);
}

/* -- Other changes of ranges ------------------------------------------------------------------- */

/**
 * protect_range - give mapped pages the rights that @vma has now
 * @vma: mmap_lock held to write
 * @start: first page
 * @end: after the last
 *
 * A private page stays read-only, as others may share it: the next write looks.
 */
void protect_range(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long first = end, last = start;	/* of what has changed: no CPU knows of the rest */
	pte_t *entry;

	while (start < end && (entry = pt_next(mm, &start, end))) {
		spin_lock(&mm->page_table_lock);
		do {
			if (pte_present(*entry)) {
				WRITE_ONCE(*entry, pte_modify(*entry, vma->vm_page_prot.pgprot));
				first = min(first, start);
				last = start + PAGE_SIZE;
			}
			entry++;
			start += PAGE_SIZE;
		} while (start < end && start % TABLE_SPAN);
		spin_unlock(&mm->page_table_lock);
	}
	if (first < last)
		arch_flush_user_range(mm, first, last);
}

static void copy_entry(struct mm_struct *to, struct vm_area_struct *vma, pte_t *source, pte_t *target)
{
	bool private = (vma->vm_flags & (VM_SHARED | VM_MAYWRITE)) == VM_MAYWRITE;
	pte_t pte = *source;

	if (private && pte_write(pte)) {
		pte = pte_wrprotect(pte);
		WRITE_ONCE(*source, pte);
	}
	if (!(vma->vm_flags & VM_PFNMAP)) {
		struct page *page = pfn_to_page(pte_pfn(pte));

		get_page(page);
		atomic_long_inc(&to->rss_stat[page->mapping ? MM_FILEPAGES : MM_ANONPAGES]);
	}
	*target = pte;
}

/**
 * copy_range - a child's entries for the pages of an area
 * @to: the child's address space, which runs nowhere yet
 * @vma: of the parent, mmap_lock held to write; the caller flushes the parent's TLB
 *
 * Private pages become read-only on both sides, for the first write to copy.
 * Context: process, may sleep. Return: 0; -ENOMEM.
 */
int copy_range(struct mm_struct *to, struct vm_area_struct *vma)
{
	struct mm_struct *from = vma->vm_mm;
	unsigned long addr = vma->vm_start, end = vma->vm_end;
	pte_t *source, *target;

	while (addr < end && (source = pt_next(from, &addr, end))) {
		target = pt_alloc(to, addr);
		if (!target)
			return -ENOMEM;
		spin_lock(&from->page_table_lock);
		do {
			if (pte_present(*source))
				copy_entry(to, vma, source, target);
			source++;
			target++;
			addr += PAGE_SIZE;
		} while (addr < end && addr % TABLE_SPAN);
		spin_unlock(&from->page_table_lock);
		cond_resched();
	}
	return 0;
}

/**
 * move_range - move the pages of a range to other addresses
 * @vma: mmap_lock held to write
 * @from: where they are
 * @to: where no page is
 * @len: bytes
 *
 * Context: process, may sleep. Return: 0; -ENOMEM, with part of them moved.
 */
int move_range(struct vm_area_struct *vma, unsigned long from, unsigned long to, unsigned long len)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long addr = from, end = from + len;
	pte_t *source, *target;
	int err = 0;

	while (addr < end && (source = pt_next(mm, &addr, end))) {
		if (pte_present(*source)) {
			target = pt_alloc(mm, to + (addr - from));
			if (!target) {
				err = -ENOMEM;
				break;
			}
			spin_lock(&mm->page_table_lock);
			WRITE_ONCE(*target, *source);
			WRITE_ONCE(*source, 0);
			spin_unlock(&mm->page_table_lock);
		}
		addr += PAGE_SIZE;
	}
	arch_flush_user_range(mm, from, end);
	return err;
}
