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
/* Without PRESENT, all other bits are ours: there is a page, for no access at all. */
#define _PAGE_PROTNONE		_PAGE_UL(0x200)
#define _PAGE_NX		_PAGE_UL(0x8000000000000000)
#define PTE_PFN_MASK		_PAGE_UL(0x000ffffffffff000)

#define _KERNPG_TABLE		(_PAGE_PRESENT | _PAGE_RW | _PAGE_ACCESSED | _PAGE_DIRTY)

#define PTRS_PER_TABLE		512

/* A table of user mode's: the leaf alone restricts. */
#define _USERPG_TABLE		(_KERNPG_TABLE | _PAGE_USER)

/* A walk starts at the top table with this shift, and goes down by PT_LEVEL_BITS to PAGE_SHIFT. */
#define PT_TOP_SHIFT		PGDIR_SHIFT
#define PT_LEVEL_BITS		9

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

/* -- Entries of user mode: see <linux/arch.h> -- */
static inline bool pte_none(pte_t pte) { return !pte; }
static inline bool pte_present(pte_t pte)
{
	return pte & (_PAGE_PRESENT | _PAGE_PROTNONE);
}
static inline bool pte_write(pte_t pte) { return pte & _PAGE_RW; }
static inline bool pte_dirty(pte_t pte) { return pte & _PAGE_DIRTY; }
static inline bool pte_young(pte_t pte) { return pte & _PAGE_ACCESSED; }
static inline pte_t pte_wrprotect(pte_t pte) { return pte & ~_PAGE_RW; }
static inline pte_t pte_mkwrite(pte_t pte) { return pte | _PAGE_RW; }
static inline pte_t pte_mkdirty(pte_t pte) { return pte | _PAGE_DIRTY; }
static inline pte_t pte_mkyoung(pte_t pte) { return pte | _PAGE_ACCESSED; }
static inline unsigned long pte_pfn(pte_t pte) { return (pte & PTE_PFN_MASK) >> PAGE_SHIFT; }
static inline pte_t pfn_pte(unsigned long pfn, unsigned long prot)
{
	return ((pte_t)pfn << PAGE_SHIFT) | (prot & supported_pte_mask);
}
/* The same page, other rights; what the CPU has noted stays. */
static inline pte_t pte_modify(pte_t pte, unsigned long prot)
{
	const u64 keep = PTE_PFN_MASK | _PAGE_ACCESSED | _PAGE_DIRTY | _PAGE_PCD | _PAGE_PWT;

	return (pte & keep) | (prot & supported_pte_mask & ~keep);
}
static inline pte_t *pt_table(pte_t entry) { return __va(entry & PTE_PFN_MASK); }
static inline pte_t pt_table_entry(const pte_t *table) { return __pa(table) | _USERPG_TABLE; }

static inline unsigned int pt_index(unsigned long va, unsigned int shift)
{
	return (va >> shift) & (PTRS_PER_TABLE - 1);
}

#endif
#endif
