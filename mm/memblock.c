/* SPDX-License-Identifier: MIT */
/*
 * Memory at boot: two sorted tables of physical ranges, RAM and what of it is taken.
 *
 * Ranges that touch or overlap are one, so that firmware may describe the same memory
 * twice or in any order. One CPU runs and nothing interrupts it: there is no lock. The
 * tables stay after boot as the record of where RAM is; nothing changes them then.
 */
#include <linux/memblock.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/string.h>

struct memblock memblock = {
	.memory.name	= "memory",
	.reserved.name	= "reserved",
};

/* Allocations end below this: what the page tables of the moment can reach. */
static phys_addr_t current_limit = MEMBLOCK_ALLOC_ANYWHERE;

static phys_addr_t region_end(const struct memblock_region *r)
{
	return r->base + r->size;
}

static phys_addr_t range_end(phys_addr_t base, phys_addr_t size)
{
	return size > ~(phys_addr_t)0 - base ? ~(phys_addr_t)0 : base + size;
}

static int make_room(struct memblock_type *type, unsigned int at)
{
	if (type->cnt == MEMBLOCK_REGIONS) {
		pr_err("memblock: more than %d %s ranges\n", MEMBLOCK_REGIONS, type->name);
		return -ENOSPC;
	}
	memmove(&type->regions[at + 1], &type->regions[at],
		(type->cnt - at) * sizeof(type->regions[0]));
	type->cnt++;
	return 0;
}

static void drop_regions(struct memblock_type *type, unsigned int at, unsigned int n)
{
	memmove(&type->regions[at], &type->regions[at + n],
		(type->cnt - at - n) * sizeof(type->regions[0]));
	type->cnt -= n;
}

/* First region that ends at or after @addr. */
static unsigned int first_touching(const struct memblock_type *type, phys_addr_t addr)
{
	unsigned int i = 0;

	while (i < type->cnt && region_end(&type->regions[i]) < addr)
		i++;
	return i;
}

static int add_range(struct memblock_type *type, phys_addr_t base, phys_addr_t size)
{
	phys_addr_t end = range_end(base, size);
	unsigned int first = first_touching(type, base), last = first;
	phys_addr_t had = 0;
	int err;

	if (end == base)
		return 0;
	for (; last < type->cnt && type->regions[last].base <= end; last++) {
		had += type->regions[last].size;
		base = min(base, type->regions[last].base);
		end = max(end, region_end(&type->regions[last]));
	}
	if (last == first) {
		err = make_room(type, first);
		if (err)
			return err;
	} else {
		drop_regions(type, first + 1, last - first - 1);
	}
	type->regions[first].base = base;
	type->regions[first].size = end - base;
	type->total_size += end - base - had;
	return 0;
}

static int remove_range(struct memblock_type *type, phys_addr_t base, phys_addr_t size)
{
	phys_addr_t end = range_end(base, size);
	unsigned int i = 0;

	while (i < type->cnt) {
		struct memblock_region *r = &type->regions[i];
		phys_addr_t rbase = r->base, rend = region_end(r);
		phys_addr_t lo = max(rbase, base), hi = min(rend, end);

		if (lo >= hi) {
			i++;
			continue;
		}
		if (lo > rbase && hi < rend) {	/* a hole: two regions from one */
			int err = make_room(type, i + 1);

			if (err)
				return err;
			r[1].base = hi;
			r[1].size = rend - hi;
			r->size = lo - rbase;
			i += 2;
		} else if (lo > rbase) {
			r->size = lo - rbase;
			i++;
		} else if (hi < rend) {
			r->base = hi;
			r->size = rend - hi;
			i++;
		} else {
			drop_regions(type, i, 1);
		}
		type->total_size -= hi - lo;
	}
	return 0;
}

/**
 * memblock_add - say that a range is RAM
 * @base: physical address
 * @size: bytes; a range that wraps is cut at the end of the address space
 *
 * Context: boot. Return: 0; -ENOSPC when the table is full (said in the log), and the
 * range is then not used.
 */
int memblock_add(phys_addr_t base, phys_addr_t size)
{
	return add_range(&memblock.memory, base, size);
}

/**
 * memblock_reserve - keep a range from being allocated, now and by the page allocator
 * @base: physical address
 * @size: bytes; need not be RAM
 *
 * Context: boot. Return: 0; -ENOSPC when the table is full (said in the log).
 */
int memblock_reserve(phys_addr_t base, phys_addr_t size)
{
	return add_range(&memblock.reserved, base, size);
}

/* memblock_phys_free - undo memblock_reserve() or memblock_phys_alloc() */
int memblock_phys_free(phys_addr_t base, phys_addr_t size)
{
	return remove_range(&memblock.reserved, base, size);
}

void memblock_free(void *ptr, size_t size)
{
	if (ptr)
		memblock_phys_free(__pa(ptr), size);
}

/* The highest free place for @size bytes in [lo, hi), or 0. */
static phys_addr_t find_in(phys_addr_t lo, phys_addr_t hi, phys_addr_t size, phys_addr_t align)
{
	const struct memblock_type *res = &memblock.reserved;
	phys_addr_t top = hi;
	int i;

	for (i = (int)res->cnt - 1; i >= -1; i--) {
		phys_addr_t gap_lo = i < 0 ? lo : max(lo, region_end(&res->regions[i]));
		phys_addr_t gap_hi = min(hi, top);

		if (gap_hi > gap_lo && gap_hi - gap_lo >= size) {
			phys_addr_t at = (gap_hi - size) & ~(align - 1);

			if (at >= gap_lo)
				return at;
		}
		if (i >= 0)
			top = res->regions[i].base;
	}
	return 0;
}

/**
 * memblock_phys_alloc_range - take RAM from a window of addresses, highest first
 * @size: bytes
 * @align: a power of two, or 0 for a cache line
 * @start: lowest address; page 0 is never given out
 * @end: the range ends at or before this, or MEMBLOCK_ALLOC_ACCESSIBLE
 *
 * Context: boot, before mm_init(). Return: the physical address; 0 when there is none.
 */
phys_addr_t memblock_phys_alloc_range(phys_addr_t size, phys_addr_t align, phys_addr_t start,
				      phys_addr_t end)
{
	int i;

	align = max_t(phys_addr_t, align, SMP_CACHE_BYTES);
	start = max_t(phys_addr_t, start, PAGE_SIZE);
	if (end == MEMBLOCK_ALLOC_ACCESSIBLE || end > current_limit)
		end = current_limit;
	if (!size)
		return 0;

	for (i = (int)memblock.memory.cnt - 1; i >= 0; i--) {
		const struct memblock_region *r = &memblock.memory.regions[i];
		phys_addr_t lo = max(r->base, start), hi = min(region_end(r), end);
		phys_addr_t at = lo < hi ? find_in(lo, hi, size, align) : 0;

		if (at)
			return memblock_reserve(at, size) ? 0 : at;
	}
	return 0;
}

phys_addr_t memblock_phys_alloc(phys_addr_t size, phys_addr_t align)
{
	return memblock_phys_alloc_range(size, align, 0, MEMBLOCK_ALLOC_ACCESSIBLE);
}

/**
 * memblock_alloc_raw - take RAM and return where the direct map shows it
 * @size: bytes
 * @align: a power of two, or 0 for a cache line
 *
 * Context: boot, before mm_init(). Return: the memory, with whatever is in it; NULL when
 * there is none. memblock_alloc() is the same, zeroed; memblock_alloc_low() below 4 GiB.
 */
void *memblock_alloc_raw(phys_addr_t size, phys_addr_t align)
{
	phys_addr_t pa = memblock_phys_alloc(size, align);

	return pa ? __va(pa) : NULL;
}

void *memblock_alloc(phys_addr_t size, phys_addr_t align)
{
	void *p = memblock_alloc_raw(size, align);

	return p ? memset(p, 0, size) : NULL;
}

void memblock_set_current_limit(phys_addr_t limit)
{
	current_limit = limit;
}

/* -- Questions ---------------------------------------------------------------------- */

/* The region that @addr is in, by halving the sorted table. */
static const struct memblock_region *find_region(const struct memblock_type *type, phys_addr_t addr)
{
	unsigned int lo = 0, hi = type->cnt;

	while (lo < hi) {
		unsigned int mid = (lo + hi) / 2;
		const struct memblock_region *r = &type->regions[mid];

		if (addr < r->base)
			hi = mid;
		else if (addr >= region_end(r))
			lo = mid + 1;
		else
			return r;
	}
	return NULL;
}

phys_addr_t memblock_phys_mem_size(void)
{
	return memblock.memory.total_size;
}

phys_addr_t memblock_reserved_size(void)
{
	return memblock.reserved.total_size;
}

phys_addr_t memblock_end_of_DRAM(void)
{
	return memblock.memory.cnt ? region_end(&memblock.memory.regions[memblock.memory.cnt - 1]) : 0;
}

bool memblock_is_memory(phys_addr_t addr)
{
	return find_region(&memblock.memory, addr);
}

bool memblock_is_reserved(phys_addr_t addr)
{
	return find_region(&memblock.reserved, addr);
}

/* All of [base, base + size) is RAM. */
bool memblock_is_region_memory(phys_addr_t base, phys_addr_t size)
{
	const struct memblock_region *r = find_region(&memblock.memory, base);

	return r && region_end(r) - base >= size;
}

/* Some of [base, base + size) is reserved. */
bool memblock_is_region_reserved(phys_addr_t base, phys_addr_t size)
{
	unsigned int i = first_touching(&memblock.reserved, base + 1);

	return i < memblock.reserved.cnt && memblock.reserved.regions[i].base < range_end(base, size);
}

/*
 * for_each_free_mem_range(): @idx holds the RAM region in its low half, and in its high
 * half the gap between reserved regions n - 1 and n. ~0 at the end.
 */
void __next_mem_range(u64 *idx, phys_addr_t *start, phys_addr_t *end)
{
	unsigned int m = (u32)*idx, g = *idx >> 32;
	const struct memblock_type *mem = &memblock.memory, *res = &memblock.reserved;

	for (; m < mem->cnt; m++) {
		const struct memblock_region *r = &mem->regions[m];

		for (; g <= res->cnt; g++) {
			phys_addr_t lo = g ? region_end(&res->regions[g - 1]) : 0;
			phys_addr_t hi = g < res->cnt ? res->regions[g].base : ~(phys_addr_t)0;

			if (lo >= region_end(r))
				break;		/* this gap may go on in the next region */
			*start = max(lo, r->base);
			*end = min(hi, region_end(r));
			if (*start >= *end)
				continue;
			/* Whichever ends first is done with. */
			if (hi < region_end(r))
				*idx = m | (u64)(g + 1) << 32;
			else
				*idx = (m + 1) | (u64)g << 32;
			return;
		}
	}
	*idx = ~0ULL;
}
