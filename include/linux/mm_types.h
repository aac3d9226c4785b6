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

/* A range of a user address space; what file_operations.mmap is given. */
struct vm_area_struct {
	unsigned long		vm_start;
	unsigned long		vm_end;		/* first byte after it */
	struct mm_struct	*vm_mm;
	pgprot_t		vm_page_prot;
	unsigned long		vm_flags;
	const struct vm_operations_struct *vm_ops;
	unsigned long		vm_pgoff;
	struct file		*vm_file;
	void			*vm_private_data;
};

#endif
