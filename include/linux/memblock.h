/* SPDX-License-Identifier: MIT */
/*
 * Memory before there is a page allocator: which physical ranges are RAM, which of these
 * are taken. The architecture fills it in; mm_init() hands the rest to the buddy lists.
 */
#ifndef _LINUX_MEMBLOCK_H
#define _LINUX_MEMBLOCK_H

#include <linux/types.h>
#include <linux/cache.h>

#define MEMBLOCK_REGIONS	256

struct memblock_region {
	phys_addr_t base;
	phys_addr_t size;
};

/* Sorted by base; neighbours are merged. One CPU, before interrupts: no lock. */
struct memblock_type {
	unsigned int		cnt;
	phys_addr_t		total_size;
	const char		*name;
	struct memblock_region	regions[MEMBLOCK_REGIONS];
};

struct memblock {
	struct memblock_type memory;
	struct memblock_type reserved;
};
extern struct memblock memblock;

#define MEMBLOCK_ALLOC_ANYWHERE		(~(phys_addr_t)0)
#define MEMBLOCK_ALLOC_ACCESSIBLE	0
#define MEMBLOCK_LOW_LIMIT		0

int memblock_add(phys_addr_t base, phys_addr_t size);
int memblock_reserve(phys_addr_t base, phys_addr_t size);
int memblock_phys_free(phys_addr_t base, phys_addr_t size);
void memblock_free(void *ptr, size_t size);

phys_addr_t memblock_phys_alloc(phys_addr_t size, phys_addr_t align);
phys_addr_t memblock_phys_alloc_range(phys_addr_t size, phys_addr_t align, phys_addr_t start,
				      phys_addr_t end);
void *memblock_alloc(phys_addr_t size, phys_addr_t align);
void *memblock_alloc_raw(phys_addr_t size, phys_addr_t align);

/* Allocations stay below this; the architecture raises it as it maps more memory. */
void memblock_set_current_limit(phys_addr_t limit);

phys_addr_t memblock_phys_mem_size(void);
phys_addr_t memblock_reserved_size(void);
phys_addr_t memblock_end_of_DRAM(void);
bool memblock_is_memory(phys_addr_t addr);
bool memblock_is_reserved(phys_addr_t addr);
bool memblock_is_region_memory(phys_addr_t base, phys_addr_t size);
bool memblock_is_region_reserved(phys_addr_t base, phys_addr_t size);

/* Every RAM region; every piece of RAM that is not reserved. */
void __next_mem_range(u64 *idx, phys_addr_t *start, phys_addr_t *end);
#define for_each_mem_region(region)					\
	for (region = memblock.memory.regions;				\
	     region < memblock.memory.regions + memblock.memory.cnt; region++)
#define for_each_reserved_mem_region(region)				\
	for (region = memblock.reserved.regions;			\
	     region < memblock.reserved.regions + memblock.reserved.cnt; region++)
#define for_each_free_mem_range(i, p_start, p_end)			\
	for (i = 0, __next_mem_range(&i, p_start, p_end); i != ~0ULL;	\
	     __next_mem_range(&i, p_start, p_end))
#define for_each_mem_range(i, p_start, p_end)				\
	for (i = 0; i < memblock.memory.cnt &&				\
	     (*(p_start) = memblock.memory.regions[i].base,		\
	      *(p_end) = *(p_start) + memblock.memory.regions[i].size, true); i++)

#endif
