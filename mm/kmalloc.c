/* SPDX-License-Identifier: MIT */
/*
 * kmalloc(): memory by size. Up to two pages from a cache of that class, above from the
 * page allocator; kvmalloc() also from vmalloc space.
 */
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "internals.h"
#include "slab.h"

struct kmem_cache *kmalloc_caches[2][KMALLOC_SHIFT_HIGH + 1] __read_mostly;
EXPORT_SYMBOL(kmalloc_caches);

static struct kmem_cache kmalloc_storage[2][KMALLOC_SHIFT_HIGH + 1];

/* Sizes up to 192 by table: the class of (size - 1) / 8. */
static const u8 small_class[192 / 8] = {
	3, 4, 5, 5, 6, 6, 6, 6, 1, 1, 1, 1, 7, 7, 7, 7, 2, 2, 2, 2, 2, 2, 2, 2,
};

static const struct {
	const char	*name[2];
	unsigned int	size;
} classes[KMALLOC_SHIFT_HIGH + 1] = {
#define CLASS(index, bytes) [index] = { { "kmalloc-" #bytes, "dma-kmalloc-" #bytes }, bytes }
	CLASS(1, 96), CLASS(2, 192), CLASS(3, 8), CLASS(4, 16), CLASS(5, 32), CLASS(6, 64),
	CLASS(7, 128), CLASS(8, 256), CLASS(9, 512), CLASS(10, 1024), CLASS(11, 2048),
	CLASS(12, 4096), CLASS(13, 8192),
#undef CLASS
};

void __init create_kmalloc_caches(void)
{
	unsigned int dma, i;

	for (dma = 0; dma < 2; dma++) {
		for (i = 1; i <= KMALLOC_SHIFT_HIGH; i++) {
			struct kmem_cache *s = &kmalloc_storage[dma][i];
			unsigned int size = classes[i].size;
			/* A power of two is aligned to itself, the others to their lowest bit. */
			unsigned int align = size & -size;

			if (kmem_cache_setup(s, classes[i].name[dma], size, align,
					     dma ? SLAB_CACHE_DMA : 0, NULL))
				panic("no memory for %s", classes[i].name[dma]);
			kmalloc_caches[dma][i] = s;
		}
	}
}

static __always_inline struct kmem_cache *cache_for(size_t size, gfp_t flags)
{
	unsigned int class = size <= 192 ? small_class[(size - 1) / 8]
					 : (unsigned int)(BITS_PER_LONG - __builtin_clzl(size - 1));

	return kmalloc_caches[!!(flags & __GFP_DMA)][class];
}

/* __kmalloc - kmalloc() of a size that is known only now */
void *__kmalloc(size_t size, gfp_t flags)
{
	if (unlikely(size > KMALLOC_MAX_CACHE_SIZE))
		return kmalloc_large(size, flags);
	if (unlikely(!size))
		return ZERO_SIZE_PTR;
	return kmem_cache_alloc(cache_for(size, flags), flags);
}
EXPORT_SYMBOL(__kmalloc);

/* kmalloc_large - kmalloc() of more than KMALLOC_MAX_CACHE_SIZE: whole pages */
void *kmalloc_large(size_t size, gfp_t flags)
{
	struct page *page = alloc_pages((flags & ~__GFP_HIGHMEM) | __GFP_COMP, get_order(size));

	return page ? page_address(page) : NULL;
}
EXPORT_SYMBOL(kmalloc_large);

/**
 * ksize - how many bytes the memory at @obj has room for
 * @obj: what kmalloc() returned
 *
 * Return: bytes, at least what was asked for; 0 for NULL and ZERO_SIZE_PTR.
 */
size_t ksize(const void *obj)
{
	struct page *page;

	if (ZERO_OR_NULL_PTR(obj))
		return 0;
	page = virt_to_page(obj);
	return page->slab_cache ? page->slab_cache->object_size : page_size(page);
}
EXPORT_SYMBOL(ksize);

size_t __ksize(const void *obj)
{
	return ksize(obj);
}
EXPORT_SYMBOL(__ksize);

/* kmalloc_size_roundup - how much kmalloc(@size) gives in truth */
size_t kmalloc_size_roundup(size_t size)
{
	if (!size)
		return 0;
	if (size > KMALLOC_MAX_CACHE_SIZE)
		return size > KMALLOC_MAX_SIZE ? size : PAGE_SIZE << get_order(size);
	return cache_for(size, GFP_KERNEL)->object_size;
}
EXPORT_SYMBOL(kmalloc_size_roundup);

/**
 * krealloc - change the size of memory from kmalloc()
 * @p: the memory; NULL allocates
 * @new_size: bytes; 0 frees
 * @flags: for the new memory; with __GFP_ZERO nothing beyond the old data is undefined
 *
 * Context: as kmalloc(). Return: the memory, moved or not, its content kept as far as both
 * sizes go; ZERO_SIZE_PTR when @new_size is 0; NULL when there is none, and @p is as it was.
 */
void *krealloc(const void *p, size_t new_size, gfp_t flags)
{
	size_t old = ksize(p);
	void *ret;

	if (!new_size) {
		kfree(p);
		return ZERO_SIZE_PTR;
	}
	if (old >= new_size)
		return (void *)p;
	ret = __kmalloc(new_size, flags);
	if (ret && old) {
		memcpy(ret, p, old);
		kfree(p);
	}
	return ret;
}
EXPORT_SYMBOL(krealloc);

void *krealloc_array(void *p, size_t n, size_t size, gfp_t flags)
{
	size_t bytes;

	return check_mul_overflow(n, size, &bytes) ? NULL : krealloc(p, bytes, flags);
}
EXPORT_SYMBOL(krealloc_array);

/* kfree_sensitive - clear, then free: keys and the like */
void kfree_sensitive(const void *obj)
{
	size_t size = ksize(obj);

	if (size) {
		memset((void *)obj, 0, size);
		barrier();
	}
	kfree(obj);
}
EXPORT_SYMBOL(kfree_sensitive);

/* -- Contiguous if possible ------------------------------------------------------------------- */

/**
 * kvmalloc_node - memory that need not be contiguous in physical memory
 * @size: bytes
 * @flags: GFP_KERNEL and modifiers; an atomic request gets no more than kmalloc() has
 * @node: ignored
 *
 * Context: process, may sleep. Return: the memory, or NULL. Undo with kvfree().
 */
void *kvmalloc_node(size_t size, gfp_t flags, int node)
{
	gfp_t first = flags;
	void *p;

	if (size > PAGE_SIZE)
		first = (first | __GFP_NOWARN) & ~__GFP_NOFAIL;
	p = __kmalloc(size, first);
	if (p || size <= PAGE_SIZE || !gfpflags_allow_blocking(flags))
		return p;
	if (size > INT_MAX) {
		WARN_ON_ONCE(!(flags & __GFP_NOWARN));
		return NULL;
	}
	return __vmalloc(size, flags);
}
EXPORT_SYMBOL(kvmalloc_node);

/* kvfree - free what kvmalloc(), kmalloc() or vmalloc() returned. Not from an NMI. */
void kvfree(const void *addr)
{
	if (is_vmalloc_addr(addr))
		vfree(addr);
	else
		kfree(addr);
}
EXPORT_SYMBOL(kvfree);

void kvfree_sensitive(const void *addr, size_t len)
{
	if (ZERO_OR_NULL_PTR(addr))
		return;
	memset((void *)addr, 0, len);
	barrier();
	kvfree(addr);
}
EXPORT_SYMBOL(kvfree_sensitive);

/* kvrealloc - grow memory from kvmalloc(); smaller sizes leave it as it is */
void *kvrealloc(const void *p, size_t oldsize, size_t newsize, gfp_t flags)
{
	void *newp;

	if (oldsize >= newsize)
		return (void *)p;
	newp = kvmalloc(newsize, flags);
	if (!newp)
		return NULL;
	memcpy(newp, p, oldsize);
	kvfree(p);
	return newp;
}
EXPORT_SYMBOL(kvrealloc);
