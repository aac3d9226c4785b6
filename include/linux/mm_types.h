/* SPDX-License-Identifier: MIT */
/*
 * struct page: what the kernel knows of each page of RAM.
 *
 * One per page, in an array at VMEMMAP_START indexed by page frame number and mapped only
 * where there is RAM. What the middle words mean depends on who has the page:
 *
 *	free in the buddy lists	  lru, order		guarded by the zone's lock
 *	head of a slab		  slab_list, freelist, inuse, objects: the cache's lock
 *				  slab_cache: fixed while PG_slab is set
 *	tail of a compound page	  compound_head; slab_cache when part of a slab
 *	anything else		  belongs to whoever allocated it
 */
#ifndef _LINUX_MM_TYPES_H
#define _LINUX_MM_TYPES_H

#include <linux/types.h>
#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/rbtree_types.h>
#include <linux/rwsem.h>
#include <linux/spinlock_types.h>

struct kmem_cache;
struct address_space;

struct page {
	unsigned long		flags;		/* PG_* and zone; atomic bit operations */
	atomic_t		_refcount;
	unsigned int		order;		/* of the head: free block or compound page */
	union {
		struct list_head lru;
		struct list_head slab_list;
	};
	struct kmem_cache	*slab_cache;
	union {
		void		*freelist;	/* first free object of a slab */
		struct address_space *mapping;
		unsigned long	compound_head;	/* of a tail: head page | 1 */
	};
	union {
		struct {
			u16	inuse;		/* objects of this slab that are not on freelist */
			u16	objects;
		};
		pgoff_t		index;
	};
	unsigned long		private;
} __aligned(8);

/* Numbers in page->flags; the zone sits in the top bits. */
enum pageflags {
	PG_locked,
	PG_reserved,	/* never was in the buddy lists */
	PG_buddy,	/* head of a free block */
	PG_head,	/* first of a compound page */
	PG_slab,
	PG_vmalloc,
	PG_private,
	__NR_PAGEFLAGS,
};

enum zone_type {
	ZONE_DMA,	/* below 16 MiB: ISA bus masters */
	ZONE_DMA32,	/* below 4 GiB: 32-bit bus masters */
	ZONE_NORMAL,
	MAX_NR_ZONES,
};

typedef struct {
	unsigned long pgprot;
} pgprot_t;

struct mm_struct;

typedef unsigned int vm_fault_t;

/* One page fault, on its way to whoever has the page. */
struct vm_fault {
	struct vm_area_struct	*vma;
	unsigned int		flags;		/* FAULT_FLAG_* */
	gfp_t			gfp_mask;
	pgoff_t			pgoff;		/* of the page, in what is mapped */
	unsigned long		address;	/* of the page, in the address space */
	struct page		*page;		/* result of fault(): the page, counted */
};

struct vm_operations_struct {
	void (*open)(struct vm_area_struct *vma);	/* after a copy or split */
	void (*close)(struct vm_area_struct *vma);
	vm_fault_t (*fault)(struct vm_fault *vmf);	/* mmap_lock held to read */
	const char *(*name)(struct vm_area_struct *vma);	/* for /proc/PID/maps, of what is no file */
	int (*access)(struct vm_area_struct *vma, unsigned long addr, void *buf, int len,
		      int write);
};

/* Pages of the kernel's own that it maps into programs. */
struct vm_special_mapping {
	const char		*name;
	struct page		**pages;	/* the last one is followed by NULL */
};

/* A range of a user address space. Guarded by mmap_lock; a fault reads it. */
struct vm_area_struct {
	unsigned long		vm_start;
	unsigned long		vm_end;		/* first byte after it */
	struct mm_struct	*vm_mm;
	pgprot_t		vm_page_prot;
	unsigned long		vm_flags;
	const struct vm_operations_struct *vm_ops;
	unsigned long		vm_pgoff;	/* in pages: in the file; else vm_start's, as it was made */
	struct file		*vm_file;
	void			*vm_private_data;
	struct rb_node		vm_rb;		/* in mm_rb, by address */
	struct list_head	vm_mapping_node; /* in its file's i_mmap, guarded there */
	unsigned int		vm_truncations;	/* mm/truncate.c; mmap_lock, and peeked at there */
};

/* What rss_stat counts, in pages. */
enum {
	MM_FILEPAGES,
	MM_ANONPAGES,
	NR_MM_COUNTERS
};

#define AT_VECTOR_SIZE	48	/* words of the auxiliary vector at most */

/*
 * An address space. mm_users counts the tasks that run in it and others that look into it; when
 * there is none left all mappings go. mm_count counts what keeps the structure and its top
 * page table: mm_users (as one), and kernel threads that borrow it (active_mm).
 */
struct mm_struct {
	atomic_t		mm_users;
	atomic_t		mm_count;
	u64			*pgd;		/* top page table; fixed */
	cpumask_t		cpu_bitmap;	/* CPUs whose TLB may know it; atomic bit operations */

	struct rw_semaphore	mmap_lock;	/* guards to the blank line; a fault holds it to read */
	struct rb_root		mm_rb;		/* vm_area_structs */
	int			map_count;
	unsigned long		total_vm;	/* pages mapped */
	unsigned long		data_vm;	/* of them private and writable */
	unsigned long		stack_vm;
	unsigned long		locked_vm;
	unsigned long		start_code, end_code, start_data, end_data;
	unsigned long		start_brk, brk, start_stack;
	unsigned long		arg_start, arg_end, env_start, env_end;
	unsigned long		mmap_base;	/* where looking for free room begins, downwards */
	unsigned long		free_below;	/* no hole between here, if not 0, and there is ... */
	unsigned long		small_hole;	/* ... larger than this */
	unsigned long		def_flags;	/* VM_LOCKED after mlockall(MCL_FUTURE) */
	struct file		*exe_file;
	bool			membarrier;	/* it may interrupt its threads' CPUs; a word, as the next */
	bool			not_dumpable;	/* prctl(PR_SET_DUMPABLE, 0); a word, any user's */

	spinlock_t		page_table_lock; /* every entry below the top table; inside mmap_lock */
	atomic_long_t		rss_stat[NR_MM_COUNTERS];
	unsigned long		pgtables;	/* pages of page tables; page_table_lock */
	unsigned long		vdso;		/* fixed by exec: where the vDSO's image is, or 0 */
	unsigned long		saved_auxv[AT_VECTOR_SIZE]; /* fixed by exec */
};

#endif
