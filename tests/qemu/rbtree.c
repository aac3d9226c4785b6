/* SPDX-License-Identifier: MIT */
/* Red-black trees: whatever is put in and taken out, order, balance and what nodes know hold. */
#include <linux/prandom.h>
#include <linux/rbtree_augmented.h>
#include "test.h"

#define NODES	200
#define ROUNDS	3000

struct item {
	struct rb_node rb;
	u32 key, weight, heaviest;	/* the largest weight at and below */
	bool in;
};

static struct item items[NODES];

static u32 weight_of(struct item *item)
{
	return item->weight;
}

RB_DECLARE_CALLBACKS_MAX(static, heaviest_callbacks, struct item, rb, u32, heaviest, weight_of)

static struct item *to_item(const struct rb_node *rb)
{
	return rb_entry(rb, struct item, rb);
}

static bool less(struct rb_node *a, const struct rb_node *b)
{
	return to_item(a)->key < to_item(b)->key;
}

static bool red(const struct rb_node *node)
{
	return node && !(node->__rb_parent_color & 1);
}

/* Black nodes on the way down; -1 when the tree below is broken. */
static int black_height(const struct rb_node *node, bool augmented)
{
	const struct rb_node *sides[2];
	u32 heaviest;
	int height[2];

	if (!node)
		return 0;
	sides[0] = node->rb_left;
	sides[1] = node->rb_right;
	heaviest = to_item(node)->weight;
	for (int i = 0; i < 2; i++) {
		height[i] = black_height(sides[i], augmented);
		if (height[i] < 0)
			return -1;
		if (!sides[i])
			continue;
		if (rb_parent(sides[i]) != node || (red(node) && red(sides[i])))
			return -1;
		heaviest = max(heaviest, to_item(sides[i])->heaviest);
	}
	if (height[0] != height[1] || (augmented && heaviest != to_item(node)->heaviest))
		return -1;
	return height[0] + !red(node);
}

/* In order, each way; as many as @count; the cached first is the first. */
static bool whole(const struct rb_root_cached *tree, int count, bool augmented)
{
	struct rb_node *node = rb_first(&tree->rb_root), *last = NULL;

	if (node != rb_first_cached(tree) || red(tree->rb_root.rb_node))
		return false;
	for (; node; node = rb_next(node)) {
		if (last && (less(node, last) || rb_prev(node) != last))
			return false;
		last = node;
		count--;
	}
	return !count && last == rb_last(&tree->rb_root) &&
	       black_height(tree->rb_root.rb_node, augmented) >= 0;
}

TEST(rbtree, storm, "H3", "after any row of insertions and deletions a tree is ordered and balanced")
{
	struct rb_root_cached tree = RB_ROOT_CACHED;
	struct item *pos, *next;
	struct rnd_state rnd;
	int count = 0;

	prandom_seed_state(&rnd, 1);
	memset(items, 0, sizeof(items));
	for (int i = 0; i < ROUNDS; i++) {
		struct item *item = &items[prandom_u32_state(&rnd) % NODES];

		if (item->in) {
			rb_erase_cached(&item->rb, &tree);
		} else {
			item->key = prandom_u32_state(&rnd) % (NODES / 2);
			rb_add_cached(&item->rb, &tree, less);
		}
		item->in = !item->in;
		count += item->in ? 1 : -1;
		if (i % 16 == 0 && !expect(whole(&tree, count, false)))
			return;
	}
	rbtree_postorder_for_each_entry_safe(pos, next, &tree.rb_root, rb) {
		memset(pos, 0xff, sizeof(*pos));
		count--;
	}
	expect_eq(count, 0);
}

static void insert_heavy(struct item *item, struct rb_root_cached *tree)
{
	struct rb_node **link = &tree->rb_root.rb_node, *parent = NULL;
	bool leftmost = true;

	item->heaviest = item->weight;
	while (*link) {
		parent = *link;
		to_item(parent)->heaviest = max(to_item(parent)->heaviest, item->weight);
		if (less(&item->rb, parent)) {
			link = &parent->rb_left;
		} else {
			link = &parent->rb_right;
			leftmost = false;
		}
	}
	rb_link_node(&item->rb, parent, link);
	rb_insert_augmented_cached(&item->rb, tree, leftmost, &heaviest_callbacks);
}

TEST(rbtree, augmented, "H3", "each node of an augmented tree knows the largest value below it")
{
	struct rb_root_cached tree = RB_ROOT_CACHED;
	struct rnd_state rnd;
	int count = 0;

	prandom_seed_state(&rnd, 2);
	memset(items, 0, sizeof(items));
	for (int i = 0; i < ROUNDS; i++) {
		struct item *item = &items[prandom_u32_state(&rnd) % NODES];

		if (item->in) {
			rb_erase_augmented_cached(&item->rb, &tree, &heaviest_callbacks);
		} else {
			item->key = prandom_u32_state(&rnd) % NODES;
			item->weight = prandom_u32_state(&rnd) % 1000;
			insert_heavy(item, &tree);
		}
		item->in = !item->in;
		count += item->in ? 1 : -1;
		if (i % 16 == 0 && !expect(whole(&tree, count, true)))
			return;
	}
}

TEST(rbtree, replace, "H3", "a node takes another's place")
{
	struct rb_root_cached tree = RB_ROOT_CACHED;
	struct item new = {};

	memset(items, 0, sizeof(items));
	for (int i = 0; i < 9; i++) {
		items[i].key = i;
		rb_add_cached(&items[i].rb, &tree, less);
	}
	rb_replace_node_cached(&items[0].rb, &new.rb, &tree);
	expect(rb_first_cached(&tree) == &new.rb);
	new.key = 4;
	rb_replace_node_cached(&items[4].rb, &new.rb, &tree);
	expect(rb_prev(&items[5].rb) == &new.rb);
}
