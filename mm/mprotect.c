/* SPDX-License-Identifier: MIT */
/* Other rights for what is mapped: mprotect(). */
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "internals.h"

/* The whole range is mapped, and may have the rights. mmap_lock held. */
static int check_range(struct mm_struct *mm, unsigned long start, unsigned long end,
		       unsigned long rights)
{
	struct vm_area_struct *vma = find_vma(mm, start);

	for (; start < end; start = vma->vm_end, vma = vma_next(vma)) {
		if (!vma || vma->vm_start > start)
			return -ENOMEM;
		if (rights & ~(vma->vm_flags >> 4) & VM_ACCESS_FLAGS)	/* VM_MAYREAD and so on */
			return -EACCES;
	}
	return 0;
}

static void set_rights(struct mm_struct *mm, unsigned long start, unsigned long end,
		       unsigned long rights)
{
	struct vm_area_struct *vma;

	for (vma = find_vma(mm, start); vma && vma->vm_start < end; vma = vma_next(vma)) {
		unsigned long old = vma->vm_flags;

		vma->vm_flags = (old & ~VM_ACCESS_FLAGS) | rights;
		vma->vm_page_prot = vma_page_prot(vma);
		count_vm(mm, old, -(long)vma_pages(vma));
		count_vm(mm, vma->vm_flags, vma_pages(vma));
		protect_range(vma, vma->vm_start, vma->vm_end);
		vma = vma_merge(vma);
	}
}

SYSCALL_DEFINE3(mprotect, unsigned long, start, size_t, len, unsigned long, prot)
{
	struct mm_struct *mm = current->mm;
	unsigned long end;
	int err;

	if (offset_in_page(start) || (prot & ~(PROT_READ | PROT_WRITE | PROT_EXEC | PROT_GROWSDOWN)))
		return -EINVAL;
	len = PAGE_ALIGN(len);
	end = start + len;
	if (!len)
		return 0;
	if (end <= start || !arch_user_range(start, len))
		return -ENOMEM;
	mmap_write_lock(mm);
	if (prot & PROT_GROWSDOWN) {
		struct vm_area_struct *vma = find_vma(mm, start);

		if (vma && (vma->vm_flags & VM_GROWSDOWN))
			start = vma->vm_start;
	}
	err = check_range(mm, start, end, prot_to_vm(prot));
	if (!err)
		err = cut_out(mm, start, end);
	if (!err)
		set_rights(mm, start, end, prot_to_vm(prot));
	mmap_write_unlock(mm);
	return err;
}
