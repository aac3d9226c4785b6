/* SPDX-License-Identifier: MIT */
/*
 * Small objects: kmalloc() by size, kmem_cache_*() by kind. Any context with GFP_ATOMIC.
 *
 * kmalloc(n) comes back aligned to the largest power of two that divides its class's
 * size, at least 8; a request whose size is a power of two is aligned to its size.
 */
#ifndef _LINUX_SLAB_H
#define _LINUX_SLAB_H

#include <linux/types.h>
#include <linux/gfp.h>
#include <linux/overflow.h>
#include <linux/err.h>
#include <asm/page.h>

#define SLAB_CONSISTENCY_CHECKS	((slab_flags_t)0x00000100u)
#define SLAB_RED_ZONE		((slab_flags_t)0x00000400u)
#define SLAB_POISON		((slab_flags_t)0x00000800u)
#define SLAB_HWCACHE_ALIGN	((slab_flags_t)0x00002000u)
#define SLAB_CACHE_DMA		((slab_flags_t)0x00004000u)
#define SLAB_CACHE_DMA32	((slab_flags_t)0x00008000u)
#define SLAB_STORE_USER		((slab_flags_t)0x00010000u)
#define SLAB_RECLAIM_ACCOUNT	((slab_flags_t)0x00020000u)
#define SLAB_PANIC		((slab_flags_t)0x00040000u)
#define SLAB_TYPESAFE_BY_RCU	((slab_flags_t)0x00080000u)
#define SLAB_MEM_SPREAD		((slab_flags_t)0x00100000u)
#define SLAB_ACCOUNT		((slab_flags_t)0x04000000u)
#define SLAB_TEMPORARY		SLAB_RECLAIM_ACCOUNT

/* What kmalloc(0) returns: may be freed, must not be touched. */
#define ZERO_SIZE_PTR		((void *)16)
#define ZERO_OR_NULL_PTR(x)	((unsigned long)(x) <= (unsigned long)ZERO_SIZE_PTR)

#define ARCH_KMALLOC_MINALIGN	8
#define ARCH_SLAB_MINALIGN	8
#define KMALLOC_MIN_SIZE	8
#define KMALLOC_SHIFT_LOW	3
#define KMALLOC_SHIFT_HIGH	(PAGE_SHIFT + 1)
#define KMALLOC_MAX_CACHE_SIZE	(1UL << KMALLOC_SHIFT_HIGH)	/* above: whole pages */
#define KMALLOC_SHIFT_MAX	(MAX_ORDER + PAGE_SHIFT - 1)
#define KMALLOC_MAX_SIZE	(1UL << (11 + PAGE_SHIFT - 1))

struct kmem_cache;
struct rcu_head;

struct kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned int align,
				     slab_flags_t flags, void (*ctor)(void *));
struct kmem_cache *kmem_cache_create_usercopy(const char *name, unsigned int size,
					      unsigned int align, slab_flags_t flags,
					      unsigned int useroffset, unsigned int usersize,
					      void (*ctor)(void *));
void kmem_cache_destroy(struct kmem_cache *s);
int kmem_cache_shrink(struct kmem_cache *s);
unsigned int kmem_cache_size(struct kmem_cache *s);
bool slab_is_available(void);

#define KMEM_CACHE(__struct, __flags) \
	kmem_cache_create(#__struct, sizeof(struct __struct), __alignof__(struct __struct), (__flags), NULL)

void *kmem_cache_alloc(struct kmem_cache *s, gfp_t flags) __malloc;
void *kmem_cache_alloc_node(struct kmem_cache *s, gfp_t flags, int node) __malloc;
void kmem_cache_free(struct kmem_cache *s, void *objp);
int kmem_cache_alloc_bulk(struct kmem_cache *s, gfp_t flags, size_t size, void **p);
void kmem_cache_free_bulk(struct kmem_cache *s, size_t size, void **p);

static inline void *kmem_cache_zalloc(struct kmem_cache *s, gfp_t flags)
{
	return kmem_cache_alloc(s, flags | __GFP_ZERO);
}

/* kmalloc_caches[dma][class]; class 1 is 96 bytes, 2 is 192, n >= 3 is 1 << n. */
extern struct kmem_cache *kmalloc_caches[2][KMALLOC_SHIFT_HIGH + 1];

/* The class of a size that the compiler knows; -1 when it takes whole pages. */
static __always_inline int kmalloc_index(size_t size)
{
	if (size <= KMALLOC_MIN_SIZE)
		return KMALLOC_SHIFT_LOW;
	if (size > 64 && size <= 96)
		return 1;
	if (size > 128 && size <= 192)
		return 2;
	if (size > KMALLOC_MAX_CACHE_SIZE)
		return -1;
	return (int)(sizeof(long) * 8) - __builtin_clzl(size - 1);
}

void *__kmalloc(size_t size, gfp_t flags) __malloc;
void *kmalloc_large(size_t size, gfp_t flags) __malloc;

/**
 * kmalloc - allocate @size bytes, contiguous in physical memory
 * @size: 0 gives ZERO_SIZE_PTR
 * @flags: GFP_KERNEL where sleeping is allowed, GFP_ATOMIC elsewhere
 *
 * Context: any, as @flags says. Return: the memory, or NULL.
 */
static __always_inline __malloc void *kmalloc(size_t size, gfp_t flags)
{
	if (__builtin_constant_p(size) && size) {
		if (size > KMALLOC_MAX_CACHE_SIZE)
			return kmalloc_large(size, flags);
		return kmem_cache_alloc(kmalloc_caches[!!(flags & __GFP_DMA)][kmalloc_index(size)],
					flags);
	}
	return __kmalloc(size, flags);
}

static inline __malloc void *kzalloc(size_t size, gfp_t flags)
{
	return kmalloc(size, flags | __GFP_ZERO);
}

static inline __malloc void *kmalloc_array(size_t n, size_t size, gfp_t flags)
{
	size_t bytes;

	if (check_mul_overflow(n, size, &bytes))
		return NULL;
	return kmalloc(bytes, flags);
}

static inline __malloc void *kcalloc(size_t n, size_t size, gfp_t flags)
{
	return kmalloc_array(n, size, flags | __GFP_ZERO);
}

#define kmalloc_node(size, flags, node)		({ (void)(node); kmalloc(size, flags); })
#define kzalloc_node(size, flags, node)		({ (void)(node); kzalloc(size, flags); })
#define kcalloc_node(n, size, flags, node)	({ (void)(node); kcalloc(n, size, flags); })
#define kmalloc_array_node(n, size, flags, node) ({ (void)(node); kmalloc_array(n, size, flags); })
#define kmalloc_track_caller(size, flags)	__kmalloc(size, flags)

void *krealloc(const void *p, size_t new_size, gfp_t flags) __must_check;
void *krealloc_array(void *p, size_t n, size_t size, gfp_t flags) __must_check;
void kfree(const void *objp);
void kfree_sensitive(const void *objp);
#define kzfree(x)	kfree_sensitive(x)
size_t ksize(const void *objp);
size_t __ksize(const void *objp);
size_t kmalloc_size_roundup(size_t size);

/* Contiguous if that can be had, else from vmalloc space. Process context. */
void *kvmalloc_node(size_t size, gfp_t flags, int node) __malloc;
void *kvrealloc(const void *p, size_t oldsize, size_t newsize, gfp_t flags) __must_check;
void kvfree(const void *addr);
void kvfree_sensitive(const void *addr, size_t len);

static inline __malloc void *kvmalloc(size_t size, gfp_t flags)
{
	return kvmalloc_node(size, flags, NUMA_NO_NODE);
}

static inline __malloc void *kvzalloc(size_t size, gfp_t flags)
{
	return kvmalloc(size, flags | __GFP_ZERO);
}

static inline __malloc void *kvmalloc_array(size_t n, size_t size, gfp_t flags)
{
	size_t bytes;

	if (check_mul_overflow(n, size, &bytes))
		return NULL;
	return kvmalloc(bytes, flags);
}

static inline __malloc void *kvcalloc(size_t n, size_t size, gfp_t flags)
{
	return kvmalloc_array(n, size, flags | __GFP_ZERO);
}

void kmem_cache_init(void);
size_t slab_bytes_in_use(void);		/* objects that were handed out and not freed */
unsigned long slab_pages(void);		/* pages that slabs are made of */

#endif
