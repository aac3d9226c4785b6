/* SPDX-License-Identifier: MIT */
/*
 * Pages: from address to struct page and back, their flags and counts, and how much
 * memory there is.
 */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H

#include <linux/types.h>
#include <linux/errno.h>
#include <linux/mm_types.h>
#include <linux/gfp.h>
#include <linux/pfn.h>
#include <linux/bug.h>
#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/lockdep.h>
#include <linux/rbtree.h>
#include <asm/page.h>

struct file;
struct pt_regs;
struct task_struct;

#define MAX_ORDER		11	/* the buddy lists hold orders 0 to MAX_ORDER - 1 */
#define MAX_ORDER_NR_PAGES	(1UL << (MAX_ORDER - 1))

#define PAGE_ALIGN(addr)	ALIGN(addr, PAGE_SIZE)
#define PAGE_ALIGN_DOWN(addr)	ALIGN_DOWN(addr, PAGE_SIZE)
#define PAGE_ALIGNED(addr)	IS_ALIGNED((unsigned long)(addr), PAGE_SIZE)
#define offset_in_page(p)	((unsigned long)(p) & ~PAGE_MASK)

extern unsigned long max_pfn;	/* one past the last page frame of RAM */

/* <asm/page.h>: vmemmap, pfn_to_page(), page_to_pfn(), virt_to_page() */
#define page_to_phys(page)	((phys_addr_t)page_to_pfn(page) << PAGE_SHIFT)
#define phys_to_page(phys)	pfn_to_page(PHYS_PFN(phys))
#define virt_to_pfn(kaddr)	(__pa(kaddr) >> PAGE_SHIFT)
#define pfn_to_virt(pfn)	__va((phys_addr_t)(pfn) << PAGE_SHIFT)
#define page_to_virt(page)	pfn_to_virt(page_to_pfn(page))
#define page_address(page)	page_to_virt(page)
#define lowmem_page_address(page) page_to_virt(page)
#define page_to_nid(page)	0

bool pfn_valid(unsigned long pfn);
#define virt_addr_valid(kaddr)	__virt_addr_valid((unsigned long)(kaddr))
bool __virt_addr_valid(unsigned long kaddr);

#define ZONES_SHIFT		(BITS_PER_LONG - 2)
static inline enum zone_type page_zonenum(const struct page *page)
{
	return (enum zone_type)(page->flags >> ZONES_SHIFT);
}

#define PAGE_FLAG(name, bit)						\
static inline bool Page##name(const struct page *page)			\
{									\
	return test_bit(bit, &page->flags);				\
}									\
static inline void SetPage##name(struct page *page)			\
{									\
	set_bit(bit, &page->flags);					\
}									\
static inline void ClearPage##name(struct page *page)			\
{									\
	clear_bit(bit, &page->flags);					\
}									\
/* For who has the page to himself. */					\
static inline void __SetPage##name(struct page *page)			\
{									\
	__set_bit(bit, &page->flags);					\
}									\
static inline void __ClearPage##name(struct page *page)		\
{									\
	__clear_bit(bit, &page->flags);					\
}
PAGE_FLAG(Reserved, PG_reserved)
PAGE_FLAG(Buddy, PG_buddy)
PAGE_FLAG(Head, PG_head)
PAGE_FLAG(Slab, PG_slab)
PAGE_FLAG(Vmalloc, PG_vmalloc)
PAGE_FLAG(Private, PG_private)
#undef PAGE_FLAG

static inline struct page *compound_head(const struct page *page)
{
	unsigned long head = READ_ONCE(page->compound_head);

	return (struct page *)((head & 1) ? head - 1 : (unsigned long)page);
}

static inline bool PageTail(const struct page *page)
{
	return READ_ONCE(page->compound_head) & 1;
}

static inline bool PageCompound(const struct page *page)
{
	return PageHead(page) || PageTail(page);
}

static inline unsigned int compound_order(const struct page *page)
{
	return PageHead(page) ? page->order : 0;
}

static inline unsigned long page_size(const struct page *page)
{
	return PAGE_SIZE << compound_order(page);
}

static inline struct page *virt_to_head_page(const void *x)
{
	return compound_head(virt_to_page(x));
}

static inline int page_ref_count(const struct page *page)
{
	return atomic_read(&page->_refcount);
}
#define page_count(page)	page_ref_count(compound_head(page))
static inline void set_page_count(struct page *page, int v)
{
	atomic_set(&page->_refcount, v);
}

static inline void get_page(struct page *page)
{
	atomic_inc(&compound_head(page)->_refcount);
}
void put_page(struct page *page);

#define page_private(page)	((page)->private)
static inline void set_page_private(struct page *page, unsigned long private)
{
	page->private = private;
}

static inline int get_order(unsigned long size)
{
	return size <= PAGE_SIZE ? 0 : (int)(BITS_PER_LONG - __builtin_clzl((size - 1) >> PAGE_SHIFT));
}

static inline void clear_page_of(struct page *page)
{
	clear_page(page_address(page));
}
#define clear_highpage(page)	clear_page_of(page)
#define kmap(page)		page_address(page)
#define kunmap(page)		((void)(page))
#define kmap_local_page(page)	page_address(page)
#define kunmap_local(addr)	((void)(addr))

bool is_vmalloc_addr(const void *x);
struct page *vmalloc_to_page(const void *addr);
unsigned long vmalloc_to_pfn(const void *addr);

/* kvmalloc() and its family: linux/slab.h */
void kvfree(const void *addr);

struct sysinfo;
void si_meminfo(struct sysinfo *val);
unsigned long totalram_pages(void);
unsigned long nr_free_pages(void);

/* What is handed out at this moment, so that a test can see that all came back. */
struct mm_usage {
	unsigned long	pages;		/* bytes in pages, whoever has them */
	unsigned long	slab_objects;	/* bytes in slab objects in use */
	unsigned long	slab_pages;	/* bytes in pages of slabs */
	unsigned long	vmalloc;	/* bytes of vmalloc areas backed by pages */
	unsigned long	percpu;		/* bytes in each CPU's unit */
};
void mm_get_usage(struct mm_usage *usage);

void mm_init(void);
unsigned long free_reserved_area(void *start, void *end, int poison, const char *s);

/* -- Address spaces ------------------------------------------------------------------------ */

#define VM_NONE			0x00000000
#define VM_READ			0x00000001
#define VM_WRITE		0x00000002
#define VM_EXEC			0x00000004
#define VM_SHARED		0x00000008	/* writes go to what is mapped */
#define VM_MAYREAD		0x00000010	/* mprotect() may set VM_READ, ... */
#define VM_MAYWRITE		0x00000020
#define VM_MAYEXEC		0x00000040
#define VM_MAYSHARE		0x00000080
#define VM_GROWSDOWN		0x00000100	/* a stack */
#define VM_PFNMAP		0x00000400	/* no struct page is counted */
#define VM_LOCKED		0x00002000
#define VM_IO			0x00004000
#define VM_DONTCOPY		0x00020000	/* not for the child of fork() */
#define VM_DONTEXPAND		0x00040000
#define VM_LOCKONFAULT		0x00080000	/* with VM_LOCKED: nothing is brought in before it is asked for */
#define VM_ACCOUNT		0x00100000
#define VM_NORESERVE		0x00200000
#define VM_WIPEONFORK		0x02000000
#define VM_DONTDUMP		0x04000000
#define VM_ACCESS_FLAGS		(VM_READ | VM_WRITE | VM_EXEC)

#define FAULT_FLAG_WRITE	0x01
#define FAULT_FLAG_USER		0x40	/* user mode's own, not the kernel's on its behalf */
#define FAULT_FLAG_INSTRUCTION	0x100

#define VM_FAULT_OOM		0x000001
#define VM_FAULT_SIGBUS		0x000002
#define VM_FAULT_SIGSEGV	0x000040
#define VM_FAULT_NOPAGE		0x000100	/* fault() has made the entry itself */
#define VM_FAULT_ERROR		(VM_FAULT_OOM | VM_FAULT_SIGBUS | VM_FAULT_SIGSEGV)

extern struct mm_struct init_mm;
extern struct page *empty_zero_page;		/* all zeroes, and read-only wherever it is mapped */

struct mm_struct *mm_alloc(void);
struct mm_struct *mm_dup(struct mm_struct *old);
void mmput(struct mm_struct *mm);
void __mmdrop(struct mm_struct *mm);
struct mm_struct *get_task_mm(struct task_struct *task);
void set_exe_file(struct mm_struct *mm, struct file *file);
void exec_mmap(struct mm_struct *mm);
void exit_mm(void);

static inline void mmget(struct mm_struct *mm) { atomic_inc(&mm->mm_users); }
static inline bool mmget_not_zero(struct mm_struct *mm) { return atomic_inc_not_zero(&mm->mm_users); }
static inline void mmgrab(struct mm_struct *mm) { atomic_inc(&mm->mm_count); }
static inline void mmdrop(struct mm_struct *mm)
{
	if (unlikely(atomic_dec_and_test(&mm->mm_count)))
		__mmdrop(mm);
}
static inline struct cpumask *mm_cpumask(struct mm_struct *mm) { return &mm->cpu_bitmap; }

static inline void mmap_write_lock(struct mm_struct *mm) { down_write(&mm->mmap_lock); }
static inline void mmap_write_lock_nested(struct mm_struct *mm, int subclass)
{
	down_write_nested(&mm->mmap_lock, subclass);
}
static inline void mmap_write_unlock(struct mm_struct *mm) { up_write(&mm->mmap_lock); }
static inline void mmap_read_lock(struct mm_struct *mm) { down_read(&mm->mmap_lock); }
static inline bool mmap_read_trylock(struct mm_struct *mm) { return down_read_trylock(&mm->mmap_lock); }
static inline void mmap_read_unlock(struct mm_struct *mm) { up_read(&mm->mmap_lock); }
#define mmap_assert_write_locked(mm)	lockdep_assert(rwsem_is_locked(&(mm)->mmap_lock))

static inline unsigned long get_mm_counter(struct mm_struct *mm, int member)
{
	long n = atomic_long_read(&mm->rss_stat[member]);

	return n > 0 ? n : 0;
}
static inline unsigned long get_mm_rss(struct mm_struct *mm)
{
	return get_mm_counter(mm, MM_FILEPAGES) + get_mm_counter(mm, MM_ANONPAGES);
}

static inline bool vma_is_anonymous(const struct vm_area_struct *vma) { return !vma->vm_ops; }
static inline unsigned long vma_pages(const struct vm_area_struct *vma)
{
	return (vma->vm_end - vma->vm_start) >> PAGE_SHIFT;
}

struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr);
struct vm_area_struct *vma_next(struct vm_area_struct *vma);
struct vm_area_struct *vma_prev(struct vm_area_struct *vma);
static inline struct vm_area_struct *vma_lookup(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = find_vma(mm, addr);

	return vma && vma->vm_start <= addr ? vma : NULL;
}
pgprot_t vm_get_page_prot(unsigned long vm_flags);	/* the machine's */
struct vm_area_struct *first_vma(struct mm_struct *mm);
/* mmap_lock held. */
#define for_each_vma_of(mm, vma) for ((vma) = first_vma(mm); (vma); (vma) = vma_next(vma))

/* All sizes and addresses in bytes; negative errno in the result when IS_ERR_VALUE(). */
unsigned long vm_mmap(struct file *file, unsigned long addr, unsigned long len, unsigned long prot,
		      unsigned long flags, unsigned long offset);
unsigned long do_mmap(struct file *file, unsigned long addr, unsigned long len, unsigned long prot,
		      unsigned long flags, unsigned long pgoff);
int vm_munmap(unsigned long addr, unsigned long len);
int vm_brk_flags(unsigned long addr, unsigned long len, unsigned long flags);
unsigned long get_unmapped_area(struct mm_struct *mm, unsigned long addr, unsigned long len);
int install_special_mapping(struct mm_struct *mm, unsigned long addr, unsigned long len,
			    unsigned long vm_flags, const struct vm_special_mapping *spec);
int setup_stack(struct mm_struct *mm, unsigned long size);
int stack_may_execute(struct mm_struct *mm);

void unmap_mapping_range(struct address_space *mapping, loff_t const holebegin,
			 loff_t const holelen, int even_cows);
int user_page_fault(unsigned long addr, unsigned int flags, int *si_code);
vm_fault_t handle_mm_fault(struct vm_area_struct *vma, unsigned long address, unsigned int flags,
			   struct pt_regs *regs);
/* Another's memory, or one's own that is not entered yet. Return: bytes that were there. */
int access_remote_vm(struct mm_struct *mm, unsigned long addr, void *buf, int len,
		     unsigned int gup_flags);
#define FOLL_WRITE	0x01
int get_user_page(unsigned long addr, struct page **page, bool *shared);

#endif
