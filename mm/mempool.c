/* SPDX-License-Identifier: MIT */
/*
 * Pools of elements kept back for when the allocator has nothing: an allocation that may
 * sleep then waits for somebody to return an element instead of failing.
 */
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mempool.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>

/* The element on top of the reserve, or NULL. */
static void *take_reserved(mempool_t *pool)
{
	unsigned long flags;
	void *element = NULL;

	spin_lock_irqsave(&pool->lock, flags);
	if (pool->curr_nr)
		element = pool->elements[--pool->curr_nr];
	spin_unlock_irqrestore(&pool->lock, flags);
	return element;
}

/**
 * mempool_init - set up a pool and fill its reserve
 * @pool: the pool
 * @min_nr: elements to keep back; at least 1
 * @alloc_fn: makes one; handed gfp flags and @pool_data
 * @free_fn: undoes that
 * @pool_data: for both
 *
 * Context: process, may sleep. Return: 0; -ENOMEM.
 */
int mempool_init(mempool_t *pool, int min_nr, mempool_alloc_t *alloc_fn, mempool_free_t *free_fn,
		 void *pool_data)
{
	spin_lock_init(&pool->lock);
	init_waitqueue_head(&pool->wait);
	pool->min_nr = min_nr;
	pool->curr_nr = 0;
	pool->pool_data = pool_data;
	pool->alloc = alloc_fn;
	pool->free = free_fn;
	pool->elements = kmalloc_array(min_nr, sizeof(void *), GFP_KERNEL);
	if (!pool->elements)
		return -ENOMEM;
	while (pool->curr_nr < min_nr) {
		void *element = alloc_fn(GFP_KERNEL, pool_data);

		if (!element) {
			mempool_exit(pool);
			return -ENOMEM;
		}
		pool->elements[pool->curr_nr++] = element;
	}
	return 0;
}
EXPORT_SYMBOL(mempool_init);

/* mempool_exit - undo mempool_init(); all elements are back. Process context. */
void mempool_exit(mempool_t *pool)
{
	void *element;

	while ((element = take_reserved(pool)) != NULL)
		pool->free(element, pool->pool_data);
	kfree(pool->elements);
	pool->elements = NULL;
}
EXPORT_SYMBOL(mempool_exit);

mempool_t *mempool_create(int min_nr, mempool_alloc_t *alloc_fn, mempool_free_t *free_fn,
			  void *pool_data)
{
	mempool_t *pool = kzalloc(sizeof(*pool), GFP_KERNEL);

	if (pool && mempool_init(pool, min_nr, alloc_fn, free_fn, pool_data)) {
		kfree(pool);
		pool = NULL;
	}
	return pool;
}
EXPORT_SYMBOL(mempool_create);

void mempool_destroy(mempool_t *pool)
{
	if (!pool)
		return;
	mempool_exit(pool);
	kfree(pool);
}
EXPORT_SYMBOL(mempool_destroy);

/**
 * mempool_alloc - an element: a new one, else from the reserve, else the next to come back
 * @pool: the pool
 * @gfp: with GFP_KERNEL it can't fail; without leave to sleep it may
 *
 * Context: any, as @gfp says. Return: the element; NULL only when it must not sleep.
 */
void *mempool_alloc(mempool_t *pool, gfp_t gfp)
{
	gfp_t quick = (gfp | __GFP_NOWARN | __GFP_NORETRY) & ~__GFP_NOFAIL;
	void *element = NULL;

	might_sleep_if(gfpflags_allow_blocking(gfp));
	element = pool->alloc(quick & ~__GFP_DIRECT_RECLAIM, pool->pool_data);
	if (!element)
		element = take_reserved(pool);
	if (!element && gfpflags_allow_blocking(gfp))
		wait_event(pool->wait, (element = take_reserved(pool)) != NULL);
	return element;
}
EXPORT_SYMBOL(mempool_alloc);

/**
 * mempool_free - give an element back: to the reserve if that is short, else to the allocator
 * @element: the element, or NULL
 * @pool: where it came from
 *
 * Context: any that the pool's free function allows.
 */
void mempool_free(void *element, mempool_t *pool)
{
	unsigned long flags;

	if (!element)
		return;
	spin_lock_irqsave(&pool->lock, flags);
	if (pool->curr_nr < pool->min_nr) {
		pool->elements[pool->curr_nr++] = element;
		element = NULL;
	}
	spin_unlock_irqrestore(&pool->lock, flags);
	if (element)
		pool->free(element, pool->pool_data);
	else
		wake_up(&pool->wait);
}
EXPORT_SYMBOL(mempool_free);

/* -- The usual kinds --------------------------------------------------------------------------- */

void *mempool_alloc_slab(gfp_t gfp, void *pool_data)
{
	return kmem_cache_alloc(pool_data, gfp);
}
EXPORT_SYMBOL(mempool_alloc_slab);

void mempool_free_slab(void *element, void *pool_data)
{
	kmem_cache_free(pool_data, element);
}
EXPORT_SYMBOL(mempool_free_slab);

void *mempool_kmalloc(gfp_t gfp, void *pool_data)
{
	return kmalloc((size_t)pool_data, gfp);
}
EXPORT_SYMBOL(mempool_kmalloc);

void mempool_kfree(void *element, void *pool_data)
{
	kfree(element);
}
EXPORT_SYMBOL(mempool_kfree);

void *mempool_alloc_pages(gfp_t gfp, void *pool_data)
{
	return alloc_pages(gfp, (unsigned int)(unsigned long)pool_data);
}
EXPORT_SYMBOL(mempool_alloc_pages);

void mempool_free_pages(void *element, void *pool_data)
{
	__free_pages(element, (unsigned int)(unsigned long)pool_data);
}
EXPORT_SYMBOL(mempool_free_pages);
