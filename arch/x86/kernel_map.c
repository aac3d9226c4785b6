/* SPDX-License-Identifier: MIT */
/*
 * What is mapped for good: RAM one to one, and the image, each page of which may be written
 * or executed, but not both, through no address.
 */
#include <linux/arch.h>
#include <linux/init.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/poison.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <asm/cpufeature.h>
#include <asm/desc.h>
#include <asm/msr.h>
#include <asm/pgtable.h>
#include <asm/sections.h>

#define R	ARCH_MAP_READ
#define RW	(ARCH_MAP_READ | ARCH_MAP_WRITE)
#define RX	(ARCH_MAP_READ | ARCH_MAP_EXEC)

/* The early tables reach this far: what is allocated before the switch lies below. */
#define EARLY_MAP_END	(4UL << 30)

/* The image, piece by piece. What lies between two pieces is not mapped. */
static const struct {
	char		*start, *end;
	unsigned int	prot;
} image[] __initconst = {
	{ _text,		_etext,			RX },
	{ __start_rodata,	__end_rodata,		R },
	{ _sinittext,		_einittext,		RX },
	{ _sdata,		init_stack_guard,	RW },
	{ init_stack,		_end,			RW },
};

/* Regions whose top-level entries must exist before an address space copies them. */
static const struct {
	unsigned long start, size;
} regions[] __initconst = {
	{ VMALLOC_START,	VMALLOC_END - VMALLOC_START },
	{ VMEMMAP_START,	VMEMMAP_END - VMEMMAP_START },
	{ CPU_STACKS_BASE,	1 },
	{ START_KERNEL_map,	1 },
};

static void __init must(int ret)
{
	if (!ret)
		return;
	pr_emerg("x86: no memory for the kernel's page tables\n");
	arch_cpu_halt_forever();
}

static void __init map_ram(void)
{
	unsigned int max_shift = boot_cpu_has(X86_FEATURE_GBPAGES) ? PUD_SHIFT : PMD_SHIFT;
	phys_addr_t start, end;
	u64 i;

	for_each_mem_range(i, &start, &end)
		must(kernel_map_pages((unsigned long)__va(start), start, end - start, RW,
				      max_shift));
}

static void __init map_image(void)
{
	unsigned long start, end;
	size_t i;

	for (i = 0; i < sizeof(image) / sizeof(image[0]); i++) {
		start = (unsigned long)image[i].start;
		end = PAGE_ALIGN((unsigned long)image[i].end);
		must(arch_map_kernel(start, __pa_symbol(start), end - start, image[i].prot));
	}
}

/* What may not be written at its linked address may not be written through the direct map. */
static int protect_alias(const char *start, const char *end, unsigned int prot)
{
	return arch_protect_kernel((unsigned long)__va(__pa_symbol(start)),
				   PAGE_ALIGN((unsigned long)end) - (unsigned long)start, prot);
}

static void __init enable_paging_features(void)
{
	if (boot_cpu_has(X86_FEATURE_NX))
		wrmsrl(MSR_EFER, __rdmsr(MSR_EFER) | EFER_NX);
	else
		supported_pte_mask &= ~_PAGE_NX;
	if (boot_cpu_has(X86_FEATURE_PGE))
		write_cr4(read_cr4() | X86_CR4_PGE);
	else
		supported_pte_mask &= ~_PAGE_GLOBAL;
}

/**
 * kernel_map_init - build the final page tables and switch to them
 *
 * Context: setup_arch(), once memblock knows the RAM. Afterwards memblock may hand out all of
 * it, and address 0 and its neighbourhood are not mapped any more.
 */
void __init kernel_map_init(void)
{
	unsigned long off;
	size_t i;

	enable_paging_features();
	memblock_set_current_limit(EARLY_MAP_END);
	kernel_pgd = memblock_alloc(PAGE_SIZE, PAGE_SIZE);
	must(!kernel_pgd);

	map_ram();
	map_image();
	for (i = 0; i < sizeof(regions) / sizeof(regions[0]); i++)
		for (off = 0; off < regions[i].size; off += PGDIR_SIZE)
			must(kernel_reserve_top(regions[i].start + off));
	must(protect_alias(_text, _einittext, R));

	init_mm.pgd = kernel_pgd;
	write_cr3(__pa(kernel_pgd));
	memblock_set_current_limit(MEMBLOCK_ALLOC_ANYWHERE);
	pr_info("x86: %llu MiB of RAM mapped with %s pages%s\n", memblock_phys_mem_size() >> 20,
		boot_cpu_has(X86_FEATURE_GBPAGES) ? "1 GiB" : "2 MiB",
		boot_cpu_has(X86_FEATURE_NX) ? "" : "; this CPU has no NX");
}

/**
 * map_phys_readonly - look at memory that is not RAM but not a device either
 * @pa: physical address of a firmware table, say
 * @size: bytes
 *
 * Maps it where the direct map has its place, for good. What is RAM is mapped already.
 *
 * Context: boot. Return: its address; NULL without memory for page tables.
 */
void * __init map_phys_readonly(phys_addr_t pa, size_t size)
{
	phys_addr_t page = pa & PAGE_MASK, end = PAGE_ALIGN(pa + size);

	if (end < pa || end > DIRECT_MAP_END - PAGE_OFFSET)
		return NULL;
	for (; page < end; page += PAGE_SIZE) {
		unsigned long va = (unsigned long)__va(page);

		if (arch_kernel_pa(va) == (phys_addr_t)-1 && arch_map_kernel(va, page, PAGE_SIZE, R))
			return NULL;
	}
	return __va(pa);
}

/* See <linux/arch.h>. Context: process, at the end of boot. */
void mark_rodata_ro(void)
{
	unsigned long start = (unsigned long)__start_ro_after_init;
	unsigned long size = __end_ro_after_init - __start_ro_after_init;

	if (arch_protect_kernel(start, size, R) ||
	    protect_alias(__start_ro_after_init, __end_ro_after_init, R))
		pr_warn("x86: boot-time data stays writable\n");
}

/* See <linux/arch.h>. Context: process, at the end of boot. Calls of __init code then fault. */
void free_initmem(void)
{
	unsigned long start = (unsigned long)__init_begin, end = (unsigned long)__init_end;

	arch_unmap_kernel(start, end - start);
	arch_flush_kernel_range(start, end);
	if (protect_alias(__init_begin, __init_end, RW))
		return;
	free_reserved_area(__va(__pa_symbol(start)), __va(__pa_symbol(end)), POISON_FREE_INITMEM,
			   "boot-time code and data");
}
