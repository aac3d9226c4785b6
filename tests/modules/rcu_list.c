/* SPDX-License-Identifier: MIT */
/* Lists and pointers that are read under RCU: every way to change them, seen by a walk. rows E6 */
#include <linux/hashtable.h>
#include <linux/rculist.h>
#include <linux/rculist_bl.h>
#include <linux/rculist_nulls.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include "test.h"

struct item {
	int n;
	struct list_head list;
	struct hlist_node hash;
	struct hlist_nulls_node nulls;
	struct hlist_bl_node bl;
	struct rcu_head rcu;
};

static struct item item[8];
static LIST_HEAD(list);
static LIST_HEAD(other);
static HLIST_HEAD(chain);
static DEFINE_HASHTABLE(table, 3);
static struct item __rcu *pointer;

static void walk(const char *what)
{
	struct item *it;

	rcu_read_lock();
	list_for_each_entry_rcu(it, &list, list)
		note("%d", it->n);
	rcu_read_unlock();
	show(what);
}

static void walk_chain(const char *what)
{
	struct item *it;

	rcu_read_lock();
	hlist_for_each_entry_rcu(it, &chain, hash)
		note("%d", it->n);
	rcu_read_unlock();
	show(what);
}

static void lists(void)
{
	struct item *it;

	walk("empty");
	list_add_rcu(&item[1].list, &list);
	list_add_rcu(&item[0].list, &list);
	list_add_tail_rcu(&item[2].list, &list);
	walk("added");
	list_replace_rcu(&item[1].list, &item[3].list);
	walk("1 replaced by 3");
	list_del_rcu(&item[0].list);
	note("next kept: %d", item[0].list.next == &item[3].list);
	walk("0 out");
	rcu_read_lock();
	it = list_first_or_null_rcu(&list, struct item, list);
	note("first %d", it ? it->n : -1);
	it = list_next_or_null_rcu(&list, &it->list, struct item, list);
	note("next %d", it ? it->n : -1);
	it = list_next_or_null_rcu(&list, &it->list, struct item, list);
	note("then %d", it ? it->n : -1);
	rcu_read_unlock();
	list_add_tail_rcu(&item[4].list, &other);
	list_add_tail_rcu(&item[5].list, &other);
	list_splice_init_rcu(&other, &list, synchronize_rcu);
	note("other empty: %d", list_empty(&other));
	walk("spliced");
}

static void chains(void)
{
	struct item *it;

	hlist_add_head_rcu(&item[1].hash, &chain);
	hlist_add_before_rcu(&item[0].hash, &item[1].hash);
	hlist_add_behind_rcu(&item[2].hash, &item[1].hash);
	hlist_add_tail_rcu(&item[3].hash, &chain);
	walk_chain("chain");
	hlist_replace_rcu(&item[1].hash, &item[4].hash);
	hlist_del_rcu(&item[0].hash);
	hlist_del_init_rcu(&item[3].hash);
	note("unhashed: %d", hlist_unhashed(&item[3].hash));
	walk_chain("changed");

	hash_add_rcu(table, &item[5].hash, 5);
	hash_add_rcu(table, &item[6].hash, 6);
	rcu_read_lock();
	hash_for_each_possible_rcu(table, it, hash, 6)
		if (it->n == 6)
			note("found %d", it->n);
	rcu_read_unlock();
	hash_del_rcu(&item[5].hash);
	hash_del_rcu(&item[6].hash);
	note("empty: %d", hash_empty(table));
	show("table");
}

static void odd_lists(void)
{
	struct hlist_nulls_head head;
	struct hlist_nulls_node *pos;
	struct hlist_bl_head bl;
	struct hlist_bl_node *node;
	struct item *it;

	INIT_HLIST_NULLS_HEAD(&head, 7);
	hlist_nulls_add_head_rcu(&item[1].nulls, &head);
	hlist_nulls_add_head_rcu(&item[0].nulls, &head);
	hlist_nulls_add_tail_rcu(&item[2].nulls, &head);
	hlist_nulls_del_rcu(&item[1].nulls);
	rcu_read_lock();
	hlist_nulls_for_each_entry_rcu(it, pos, &head, nulls)
		note("%d", it->n);
	note("end %lu", get_nulls_value(pos));
	rcu_read_unlock();
	show("nulls");

	INIT_HLIST_BL_HEAD(&bl);
	hlist_bl_lock(&bl);
	hlist_bl_add_head_rcu(&item[1].bl, &bl);
	hlist_bl_add_head_rcu(&item[0].bl, &bl);
	note("locked: %d", hlist_bl_is_locked(&bl));
	hlist_bl_del_rcu(&item[1].bl);
	hlist_bl_unlock(&bl);
	rcu_read_lock();
	hlist_bl_for_each_entry_rcu(it, node, &bl, bl)
		note("%d", it->n);
	rcu_read_unlock();
	note("locked: %d", hlist_bl_is_locked(&bl));
	show("bl");
}

static void pointers(void)
{
	struct item *old, *it;

	note("%d", rcu_access_pointer(pointer) == NULL);
	rcu_assign_pointer(pointer, &item[1]);
	old = rcu_replace_pointer(pointer, &item[2], true);
	rcu_read_lock();
	it = rcu_dereference(pointer);
	note("old %d new %d", old->n, it->n);
	it = rcu_dereference_check(pointer, 1);
	rcu_read_unlock();
	it = rcu_dereference_protected(pointer, 1);
	note("%d", it->n);
	RCU_INIT_POINTER(pointer, NULL);
	note("%d", rcu_access_pointer(pointer) == NULL);
	show("pointers");
}

static void test(void)
{
	int i;

	for (i = 0; i < 8; i++)
		item[i].n = i;
	lists();
	chains();
	odd_lists();
	pointers();
}
MODULE_TEST(test);
