/* SPDX-License-Identifier: MIT */
/* Memory that is contiguous in addresses only, and mappings of device memory. */
#ifndef _LINUX_VMALLOC_H
#define _LINUX_VMALLOC_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/rbtree.h>
#include <linux/gfp.h>
#include <asm/page.h>

#define VM_IOREMAP		0x00000001	/* device memory */
#define VM_ALLOC		0x00000002	/* vmalloc(): the pages are the area's own */
#define VM_MAP			0x00000004	/* vmap(): the pages are the caller's */
#define VM_NO_GUARD		0x00000040
#define VM_FLUSH_RESET_PERMS	0x00000100	/* no translation outlives vfree(): it may be of code */
#define VM_MAP_PUT_PAGES	0x00000200	/* vfree() of a vmap() area frees the pages */

/* One area. Fixed from creation to removal, but for the links (vmap_lock). */
struct vm_struct {
	struct rb_node	rb_node;	/* by address */
	struct list_head lazy;		/* given up, waiting for a flush */
	void		*addr;
	unsigned long	size;		/* with the guard page */
	unsigned long	flags;
	struct page	**pages;
	unsigned int	nr_pages;
	phys_addr_t	phys_addr;	/* of VM_IOREMAP */
	const void	*caller;
};

void *vmalloc(unsigned long size) __malloc;
void *vzalloc(unsigned long size) __malloc;
void *vmalloc_user(unsigned long size) __malloc;
void *vmalloc_node(unsigned long size, int node) __malloc;
void *vzalloc_node(unsigned long size, int node) __malloc;
void *vmalloc_32(unsigned long size) __malloc;
void *__vmalloc(unsigned long size, gfp_t gfp) __malloc;
void *__vmalloc_node_range(unsigned long size, unsigned long align, unsigned long start,
			   unsigned long end, gfp_t gfp, unsigned int prot,
			   unsigned long vm_flags, const void *caller) __malloc;
void vfree(const void *addr);
void vfree_atomic(const void *addr);

void *vmap(struct page **pages, unsigned int count, unsigned long flags, pgprot_t prot);
void vunmap(const void *addr);
void vm_unmap_aliases(void);

struct vm_struct *find_vm_area(const void *addr);
unsigned long vmalloc_nr_pages(void);

/* Module code and data: mapped writable first; linux/set_memory.h then closes it. */
void *module_alloc(unsigned long size);
void module_memfree(void *region);

#endif
