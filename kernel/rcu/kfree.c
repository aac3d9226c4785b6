/* SPDX-License-Identifier: MIT */
/* kfree_rcu(): memory that is freed after a grace period, with no callback to write. */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include "internals.h"

/**
 * kvfree_call_rcu - free what contains a head after a grace period; see kvfree_rcu()
 * @head: the rcu_head
 * @offset: its place in what is to be freed, below 4096
 *
 * Context: any but NMI.
 */
void kvfree_call_rcu(struct rcu_head *head, rcu_callback_t offset)
{
	call_rcu(head, offset);
}
EXPORT_SYMBOL_GPL(kvfree_call_rcu);

/* What stands for memory that has no rcu_head. */
struct deferred_free {
	struct rcu_head	rcu;
	const void	*ptr;
};

static void free_deferred(struct rcu_head *head)
{
	struct deferred_free *d = container_of(head, struct deferred_free, rcu);

	kvfree(d->ptr);
	kfree(d);
}

/**
 * kvfree_rcu_mightsleep_ptr - free memory after a grace period; see kvfree_rcu_mightsleep()
 * @ptr: from kmalloc() or vmalloc(), or NULL
 *
 * Waits itself when there is no memory for a note of it.
 *
 * Context: process, may sleep; not in a reader.
 */
void kvfree_rcu_mightsleep_ptr(const void *ptr)
{
	struct deferred_free *d;

	might_sleep();
	if (!ptr)
		return;
	d = kmalloc(sizeof(*d), GFP_KERNEL | __GFP_NOWARN);
	if (!d) {
		synchronize_rcu();
		kvfree(ptr);
		return;
	}
	d->ptr = ptr;
	call_rcu(&d->rcu, free_deferred);
}
EXPORT_SYMBOL_GPL(kvfree_rcu_mightsleep_ptr);
