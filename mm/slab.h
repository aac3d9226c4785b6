/* SPDX-License-Identifier: MIT */
/*
 * A cache of objects of one size, between the files of the slab allocator.
 *
 * Each CPU has a list of free objects, of any slab of the cache, which only it touches,
 * with interrupts off. When it runs dry it is filled from the slabs that have free
 * objects; when it grows past its limit, half goes back to them. So the usual alloc and
 * free take no lock and share no line.
 *
 * A slab is 2^order pages cut into objects. Every page of it names the cache, so that
 * freeing needs no look at the head page. The rest of its state is in the head:
 * objects in CPU lists or with users are "in use", the others are on page->freelist.
 */
#ifndef _MM_SLAB_H
#define _MM_SLAB_H

#include <linux/list.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct kmem_cache_cpu {
	void		*freelist;	/* only its CPU, interrupts off */
	unsigned int	avail;		/* objects on freelist */
};

struct kmem_cache {
	struct kmem_cache_cpu __percpu *cpu_slab;	/* fixed from here on */
	unsigned int		offset;		/* of the free-list link in an object */
	unsigned int		limit;		/* objects a CPU may keep */
	unsigned int		object_size;	/* what the user asked for */
	unsigned int		size;		/* from one object to the next */
	unsigned int		align;
	unsigned int		objects;	/* in one slab */
	unsigned int		order;
	gfp_t			allocflags;
	slab_flags_t		flags;
	void			(*ctor)(void *obj);
	const char		*name;

	spinlock_t		lock;		/* irqs off; guards to the blank line */
	struct list_head	partial;	/* slabs with free objects, emptier ones last */
	struct list_head	full;
	unsigned long		nr_slabs;
	unsigned long		nr_empty;	/* slabs on partial with nothing in use */
	unsigned long		nr_taken;	/* objects with users or in CPU lists */

	struct list_head	list;		/* in slab_caches; slab_mutex */
	unsigned int		red_size;	/* debug build: layout of an object, fixed */
	unsigned int		track;
};

extern struct list_head slab_caches;

static inline void *get_link(const struct kmem_cache *s, const void *obj)
{
	return *(void **)((char *)obj + s->offset);
}

static inline void set_link(const struct kmem_cache *s, void *obj, void *next)
{
	*(void **)((char *)obj + s->offset) = next;
}

int kmem_cache_setup(struct kmem_cache *s, const char *name, unsigned int size,
		     unsigned int align, slab_flags_t flags, void (*ctor)(void *));
void create_kmalloc_caches(void);
unsigned long cache_objects_in_use(struct kmem_cache *s);
bool cache_release_all(struct kmem_cache *s);
void drain_this_cpu(void *cache);		/* interrupts off */
void drain_dead_cpu(struct kmem_cache *s, unsigned int cpu);
void release_empty_slabs(struct kmem_cache *s);

/* -- slab_debug.c: all that the debug build adds; free of cost in the other ------------- */

#ifdef CONFIG_DEBUG
void slab_debug_layout(struct kmem_cache *s);
void slab_debug_init_object(struct kmem_cache *s, void *obj);
void slab_debug_alloc(struct kmem_cache *s, void *obj);
bool slab_debug_free(struct kmem_cache *s, void *obj);
void slab_debug_report_left(struct kmem_cache *s, struct page *slab);
#else
static inline void slab_debug_layout(struct kmem_cache *s) { }
static inline void slab_debug_init_object(struct kmem_cache *s, void *obj) { }
static inline void slab_debug_alloc(struct kmem_cache *s, void *obj) { }
static inline bool slab_debug_free(struct kmem_cache *s, void *obj) { return true; }
static inline void slab_debug_report_left(struct kmem_cache *s, struct page *slab) { }
#endif

#endif
