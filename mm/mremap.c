/* SPDX-License-Identifier: MIT */
/* A mapping made larger, smaller, or moved: mremap(). */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "internals.h"

/*
 * A copy of the area at @to, with the pages of [from, from + old_len) in it; those are unmapped.
 * With
 * @old_len 0, of shared memory, the old addresses keep what they show.
 */
static unsigned long move_area(struct vm_area_struct *vma, unsigned long from, unsigned long old_len,
			       unsigned long to, unsigned long new_len)
{
	struct mm_struct *mm = vma->vm_mm;
	struct vm_area_struct *copy;
	int err = 0;

	if (old_len) {
		/* So that nothing can be missing any more to unmap it. */
		err = cut_out(mm, from, from + old_len);
		vma = find_vma(mm, from);
	}
	copy = err ? NULL : vma_copy(vma);
	if (!copy)
		return -ENOMEM;
	copy->vm_pgoff += (from - vma->vm_start) >> PAGE_SHIFT;
	copy->vm_start = to;
	copy->vm_end = to + new_len;
	vma_insert(mm, copy);
	count_vm(mm, copy->vm_flags, new_len >> PAGE_SHIFT);
	err = move_range(vma, from, to, min(old_len, new_len));
	if (err) {
		/* What has been moved goes back: there are tables for it. */
		move_range(copy, to, from, min(old_len, new_len));
		unmap_range(mm, to, new_len);
		return err;
	}
	if (old_len)
		unmap_range(mm, from, old_len);
	return to;
}

/* @vma reaches to the end of what is to grow, and there is room behind it. */
static bool grow_in_place(struct vm_area_struct *vma, unsigned long end, unsigned long new_end)
{
	struct vm_area_struct *next = vma_next(vma);

	if (vma->vm_end != end || !arch_user_range(end, new_end - end) ||
	    (next && next->vm_start < new_end))
		return false;
	count_vm(vma->vm_mm, vma->vm_flags, (new_end - end) >> PAGE_SHIFT);
	vma->vm_end = new_end;
	vma_merge(vma);
	return true;
}

/* The end of a range goes. Return: 0; -EINVAL; -ENOMEM. */
static int shrink(struct mm_struct *mm, unsigned long addr, unsigned long old_len, unsigned long new_len)
{
	if (!arch_user_range(addr, old_len))
		return -EINVAL;
	return old_len > new_len ? unmap_range(mm, addr + new_len, old_len - new_len) : 0;
}

/* Whether a range may become another size. Return: 0; -EFAULT; -EINVAL; -ENOMEM. */
static int may_resize(const struct vm_area_struct *vma, unsigned long addr, unsigned long old_len,
		      unsigned long new_len)
{
	if (!old_len && !(vma->vm_flags & VM_MAYSHARE))
		return -EINVAL;		/* of private memory there is no second view */
	if (old_len > vma->vm_end - addr)
		return -EFAULT;
	if (new_len == old_len)
		return 0;
	if (vma->vm_flags & (VM_DONTEXPAND | VM_PFNMAP))
		return -EFAULT;
	return may_map(vma->vm_mm, (new_len - old_len) >> PAGE_SHIFT, vma->vm_flags);
}

/* To @new_addr: what is there goes. */
static unsigned long remap_to(struct mm_struct *mm, unsigned long addr, unsigned long old_len,
			      unsigned long new_addr, unsigned long new_len)
{
	struct vm_area_struct *vma;
	int err;

	if (offset_in_page(new_addr) || !arch_user_range(new_addr, new_len) ||
	    new_addr < MMAP_MIN_ADDR || (new_addr < addr + old_len && addr < new_addr + new_len))
		return -EINVAL;
	err = unmap_range(mm, new_addr, new_len);
	if (!err && old_len > new_len) {
		err = shrink(mm, addr, old_len, new_len);
		old_len = new_len;
	}
	if (err)
		return err;
	vma = vma_lookup(mm, addr);
	err = vma ? may_resize(vma, addr, old_len, new_len) : -EFAULT;
	return err ? (unsigned long)err : move_area(vma, addr, old_len, new_addr, new_len);
}

/* Bytes of locked memory that are new at the end of the range are told in *@locked. */
static unsigned long do_mremap(unsigned long addr, unsigned long old_len, unsigned long new_len,
			       unsigned long flags, unsigned long new_addr, unsigned long *locked)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma = vma_lookup(mm, addr);
	int err;

	if (!vma)
		return -EFAULT;
	if (new_len > old_len && (vma->vm_flags & (VM_LOCKED | VM_LOCKONFAULT)) == VM_LOCKED)
		*locked = new_len - old_len;
	if (flags & MREMAP_FIXED)
		return remap_to(mm, addr, old_len, new_addr, new_len);
	if (old_len >= new_len) {
		err = shrink(mm, addr, old_len, new_len);
		return err ? (unsigned long)err : addr;
	}
	err = may_resize(vma, addr, old_len, new_len);
	if (err)
		return err;
	if (old_len && grow_in_place(vma, addr + old_len, addr + new_len))
		return addr;
	if (!(flags & MREMAP_MAYMOVE))
		return -ENOMEM;
	new_addr = find_free_range(mm, 0, new_len);
	return IS_ERR_VALUE(new_addr) ? new_addr : move_area(vma, addr, old_len, new_addr, new_len);
}

SYSCALL_DEFINE5(mremap, unsigned long, addr, unsigned long, old_len, unsigned long, new_len,
		unsigned long, flags, unsigned long, new_addr)
{
	unsigned long ret, locked = 0;

	if ((flags & ~(MREMAP_FIXED | MREMAP_MAYMOVE)) || offset_in_page(addr) ||
	    ((flags & MREMAP_FIXED) && !(flags & MREMAP_MAYMOVE)))
		return -EINVAL;
	old_len = PAGE_ALIGN(old_len);
	new_len = PAGE_ALIGN(new_len);
	if (!new_len)
		return -EINVAL;
	mmap_write_lock(current->mm);
	ret = do_mremap(addr, old_len, new_len, flags, new_addr, &locked);
	mmap_write_unlock(current->mm);
	if (!IS_ERR_VALUE(ret) && locked)
		populate_range(ret + old_len, locked);
	return ret;
}
