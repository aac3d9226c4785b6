/* SPDX-License-Identifier: MIT */
/*
 * Device registers and firmware's memory, mapped into an area of their own.
 *
 * The page tables say "uncached" and nothing else: write combining is a promise that may
 * be kept by plain uncached writes, which are only slower.
 */
#include <linux/arch.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/vmalloc.h>
#include "internals.h"

static void *map_device(phys_addr_t pa, unsigned long size, unsigned int prot, const void *caller)
{
	unsigned long offset = offset_in_page(pa), len = PAGE_ALIGN(size + offset);
	struct vm_struct *area;

	if (!size || pa + size - 1 < pa)
		return NULL;
	area = vmap_get_area(len, 1, VM_IOREMAP, VMALLOC_START, VMALLOC_END,
			     caller);
	if (!area)
		return NULL;
	area->phys_addr = pa - offset;
	if (arch_map_kernel((unsigned long)area->addr, pa - offset, len, prot)) {
		vmap_release(area->addr, VM_IOREMAP, "iounmap");
		return NULL;
	}
	return area->addr + offset;
}

/**
 * ioremap - map device registers, uncached
 * @pa: bus address; need not be page aligned
 * @size: bytes
 *
 * Context: process, may sleep. Return: where they are mapped; NULL when @size is 0, the
 * range is RAM (which others have mapped cached; said in the log), or memory is short.
 */
void __iomem *ioremap(resource_size_t pa, unsigned long size)
{
	might_sleep();
	if (WARN_ONCE(memblock_is_memory(pa), "ioremap of RAM at %#llx\n", pa))
		return NULL;
	return map_device(pa, size, ARCH_MAP_READ | ARCH_MAP_WRITE | ARCH_MAP_UNCACHED, __builtin_return_address(0));
}
EXPORT_SYMBOL(ioremap);

void __iomem *ioremap_wc(resource_size_t pa, unsigned long size)
{
	return ioremap(pa, size);
}
EXPORT_SYMBOL(ioremap_wc);

/* ioremap_cache - memory that is not the kernel's, such as firmware tables; cached */
void __iomem *ioremap_cache(resource_size_t pa, unsigned long size)
{
	might_sleep();
	return map_device(pa, size, ARCH_MAP_READ | ARCH_MAP_WRITE, __builtin_return_address(0));
}
EXPORT_SYMBOL(ioremap_cache);

/* iounmap - undo ioremap(); any address in the first page does. Process context. */
void iounmap(volatile void __iomem *addr)
{
	if (addr)
		vmap_release((void *)((unsigned long)addr & PAGE_MASK), VM_IOREMAP, "iounmap");
}
EXPORT_SYMBOL(iounmap);

/* memremap - RAM by its direct mapping, anything else mapped as @flags asks */
void *memremap(resource_size_t pa, size_t size, unsigned long flags)
{
	if (memblock_is_region_memory(pa, size))
		return __va(pa);
	return flags & MEMREMAP_WB ? ioremap_cache(pa, size) : ioremap(pa, size);
}
EXPORT_SYMBOL(memremap);

void memunmap(void *addr)
{
	if (is_vmalloc_addr(addr))
		iounmap(addr);
}
EXPORT_SYMBOL(memunmap);
