/* SPDX-License-Identifier: MIT */
/* What the files of mm/ say to each other. */
#ifndef _MM_INTERNALS_H
#define _MM_INTERNALS_H

#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/vmalloc.h>
#include <asm/pgtable.h>

/* -- Page allocator: page_alloc.c, page_init.c -- */

struct free_area {
	struct list_head	free_list;
	unsigned long		nr_free;
};

struct zone {
	const char		*name;		/* fixed after boot; to the blank line */
	unsigned long		end_pfn;	/* pages below this belong here */
	unsigned long		managed_pages;
	unsigned long		min_pages;	/* kept back for GFP_ATOMIC */
	unsigned long		lowmem_reserve[MAX_NR_ZONES]; /* and from requests for zone n */

	spinlock_t		lock;		/* irqs off; guards the rest */
	unsigned long		free_pages;
	struct free_area	free_area[MAX_ORDER];
};

extern struct zone zones[MAX_NR_ZONES];

void page_init(void);
void free_block_at_boot(unsigned long pfn, unsigned int order);

/* Single pages between the zones and the CPUs' own lists: page_cpu.c */
unsigned int zones_take_pages(gfp_t gfp, unsigned int n, struct list_head *list);
void zones_put_pages(struct list_head *list);
void cpu_pages_init(void);
struct page *cpu_pages_take(gfp_t gfp);
void cpu_pages_put(struct page *page);
unsigned long cpu_pages_count(void);

/* alloc_pages() for a caller that has checked its own context. */
struct page *__alloc_pages_nocheck(gfp_t gfp, unsigned int order);

/* -- Slab: slab_cache.c -- */
void slab_shrink_all(void);

/* -- Address areas: vmap.c; their pages: vmalloc.c -- */
struct vm_struct *vmap_get_area(unsigned long size, unsigned long align, unsigned long flags,
				unsigned long start, unsigned long end, const void *caller);
void vmap_release(const void *addr, unsigned long flag, const char *who);
void vmalloc_free_pages(struct vm_struct *area);

static inline unsigned long area_start(const struct vm_struct *area)
{
	return (unsigned long)area->addr;
}

static inline unsigned long area_mapped_size(const struct vm_struct *area)
{
	return area->size - (area->flags & VM_NO_GUARD ? 0 : PAGE_SIZE);
}

/* -- Page tables of user mode: pgtable.c -- */
pte_t *pt_lookup(struct mm_struct *mm, unsigned long addr);
pte_t *pt_alloc(struct mm_struct *mm, unsigned long addr);
void zap_range(struct vm_area_struct *vma, unsigned long start, unsigned long end);
void protect_range(struct vm_area_struct *vma, unsigned long start, unsigned long end);
int copy_range(struct mm_struct *to, struct vm_area_struct *vma);
int move_range(struct vm_area_struct *vma, unsigned long from, unsigned long to,
	       unsigned long len);
void free_tables(struct mm_struct *mm, unsigned long start, unsigned long end,
		 unsigned long floor, unsigned long ceiling);

/* -- Areas of an address space: vma.c; mmap_lock held to write -- */
#define MMAP_MIN_ADDR	0x10000UL	/* nothing is mapped where a NULL pointer may point */
struct vm_area_struct *vma_alloc(struct mm_struct *mm, unsigned long start, unsigned long end,
				 unsigned long vm_flags);
struct vm_area_struct *vma_copy(const struct vm_area_struct *vma);
void vma_free(struct vm_area_struct *vma);
void vma_insert(struct mm_struct *mm, struct vm_area_struct *vma);
void vma_remove(struct mm_struct *mm, struct vm_area_struct *vma);
int vma_split(struct vm_area_struct *vma, unsigned long addr);
struct vm_area_struct *vma_merge(struct vm_area_struct *vma);
unsigned long find_free_range(struct mm_struct *mm, unsigned long addr, unsigned long len);
void note_hole(struct mm_struct *mm, const struct vm_area_struct *next);
unsigned long find_low_range(struct mm_struct *mm, unsigned long len);
struct vm_area_struct *find_or_grow(struct mm_struct *mm, unsigned long addr);	/* fault.c */
int expand_stack(struct vm_area_struct *vma, unsigned long addr);
void unmap_area(struct vm_area_struct *vma);
int unmap_range(struct mm_struct *mm, unsigned long start, unsigned long len);
int may_map(struct mm_struct *mm, unsigned long pages, unsigned long vm_flags);
void count_vm(struct mm_struct *mm, unsigned long vm_flags, long pages);
unsigned long prot_to_vm(unsigned long prot);
int cut_out(struct mm_struct *mm, unsigned long start, unsigned long end);
int populate_range(unsigned long start, unsigned long len);
pgprot_t vma_page_prot(const struct vm_area_struct *vma);

/* -- Who maps a file: truncate.c -- */
void vma_link_file(struct vm_area_struct *vma);
void vma_unlink_file(struct vm_area_struct *vma);
static inline struct address_space *mapping_of(const struct vm_area_struct *vma)
{
	return vma->vm_file ? vma->vm_file->f_inode->i_mapping : NULL;
}

/* What it shows is changed by writing to it, now or after mprotect(). */
static inline bool vma_is_shared_maywrite(const struct vm_area_struct *vma)
{
	return (vma->vm_flags & (VM_SHARED | VM_MAYWRITE)) == (VM_SHARED | VM_MAYWRITE);
}

/* How often what an area shows has been cut; what it shows is looked at after. */
static inline unsigned int vma_truncations(const struct vm_area_struct *vma)
{
	struct address_space *mapping = mapping_of(vma);

	return mapping ? smp_load_acquire(&mapping->truncations) : 0;
}

static inline unsigned int older_truncation(unsigned int a, unsigned int b)
{
	return (int)(a - b) < 0 ? a : b;
}

/* -- Pages that processes share without a file: shared.c -- */
int shared_anon_setup(struct vm_area_struct *vma);

/* -- No page left for a program: oom.c -- */
struct page *alloc_user_page(bool zeroed);
void out_of_memory(void);

static inline void set_page_zone(struct page *page, enum zone_type zone)
{
	page->flags = (unsigned long)zone << ZONES_SHIFT;
}

#endif
