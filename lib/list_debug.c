/* SPDX-License-Identifier: MIT */
/* The debug build's look at a list's links before they are changed. */
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/list.h>

#ifdef CONFIG_DEBUG
bool __list_add_valid(struct list_head *new, struct list_head *prev, struct list_head *next)
{
	if (WARN(!prev || !next, "list_add of %px to a head that was never initialised\n", new))
		return false;
	if (WARN(next->prev != prev, "list_add corruption: next->prev should be prev (%px), but was %px (next=%px)\n",
		 prev, next->prev, next))
		return false;
	if (WARN(prev->next != next, "list_add corruption: prev->next should be next (%px), but was %px (prev=%px)\n",
		 next, prev->next, prev))
		return false;
	return !WARN(new == prev || new == next, "list_add double add: %px is on the list already\n", new);
}
EXPORT_SYMBOL(__list_add_valid);

bool __list_del_entry_valid(struct list_head *entry)
{
	struct list_head *prev = entry->prev, *next = entry->next;

	if (WARN(next == LIST_POISON1 || prev == LIST_POISON2, "list_del of %px, which was deleted before\n",
		 entry))
		return false;
	if (WARN(!prev || !next, "list_del of %px, which was never on a list\n", entry))
		return false;
	if (WARN(prev->next != entry, "list_del corruption: prev->next should be %px, but was %px (prev=%px)\n",
		 entry, prev->next, prev))
		return false;
	return !WARN(next->prev != entry,
		     "list_del corruption: next->prev should be %px, but was %px (next=%px)\n",
		     entry, next->prev, next);
}
EXPORT_SYMBOL(__list_del_entry_valid);
#endif
