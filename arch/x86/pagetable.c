/* SPDX-License-Identifier: MIT */
/*
 * Kernel page tables: the direct map, the image, and whatever is mapped later.
 *
 * Four levels of one entry format, walked by one loop. There is one set of tables for all
 * tasks; the top-level entries of every region are made at boot and never change, so that
 * an address space that copies them sees later mappings too. Tables are never freed.
 * Intel SDM Vol. 3, "Paging", "Invalidation of TLBs and Paging-Structure Caches".
 */
#include <linux/arch.h>
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <asm/cpufeature.h>
#include <asm/desc.h>
#include <asm/hw_irq.h>
#include <asm/msr.h>
#include <asm/pgtable.h>
#include <asm/sections.h>

/* Shift of the address bits that a level's index is taken from. */
#define LEVEL_PTE	PAGE_SHIFT
#define LEVEL_PMD	PMD_SHIFT
#define LEVEL_PUD	PUD_SHIFT
#define LEVEL_PGD	PGDIR_SHIFT
#define BITS_PER_LEVEL	9

/* More pages than this, and flushing everything is cheaper than page by page. */
#define FLUSH_SINGLE_MAX	32

pte_t *kernel_pgd __ro_after_init;
u64 supported_pte_mask __ro_after_init = ~0ULL;

/*
 * Taken to put a new table in place and to split a large page. Leaf entries need no lock: whoever
 * owns a range of addresses is alone in changing it.
 */
static DEFINE_RAW_SPINLOCK(table_lock);

static pte_t *table_of(pte_t entry)
{
	return __va(entry & PTE_PFN_MASK);
}

static bool is_leaf(pte_t entry, unsigned int shift)
{
	return shift == LEVEL_PTE || (entry & _PAGE_PSE);
}

/* A zeroed page, from whatever there is to allocate from at this stage of the boot. */
static pte_t *alloc_table(void)
{
	if (!slab_is_available())
		return memblock_alloc(PAGE_SIZE, PAGE_SIZE);
	return (pte_t *)get_zeroed_page(GFP_ATOMIC);
}

static void free_table(pte_t *table)
{
	if (slab_is_available())
		free_page((unsigned long)table);
	else
		memblock_free(table, PAGE_SIZE);
}

static u64 prot_to_flags(unsigned int prot)
{
	u64 flags = _PAGE_PRESENT | _PAGE_ACCESSED | _PAGE_GLOBAL | _PAGE_NX;

	if (prot & ARCH_MAP_WRITE)
		flags |= _PAGE_RW | _PAGE_DIRTY;
	if (prot & ARCH_MAP_EXEC)
		flags &= ~_PAGE_NX;
	if (prot & ARCH_MAP_UNCACHED)
		flags |= _PAGE_PCD | _PAGE_PWT;		/* PAT entry 3: UC, as after reset */
	return flags & supported_pte_mask;
}

/* Replace what *@entry said when it was @old by @table, unless another CPU was first. */
static void install_table(pte_t *entry, pte_t old, pte_t *table)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&table_lock, flags);
	if (READ_ONCE(*entry) == old) {
		/* A walker on another CPU must find the new table filled. */
		smp_store_release(entry, __pa(table) | _KERNPG_TABLE);
		table = NULL;
	}
	raw_spin_unlock_irqrestore(&table_lock, flags);
	if (table)
		free_table(table);
}

/* Make the large page that *@entry (a level with @shift) maps into a table of smaller ones. */
static int split_leaf(pte_t *entry, pte_t old, unsigned int shift)
{
	unsigned int i, below = shift - BITS_PER_LEVEL;
	pte_t small = old, *table = alloc_table();

	if (!table)
		return -ENOMEM;
	if (below == LEVEL_PTE)
		small &= ~_PAGE_PSE;
	for (i = 0; i < PTRS_PER_TABLE; i++)
		table[i] = small + ((u64)i << below);
	install_table(entry, old, table);
	return 0;
}

/*
 * The entry of @va at the level with @shift; tables on the way are made and larger pages
 * split. NULL without memory for that.
 */
static pte_t *walk_alloc(unsigned long va, unsigned int shift)
{
	unsigned int level = LEVEL_PGD;
	pte_t *entry = &kernel_pgd[pt_index(va, level)];

	while (level > shift) {
		pte_t old = READ_ONCE(*entry), *table;

		if (!(old & _PAGE_PRESENT)) {
			table = alloc_table();
			if (!table)
				return NULL;
			install_table(entry, old, table);
		} else if (is_leaf(old, level)) {
			if (split_leaf(entry, old, level))
				return NULL;
		}
		level -= BITS_PER_LEVEL;
		entry = &table_of(READ_ONCE(*entry))[pt_index(va, level)];
	}
	return entry;
}

/**
 * kernel_reserve_top - make the top-level entry of @va, so that it never changes again
 * @va: an address in the 512 GiB that the entry covers
 *
 * Context: boot. Return: 0; -ENOMEM.
 */
int __init kernel_reserve_top(unsigned long va)
{
	return walk_alloc(va, LEVEL_PUD) ? 0 : -ENOMEM;
}

/**
 * lookup_address - the page-table entry that maps an address
 * @va: a kernel address
 * @shift: set to the log2 of the page's size, or of the hole's when nothing maps @va
 *
 * Context: any; takes no lock. Return: the entry, or NULL.
 */
pte_t *lookup_address(unsigned long va, unsigned int *shift)
{
	unsigned int level = LEVEL_PGD;
	pte_t *entry = &kernel_pgd[pt_index(va, level)];

	for (;;) {
		pte_t e = READ_ONCE(*entry);

		*shift = level;
		if (!(e & _PAGE_PRESENT))
			return NULL;
		if (is_leaf(e, level))
			return entry;
		level -= BITS_PER_LEVEL;
		entry = &table_of(e)[pt_index(va, level)];
	}
}

static bool is_kernel_address(unsigned long va)
{
	return va >= PAGE_OFFSET;
}

/* The largest page, up to @max_shift, that fits at @va, @pa and in @size. */
static unsigned int best_shift(unsigned long va, phys_addr_t pa, unsigned long size,
			       unsigned int max_shift)
{
	unsigned int shift = max_shift;

	while (((va | pa) & ((1UL << shift) - 1)) || size < 1UL << shift)
		shift -= BITS_PER_LEVEL;
	return shift;
}

/**
 * kernel_map_pages - map a range with pages as large as fit
 * @va: first address
 * @pa: where it goes; like @va and @size a multiple of the page size
 * @size: bytes
 * @prot: ARCH_MAP_*
 * @max_shift: PAGE_SHIFT, PMD_SHIFT or PUD_SHIFT: no larger pages than these
 *
 * Context: whoever owns the range; any CPU. Return: 0; -ENOMEM.
 */
int kernel_map_pages(unsigned long va, phys_addr_t pa, unsigned long size, unsigned int prot,
		     unsigned int max_shift)
{
	u64 flags = prot_to_flags(prot);
	unsigned int shift;
	pte_t *entry;

	for (; size; size -= 1UL << shift, va += 1UL << shift, pa += 1UL << shift) {
		shift = best_shift(va, pa, size, max_shift);
		entry = walk_alloc(va, shift);
		/* A table stays, empty as it may be: other CPUs' walks may have it cached. */
		while (entry && (*entry & _PAGE_PRESENT) && !is_leaf(*entry, shift)) {
			shift -= BITS_PER_LEVEL;
			entry = walk_alloc(va, shift);
		}
		if (!entry)
			return -ENOMEM;
		WRITE_ONCE(*entry, pa | flags | (shift > LEVEL_PTE ? _PAGE_PSE : 0));
	}
	return 0;
}

/* See <linux/arch.h>. */
int arch_map_kernel(unsigned long va, phys_addr_t pa, unsigned long size, unsigned int prot)
{
	return kernel_map_pages(va, pa, size, prot, PMD_SHIFT);
}

/*
 * The entry that maps @va with a page that begins there and does not reach beyond @end; a larger
 * page is split. NULL when nothing maps @va, ERR_PTR(-ENOMEM) without memory to split.
 */
static pte_t *leaf_within(unsigned long va, unsigned long end, unsigned int *shift)
{
	pte_t *entry;

	while ((entry = lookup_address(va, shift))) {
		if (!(va & ((1UL << *shift) - 1)) && end - va >= 1UL << *shift)
			return entry;
		if (!walk_alloc(va, *shift - BITS_PER_LEVEL))
			return ERR_PTR(-ENOMEM);
	}
	return NULL;
}

/* See <linux/arch.h>. Pages that are not mapped are no fault. */
void arch_unmap_kernel(unsigned long va, unsigned long size)
{
	unsigned long end = va + size, last;
	unsigned int shift;
	pte_t *entry;

	while (va != end) {
		entry = leaf_within(va, end, &shift);
		if (WARN_ON_ONCE(IS_ERR(entry)))
			return;
		if (entry)
			WRITE_ONCE(*entry, 0);
		/* Over a hole in one step, but not beyond the end, which may be address 0. */
		last = va | ((1UL << shift) - 1);
		va = last < end - 1 ? last + 1 : end;
	}
}

/* Give the pages of a range new flags; -EFAULT when one is not mapped. No flush. */
static int protect_range(unsigned long va, unsigned long size, u64 flags)
{
	const u64 keep = PTE_PFN_MASK | _PAGE_PSE | _PAGE_PCD | _PAGE_PWT;
	unsigned long end = va + size;
	unsigned int shift;
	pte_t *entry;

	for (; va != end; va += 1UL << shift) {
		entry = leaf_within(va, end, &shift);
		if (IS_ERR(entry))
			return PTR_ERR(entry);
		if (!entry)
			return -EFAULT;
		WRITE_ONCE(*entry, (*entry & keep) | flags);
	}
	return 0;
}

/**
 * arch_protect_kernel - change the protection of mapped pages and flush them everywhere
 * @va: first page
 * @size: bytes, whole pages
 * @prot: ARCH_MAP_*; whether they are cached stays as it is
 *
 * Context: process, interrupts on once other CPUs run.
 * Return: 0; -EFAULT a page is not mapped; -ENOMEM no table to split a large page.
 */
int arch_protect_kernel(unsigned long va, unsigned long size, unsigned int prot)
{
	int ret = protect_range(va, size, prot_to_flags(prot & ~ARCH_MAP_UNCACHED));

	arch_flush_kernel_range(va, va + size);
	return ret;
}

struct flush_range {
	unsigned long start, end;
};

/* Changing CR4.PGE drops all translations, the global ones too; without it none is global. */
static void flush_all_local(void)
{
	unsigned long flags, cr4;

	if (!boot_cpu_has(X86_FEATURE_PGE)) {
		write_cr3(read_cr3());
		return;
	}
	local_irq_save(flags);
	cr4 = read_cr4();
	write_cr4(cr4 ^ X86_CR4_PGE);
	write_cr4(cr4);
	local_irq_restore(flags);
}

static void flush_local(void *info)
{
	const struct flush_range *range = info;
	unsigned long va;

	if (in_hardirq())	/* another CPU's message */
		inc_irq_stat(irq_tlb_count);
	if ((range->end - range->start) >> PAGE_SHIFT > FLUSH_SINGLE_MAX) {
		flush_all_local();
		return;
	}
	for (va = range->start; va < range->end; va += PAGE_SIZE)
		__asm__ __volatile__("invlpg (%0)" : : "r" (va) : "memory");
}

/* See <linux/arch.h>. Context: process, interrupts on once other CPUs run; waits for them. */
void arch_flush_kernel_range(unsigned long start, unsigned long end)
{
	struct flush_range range = { start, end };

	if (num_online_cpus() > 1)
		on_each_cpu(flush_local, &range, 1);
	else
		flush_local(&range);
}

/* See <linux/arch.h>. Context: any; takes no lock. */
phys_addr_t arch_kernel_pa(unsigned long va)
{
	unsigned int shift;
	pte_t *entry;

	if (!is_kernel_address(va))
		return (phys_addr_t)-1;
	entry = lookup_address(va, &shift);
	if (!entry)
		return (phys_addr_t)-1;
	return (READ_ONCE(*entry) & PTE_PFN_MASK & ~((1UL << shift) - 1)) |
	       (va & ((1UL << shift) - 1));
}
