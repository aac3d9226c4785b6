/* SPDX-License-Identifier: MIT */
/*
 * Pages and the map of kernel virtual addresses (x86-64, four levels).
 *
 *	0000000000000000 - 00007fffffffffff	user space; empty in kernel tasks, so NULL faults
 *	ffff888000000000 - ffffc87fffffffff	all of RAM, one to one (direct map)
 *	ffffc90000000000 - ffffc9ffffffffff	vmalloc() and ioremap()
 *	ffffea0000000000 - ffffeaffffffffff	struct page array, mapped only where there is RAM
 *	ffffffff80000000 - ffffffff9fffffff	the image, linked 2 MiB up
 *	ffffffffa0000000 - ffffffffbfffffff	modules: within 2 GiB of the image
 */
#ifndef _ASM_X86_PAGE_H
#define _ASM_X86_PAGE_H

#define PAGE_SHIFT		12
#define PMD_SHIFT		21
#define PUD_SHIFT		30
#define PGDIR_SHIFT		39

#ifdef __ASSEMBLER__
#define _PAGE_UL(x)		x
#else
#define _PAGE_UL(x)		x##UL
#endif

#define PAGE_SIZE		(_PAGE_UL(1) << PAGE_SHIFT)
#define PAGE_MASK		(~(PAGE_SIZE - 1))
#define PMD_SIZE		(_PAGE_UL(1) << PMD_SHIFT)
#define PMD_MASK		(~(PMD_SIZE - 1))
#define PUD_SIZE		(_PAGE_UL(1) << PUD_SHIFT)
#define PUD_MASK		(~(PUD_SIZE - 1))
#define PGDIR_SIZE		(_PAGE_UL(1) << PGDIR_SHIFT)

#define PAGE_OFFSET		_PAGE_UL(0xffff888000000000)
#define DIRECT_MAP_END		_PAGE_UL(0xffffc88000000000)
#define VMALLOC_START		_PAGE_UL(0xffffc90000000000)
#define VMALLOC_END		_PAGE_UL(0xffffca0000000000)
#define VMEMMAP_START		_PAGE_UL(0xffffea0000000000)
#define VMEMMAP_END		_PAGE_UL(0xffffeb0000000000)
#define START_KERNEL_map	_PAGE_UL(0xffffffff80000000)
#define __START_KERNEL_map	START_KERNEL_map
#define KERNEL_LOAD_ADDR	_PAGE_UL(0x200000)	/* physical, unless moved */
#define KERNEL_LINK_ADDR	(START_KERNEL_map + KERNEL_LOAD_ADDR)
#define KERNEL_IMAGE_SIZE	_PAGE_UL(0x1fe00000)
#define MODULES_VADDR		_PAGE_UL(0xffffffffa0000000)
#define MODULES_END		_PAGE_UL(0xffffffffc0000000)
#define MODULES_LEN		(MODULES_END - MODULES_VADDR)

#ifndef __ASSEMBLER__
#include <linux/types.h>
#include <linux/compiler.h>

struct page;

/* How far from its linked physical address the image was loaded. Fixed before any C runs. */
extern unsigned long phys_base;

/* Physical address of a direct-map or image address; one add either way. */
static __always_inline unsigned long __phys_addr(unsigned long va)
{
	unsigned long off = va - START_KERNEL_map;

	/* Only image addresses do not wrap below zero. */
	return off + (va > off ? phys_base : START_KERNEL_map - PAGE_OFFSET);
}

#define __pa(x)			__phys_addr((unsigned long)(x))
#define __pa_symbol(x)		((unsigned long)(x) - START_KERNEL_map + phys_base)
#define __va(x)			((void *)((unsigned long)(x) + PAGE_OFFSET))

#define vmemmap			((struct page *)VMEMMAP_START)
#define pfn_to_page(pfn)	(vmemmap + (pfn))
#define page_to_pfn(page)	((unsigned long)((page) - vmemmap))
#define virt_to_page(kaddr)	pfn_to_page(__pa(kaddr) >> PAGE_SHIFT)

/* Whole pages, as the CPU does them best: Intel's Optimization Manual, "REP MOVSB and STOSB". */
static __always_inline void clear_page(void *page)
{
	unsigned long n = PAGE_SIZE / 8;

	__asm__ __volatile__("rep stosq" : "+D"(page), "+c"(n) : "a"(0L) : "memory");
}

static __always_inline void copy_page(void *to, const void *from)
{
	unsigned long n = PAGE_SIZE / 8;

	__asm__ __volatile__("rep movsq" : "+D"(to), "+S"(from), "+c"(n) : : "memory");
}

#endif
#endif
