/* SPDX-License-Identifier: MIT */
/*
 * Page-table entries. Intel SDM Vol. 3, "Paging", "4-Level Paging and 5-Level Paging".
 *
 * The four levels share one entry format, so one type serves all of them.
 */
#ifndef _ASM_X86_PGTABLE_H
#define _ASM_X86_PGTABLE_H

#include <asm/page.h>

#define _PAGE_PRESENT		_PAGE_UL(0x001)
#define _PAGE_RW		_PAGE_UL(0x002)
#define _PAGE_USER		_PAGE_UL(0x004)
#define _PAGE_PWT		_PAGE_UL(0x008)
#define _PAGE_PCD		_PAGE_UL(0x010)
#define _PAGE_ACCESSED		_PAGE_UL(0x020)
#define _PAGE_DIRTY		_PAGE_UL(0x040)
#define _PAGE_PSE		_PAGE_UL(0x080)	/* levels 2 and 3: maps a 2 MiB or 1 GiB page */
#define _PAGE_GLOBAL		_PAGE_UL(0x100)
#define _PAGE_NX		_PAGE_UL(0x8000000000000000)
#define PTE_PFN_MASK		_PAGE_UL(0x000ffffffffff000)

#define _KERNPG_TABLE		(_PAGE_PRESENT | _PAGE_RW | _PAGE_ACCESSED | _PAGE_DIRTY)

#define PTRS_PER_TABLE		512

#ifndef __ASSEMBLER__
#include <linux/types.h>

typedef u64 pte_t;

/* The kernel's top-level table. Its upper half is the same for every address space. */
extern pte_t *kernel_pgd;
/* Attribute bits this CPU lacks (NX, GLOBAL) are taken out of every entry. */
extern u64 supported_pte_mask;

int kernel_map_pages(unsigned long va, phys_addr_t pa, unsigned long size, unsigned int prot,
		     unsigned int max_shift);
int kernel_reserve_top(unsigned long va);
pte_t *lookup_address(unsigned long va, unsigned int *shift);

void kernel_map_init(void);
void *map_phys_readonly(phys_addr_t pa, size_t size);

static inline unsigned int pt_index(unsigned long va, unsigned int shift)
{
	return (va >> shift) & (PTRS_PER_TABLE - 1);
}

#endif
#endif
