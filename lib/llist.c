/* SPDX-License-Identifier: MIT */
/* Lock-less lists: the two operations that are too long for a header. */
#include <linux/export.h>
#include <linux/llist.h>

/**
 * llist_del_first - take the newest entry
 * @head: the list
 *
 * Any number of llist_add() may run meanwhile; callers of this one, and of llist_del_all(),
 * exclude each other. Context: any. Return: the entry or NULL.
 */
struct llist_node *llist_del_first(struct llist_head *head)
{
	struct llist_node *first = smp_load_acquire(&head->first);

	do {
		if (!first)
			return NULL;
	} while (!try_cmpxchg(&head->first, &first, READ_ONCE(first->next)));
	return first;
}
EXPORT_SYMBOL(llist_del_first);

/* For entries that llist_del_all() gave, which come newest first. */
struct llist_node *llist_reverse_order(struct llist_node *node)
{
	struct llist_node *reversed = NULL;

	while (node) {
		struct llist_node *next = node->next;

		node->next = reversed;
		reversed = node;
		node = next;
	}
	return reversed;
}
EXPORT_SYMBOL(llist_reverse_order);
