/* SPDX-License-Identifier: MIT */
/*
 * The slab allocator: objects of one size. mm/slab.h says how it is built.
 *
 * Locks: a CPU's list needs interrupts off, no more. A cache's lock is taken inside that.
 * Pages are asked for and given back with neither the cache's lock held.
 */
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/string.h>
#include "internals.h"
#include "slab.h"

#define MAX_EMPTY	2	/* empty slabs that a cache keeps */

/* -- Slabs ------------------------------------------------------------------------------- */

/* A new slab, all objects on its own list, seen by nobody else yet. */
static struct page *new_slab(struct kmem_cache *s, gfp_t gfp)
{
	gfp_t how = (gfp & ~(__GFP_RECLAIM | __GFP_ZERO | __GFP_HIGHMEM)) | s->allocflags;
	struct page *slab = __alloc_pages_nocheck(how, s->order);
	unsigned int i;
	char *obj;

	if (!slab)
		return NULL;
	for (i = 0; i < 1U << s->order; i++)
		slab[i].slab_cache = s;
	__SetPageSlab(slab);
	slab->inuse = 0;
	slab->objects = s->objects;
	slab->freelist = NULL;
	/* Last first, so that they are handed out in the order of their addresses. */
	obj = (char *)page_address(slab) + (s->objects - 1) * s->size;
	for (i = 0; i < s->objects; i++, obj -= s->size) {
		slab_debug_init_object(s, obj);
		if (s->ctor)
			s->ctor(obj);
		set_link(s, obj, slab->freelist);
		slab->freelist = obj;
	}
	return slab;
}

static void free_slab(struct kmem_cache *s, struct page *slab)
{
	unsigned int i;

	for (i = 0; i < 1U << s->order; i++)
		slab[i].slab_cache = NULL;
	slab->freelist = NULL;
	__ClearPageSlab(slab);
	__free_pages(slab, s->order);
}

/* free_slab() of all in a list that was taken off the cache under its lock. */
static void free_slabs(struct kmem_cache *s, struct list_head *slabs)
{
	struct page *slab, *next;

	list_for_each_entry_safe(slab, next, slabs, slab_list)
		free_slab(s, slab);
}

/* -- Between a CPU's list and the slabs ---------------------------------------------------- */

/* Objects from one slab to the CPU. Cache's lock held. */
static void take_from_slab(struct kmem_cache *s, struct kmem_cache_cpu *c, struct page *slab)
{
	if (!slab->inuse)
		s->nr_empty--;
	while (slab->freelist && c->avail < s->limit / 2 + 1) {
		void *obj = slab->freelist;

		slab->freelist = get_link(s, obj);
		set_link(s, obj, c->freelist);
		c->freelist = obj;
		c->avail++;
		slab->inuse++;
		s->nr_taken++;
	}
	if (!slab->freelist)
		list_move(&slab->slab_list, &s->full);
}

/*
 * Fill this CPU's empty list to half its limit, as far as there is memory. Interrupts are
 * off, so the pages are asked for as if by an interrupt handler.
 */
static bool refill(struct kmem_cache *s, struct kmem_cache_cpu *c, gfp_t gfp)
{
	struct page *slab;

	spin_lock(&s->lock);
	while (c->avail < s->limit / 2 + 1 && !list_empty(&s->partial))
		take_from_slab(s, c, list_first_entry(&s->partial, struct page, slab_list));
	spin_unlock(&s->lock);
	if (c->avail)
		return true;

	slab = new_slab(s, gfp);
	if (!slab)
		return false;
	spin_lock(&s->lock);
	s->nr_slabs++;
	s->nr_empty++;
	list_add(&slab->slab_list, &s->partial);
	take_from_slab(s, c, slab);
	spin_unlock(&s->lock);
	return true;
}

/* One object back to its slab. Cache's lock held. */
static void return_object(struct kmem_cache *s, void *obj, struct list_head *doomed)
{
	struct page *slab = virt_to_head_page(obj);

	set_link(s, obj, slab->freelist);
	if (!slab->freelist)
		list_move(&slab->slab_list, &s->partial);
	slab->freelist = obj;
	s->nr_taken--;
	if (--slab->inuse)
		return;
	/* Readers of a type-stable cache may still look at objects: its slabs stay. */
	if (s->nr_empty >= MAX_EMPTY && !(s->flags & SLAB_TYPESAFE_BY_RCU)) {
		list_move(&slab->slab_list, doomed);
		s->nr_slabs--;
	} else {
		list_move_tail(&slab->slab_list, &s->partial);
		s->nr_empty++;
	}
}

/* Bring a CPU's list down to @keep objects. Interrupts off, or nobody else uses the cache. */
static void drain(struct kmem_cache *s, struct kmem_cache_cpu *c, unsigned int keep)
{
	LIST_HEAD(doomed);

	spin_lock(&s->lock);
	while (c->avail > keep) {
		void *obj = c->freelist;

		c->freelist = get_link(s, obj);
		c->avail--;
		return_object(s, obj, &doomed);
	}
	spin_unlock(&s->lock);
	free_slabs(s, &doomed);
}

/* -- The fast paths: no call but as the last thing, so that they need no frame -------------- */

static __always_inline void *hand_out(struct kmem_cache *s, void *obj, gfp_t gfp)
{
	slab_debug_alloc(s, obj);
	return gfp & __GFP_ZERO ? memset(obj, 0, s->object_size) : obj;
}

static noinline void *alloc_slow(struct kmem_cache *s, gfp_t gfp)
{
	unsigned long flags;
	void *obj = NULL;

	for (;;) {
		struct kmem_cache_cpu *c;

		raw_local_irq_save(flags);
		c = this_cpu_ptr(s->cpu_slab);
		if (c->avail || refill(s, c, gfp)) {
			obj = c->freelist;
			c->freelist = get_link(s, obj);
			c->avail--;
		}
		raw_local_irq_restore(flags);
		if (obj)
			return hand_out(s, obj, gfp);
		if (!(gfp & __GFP_NOFAIL) || !gfpflags_allow_blocking(gfp))
			return NULL;
		schedule_timeout_uninterruptible(1);
	}
}

/**
 * kmem_cache_alloc - allocate an object
 * @s: its cache
 * @gfp: GFP_KERNEL where sleeping is allowed, else GFP_ATOMIC; __GFP_ZERO clears it
 *
 * Context: any, as @gfp says. Return: the object, or NULL.
 */
void *kmem_cache_alloc(struct kmem_cache *s, gfp_t gfp)
{
	struct kmem_cache_cpu *c;
	unsigned long flags;
	void *obj;

	might_sleep_if(gfpflags_allow_blocking(gfp));
	raw_local_irq_save(flags);
	c = this_cpu_ptr(s->cpu_slab);
	obj = c->freelist;
	if (unlikely(!obj)) {
		raw_local_irq_restore(flags);
		return alloc_slow(s, gfp);
	}
	c->freelist = get_link(s, obj);
	c->avail--;
	raw_local_irq_restore(flags);
	return hand_out(s, obj, gfp);
}
EXPORT_SYMBOL(kmem_cache_alloc);

static noinline void free_slow(struct kmem_cache *s, struct kmem_cache_cpu *c, unsigned long flags)
{
	drain(s, c, s->limit / 2);
	raw_local_irq_restore(flags);
}

static __always_inline void slab_free(struct kmem_cache *s, void *obj)
{
	struct kmem_cache_cpu *c;
	unsigned long flags;

	if (!slab_debug_free(s, obj))
		return;
	raw_local_irq_save(flags);
	c = this_cpu_ptr(s->cpu_slab);
	set_link(s, obj, c->freelist);
	c->freelist = obj;
	if (unlikely(++c->avail > s->limit))
		free_slow(s, c, flags);
	else
		raw_local_irq_restore(flags);
}

static noinline void free_foreign(struct kmem_cache *s, void *obj)
{
	struct kmem_cache *own = virt_to_page(obj)->slab_cache;

	WARN(1, "%s: object %px is of cache %s\n", s->name, obj, own ? own->name : "(none)");
	if (own)
		slab_free(own, obj);
}

/**
 * kmem_cache_free - free an object
 * @s: the cache it is from; another one is reported, and the object freed to its own
 * @obj: the object, or NULL
 *
 * Context: any.
 */
void kmem_cache_free(struct kmem_cache *s, void *obj)
{
	if (unlikely(!obj))
		return;
	if (unlikely(virt_to_page(obj)->slab_cache != s))
		free_foreign(s, obj);
	else
		slab_free(s, obj);
}
EXPORT_SYMBOL(kmem_cache_free);

static noinline void free_large(const void *obj)
{
	struct page *page = virt_to_page(obj);

	if (WARN(PageTail(page) || offset_in_page(obj) || !page_count(page) ||
		 PageReserved(page) || PageBuddy(page),
		 "kfree(%px): not from kmalloc()\n", obj))
		return;
	put_page(page);
}

/**
 * kfree - free what kmalloc() and its family returned
 * @obj: the memory; NULL and ZERO_SIZE_PTR are ignored
 *
 * Context: any.
 */
void kfree(const void *obj)
{
	struct kmem_cache *s;

	if (unlikely(ZERO_OR_NULL_PTR(obj)))
		return;
#ifdef CONFIG_DEBUG
	if (WARN(!virt_addr_valid(obj), "kfree(%px): not an address of RAM\n", obj))
		return;
#endif
	s = virt_to_page(obj)->slab_cache;
	if (likely(s))
		slab_free(s, (void *)obj);
	else
		free_large(obj);
}
EXPORT_SYMBOL(kfree);

/* -- Many at a time ------------------------------------------------------------------------- */

/**
 * kmem_cache_alloc_bulk - allocate @n objects or none
 * @s: their cache
 * @gfp: as for kmem_cache_alloc()
 * @n: how many
 * @p: where to put them
 *
 * Context: as kmem_cache_alloc(). Return: @n, or 0.
 */
int kmem_cache_alloc_bulk(struct kmem_cache *s, gfp_t gfp, size_t n, void **p)
{
	size_t i;

	for (i = 0; i < n; i++) {
		p[i] = kmem_cache_alloc(s, gfp);
		if (!p[i]) {
			kmem_cache_free_bulk(s, i, p);
			return 0;
		}
	}
	return n;
}
EXPORT_SYMBOL(kmem_cache_alloc_bulk);

/* kmem_cache_free_bulk - kmem_cache_free() of each; with @s NULL, kfree(). Any context. */
void kmem_cache_free_bulk(struct kmem_cache *s, size_t n, void **p)
{
	while (n--) {
		if (s)
			kmem_cache_free(s, p[n]);
		else
			kfree(p[n]);
	}
}
EXPORT_SYMBOL(kmem_cache_free_bulk);

void *kmem_cache_alloc_node(struct kmem_cache *s, gfp_t gfp, int node)
{
	return kmem_cache_alloc(s, gfp);
}
EXPORT_SYMBOL(kmem_cache_alloc_node);

/* -- Giving memory back ----------------------------------------------------------------------- */

void drain_this_cpu(void *cache)
{
	struct kmem_cache *s = cache;

	drain(s, this_cpu_ptr(s->cpu_slab), 0);
}

/* @cpu is dead: nobody else touches its list. */
void drain_dead_cpu(struct kmem_cache *s, unsigned int cpu)
{
	unsigned long flags;

	local_irq_save(flags);
	drain(s, per_cpu_ptr(s->cpu_slab, cpu), 0);
	local_irq_restore(flags);
}

void release_empty_slabs(struct kmem_cache *s)
{
	struct page *slab, *next;
	unsigned long flags;
	LIST_HEAD(doomed);

	spin_lock_irqsave(&s->lock, flags);
	list_for_each_entry_safe(slab, next, &s->partial, slab_list) {
		if (slab->inuse)
			continue;
		list_move(&slab->slab_list, &doomed);
		s->nr_slabs--;
		s->nr_empty--;
	}
	spin_unlock_irqrestore(&s->lock, flags);
	free_slabs(s, &doomed);
}

/**
 * kmem_cache_shrink - give unused slabs of a cache back to the page allocator
 * @s: the cache
 *
 * Context: process, interrupts on. Return: 0.
 */
int kmem_cache_shrink(struct kmem_cache *s)
{
	on_each_cpu(drain_this_cpu, s, true);
	release_empty_slabs(s);
	return 0;
}
EXPORT_SYMBOL(kmem_cache_shrink);

/* Objects with users. Exact when nobody allocates or frees at this moment. */
unsigned long cache_objects_in_use(struct kmem_cache *s)
{
	unsigned long n, cached = 0, flags;
	unsigned int cpu;

	spin_lock_irqsave(&s->lock, flags);
	for_each_possible_cpu(cpu)
		cached += READ_ONCE(per_cpu_ptr(s->cpu_slab, cpu)->avail);
	n = s->nr_taken;
	spin_unlock_irqrestore(&s->lock, flags);
	return n > cached ? n - cached : 0;
}

/*
 * All objects of @s are free, or are leaks. Nobody uses the cache any more, so the CPUs'
 * lists may be emptied from here.
 */
bool cache_release_all(struct kmem_cache *s)
{
	struct page *slab;
	unsigned long flags;
	unsigned int cpu;

	raw_local_irq_save(flags);
	for_each_possible_cpu(cpu)
		drain(s, per_cpu_ptr(s->cpu_slab, cpu), 0);
	raw_local_irq_restore(flags);
	release_empty_slabs(s);

	if (!s->nr_slabs)
		return true;
	list_for_each_entry(slab, &s->full, slab_list)
		slab_debug_report_left(s, slab);
	list_for_each_entry(slab, &s->partial, slab_list)
		slab_debug_report_left(s, slab);
	return false;
}
