/* SPDX-License-Identifier: MIT */
/* What a program says about its memory: madvise(), msync(). Nothing is ever swapped out. */
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "internals.h"

/* What an advice does: to the pages, to the flags of the area, or nothing. */
static const struct advice {
	int		nr;
	bool		drops_pages;
	bool		anonymous;	/* for such memory only */
	unsigned long	set, clear;
} advices[] = {
	{ .nr = MADV_NORMAL }, { .nr = MADV_RANDOM }, { .nr = MADV_SEQUENTIAL },
	{ .nr = MADV_WILLNEED }, { .nr = MADV_HUGEPAGE }, { .nr = MADV_NOHUGEPAGE },
	{ MADV_DONTNEED, .drops_pages = true },
	{ MADV_FREE, .drops_pages = true, .anonymous = true },
	{ MADV_DONTFORK, .set = VM_DONTCOPY },
	{ MADV_DOFORK, .clear = VM_DONTCOPY },
	{ MADV_WIPEONFORK, .anonymous = true, .set = VM_WIPEONFORK },
	{ MADV_KEEPONFORK, .clear = VM_WIPEONFORK },
	{ MADV_DONTDUMP, .set = VM_DONTDUMP },
	{ MADV_DODUMP, .clear = VM_DONTDUMP },
};

static const struct advice *find_advice(int nr)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(advices); i++)
		if (advices[i].nr == nr)
			return &advices[i];
	return NULL;
}

/* Return: 0; -EINVAL: not to this area. */
static int advise(struct vm_area_struct *vma, unsigned long start, unsigned long end,
		  const struct advice *advice)
{
	if (advice->anonymous && !vma_is_anonymous(vma))
		return -EINVAL;
	if (advice->drops_pages) {
		if (vma->vm_flags & (VM_LOCKED | VM_PFNMAP))
			return -EINVAL;
		zap_range(vma, start, end);
	}
	vma->vm_flags = (vma->vm_flags | advice->set) & ~advice->clear;
	return 0;
}

/* To each area of the range; holes are passed over, and told of at the end. */
static int advise_range(struct mm_struct *mm, unsigned long start, unsigned long end,
			const struct advice *advice)
{
	struct vm_area_struct *vma = find_vma(mm, start);
	bool hole = false;
	int err;

	/* Areas are only split where their flags will differ. */
	if (advice->set | advice->clear) {
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

SYSCALL_DEFINE3(madvise, unsigned long, start, size_t, len, int, nr)
{
	const struct advice *advice = find_advice(nr);
	int err;

	if (!advice || offset_in_page(start) || (len && !PAGE_ALIGN(len)) ||
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
