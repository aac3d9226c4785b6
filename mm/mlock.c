/* SPDX-License-Identifier: MIT */
/*
 * mlock() and its like: pages that are there from now on, without a fault. Nothing is ever swapped
 * out, so all that there is to do is to bring them in, and to remember which areas are meant: what
 * becomes part of them is brought in too, and madvise() does not throw their pages away.
 */
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "internals.h"

#define VM_LOCK_FLAGS	(VM_LOCKED | VM_LOCKONFAULT)

static void mark(struct vm_area_struct *vma, unsigned long flags)
{
	/* Of a device's memory there is nothing to bring in. */
	if (vma->vm_flags & VM_PFNMAP)
		return;
	count_vm(vma->vm_mm, vma->vm_flags, -(long)vma_pages(vma));
	vma->vm_flags = (vma->vm_flags & ~VM_LOCK_FLAGS) | flags;
	count_vm(vma->vm_mm, vma->vm_flags, vma_pages(vma));
}

/*
 * All areas of the range. mmap_lock held to write. Return: 0; -ENOMEM: holes, or no memory to split
 * an area.
 */
static int mark_range(struct mm_struct *mm, unsigned long start, unsigned long end, unsigned long flags)
{
	struct vm_area_struct *vma;
	unsigned long seen = start;
	int err = cut_out(mm, start, end);

	if (err)
		return err;
	for (vma = find_vma(mm, start); vma && vma->vm_start < end; vma = vma_next(vma)) {
		if (vma->vm_start != seen)
			return -ENOMEM;
		mark(vma, flags);
		vma = vma_merge(vma);
		seen = vma->vm_end;
	}
	return seen < end ? -ENOMEM : 0;
}

static int lock_range(unsigned long start, size_t len, unsigned long flags)
{
	struct mm_struct *mm = current->mm;
	int err;

	len = PAGE_ALIGN(len + offset_in_page(start));
	start = PAGE_ALIGN_DOWN(start);
	if (start + len < start)
		return -EINVAL;
	if (!len)
		return 0;
	if (!arch_user_range(start, len))
		return -ENOMEM;
	mmap_write_lock(mm);
	err = mark_range(mm, start, start + len, flags);
	mmap_write_unlock(mm);
	if (!err && (flags & VM_LOCK_FLAGS) == VM_LOCKED)
		err = populate_range(start, len);
	return err;
}

SYSCALL_DEFINE2(mlock, unsigned long, start, size_t, len)
{
	return lock_range(start, len, VM_LOCKED);
}

SYSCALL_DEFINE3(mlock2, unsigned long, start, size_t, len, int, flags)
{
	if (flags & ~MLOCK_ONFAULT)
		return -EINVAL;
	return lock_range(start, len, flags ? VM_LOCK_FLAGS : VM_LOCKED);
}

SYSCALL_DEFINE2(munlock, unsigned long, start, size_t, len)
{
	return lock_range(start, len, 0);
}

static void mark_all(struct mm_struct *mm, unsigned long flags)
{
	struct vm_area_struct *vma;

	for (vma = find_vma(mm, 0); vma; vma = vma_next(vma)) {
		mark(vma, flags);
		vma = vma_merge(vma);
	}
}

/* What can't be had is left out. Return: 0; -EINTR: current is to end. */
static int populate_all(struct mm_struct *mm)
{
	unsigned long start, end = 0;
	struct vm_area_struct *vma;

	for (;;) {
		mmap_read_lock(mm);
		vma = find_vma(mm, end);
		if (vma) {
			start = vma->vm_start;
			end = vma->vm_end;
		}
		mmap_read_unlock(mm);
		if (!vma)
			return 0;
		if (populate_range(start, end - start) == -EINTR)
			return -EINTR;
	}
}

SYSCALL_DEFINE1(mlockall, int, flags)
{
	unsigned long vm_flags = flags & MCL_ONFAULT ? VM_LOCK_FLAGS : VM_LOCKED;
	struct mm_struct *mm = current->mm;

	if (!flags || (flags & ~(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT)) || flags == MCL_ONFAULT)
		return -EINVAL;
	mmap_write_lock(mm);
	mm->def_flags = flags & MCL_FUTURE ? vm_flags : 0;
	if (flags & MCL_CURRENT)
		mark_all(mm, vm_flags);
	mmap_write_unlock(mm);
	if ((flags & MCL_CURRENT) && vm_flags == VM_LOCKED)
		return populate_all(mm);
	return 0;
}

SYSCALL_DEFINE0(munlockall)
{
	struct mm_struct *mm = current->mm;

	mmap_write_lock(mm);
	mm->def_flags = 0;
	mark_all(mm, 0);
	mmap_write_unlock(mm);
	return 0;
}
