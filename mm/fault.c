/* SPDX-License-Identifier: MIT */
/*
 * Page faults of user addresses: what makes a page appear when a program touches it.
 *
 *	no entry, memory		a read gets the zero page, a write a page of its own
 *	no entry, something mapped	its fault() gives the page; a write to a private one copies it
 *	a read-only entry, a write	the last one who has the page gets it, others a copy
 *
 * A fault holds mmap_lock to read, so that areas and tables stay; the entry is looked at again
 * under page_table_lock before it is changed, as another thread may have been faster. Then there is
 * nothing to do: the instruction is tried again.
 */
#include <linux/arch.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/signal.h>
#include <linux/string.h>
#include "internals.h"

struct page *empty_zero_page __ro_after_init;

static int __init zero_page_init(void)
{
	empty_zero_page = alloc_page(GFP_KERNEL | __GFP_ZERO);
	return empty_zero_page ? 0 : -ENOMEM;
}
pure_initcall(zero_page_init);

static int counter_of(const struct page *page)
{
	return page->mapping ? MM_FILEPAGES : MM_ANONPAGES;
}

/*
 * Let @entry name @page, counted already, if nothing has come to be there, and what is mapped has
 * not been cut since @truncations: see truncate.c.
 */
static __always_inline void map_page(struct vm_area_struct *vma, pte_t *entry, struct page *page,
				     bool write, unsigned int truncations)
{
	struct mm_struct *mm = vma->vm_mm;
	pte_t pte = pte_mkyoung(pfn_pte(page_to_pfn(page), vma->vm_page_prot.pgprot));

	if (write)
		pte = pte_mkdirty(pte_mkwrite(pte));
	spin_lock(&mm->page_table_lock);
	if (pte_none(*entry) && vma_truncations(vma) == truncations) {
		WRITE_ONCE(*entry, pte);
		atomic_long_inc(&mm->rss_stat[counter_of(page)]);
		page = NULL;
	}
	spin_unlock(&mm->page_table_lock);
	if (page)
		put_page(page);
}

static vm_fault_t fault_anonymous(struct vm_area_struct *vma, pte_t *entry, bool write)
{
	struct page *page = empty_zero_page;

	if (write)
		page = alloc_user_page(true);
	else
		get_page(page);
	if (!page)
		return VM_FAULT_OOM;
	map_page(vma, entry, page, write, vma_truncations(vma));
	return 0;
}

static struct page *copy_of(struct page *page)
{
	struct page *copy = alloc_user_page(false);

	if (copy)
		copy_page(page_address(copy), page_address(page));
	return copy;
}

static noinline vm_fault_t fault_mapped(struct vm_area_struct *vma, unsigned long addr,
					pte_t *entry, unsigned int flags)
{
	bool private = !(vma->vm_flags & VM_SHARED), write = flags & FAULT_FLAG_WRITE;
	unsigned int truncations = vma_truncations(vma);
	struct vm_fault vmf = {
		.vma = vma, .flags = flags, .gfp_mask = GFP_KERNEL, .address = addr,
		.pgoff = vma->vm_pgoff + ((addr - vma->vm_start) >> PAGE_SHIFT),
	};
	struct page *copy;
	vm_fault_t ret;

	if (!vma->vm_ops->fault)
		return VM_FAULT_SIGBUS;
	ret = vma->vm_ops->fault(&vmf);
	if (ret & (VM_FAULT_ERROR | VM_FAULT_NOPAGE))
		return ret;
	if (private && write) {
		copy = copy_of(vmf.page);
		put_page(vmf.page);
		if (!copy)
			return VM_FAULT_OOM;
		vmf.page = copy;
	}
	map_page(vma, entry, vmf.page, write, truncations);
	return 0;
}

/* The page that *@entry names, counted, if the entry still is @old. */
static struct page *get_mapped_page(struct mm_struct *mm, pte_t *entry, pte_t old)
{
	struct page *page = NULL;

	spin_lock(&mm->page_table_lock);
	if (*entry == old) {
		page = pfn_to_page(pte_pfn(old));
		get_page(page);
	}
	spin_unlock(&mm->page_table_lock);
	return page;
}

/* Nobody else has the page: it may be written. False when somebody has, or the entry changed. */
static bool reuse_page(struct vm_area_struct *vma, pte_t *entry, pte_t old)
{
	struct mm_struct *mm = vma->vm_mm;
	struct page *page = pfn_to_page(pte_pfn(old));
	bool mine;

	spin_lock(&mm->page_table_lock);
	mine = *entry == old &&
	       ((vma->vm_flags & (VM_SHARED | VM_PFNMAP)) ||
		(!page->mapping && page != empty_zero_page && page_count(page) == 1));
	if (mine)
		WRITE_ONCE(*entry, pte_mkdirty(pte_mkyoung(pte_mkwrite(old))));
	spin_unlock(&mm->page_table_lock);
	return mine;
}

/* A write to an entry that is there, but not to write. */
static noinline vm_fault_t fault_readonly(struct vm_area_struct *vma, unsigned long addr,
					  pte_t *entry, pte_t old)
{
	struct mm_struct *mm = vma->vm_mm;
	struct page *page, *copy;
	bool mapped = false;

	if (reuse_page(vma, entry, old)) {
		arch_flush_user_range(mm, addr, addr + PAGE_SIZE);
		return 0;
	}
	page = get_mapped_page(mm, entry, old);
	if (!page)
		return 0;
	copy = copy_of(page);
	if (!copy) {
		put_page(page);
		return VM_FAULT_OOM;
	}
	spin_lock(&mm->page_table_lock);
	if (*entry == old) {
		WRITE_ONCE(*entry, pte_mkdirty(pte_mkwrite(pte_mkyoung(
				pfn_pte(page_to_pfn(copy), vma->vm_page_prot.pgprot)))));
		atomic_long_dec(&mm->rss_stat[counter_of(page)]);
		atomic_long_inc(&mm->rss_stat[MM_ANONPAGES]);
		copy = page;		/* what the entry had is to be given back, too */
		mapped = true;
	}
	spin_unlock(&mm->page_table_lock);
	/* The other threads' CPUs read the old page until here. */
	if (mapped)
		arch_flush_user_range(mm, addr, addr + PAGE_SIZE);
	put_page(copy);
	put_page(page);
	return 0;
}

/**
 * handle_mm_fault - bring in a page, or make it writable
 * @vma: the area; its rights allow the access
 * @address: in the area
 * @flags: FAULT_FLAG_*
 * @regs: of whoever caused it, or NULL
 *
 * Context: process, mmap_lock held; may sleep.
 * Return: 0, try again; VM_FAULT_OOM; VM_FAULT_SIGBUS: there is nothing behind the address.
 */
vm_fault_t handle_mm_fault(struct vm_area_struct *vma, unsigned long address, unsigned int flags,
			   struct pt_regs *regs)
{
	unsigned long addr = address & PAGE_MASK;
	bool write = flags & FAULT_FLAG_WRITE;
	pte_t *entry = pt_alloc(vma->vm_mm, addr), old;

	if (!entry)
		return VM_FAULT_OOM;
	old = READ_ONCE(*entry);
	if (pte_none(old))
		return vma_is_anonymous(vma) ? fault_anonymous(vma, entry, write)
					     : fault_mapped(vma, addr, entry, flags);
	if (write && !pte_write(old))
		return fault_readonly(vma, addr, entry, old);
	/* Another thread did it; this CPU still has what was before. */
	arch_flush_user_range(vma->vm_mm, addr, addr + PAGE_SIZE);
	return 0;
}

/* The rights, one of which an access needs. */
static unsigned long rights_for(unsigned int flags)
{
	if (flags & FAULT_FLAG_WRITE)
		return VM_WRITE;
	return flags & FAULT_FLAG_INSTRUCTION ? VM_EXEC : VM_ACCESS_FLAGS;
}

/* The stack above @addr, grown down to it. mmap_lock is released in between. */
static noinline struct vm_area_struct *grow_stack(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma;

	mmap_read_unlock(mm);
	mmap_write_lock(mm);
	vma = find_vma(mm, addr);
	if (vma && vma->vm_start > addr &&
	    (!(vma->vm_flags & VM_GROWSDOWN) || expand_stack(vma, addr)))
		vma = NULL;
	downgrade_write(&mm->mmap_lock);
	return vma;
}

/* The area of @addr, a stack grown down to it if need be. mmap_lock is held to read in any case. */
struct vm_area_struct *find_or_grow(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma;

	mmap_read_lock(mm);
	vma = find_vma(mm, addr);
	if (likely(!vma || vma->vm_start <= addr))
		return vma;
	return vma->vm_flags & VM_GROWSDOWN ? grow_stack(mm, addr) : NULL;
}

/*
 * What a program gets for a fault that nothing could be done about. Return: a signal, or 0: try
 * again.
 */
static noinline int signal_of(vm_fault_t fault, int *si_code)
{
	if (fault & VM_FAULT_SIGSEGV) {
		*si_code = SEGV_ACCERR;
		return SIGSEGV;
	}
	if (fault & VM_FAULT_SIGBUS) {
		*si_code = BUS_ADRERR;
		return SIGBUS;
	}
	if (fault & VM_FAULT_OOM) {
		out_of_memory();
		return fatal_signal_pending(current) ? SIGKILL : 0;
	}
	return 0;
}

/**
 * user_page_fault - current touched a user address that is not mapped, or not for that
 * @addr: the address, below TASK_SIZE_MAX
 * @flags: FAULT_FLAG_*: what it did
 * @si_code: set with the signal
 *
 * Context: process, interrupts on; may sleep. current->mm is not NULL.
 * Return: 0: try again; SIGSEGV with SEGV_MAPERR or SEGV_ACCERR; SIGBUS with BUS_ADRERR; SIGKILL:
 * the task is to end, it has been told.
 */
int user_page_fault(unsigned long addr, unsigned int flags, int *si_code)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma = find_or_grow(mm, addr);
	vm_fault_t fault;

	if (unlikely(!vma || !(vma->vm_flags & rights_for(flags)))) {
		*si_code = vma ? SEGV_ACCERR : SEGV_MAPERR;
		mmap_read_unlock(mm);
		return SIGSEGV;
	}
	fault = handle_mm_fault(vma, addr, flags, NULL);
	mmap_read_unlock(mm);
	if (unlikely(fault & VM_FAULT_ERROR))
		return signal_of(fault, si_code);
	/* Nothing that is mapped waits for a device: there are no others. */
	current->min_flt++;
	return 0;
}
