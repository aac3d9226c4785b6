/* SPDX-License-Identifier: MIT */
/*
 * Red-black trees whose nodes each know something of the tree below them (the largest end of
 * an interval, a count), which a change has to carry upwards.
 */
#ifndef _LINUX_RBTREE_AUGMENTED_H
#define _LINUX_RBTREE_AUGMENTED_H

#include <linux/compiler.h>
#include <linux/rbtree.h>

struct rb_augment_callbacks {
	/* Work out @node's value again and those above it, up to but not with @stop. */
	void (*propagate)(struct rb_node *node, struct rb_node *stop);
	/* @new stands where @old stood, with all that hangs below. */
	void (*copy)(struct rb_node *old, struct rb_node *new);
	/* @new came up above @old, which was above it: only these two values change. */
	void (*rotate)(struct rb_node *old, struct rb_node *new);
};

void rb_insert_augmented(struct rb_node *node, struct rb_root *root,
			 const struct rb_augment_callbacks *augment);
void rb_erase_augmented(struct rb_node *node, struct rb_root *root,
			const struct rb_augment_callbacks *augment);

static inline void rb_insert_augmented_cached(struct rb_node *node, struct rb_root_cached *root,
					      bool leftmost,
					      const struct rb_augment_callbacks *augment)
{
	if (leftmost)
		root->rb_leftmost = node;
	rb_insert_augmented(node, &root->rb_root, augment);
}

static inline void rb_erase_augmented_cached(struct rb_node *node, struct rb_root_cached *root,
					     const struct rb_augment_callbacks *augment)
{
	if (root->rb_leftmost == node)
		root->rb_leftmost = rb_next(node);
	rb_erase_augmented(node, &root->rb_root, augment);
}

/*
 * The three callbacks as @rbname. @rbcompute(node, exit) works the value in @rbaugmented out
 * from the node and its children; it returns true when @exit is set and nothing changed.
 */
#define RB_DECLARE_CALLBACKS(rbstatic, rbname, rbstruct, rbfield, rbaugmented, rbcompute) \
static inline void rbname##_propagate(struct rb_node *rb, struct rb_node *stop)	\
{										\
	while (rb != stop) {							\
		rbstruct *node = rb_entry(rb, rbstruct, rbfield);		\
										\
		if (rbcompute(node, true))					\
			break;							\
		rb = rb_parent(&node->rbfield);					\
	}									\
}										\
static inline void rbname##_copy(struct rb_node *rb_old, struct rb_node *rb_new) \
{										\
	rb_entry(rb_new, rbstruct, rbfield)->rbaugmented =			\
		rb_entry(rb_old, rbstruct, rbfield)->rbaugmented;		\
}										\
static void rbname##_rotate(struct rb_node *rb_old, struct rb_node *rb_new)	\
{										\
	rbname##_copy(rb_old, rb_new);						\
	rbcompute(rb_entry(rb_old, rbstruct, rbfield), false);			\
}										\
rbstatic const struct rb_augment_callbacks rbname = {				\
	.propagate = rbname##_propagate,					\
	.copy = rbname##_copy,							\
	.rotate = rbname##_rotate						\
};

/* The same where the value is the largest of @rbcompute(node) below. */
#define RB_DECLARE_CALLBACKS_MAX(rbstatic, rbname, rbstruct, rbfield, rbtype, rbaugmented, rbcompute) \
static inline bool rbname##_compute_max(rbstruct *node, bool exit)		\
{										\
	struct rb_node *below[] = { node->rbfield.rb_left, node->rbfield.rb_right }; \
	rbtype max = rbcompute(node);						\
										\
	for (int i = 0; i < 2; i++) {						\
		if (below[i] && rb_entry(below[i], rbstruct, rbfield)->rbaugmented > max) \
			max = rb_entry(below[i], rbstruct, rbfield)->rbaugmented; \
	}									\
	if (exit && node->rbaugmented == max)					\
		return true;							\
	node->rbaugmented = max;						\
	return false;								\
}										\
RB_DECLARE_CALLBACKS(rbstatic, rbname, rbstruct, rbfield, rbaugmented, rbname##_compute_max)

#endif
