/* SPDX-License-Identifier: MIT */
/* Other rights for what is mapped: mprotect(). */
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "internals.h"

/*
 * Whether one area may have the rights. Return: 0; -EACCES; -ENOMEM: it becomes data, beyond
 * RLIMIT_DATA.
 */
static int check_area(const struct vm_area_struct *vma, unsigned long rights)
{
	unsigned long old = vma->vm_flags, new = (old & ~VM_ACCESS_FLAGS) | rights;
	unsigned long pages = vma_pages(vma);

	if (rights & ~(old >> 4) & VM_ACCESS_FLAGS)	/* VM_MAYREAD and so on */
		return -EACCES;
	return may_map(vma->vm_mm, pages, new) && !may_map(vma->vm_mm, pages, old) ? -ENOMEM : 0;
}

/* Return: what the area is now, as it may be part of another. */
static struct vm_area_struct *set_rights(struct vm_area_struct *vma, unsigned long rights)
{
	unsigned long old = vma->vm_flags;

	vma->vm_flags = (old & ~VM_ACCESS_FLAGS) | rights;
	vma->vm_page_prot = vma_page_prot(vma);
	count_vm(vma->vm_mm, old, -(long)vma_pages(vma));
	count_vm(vma->vm_mm, vma->vm_flags, vma_pages(vma));
	protect_range(vma, vma->vm_start, vma->vm_end);
	return vma_merge(vma);
}

/*
 * All areas of the range, whose ends are ends of areas; those before a hole, or before one that may
 * not have the rights, have them all the same. mmap_lock held to write.
 */
static int protect_areas(struct mm_struct *mm, unsigned long start, unsigned long end,
			 unsigned long rights)
{
	struct vm_area_struct *vma = find_vma(mm, start);
	int err;

	for (; start < end; start = vma->vm_end, vma = vma_next(vma)) {
		if (!vma || vma->vm_start > start)
			return -ENOMEM;
		err = check_area(vma, rights);
		if (err)
			return err;
		vma = set_rights(vma, rights);
	}
	return 0;
}

/* From the beginning of the stack that @end is in. Return: 0; -EINVAL: it is none; -ENOMEM. */
static int begin_of_stack(struct mm_struct *mm, unsigned long *start, unsigned long end)
{
	const struct vm_area_struct *vma = find_vma(mm, *start);

	if (!vma || vma->vm_start >= end)
		return -ENOMEM;
	*start = vma->vm_start;
	return vma->vm_flags & VM_GROWSDOWN ? 0 : -EINVAL;
}

static int do_mprotect(struct mm_struct *mm, unsigned long start, unsigned long end, unsigned long prot)
{
	int err = prot & PROT_GROWSDOWN ? begin_of_stack(mm, &start, end) : 0;

	err = err ?: cut_out(mm, start, end);
	return err ?: protect_areas(mm, start, end, prot_to_vm(prot));
}

SYSCALL_DEFINE3(mprotect, unsigned long, start, size_t, len, unsigned long, prot)
{
	unsigned long end = start + PAGE_ALIGN(len);
	int err;

	if (offset_in_page(start))
		return -EINVAL;
	if (!len)
		return 0;
	if (end <= start || !arch_user_range(start, end - start))
		return -ENOMEM;
	if (prot & ~(PROT_READ | PROT_WRITE | PROT_EXEC | PROT_SEM | PROT_GROWSDOWN))
		return -EINVAL;
	mmap_write_lock(current->mm);
	err = do_mprotect(current->mm, start, end, prot);
	mmap_write_unlock(current->mm);
	return err;
}
