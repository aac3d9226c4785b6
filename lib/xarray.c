/* SPDX-License-Identifier: MIT */
/*
 * A radix tree of nodes of 64 slots under struct xarray's interface.
 *
 * The head's shift says how high the tree is; it grows upward when an index needs it. Each
 * node knows which of its slots are full all the way down, so that a free index is found in
 * one walk. Nodes are linked when they are filled in, and freed when nothing is in them any
 * more, but for the head, which stays until xa_destroy(): readers need nothing but ordered
 * loads in an RCU section.
 */
#include <linux/bitmap.h>
#include <linux/bitops.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/xarray.h>

#define CHUNK_SHIFT	6
#define CHUNK		(1U << CHUNK_SHIFT)

struct xa_node {
	unsigned int	shift;		/* bits of the index below this node's; fixed */
	unsigned int	offset;		/* our slot in the parent; xa_lock, like all that follows */
	unsigned int	count;		/* slots in use */
	struct xa_node	*parent;
	struct rcu_head	rcu;
	DECLARE_BITMAP(full, CHUNK);	/* slots with no free index below them */
	void		*slots[CHUNK];	/* nodes, or entries where shift is 0 */
};

static unsigned int slot_of(const struct xa_node *node, unsigned long index)
{
	return (index >> node->shift) & (CHUNK - 1);
}

/* The highest index below @node. */
static unsigned long reach(const struct xa_node *node)
{
	unsigned int bits = node->shift + CHUNK_SHIFT;

	return bits >= BITS_PER_LONG ? ULONG_MAX : (1UL << bits) - 1;
}

static struct xa_node *new_node(unsigned int shift, gfp_t gfp)
{
	struct xa_node *node = kzalloc(sizeof(*node), gfp);

	if (node)
		node->shift = shift;
	return node;
}

static void lock_as_flagged(struct xarray *xa)
{
	if (xa->xa_flags & XA_FLAGS_LOCK_IRQ)
		xa_lock_irq(xa);
	else if (xa->xa_flags & XA_FLAGS_LOCK_BH)
		xa_lock_bh(xa);
	else
		xa_lock(xa);
}

static void unlock_as_flagged(struct xarray *xa)
{
	if (xa->xa_flags & XA_FLAGS_LOCK_IRQ)
		xa_unlock_irq(xa);
	else if (xa->xa_flags & XA_FLAGS_LOCK_BH)
		xa_unlock_bh(xa);
	else
		xa_unlock(xa);
}

/*
 * A node for the tree. When @gfp may sleep the lock is let go of meanwhile: the caller looks
 * again, and what was not needed after all is given back.
 */
static struct xa_node *node_alloc(struct xarray *xa, unsigned int shift, gfp_t gfp)
{
	struct xa_node *node;

	if (!gfpflags_allow_blocking(gfp))
		return new_node(shift, gfp);
	unlock_as_flagged(xa);
	node = new_node(shift, gfp);
	lock_as_flagged(xa);
	return node;
}

/* Make the tree high enough for @index. */
static int grow(struct xarray *xa, unsigned long index, gfp_t gfp)
{
	for (;;) {
		struct xa_node *head = xa->xa_head, *node;

		if (head && index <= reach(head))
			return 0;
		node = node_alloc(xa, head ? head->shift + CHUNK_SHIFT : 0, gfp);
		if (!node)
			return -ENOMEM;
		if (xa->xa_head != head) {
			kfree(node);
			continue;
		}
		if (head) {
			node->slots[0] = head;
			node->count = 1;
			if (bitmap_full(head->full, CHUNK))
				__set_bit(0, node->full);
			head->parent = node;
			head->offset = 0;
		}
		rcu_assign_pointer(xa->xa_head, node);
	}
}

/* The lowest node over @index that there is. */
static struct xa_node *lowest(const struct xarray *xa, unsigned long index)
{
	struct xa_node *node = xa->xa_head;

	while (node->shift && node->slots[slot_of(node, index)])
		node = node->slots[slot_of(node, index)];
	return node;
}

static void add_child(struct xa_node *node, unsigned int slot, struct xa_node *child)
{
	child->parent = node;
	child->offset = slot;
	node->count++;
	rcu_assign_pointer(node->slots[slot], child);
}

/* @node may have nothing in it any more, and what is above it. The head stays. */
static void free_empty(struct xa_node *node)
{
	while (!node->count && node->parent) {
		struct xa_node *parent = node->parent;

		WRITE_ONCE(parent->slots[node->offset], NULL);
		parent->count--;
		kfree_rcu(node, rcu);
		node = parent;
	}
}

/* The lowest node over @index, made if need be; with nothing in it when it was. */
static struct xa_node *leaf_for(struct xarray *xa, unsigned long index, gfp_t gfp)
{
	struct xa_node *node, *fresh = NULL;
	int err = grow(xa, index, gfp);

	if (err)
		return ERR_PTR(err);
	for (;;) {
		node = lowest(xa, index);
		if (!node->shift)
			break;
		if (fresh && fresh->shift == node->shift - CHUNK_SHIFT) {
			add_child(node, slot_of(node, index), fresh);
			fresh = NULL;
			continue;
		}
		/* With the lock let go of meanwhile, @node may have gone: from the head again. */
		kfree(fresh);
		fresh = node_alloc(xa, node->shift - CHUNK_SHIFT, gfp);
		if (!fresh) {
			free_empty(lowest(xa, index));
			return ERR_PTR(-ENOMEM);
		}
	}
	kfree(fresh);
	return node;
}

/* In a reader, or under the lock. */
static struct xa_node *leaf_at(const struct xarray *xa, unsigned long index)
{
	struct xa_node *node = rcu_dereference_raw(xa->xa_head);

	if (!node || index > reach(node))
		return NULL;
	while (node && node->shift)
		node = rcu_dereference_raw(node->slots[slot_of(node, index)]);
	return node;
}

/* Put @entry into a leaf's slot and carry upward whether there is room. */
static void *set_slot(struct xarray *xa, struct xa_node *node, unsigned int slot, void *entry)
{
	struct xa_node *leaf = node;
	void *old = node->slots[slot];

	rcu_assign_pointer(node->slots[slot], entry);
	node->count += !!entry - !!old;
	WRITE_ONCE(xa->xa_count, xa->xa_count + !!entry - !!old);
	for (; node; slot = node->offset, node = node->parent) {
		bool full = node->shift ? bitmap_full(((struct xa_node *)node->slots[slot])->full, CHUNK)
					: entry != NULL;

		if (test_bit(slot, node->full) == full)
			break;
		__assign_bit(slot, node->full, full);
	}
	free_empty(leaf);
	return old;
}

static void *visible(void *entry)
{
	return xa_is_zero(entry) ? NULL : entry;
}

/**
 * xa_load - the entry at an index
 * @xa: the array
 * @index: where
 *
 * Context: any; the caller keeps the entry alive by RCU or a lock. Return: entry or NULL.
 */
void *xa_load(struct xarray *xa, unsigned long index)
{
	struct xa_node *leaf;
	void *entry = NULL;

	rcu_read_lock();
	leaf = leaf_at(xa, index);
	if (leaf)
		entry = visible(rcu_dereference(leaf->slots[slot_of(leaf, index)]));
	rcu_read_unlock();
	return entry;
}
EXPORT_SYMBOL(xa_load);

/**
 * __xa_cmpxchg - replace one entry by another if it is there
 * @xa: the array, its lock held
 * @index: where
 * @old: what has to be there; NULL for nothing
 * @entry: what to put there; NULL to take it away
 * @gfp: for memory; when it may sleep, the lock is let go of meanwhile
 *
 * Return: what was there; an error as xa_is_err() knows it: -ENOMEM.
 */
void *__xa_cmpxchg(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp)
{
	struct xa_node *leaf = entry ? leaf_for(xa, index, gfp) : leaf_at(xa, index);
	void *found;

	if (IS_ERR(leaf))
		return leaf;
	if (!leaf)
		return NULL;
	found = leaf->slots[slot_of(leaf, index)];
	if (found == old || (!old && xa_is_zero(found) && entry))
		set_slot(xa, leaf, slot_of(leaf, index), entry);
	else
		free_empty(leaf);
	return visible(found);
}
EXPORT_SYMBOL(__xa_cmpxchg);

/* Return: what was there; -ENOMEM as an error entry. */
void *__xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	struct xa_node *leaf = entry ? leaf_for(xa, index, gfp) : leaf_at(xa, index);

	if (IS_ERR_OR_NULL(leaf))
		return leaf;
	return visible(set_slot(xa, leaf, slot_of(leaf, index), entry));
}
EXPORT_SYMBOL(__xa_store);

void *__xa_erase(struct xarray *xa, unsigned long index)
{
	return __xa_store(xa, index, NULL, 0);
}
EXPORT_SYMBOL(__xa_erase);

/* Return: 0; -EBUSY something is there, be it reserved; -ENOMEM. */
int __xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	struct xa_node *leaf = leaf_for(xa, index, gfp);

	if (IS_ERR(leaf))
		return PTR_ERR(leaf);
	if (leaf->slots[slot_of(leaf, index)])
		return -EBUSY;
	set_slot(xa, leaf, slot_of(leaf, index), entry ?: XA_ZERO_ENTRY);
	return 0;
}
EXPORT_SYMBOL(__xa_insert);

/* The first free index from *@index on; false if it would be above @max. */
static bool find_free(struct xarray *xa, unsigned long *index, unsigned long max)
{
	struct xa_node *node = xa->xa_head;

	/* Above all nodes everything is free. */
	while (node && *index <= reach(xa->xa_head)) {
		unsigned int slot = find_next_zero_bit(node->full, CHUNK, slot_of(node, *index));

		if (slot != slot_of(node, *index)) {
			/* On to the first index of a later slot, or of what follows this node. */
			unsigned long base = *index & ~reach(node);

			if (slot == CHUNK && base + reach(node) == ULONG_MAX)
				return false;
			*index = base + ((unsigned long)slot << node->shift);
			if (slot == CHUNK) {
				node = xa->xa_head;
				continue;
			}
		}
		if (!node->shift)
			break;
		node = node->slots[slot];
	}
	return *index <= max;
}

/**
 * __xa_alloc - store an entry at a free index
 * @xa: the array, its lock held
 * @id: gets the index
 * @entry: may be NULL: the index is only reserved
 * @limit: between what and what
 * @gfp: for memory
 *
 * Return: 0; -EBUSY no free index in the limit; -ENOMEM.
 */
int __xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp)
{
	unsigned long index = limit.min;
	int err;

	if ((xa->xa_flags & XA_FLAGS_ZERO_BUSY) && !index)
		index = 1;
	do {
		if (!find_free(xa, &index, limit.max))
			return -EBUSY;
		err = __xa_insert(xa, index, entry, gfp);
	} while (err == -EBUSY);	/* taken while the lock was let go of */
	*id = index;
	return err;
}
EXPORT_SYMBOL(__xa_alloc);

/* From *@next on, and from the start again at the end. Return: 0; 1 it went round; an error. */
int __xa_alloc_cyclic(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, u32 *next,
		      gfp_t gfp)
{
	struct xa_limit above = XA_LIMIT(max(*next, limit.min), limit.max);
	int err = above.min > above.max ? -EBUSY : __xa_alloc(xa, id, entry, above, gfp), wrapped = 0;

	if (err == -EBUSY && above.min > limit.min) {
		err = __xa_alloc(xa, id, entry, limit, gfp);
		wrapped = 1;
	}
	if (err)
		return err;
	*next = *id + 1;
	return wrapped;
}
EXPORT_SYMBOL(__xa_alloc_cyclic);

/**
 * xa_find - the first entry from an index on
 * @xa: the array
 * @index: where to begin; gets where it was found
 * @max: the last index to look at
 *
 * Context: as for xa_load(). Return: entry or NULL.
 */
void *xa_find(struct xarray *xa, unsigned long *index, unsigned long max)
{
	unsigned long at = *index;
	void *found = NULL;

	rcu_read_lock();
	while (!found && at <= max) {
		struct xa_node *node = rcu_dereference(xa->xa_head);
		void *entry = node;

		if (!node || at > reach(node))
			break;
		/* Down as far as there is something; then past what was not there. */
		for (;;) {
			entry = rcu_dereference(node->slots[slot_of(node, at)]);
			if (!entry || !node->shift)
				break;
			node = entry;
		}
		found = visible(entry);
		if (found) {
			*index = at;
		} else {
			at = (at | ((1UL << node->shift) - 1)) + 1;
			if (!at)
				break;
		}
	}
	rcu_read_unlock();
	return found;
}
EXPORT_SYMBOL(xa_find);

void *xa_find_after(struct xarray *xa, unsigned long *index, unsigned long max)
{
	unsigned long next = *index + 1;
	void *entry;

	if (!next || next > max)
		return NULL;
	entry = xa_find(xa, &next, max);
	if (entry)
		*index = next;
	return entry;
}
EXPORT_SYMBOL(xa_find_after);

/**
 * xa_destroy - free the array's own memory; what the entries point at is the caller's
 * @xa: the array; empty afterwards, and usable
 *
 * Context: nobody else uses the array.
 */
void xa_destroy(struct xarray *xa)
{
	struct xa_node *node = xa->xa_head;

	xa->xa_head = NULL;
	xa->xa_count = 0;
	/* Children first: go down wherever there is one, taking it off its slot. */
	while (node) {
		struct xa_node *child = NULL;

		for (unsigned int i = 0; node->shift && i < CHUNK && !child; i++) {
			child = node->slots[i];
			node->slots[i] = NULL;
		}
		if (child) {
			node = child;
		} else {
			struct xa_node *parent = node->parent;

			kfree(node);
			node = parent;
		}
	}
}
EXPORT_SYMBOL(xa_destroy);
