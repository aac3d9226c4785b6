/* SPDX-License-Identifier: MIT */
/*
 * Memory for module code, and the closing of it.
 *
 * Modules live within reach of the image's code. Their memory is writable while it is
 * filled, and writable or executable, never both, afterwards.
 */
#include <linux/arch.h>
#include <linux/export.h>
#include <linux/mm.h>
#include <linux/set_memory.h>
#include <linux/vmalloc.h>

/**
 * module_alloc - memory in the module window: readable, writable, not executable
 * @size: bytes, rounded up to pages
 *
 * Context: process, may sleep. Return: zeroed memory, or NULL.
 */
void *module_alloc(unsigned long size)
{
	return __vmalloc_node_range(size, 1, MODULES_VADDR, MODULES_END, GFP_KERNEL | __GFP_ZERO,
				    ARCH_MAP_READ | ARCH_MAP_WRITE, VM_FLUSH_RESET_PERMS,
				    __builtin_return_address(0));
}

/* module_memfree - undo module_alloc(), whatever set_memory_*() made of it since */
void module_memfree(void *region)
{
	vfree(region);
}

static int protect(unsigned long addr, int numpages, unsigned int prot)
{
	return arch_protect_kernel(addr, (unsigned long)numpages << PAGE_SHIFT, prot);
}

/**
 * set_memory_ro - make mapped kernel pages read-only (and not executable)
 * @addr: page aligned
 * @numpages: how many
 *
 * Context: process, interrupts on; other CPUs see it before this returns.
 * Return: 0; -errno of the architecture. set_memory_rw(), _x(), _nx(), _rox() likewise.
 */
int set_memory_ro(unsigned long addr, int numpages)
{
	return protect(addr, numpages, ARCH_MAP_READ);
}

int set_memory_rw(unsigned long addr, int numpages)
{
	return protect(addr, numpages, ARCH_MAP_READ | ARCH_MAP_WRITE);
}

int set_memory_nx(unsigned long addr, int numpages)
{
	return protect(addr, numpages, ARCH_MAP_READ | ARCH_MAP_WRITE);
}

int set_memory_x(unsigned long addr, int numpages)
{
	return protect(addr, numpages, ARCH_MAP_READ | ARCH_MAP_EXEC);
}

int set_memory_rox(unsigned long addr, int numpages)
{
	return protect(addr, numpages, ARCH_MAP_READ | ARCH_MAP_EXEC);
}
