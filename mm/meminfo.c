/* SPDX-License-Identifier: MIT */
/* How much memory there is, and who has it. */
#include <linux/export.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysinfo.h>
#include <linux/vmalloc.h>
#include "internals.h"

/* si_meminfo - totals in units of a page. Any context. */
void si_meminfo(struct sysinfo *val)
{
	memset(val, 0, sizeof(*val));
	val->totalram = totalram_pages();
	val->freeram = nr_free_pages();
	val->mem_unit = PAGE_SIZE;
}
EXPORT_SYMBOL(si_meminfo);

/**
 * mm_get_usage - bytes that are handed out at this moment
 * @usage: filled in
 *
 * First gives back what the slab caches and vmalloc only keep for later, so that the same
 * state of the system gives the same figures.
 *
 * Context: process, may sleep; exact when nothing else allocates or frees meanwhile.
 */
void mm_get_usage(struct mm_usage *usage)
{
	vm_unmap_aliases();
	slab_shrink_all();
	usage->pages = (totalram_pages() - nr_free_pages()) << PAGE_SHIFT;
	usage->slab_objects = slab_bytes_in_use();
	usage->slab_pages = slab_pages() << PAGE_SHIFT;
	usage->vmalloc = vmalloc_nr_pages() << PAGE_SHIFT;
	usage->percpu = pcpu_bytes_taken();
}
EXPORT_SYMBOL(mm_get_usage);
