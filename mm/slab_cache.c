/* SPDX-License-Identifier: MIT */
/*
 * Caches as such: their layout, creation and destruction, the list of them all, and
 * /proc/slabinfo.
 *
 * A cache's own description is an object of boot_cache, which is static.
 */
#include <linux/cpuhotplug.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/smp.h>
#include <linux/string.h>
#include "internals.h"
#include "slab.h"

#define MAX_SLAB_ORDER	3	/* larger blocks get rare as memory fills */
#define MIN_OBJECTS	8	/* in a slab, if that order allows it */

LIST_HEAD(slab_caches);			/* slab_mutex */
static DEFINE_MUTEX(slab_mutex);
static struct kmem_cache boot_cache;
static bool available;

/* The lowest order that holds enough objects and wastes no more than an eighth. */
static unsigned int slab_order(unsigned int size)
{
	unsigned int order;

	for (order = get_order(size); order < MAX_SLAB_ORDER; order++) {
		unsigned long bytes = PAGE_SIZE << order;

		if (bytes / size >= MIN_OBJECTS && bytes % size <= bytes / 8)
			break;
	}
	return order;
}

/* How many free objects a CPU may hold on to: more of small ones. */
static unsigned int cpu_limit(unsigned int size)
{
	return clamp(PAGE_SIZE * 2 / size, 4UL, 64UL);
}

static void set_layout(struct kmem_cache *s)
{
	s->size = ALIGN(s->object_size, sizeof(void *));
	/* What a constructor made, or a reader may look at, the link must not overwrite. */
	if (s->ctor || (s->flags & SLAB_TYPESAFE_BY_RCU)) {
		s->offset = s->size;
		s->size += sizeof(void *);
	}
	slab_debug_layout(s);
	s->size = ALIGN(s->size, s->align);
	s->order = slab_order(s->size);
	s->objects = (PAGE_SIZE << s->order) / s->size;
	s->limit = cpu_limit(s->size);
}

static unsigned int object_align(unsigned int size, unsigned int align, slab_flags_t flags)
{
	if (flags & SLAB_HWCACHE_ALIGN) {
		unsigned int line = SMP_CACHE_BYTES;

		while (size <= line / 2)
			line /= 2;
		align = max(align, line);
	}
	return ALIGN(max_t(unsigned int, align, ARCH_SLAB_MINALIGN), sizeof(void *));
}

int kmem_cache_setup(struct kmem_cache *s, const char *name, unsigned int size,
		     unsigned int align, slab_flags_t flags, void (*ctor)(void *))
{
	s->name = name;
	s->object_size = size;
	s->align = object_align(size, align, flags);
	s->flags = flags;
	s->ctor = ctor;
	s->allocflags = __GFP_COMP;
	if (flags & SLAB_CACHE_DMA)
		s->allocflags |= GFP_DMA;
	if (flags & SLAB_CACHE_DMA32)
		s->allocflags |= GFP_DMA32;
	spin_lock_init(&s->lock);
	INIT_LIST_HEAD(&s->partial);
	INIT_LIST_HEAD(&s->full);
	set_layout(s);
	s->cpu_slab = alloc_percpu(struct kmem_cache_cpu);
	if (!s->cpu_slab)
		return -ENOMEM;
	list_add_tail(&s->list, &slab_caches);
	return 0;
}

static bool sane(const char *name, unsigned int size, unsigned int align)
{
	return name && size && size <= (PAGE_SIZE << MAX_SLAB_ORDER) / 2 && align <= PAGE_SIZE &&
	       (align & (align - 1)) == 0;
}

/**
 * kmem_cache_create - make a cache of objects
 * @name: for reports and /proc/slabinfo; copied
 * @size: of an object, bytes
 * @align: a power of two, or 0
 * @flags: SLAB_HWCACHE_ALIGN, SLAB_PANIC, SLAB_TYPESAFE_BY_RCU, SLAB_CACHE_DMA; the debugging
 *	ones are always on in the debug build
 * @ctor: run on each object of a new slab, once, not on each allocation; or NULL
 *
 * Context: process, may sleep. Return: the cache; NULL when there is no memory or the
 * request makes no sense (with SLAB_PANIC, does not return then).
 */
struct kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned int align,
				     slab_flags_t flags, void (*ctor)(void *))
{
	struct kmem_cache *s = NULL;
	char *copy = NULL;

	if (WARN_ON(!sane(name, size, align)))
		goto fail;
	s = kmem_cache_zalloc(&boot_cache, GFP_KERNEL);
	copy = kstrdup(name, GFP_KERNEL);
	if (!s || !copy)
		goto fail;
	mutex_lock(&slab_mutex);
	if (kmem_cache_setup(s, copy, size, align, flags, ctor)) {
		mutex_unlock(&slab_mutex);
		goto fail;
	}
	mutex_unlock(&slab_mutex);
	return s;

fail:
	kfree(copy);
	kmem_cache_free(&boot_cache, s);
	if (flags & SLAB_PANIC)
		panic("kmem_cache_create(%s) failed", name);
	return NULL;
}
EXPORT_SYMBOL(kmem_cache_create);

struct kmem_cache *kmem_cache_create_usercopy(const char *name, unsigned int size,
					      unsigned int align, slab_flags_t flags,
					      unsigned int useroffset, unsigned int usersize,
					      void (*ctor)(void *))
{
	return kmem_cache_create(name, size, align, flags, ctor);
}
EXPORT_SYMBOL(kmem_cache_create_usercopy);

/**
 * kmem_cache_destroy - take a cache apart
 * @s: the cache, or NULL; all its objects have been freed, by anyone, before the call
 *
 * Objects that were not freed are reported, and the cache is then kept: who has them may
 * still use them.
 *
 * Context: process, may sleep.
 */
void kmem_cache_destroy(struct kmem_cache *s)
{
	if (!s)
		return;
	might_sleep();
	mutex_lock(&slab_mutex);
	if (!cache_release_all(s)) {
		mutex_unlock(&slab_mutex);
		WARN(1, "kmem_cache_destroy %s: %lu objects left\n", s->name, cache_objects_in_use(s));
		return;
	}
	list_del(&s->list);
	mutex_unlock(&slab_mutex);
	free_percpu(s->cpu_slab);
	kfree(s->name);
	kmem_cache_free(&boot_cache, s);
}
EXPORT_SYMBOL(kmem_cache_destroy);

unsigned int kmem_cache_size(struct kmem_cache *s)
{
	return s->object_size;
}
EXPORT_SYMBOL(kmem_cache_size);

bool slab_is_available(void)
{
	return available;
}

void __init kmem_cache_init(void)
{
	if (kmem_cache_setup(&boot_cache, "kmem_cache", sizeof(struct kmem_cache), 0,
			     SLAB_HWCACHE_ALIGN, NULL))
		panic("no memory for the first cache");
	create_kmalloc_caches();
	available = true;
}

/**
 * slab_bytes_in_use - bytes of objects that were handed out and not freed
 *
 * Exact when nothing else allocates or frees meanwhile.
 * Context: process, may sleep.
 */
size_t slab_bytes_in_use(void)
{
	struct kmem_cache *s;
	size_t bytes = 0;

	mutex_lock(&slab_mutex);
	list_for_each_entry(s, &slab_caches, list)
		bytes += cache_objects_in_use(s) * s->object_size;
	mutex_unlock(&slab_mutex);
	return bytes;
}
EXPORT_SYMBOL(slab_bytes_in_use);

/* Pages that slabs are made of. As above. */
unsigned long slab_pages(void)
{
	struct kmem_cache *s;
	unsigned long pages = 0;

	mutex_lock(&slab_mutex);
	list_for_each_entry(s, &slab_caches, list)
		pages += READ_ONCE(s->nr_slabs) << s->order;
	mutex_unlock(&slab_mutex);
	return pages;
}

static void drain_all_here(void *unused)
{
	struct kmem_cache *s;

	list_for_each_entry(s, &slab_caches, list)
		drain_this_cpu(s);
}

/* Give back all slabs that nobody uses, of every cache: a test's level ground. */
void slab_shrink_all(void)
{
	struct kmem_cache *s;

	mutex_lock(&slab_mutex);	/* also keeps the list still for the other CPUs */
	on_each_cpu(drain_all_here, NULL, true);
	list_for_each_entry(s, &slab_caches, list)
		release_empty_slabs(s);
	mutex_unlock(&slab_mutex);
}

/* -- /proc/slabinfo --------------------------------------------------------------------------- */

static void *slabinfo_start(struct seq_file *m, loff_t *pos)
{
	mutex_lock(&slab_mutex);
	return seq_list_start_head(&slab_caches, *pos);
}

static void *slabinfo_next(struct seq_file *m, void *v, loff_t *pos)
{
	return seq_list_next(v, &slab_caches, pos);
}

static void slabinfo_stop(struct seq_file *m, void *v)
{
	mutex_unlock(&slab_mutex);
}

static int slabinfo_show(struct seq_file *m, void *v)
{
	struct kmem_cache *s = list_entry(v, struct kmem_cache, list);
	unsigned long slabs;

	if (v == &slab_caches) {
		seq_puts(m, "slabinfo - version: 2.1\n"
			 "# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab>"
			 " : tunables <limit> <batchcount> <sharedfactor>"
			 " : slabdata <active_slabs> <num_slabs> <sharedavail>\n");
		return 0;
	}
	slabs = READ_ONCE(s->nr_slabs);
	seq_printf(m, "%-17s %6lu %6lu %6u %4u %4d", s->name, cache_objects_in_use(s),
		   slabs * s->objects, s->size, s->objects, 1 << s->order);
	seq_printf(m, " : tunables %4u %4u %4u", s->limit, s->limit / 2, 0);
	seq_printf(m, " : slabdata %6lu %6lu %6lu\n", slabs - READ_ONCE(s->nr_empty), slabs, 0UL);
	return 0;
}

static const struct seq_operations slabinfo_ops = {
	.start	= slabinfo_start,
	.next	= slabinfo_next,
	.stop	= slabinfo_stop,
	.show	= slabinfo_show,
};

static int __init slabinfo_init(void)
{
	proc_create_seq("slabinfo", 0400, NULL, &slabinfo_ops);
	return 0;
}
fs_initcall(slabinfo_init);

/* A CPU is dead: what it kept of each cache goes back. */
static int slab_cpu_dead(unsigned int cpu)
{
	struct kmem_cache *s;

	mutex_lock(&slab_mutex);
	list_for_each_entry(s, &slab_caches, list)
		drain_dead_cpu(s, cpu);
	mutex_unlock(&slab_mutex);
	return 0;
}

static int __init slab_cpu_step(void)
{
	return cpuhp_setup_state_nocalls(CPUHP_SLUB_DEAD, "slub:dead", NULL, slab_cpu_dead);
}
early_initcall(slab_cpu_step);
