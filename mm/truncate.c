/* SPDX-License-Identifier: MIT */
/*
 * Who maps a file, so that pages which a shorter file has no more can be unmapped.
 *
 * A truncation has a number. An area carries the one of the last truncation that it is known to
 * have no page from before of; its copies, by fork and the like, carry the same one. The walk takes
 * one address space after the other that has an older area, and marks its areas when it is done
 * with them, under the same mmap_lock, so that nothing is copied in between:
 *
 *	i_size, pages gone -> ++truncations -> { mmap_lock, zap, mark, unlock } ... until none is older
 *
 * A page fault looks at the number first, then asks the file for a page, and maps that only if the
 * number still is the same, with page_table_lock held: then the zap, which takes it too, is to
 * come.
 */
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include "internals.h"

/* vma_link_file - an area is in the tree: let its file know. mmap_lock held to write. */
void vma_link_file(struct vm_area_struct *vma)
{
	struct address_space *mapping = mapping_of(vma);

	if (!mapping)
		return;
	spin_lock(&mapping->i_mmap_lock);
	list_add(&vma->vm_mapping_node, &mapping->i_mmap);
	spin_unlock(&mapping->i_mmap_lock);
	if (vma_is_shared_maywrite(vma))	/* as the one it is a copy of, or as attach() has asked for */
		atomic_inc(&mapping->i_mmap_writable);
}

/* vma_unlink_file - the opposite */
void vma_unlink_file(struct vm_area_struct *vma)
{
	struct address_space *mapping = mapping_of(vma);

	if (!mapping)
		return;
	spin_lock(&mapping->i_mmap_lock);
	list_del(&vma->vm_mapping_node);
	spin_unlock(&mapping->i_mmap_lock);
	if (vma_is_shared_maywrite(vma))
		mapping_unmap_writable(mapping);
}

/* An address space that has an area older than @nr, counted; NULL: none. */
static struct mm_struct *older_mm(struct address_space *mapping, unsigned int nr)
{
	struct vm_area_struct *vma;
	struct mm_struct *mm = NULL;

	spin_lock(&mapping->i_mmap_lock);
	list_for_each_entry(vma, &mapping->i_mmap, vm_mapping_node) {
		/* One without users is being taken apart, with all its pages. */
		if ((int)(vma->vm_truncations - nr) < 0 && mmget_not_zero(vma->vm_mm)) {
			mm = vma->vm_mm;
			break;
		}
	}
	spin_unlock(&mapping->i_mmap_lock);
	return mm;
}

static void zap_pages(struct vm_area_struct *vma, pgoff_t first, pgoff_t last)
{
	pgoff_t begin = max(first, vma->vm_pgoff), end = min(last, vma->vm_pgoff + vma_pages(vma));

	if (begin < end)
		zap_range(vma, vma->vm_start + ((begin - vma->vm_pgoff) << PAGE_SHIFT),
			  vma->vm_start + ((end - vma->vm_pgoff) << PAGE_SHIFT));
}

/**
 * unmap_mapping_range - no program has pages of a part of a file any more
 * @mapping: the file's; what is in the part has changed or gone already
 * @holebegin: first byte; what lies on its page before it goes too
 * @holelen: bytes; 0 for all up to the end
 * @even_cows: also private copies; they go in any case
 *
 * Who touches them again gets them from the file anew.
 * Context: process, may sleep; no mmap_lock held. Callers of one file exclude each other (i_rwsem).
 */
void unmap_mapping_range(struct address_space *mapping, loff_t const holebegin,
			 loff_t const holelen, int even_cows)
{
	pgoff_t first = holebegin >> PAGE_SHIFT;
	pgoff_t last = holelen ? PFN_UP(holebegin + holelen) : ~0UL;
	unsigned int nr = mapping->truncations + 1;
	struct vm_area_struct *vma;
	struct mm_struct *mm;

	smp_store_release(&mapping->truncations, nr);
	while ((mm = older_mm(mapping, nr))) {
		mmap_read_lock(mm);
		for_each_vma_of(mm, vma) {
			if (mapping_of(vma) != mapping)
				continue;
			/* A fault that began before either is in the table, or sees the number. */
			spin_lock(&mm->page_table_lock);
			spin_unlock(&mm->page_table_lock);
			zap_pages(vma, first, last);
			WRITE_ONCE(vma->vm_truncations, nr);
		}
		mmap_read_unlock(mm);
		mmput(mm);
	}
}
