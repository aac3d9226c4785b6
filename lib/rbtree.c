/* SPDX-License-Identifier: MIT */
/*
 * Red-black trees: a search tree that keeps itself balanced by four rules.
 *
 *	1 a node is red or black; a missing child counts as black
 *	2 the root is black
 *	3 a red node has no red child
 *	4 every way from a node down to a missing child has the same number of black nodes
 *
 * So no leaf is more than twice as deep as another. In the pictures below capital letters
 * are black, small ones red, a question mark is either; each has its mirror image, which
 * the same code does with left and right exchanged (@dir).
 *
 * A tree may be augmented: each node then knows something of all that hangs below it, which the
 * owner's callbacks keep true. The plain tree's callbacks do nothing, and are compiled away.
 */
#include <linux/export.h>
#include <linux/rbtree_augmented.h>

#define RB_RED		0UL
#define RB_BLACK	__RB_BLACK

static inline bool is_red(const struct rb_node *node)
{
	return node && !(node->__rb_parent_color & RB_BLACK);
}

static inline void set_parent(struct rb_node *node, struct rb_node *parent)
{
	node->__rb_parent_color = (node->__rb_parent_color & RB_BLACK) | (unsigned long)parent;
}

static inline void set_color(struct rb_node *node, unsigned long color)
{
	node->__rb_parent_color = (node->__rb_parent_color & ~RB_BLACK) | color;
}

/* The link to a child: @right says which. */
static inline struct rb_node **child(struct rb_node *node, bool right)
{
	return right ? &node->rb_right : &node->rb_left;
}

/* Readers may walk down without the lock: what they follow is written in one store. */
static inline void set_link(struct rb_node **link, struct rb_node *node)
{
	WRITE_ONCE(*link, node);
}

/* Whatever pointed at @old, a child of @parent or the root, points at @new. */
static inline void replace_child(struct rb_root *root, struct rb_node *parent, struct rb_node *old,
				 struct rb_node *new)
{
	if (!parent)
		set_link(&root->rb_node, new);
	else
		set_link(child(parent, parent->rb_right == old), new);
}

/*
 * @node goes down towards @dir, its child on the other side takes its place:
 *
 *	   node              up
 *	  /    \            /  \
 *	 a      up   ->  node   c	(to the left)
 *	       /  \      /  \
 *	      b    c    a    b
 */
static __always_inline void rotate(struct rb_root *root, struct rb_node *node, bool dir,
				   const struct rb_augment_callbacks *augment)
{
	struct rb_node *up = *child(node, !dir), *parent = rb_parent(node);
	struct rb_node *inner = *child(up, dir);

	set_link(child(node, !dir), inner);
	if (inner)
		set_parent(inner, node);
	set_link(child(up, dir), node);
	set_parent(up, parent);
	replace_child(root, parent, node, up);
	set_parent(node, up);
	augment->rotate(node, up);
}

/* Balances a tree after @node, red, was linked. */
static __always_inline void insert_color(struct rb_node *node, struct rb_root *root,
					 const struct rb_augment_callbacks *augment)
{
	struct rb_node *parent, *grand, *uncle;
	bool side;

	/* Only rule 3 can be broken, and only between @node and its parent. */
	while ((parent = rb_parent(node)) && is_red(parent)) {
		grand = rb_parent(parent);	/* there is one: a red node is not the root */
		side = grand->rb_right == parent;
		uncle = *child(grand, !side);

		if (is_red(uncle)) {
			/* G(p u) becomes g(P U): the trouble, if any, moves two levels up. */
			set_color(parent, RB_BLACK);
			set_color(uncle, RB_BLACK);
			set_color(grand, RB_RED);
			node = grand;
			continue;
		}
		if (*child(parent, !side) == node) {
			/* An inner grandchild: turn it to the outside first. */
			rotate(root, parent, side, augment);
			parent = node;
		}
		/* G(p(n .) U) becomes P(n g(. U)). */
		set_color(parent, RB_BLACK);
		set_color(grand, RB_RED);
		rotate(root, grand, !side, augment);
		break;
	}
	set_color(root->rb_node, RB_BLACK);
}

/*
 * Below @parent, the side where @node hangs (which may be missing) is one black short.
 * Take one from the sibling's side, or shorten that too and go on above.
 */
static __always_inline void erase_color(struct rb_root *root, struct rb_node *node,
					struct rb_node *parent,
					const struct rb_augment_callbacks *augment)
{
	while (parent && !is_red(node)) {
		bool side = parent->rb_right == node;
		struct rb_node *sibling = *child(parent, !side);

		if (is_red(sibling)) {
			/* P(N s) becomes S(p(N .) .): now the sibling is black. */
			set_color(sibling, RB_BLACK);
			set_color(parent, RB_RED);
			rotate(root, parent, side, augment);
			sibling = *child(parent, !side);
		}
		if (!is_red(sibling->rb_left) && !is_red(sibling->rb_right)) {
			/* Both sides are short now, and so is everything above a black parent. */
			set_color(sibling, RB_RED);
			node = parent;
			parent = rb_parent(node);
			continue;
		}
		if (!is_red(*child(sibling, !side))) {
			/* Only the inner nephew is red: turn it to the outside. */
			set_color(*child(sibling, side), RB_BLACK);
			set_color(sibling, RB_RED);
			rotate(root, sibling, !side, augment);
			sibling = *child(parent, !side);
		}
		/* ?(N S(. n)) becomes ?(P(N .) N): one black more on the short side. */
		set_color(sibling, is_red(parent) ? RB_RED : RB_BLACK);
		set_color(parent, RB_BLACK);
		set_color(*child(sibling, !side), RB_BLACK);
		rotate(root, parent, side, augment);
		return;
	}
	if (node)
		set_color(node, RB_BLACK);
}

/* Takes @node out of its tree. */
static __always_inline void erase(struct rb_node *node, struct rb_root *root,
				  const struct rb_augment_callbacks *augment)
{
	struct rb_node *orphan, *parent = rb_parent(node);
	bool was_red;

	if (node->rb_left && node->rb_right) {
		/* Its successor, which has no left child, takes its place and colour. */
		struct rb_node *next = node->rb_right;

		while (next->rb_left)
			next = next->rb_left;
		orphan = next->rb_right;
		was_red = is_red(next);
		if (rb_parent(next) == node) {
			parent = next;
		} else {
			parent = rb_parent(next);
			set_link(&parent->rb_left, orphan);
			if (orphan)
				set_parent(orphan, parent);
			set_link(&next->rb_right, node->rb_right);
			set_parent(node->rb_right, next);
		}
		set_link(&next->rb_left, node->rb_left);
		set_parent(node->rb_left, next);
		next->__rb_parent_color = node->__rb_parent_color;
		replace_child(root, rb_parent(node), node, next);
		augment->copy(node, next);
		augment->propagate(parent, next);
		augment->propagate(next, NULL);
	} else {
		orphan = node->rb_left ? node->rb_left : node->rb_right;
		was_red = is_red(node);
		if (orphan)
			set_parent(orphan, parent);
		replace_child(root, parent, node, orphan);
		augment->propagate(parent, NULL);
	}
	if (!was_red)
		erase_color(root, orphan, parent, augment);
}

static __always_inline void nothing_above(struct rb_node *node, struct rb_node *stop)
{
}

static __always_inline void nothing_between(struct rb_node *old, struct rb_node *new)
{
}

static const struct rb_augment_callbacks plain = {
	.propagate	= nothing_above,
	.copy		= nothing_between,
	.rotate		= nothing_between,
};

/**
 * rb_insert_color - balance a tree after rb_link_node()
 * @node: the new node, red as it was linked
 * @root: its tree
 */
void rb_insert_color(struct rb_node *node, struct rb_root *root)
{
	insert_color(node, root, &plain);
}
EXPORT_SYMBOL(rb_insert_color);

/**
 * rb_erase - take a node out of its tree
 * @node: stays as it is; use RB_CLEAR_NODE() to mark it
 * @root: its tree
 */
void rb_erase(struct rb_node *node, struct rb_root *root)
{
	erase(node, root, &plain);
}
EXPORT_SYMBOL(rb_erase);

/**
 * rb_insert_augmented - the same for an augmented tree
 * @node: linked, and what its ancestors know of it brought up to date by the caller
 * @root: its tree
 * @augment: as RB_DECLARE_CALLBACKS() makes them
 */
void rb_insert_augmented(struct rb_node *node, struct rb_root *root,
			 const struct rb_augment_callbacks *augment)
{
	insert_color(node, root, augment);
}
EXPORT_SYMBOL(rb_insert_augmented);

void rb_erase_augmented(struct rb_node *node, struct rb_root *root,
			const struct rb_augment_callbacks *augment)
{
	erase(node, root, augment);
}
EXPORT_SYMBOL(rb_erase_augmented);

/* @new takes the place of @victim; it must compare the same. */
void rb_replace_node(struct rb_node *victim, struct rb_node *new, struct rb_root *root)
{
	*new = *victim;
	if (victim->rb_left)
		set_parent(victim->rb_left, new);
	if (victim->rb_right)
		set_parent(victim->rb_right, new);
	replace_child(root, rb_parent(victim), victim, new);
}
EXPORT_SYMBOL(rb_replace_node);

static struct rb_node *outermost(struct rb_node *node, bool right)
{
	if (!node)
		return NULL;
	while (*child(node, right))
		node = *child(node, right);
	return node;
}

struct rb_node *rb_first(const struct rb_root *root)
{
	return outermost(root->rb_node, false);
}
EXPORT_SYMBOL(rb_first);

struct rb_node *rb_last(const struct rb_root *root)
{
	return outermost(root->rb_node, true);
}
EXPORT_SYMBOL(rb_last);

/* The neighbour in order: down if there is a child that way, else up past the way we came. */
static struct rb_node *step(const struct rb_node *from, bool right)
{
	struct rb_node *node = (struct rb_node *)from, *parent;

	if (RB_EMPTY_NODE(node))
		return NULL;
	if (*child(node, right))
		return outermost(*child(node, right), !right);
	while ((parent = rb_parent(node)) && *child(parent, right) == node)
		node = parent;
	return parent;
}

struct rb_node *rb_next(const struct rb_node *node)
{
	return step(node, true);
}
EXPORT_SYMBOL(rb_next);

struct rb_node *rb_prev(const struct rb_node *node)
{
	return step(node, false);
}
EXPORT_SYMBOL(rb_prev);

static struct rb_node *deepest_left(struct rb_node *node)
{
	for (;;) {
		if (node->rb_left)
			node = node->rb_left;
		else if (node->rb_right)
			node = node->rb_right;
		else
			return node;
	}
}

struct rb_node *rb_first_postorder(const struct rb_root *root)
{
	return root->rb_node ? deepest_left(root->rb_node) : NULL;
}
EXPORT_SYMBOL(rb_first_postorder);

struct rb_node *rb_next_postorder(const struct rb_node *node)
{
	struct rb_node *parent;

	if (!node)
		return NULL;
	parent = rb_parent(node);
	if (parent && node == parent->rb_left && parent->rb_right)
		return deepest_left(parent->rb_right);
	return parent;
}
EXPORT_SYMBOL(rb_next_postorder);
