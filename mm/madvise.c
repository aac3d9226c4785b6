/* SPDX-License-Identifier: MIT */
/* What a program says about its memory: madvise(), mlock(), msync(), mincore(). Nothing is ever swapped out. */
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "internals.h"

/* Which flags an advice sets and clears; or what it does. Return: 0; -EINVAL. */
static int advise(struct vm_area_struct *vma, unsigned long start, unsigned long end, int advice)
{
	switch (advice) {
	case MADV_DONTNEED:
	case MADV_FREE:
		if (vma->vm_flags & (VM_LOCKED | VM_PFNMAP))
			return -EINVAL;
		if (advice == MADV_FREE && !vma_is_anonymous(vma))
			return -EINVAL;
		zap_range(vma, start, end);
		return 0;
	case MADV_DONTFORK:
	case MADV_DOFORK:
	case MADV_WIPEONFORK:
	case MADV_KEEPONFORK:
	case MADV_DONTDUMP:
	case MADV_DODUMP: {
		static const struct { int advice; unsigned long set, clear; } flags[] = {
			{ MADV_DONTFORK, VM_DONTCOPY, 0 }, { MADV_DOFORK, 0, VM_DONTCOPY },
			{ MADV_WIPEONFORK, VM_WIPEONFORK, 0 },
			{ MADV_KEEPONFORK, 0, VM_WIPEONFORK },
			{ MADV_DONTDUMP, VM_DONTDUMP, 0 }, { MADV_DODUMP, 0, VM_DONTDUMP },
		};
		unsigned int i;

		if (advice == MADV_WIPEONFORK && !vma_is_anonymous(vma))
			return -EINVAL;
		for (i = 0; i < ARRAY_SIZE(flags); i++)
			if (flags[i].advice == advice)
				vma->vm_flags = (vma->vm_flags | flags[i].set) & ~flags[i].clear;
		return 0;
	}
	case MADV_NORMAL:
	case MADV_RANDOM:
	case MADV_SEQUENTIAL:
	case MADV_WILLNEED:
	case MADV_HUGEPAGE:
	case MADV_NOHUGEPAGE:
		return 0;
	default:
		return -EINVAL;
	}
}

/* To each area of the range; holes are passed over, and told of at the end. */
static int advise_range(struct mm_struct *mm, unsigned long start, unsigned long end, int advice)
{
	struct vm_area_struct *vma = find_vma(mm, start);
	bool hole = false;
	int err;

	/* Areas are only split where their flags will differ. */
	if (advice >= MADV_DONTFORK) {
		err = cut_out(mm, start, end);
		if (err)
			return err;
		vma = find_vma(mm, start);
	}
	for (; start < end; vma = vma_next(vma)) {
		if (!vma || vma->vm_start > start)
			hole = true;
		if (!vma || vma->vm_start >= end)
			break;
		start = max(start, vma->vm_start);
		err = advise(vma, start, min(end, vma->vm_end), advice);
		if (err)
			return err;
		start = vma->vm_end;
	}
	return hole ? -ENOMEM : 0;
}

SYSCALL_DEFINE3(madvise, unsigned long, start, size_t, len, int, advice)
{
	int err;

	if (offset_in_page(start) || (len && !PAGE_ALIGN(len)) ||
	    !arch_user_range(start, PAGE_ALIGN(len)))
		return -EINVAL;
	if (!len)
		return 0;
	mmap_write_lock(current->mm);
	err = advise_range(current->mm, start, start + PAGE_ALIGN(len), advice);
	mmap_write_unlock(current->mm);
	return err;
}

/* Shared pages of a file are the file's: there is nothing to write back. */
SYSCALL_DEFINE3(msync, unsigned long, start, size_t, len, int, flags)
{
	struct vm_area_struct *vma;
	unsigned long end = start + PAGE_ALIGN(len);
	int err = 0;

	if ((flags & ~(MS_ASYNC | MS_INVALIDATE | MS_SYNC)) || offset_in_page(start) ||
	    ((flags & MS_ASYNC) && (flags & MS_SYNC)))
		return -EINVAL;
	if (end < start)
		return -ENOMEM;
	mmap_read_lock(current->mm);
	for (vma = find_vma(current->mm, start); start < end; vma = vma_next(vma)) {
		if (!vma || vma->vm_start > start) {
			err = -ENOMEM;
			break;
		}
		start = vma->vm_end;
	}
	mmap_read_unlock(current->mm);
	return err;
}
