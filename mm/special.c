/* SPDX-License-Identifier: MIT */
/* Pages that the kernel itself maps into programs, under a name of its own: the vDSO. */
#include <linux/mm.h>
#include "internals.h"

static vm_fault_t special_fault(struct vm_fault *vmf)
{
	const struct vm_special_mapping *spec = vmf->vma->vm_private_data;
	pgoff_t i;

	/* mremap() may have made the area larger than what it shows. */
	for (i = 0; spec->pages[i] && i < vmf->pgoff; i++)
		;
	if (!spec->pages[i])
		return VM_FAULT_SIGBUS;
	vmf->page = spec->pages[i];
	get_page(vmf->page);
	return 0;
}

static const char *special_name(struct vm_area_struct *vma)
{
	const struct vm_special_mapping *spec = vma->vm_private_data;

	return spec->name;
}

static const struct vm_operations_struct special_ops = {
	.fault	= special_fault,
	.name	= special_name,
};

/**
 * get_unmapped_area - room for install_special_mapping()
 * @mm: mmap_lock held to write
 * @addr: taken if it is free; 0 for anywhere
 * @len: bytes, whole pages
 *
 * Return: its address; -ENOMEM.
 */
unsigned long get_unmapped_area(struct mm_struct *mm, unsigned long addr, unsigned long len)
{
	return find_free_range(mm, addr, len);
}

/**
 * install_special_mapping - map pages of the kernel's
 * @mm: mmap_lock held to write
 * @addr: from get_unmapped_area()
 * @len: bytes, whole pages
 * @vm_flags: VM_*; without VM_MAYWRITE nobody ever writes through it, with it to a copy
 * @spec: name and pages; must outlive all programs
 *
 * Context: process, may sleep. Return: 0; -ENOMEM.
 */
int install_special_mapping(struct mm_struct *mm, unsigned long addr, unsigned long len,
			    unsigned long vm_flags, const struct vm_special_mapping *spec)
{
	struct vm_area_struct *vma;
	int err = may_map(mm, len >> PAGE_SHIFT, vm_flags);

	if (err)
		return err;
	vma = vma_alloc(mm, addr, addr + len, vm_flags | VM_DONTEXPAND);
	if (!vma)
		return -ENOMEM;
	vma->vm_ops = &special_ops;
	vma->vm_private_data = (void *)spec;
	vma_insert(mm, vma);
	count_vm(mm, vma->vm_flags, vma_pages(vma));
	return 0;
}
