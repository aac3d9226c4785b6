/* SPDX-License-Identifier: MIT */
/*
 * Per-CPU memory: one unit per possible CPU, each a copy of the linked template followed
 * by room for what is allocated at run time (and for the variables of modules).
 *
 *	unit of CPU n:	| template copy | dynamic, PERCPU_DYNAMIC_SIZE |
 *
 * A pointer to per-CPU memory is an address in the template, or past its end, as if the
 * template had the dynamic room too; adding __per_cpu_offset[n] gives CPU n's copy. So the
 * pointer of a dynamic variable stays within reach of the image, as code is linked to
 * reach static ones.
 *
 * The dynamic room is handed out in granules, first fit, by two bit maps: which granules
 * are taken, and where an allocation begins. They are static, so that this works before
 * any other allocator. No memory is taken from those: a CPU's unit is there for good.
 */
#include <linux/debug_free.h>
#include <linux/arch.h>
#include <linux/bitmap.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/panic.h>
#include <linux/percpu.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <asm/sections.h>

#define GRANULE		8
#define GRANULES	(PERCPU_DYNAMIC_SIZE / GRANULE)

unsigned long __per_cpu_offset[NR_CPUS] __read_mostly;
EXPORT_SYMBOL(__per_cpu_offset);

static DEFINE_SPINLOCK(pcpu_lock);		/* irqs off; guards the maps and the count */
static DECLARE_BITMAP(taken, GRANULES);
static DECLARE_BITMAP(begins, GRANULES + 1);	/* one more: where the last one ends */
static unsigned long bytes_taken;

static size_t dyn_offset __read_mostly;		/* of the dynamic room in a unit; fixed at boot */
static size_t unit_size __read_mostly;

/**
 * setup_per_cpu_areas - give every possible CPU its unit and put the boot CPU on its own
 *
 * Each copy starts as the template is now: what the boot CPU has changed so far comes
 * along. cpu_possible_mask is known.
 *
 * Context: boot CPU, interrupts off, before mm_init().
 */
void __init setup_per_cpu_areas(void)
{
	size_t template = __per_cpu_end - __per_cpu_start;
	unsigned int cpu;

	dyn_offset = ALIGN(template, SMP_CACHE_BYTES);
	unit_size = PAGE_ALIGN(dyn_offset + PERCPU_DYNAMIC_SIZE);
	for_each_possible_cpu(cpu) {
		char *unit = memblock_alloc(unit_size, PAGE_SIZE);

		if (!unit)
			panic("no memory for the per-CPU area of CPU %u", cpu);
		memcpy(unit, __per_cpu_start, template);
		__per_cpu_offset[cpu] = (unsigned long)unit - (unsigned long)__per_cpu_start;
	}
	arch_set_percpu_base(0);
}

static bool in_dynamic_room(unsigned long off)
{
	return off >= dyn_offset && off < dyn_offset + PERCPU_DYNAMIC_SIZE;
}

static void zero_copies(unsigned long off, size_t size)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		memset(per_cpu_ptr(__per_cpu_start, cpu) + off, 0, size);
}

/**
 * __alloc_percpu_gfp - allocate @size bytes in every CPU's unit
 * @size: bytes, up to PERCPU_DYNAMIC_SIZE
 * @align: a power of two, at most a page
 * @gfp: __GFP_NOWARN is honoured; the memory is there already, so nothing sleeps
 *
 * Context: any. Return: a per-CPU pointer to zeroed memory; NULL when the units are full
 * or the request makes no sense.
 */
void __percpu *__alloc_percpu_gfp(size_t size, size_t align, gfp_t gfp)
{
	unsigned long at, n, flags;
	size_t off;

	align = max_t(size_t, align, GRANULE);
	if (WARN_ON_ONCE(!size || size > PERCPU_DYNAMIC_SIZE || align > PAGE_SIZE ||
			 (align & (align - 1))))
		return NULL;
	n = DIV_ROUND_UP(size, GRANULE);

	spin_lock_irqsave(&pcpu_lock, flags);
	/* The unit is page aligned, so alignment is one of offsets in it. */
	at = bitmap_find_next_zero_area_off(taken, GRANULES, 0, n, align / GRANULE - 1,
					    dyn_offset / GRANULE);
	if (at < GRANULES) {
		bitmap_set(taken, at, n);
		__set_bit(at, begins);
		__set_bit(at + n, begins);
		bytes_taken += n * GRANULE;
	}
	spin_unlock_irqrestore(&pcpu_lock, flags);

	if (at >= GRANULES) {
		if (!(gfp & __GFP_NOWARN))
			pr_warn("percpu: no room for %zu bytes in the units\n", size);
		return NULL;
	}
	off = dyn_offset + at * GRANULE;
	zero_copies(off, size);
	return __per_cpu_start + off;
}
EXPORT_SYMBOL(__alloc_percpu_gfp);

/* __alloc_percpu - __alloc_percpu_gfp() for process context */
void __percpu *__alloc_percpu(size_t size, size_t align)
{
	return __alloc_percpu_gfp(size, align, GFP_KERNEL);
}
EXPORT_SYMBOL(__alloc_percpu);

/**
 * free_percpu - give back what __alloc_percpu() returned
 * @ptr: the pointer, or NULL
 *
 * Context: any.
 */
void free_percpu(void __percpu *ptr)
{
	unsigned long off = (unsigned long)ptr - (unsigned long)__per_cpu_start;
	unsigned long at = (off - dyn_offset) / GRANULE, end, flags;
	unsigned int cpu;

	if (!ptr)
		return;
	if (WARN(!in_dynamic_room(off) || off % GRANULE, "free_percpu(%px): not allocated\n", ptr))
		return;

	spin_lock_irqsave(&pcpu_lock, flags);
	if (WARN(!test_bit(at, taken) || !test_bit(at, begins), "free_percpu(%px): not allocated\n",
		 ptr)) {
		spin_unlock_irqrestore(&pcpu_lock, flags);
		return;
	}
	end = find_next_bit(begins, GRANULES + 1, at + 1);
	for_each_possible_cpu(cpu)
		debug_memory_freed(per_cpu_ptr(ptr, cpu), (end - at) * GRANULE);
	bitmap_clear(taken, at, end - at);
	bytes_taken -= (end - at) * GRANULE;
	/* A mark stays only where a neighbour begins or ends. */
	if (!at || !test_bit(at - 1, taken))
		__clear_bit(at, begins);
	if (end == GRANULES || !test_bit(end, taken))
		__clear_bit(end, begins);
	spin_unlock_irqrestore(&pcpu_lock, flags);
}
EXPORT_SYMBOL(free_percpu);

unsigned long pcpu_bytes_taken(void)
{
	return READ_ONCE(bytes_taken);
}

/*
 * is_kernel_percpu_address - @addr is a static per-CPU variable of the kernel, in some CPU's copy
 */
bool is_kernel_percpu_address(unsigned long addr)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		unsigned long start = (unsigned long)per_cpu_ptr(__per_cpu_start, cpu);

		if (addr >= start && addr < start + (__per_cpu_end - __per_cpu_start))
			return true;
	}
	return false;
}

/* per_cpu_ptr_to_phys - physical address of a CPU's copy at @addr */
phys_addr_t per_cpu_ptr_to_phys(void *addr)
{
	return __pa(addr);
}
EXPORT_SYMBOL(per_cpu_ptr_to_phys);
