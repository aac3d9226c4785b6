/* SPDX-License-Identifier: MIT */
/*
 * The memory of another process: for exec, which fills a stack that is not in use yet, and /proc.
 */
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "internals.h"

/* The page that the tables have for @addr, counted; NULL: none, or not to write. */
static struct page *mapped_page(struct mm_struct *mm, unsigned long addr, bool write)
{
	struct page *page = NULL;
	pte_t *entry = pt_lookup(mm, addr);

	spin_lock(&mm->page_table_lock);
	if (entry && pte_present(*entry) && (!write || pte_write(*entry))) {
		page = pfn_to_page(pte_pfn(*entry));
		get_page(page);
	}
	spin_unlock(&mm->page_table_lock);
	return page;
}

/*
 * The page of @addr, counted, brought in if need be. mmap_lock held. NULL: not there, or no right.
 */
static struct page *get_page_of(struct vm_area_struct *vma, unsigned long addr, bool write)
{
	struct page *page;
	int tries;

	if (!(vma->vm_flags & (write ? VM_WRITE : VM_READ)) || (vma->vm_flags & VM_PFNMAP))
		return NULL;
	page = mapped_page(vma->vm_mm, addr, write);
	for (tries = 0; !page && tries < 4; tries++) {
		if (handle_mm_fault(vma, addr, write ? FAULT_FLAG_WRITE : 0, NULL) & VM_FAULT_ERROR)
			return NULL;
		page = mapped_page(vma->vm_mm, addr, write);
	}
	return page;
}

/**
 * get_user_page - the page at an address of current's
 * @addr: the address
 * @page: the page, counted; to write if the area is
 * @shared: whether others see what is written there
 *
 * Context: process, may sleep. Return: 0; -EFAULT: none there.
 */
int get_user_page(unsigned long addr, struct page **page, bool *shared)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma = find_or_grow(mm, addr);

	*page = NULL;
	if (vma) {
		*shared = vma->vm_flags & VM_MAYSHARE;
		*page = get_page_of(vma, addr, vma->vm_flags & VM_WRITE);
	}
	mmap_read_unlock(mm);
	return *page ? 0 : -EFAULT;
}

/**
 * access_remote_vm - read or write the memory of an address space
 * @mm: the address space; counted as a user
 * @addr: where in it
 * @buf: kernel memory
 * @len: bytes
 * @gup_flags: FOLL_WRITE or 0
 *
 * Context: process, may sleep; no mmap_lock held. Return: bytes done; fewer where something is not
 * there, or may not be read or written.
 */
int access_remote_vm(struct mm_struct *mm, unsigned long addr, void *buf, int len,
		     unsigned int gup_flags)
{
	bool write = gup_flags & FOLL_WRITE;
	int done = 0;

	while (done < len) {
		int n = min_t(unsigned long, len - done, PAGE_SIZE - offset_in_page(addr + done));
		struct vm_area_struct *vma;
		struct page *page = NULL;
		char *kaddr;

		if (!arch_user_range(addr + done, n))
			break;
		vma = find_or_grow(mm, addr + done);
		if (vma)
			page = get_page_of(vma, addr + done, write);
		mmap_read_unlock(mm);
		if (!page)
			break;
		kaddr = (char *)page_address(page) + offset_in_page(addr + done);
		if (write)
			memcpy(kaddr, (char *)buf + done, n);
		else
			memcpy((char *)buf + done, kaddr, n);
		put_page(page);
		done += n;
	}
	return done;
}

/**
 * setup_stack - the stack of a program to come
 * @mm: a fresh address space
 * @size: bytes mapped at first, whole pages; it grows
 *
 * Context: process, may sleep. Return: 0; -ENOMEM.
 */
int setup_stack(struct mm_struct *mm, unsigned long size)
{
	struct vm_area_struct *vma = vma_alloc(mm, STACK_TOP - size, STACK_TOP,
					       VM_READ | VM_WRITE | VM_MAYREAD | VM_MAYWRITE |
					       VM_MAYEXEC | VM_GROWSDOWN);

	if (!vma)
		return -ENOMEM;
	mmap_write_lock(mm);
	vma->vm_pgoff = vma->vm_start >> PAGE_SHIFT;
	vma_insert(mm, vma);
	count_vm(mm, vma->vm_flags, size >> PAGE_SHIFT);
	mmap_write_unlock(mm);
	return 0;
}

/* stack_may_execute - the program says that it puts code there. Return: 0; -ENOMEM. */
int stack_may_execute(struct mm_struct *mm)
{
	struct vm_area_struct *vma;

	mmap_write_lock(mm);
	vma = find_vma(mm, STACK_TOP - 1);
	if (vma) {
		vma->vm_flags |= VM_EXEC;
		vma->vm_page_prot = vma_page_prot(vma);
		protect_range(vma, vma->vm_start, vma->vm_end);
	}
	mmap_write_unlock(mm);
	return vma ? 0 : -ENOMEM;
}
