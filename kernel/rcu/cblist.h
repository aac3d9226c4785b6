/* SPDX-License-Identifier: MIT */
/*
 * Callbacks in the order they came, in three parts: those whose grace period has passed, and two
 * that wait. Two are enough: while grace period n is under way a new callback waits for n + 1,
 * and what came before waits for n; older ones are due. So a callback finds its part by the lowest
 * bit of its grace period's number.
 *
 * Whoever owns the structure calls these; others may glance at what is written with WRITE_ONCE.
 */
#ifndef _RCU_CBLIST_H
#define _RCU_CBLIST_H

#include <linux/rcu_segcblist.h>
#include <linux/rcupdate.h>

static inline void cb_list_reset(struct rcu_cb_list *l)
{
	WRITE_ONCE(l->head, NULL);
	l->tail = &l->head;
}

static inline void cb_list_append(struct rcu_cb_list *l, struct rcu_head *head)
{
	head->next = NULL;
	WRITE_ONCE(*l->tail, head);
	l->tail = &head->next;
}

/* Move all of @from to the end of @to. */
static inline void cb_list_move(struct rcu_cb_list *to, struct rcu_cb_list *from)
{
	if (!from->head)
		return;
	WRITE_ONCE(*to->tail, from->head);
	to->tail = from->tail;
	cb_list_reset(from);
}

static inline void rcu_cbs_init(struct rcu_cbs *c, unsigned long seq)
{
	cb_list_reset(&c->due);
	cb_list_reset(&c->wait[0]);
	cb_list_reset(&c->wait[1]);
	c->seq[0] = c->seq[1] = seq;
	c->len = 0;
}

static inline int rcu_cbs_older_part(const struct rcu_cbs *c)
{
	return (long)(c->seq[1] - c->seq[0]) >= 0 ? 0 : 1;
}

/* @seq is reached: what waited for it joins what is due. Return: whether anything is. */
static inline bool rcu_cbs_collect(struct rcu_cbs *c, unsigned long seq)
{
	int part = rcu_cbs_older_part(c);

	for (int n = 0; n < 2; n++, part ^= 1)
		if (c->wait[part].head && (long)(seq - c->seq[part]) >= 0)
			cb_list_move(&c->due, &c->wait[part]);
	return c->due.head;
}

/*
 * The part for what waits for @target. @seq: the number from which @target was made. If other
 * callbacks are in it they are two grace periods older: due. *@due: whether there are such.
 */
static inline struct rcu_cb_list *rcu_cbs_part(struct rcu_cbs *c, unsigned long target,
					       unsigned long seq, bool *due)
{
	int part = (target >> 1) & 1;

	if (unlikely(c->seq[part] != target)) {
		*due = rcu_cbs_collect(c, seq);
		WRITE_ONCE(c->seq[part], target);
	}
	return &c->wait[part];
}

/* Queue @head behind all others, whatever they wait for. Return: false if there are none. */
static inline bool rcu_cbs_entrain(struct rcu_cbs *c, struct rcu_head *head)
{
	int newer = !rcu_cbs_older_part(c);

	if (!c->len)
		return false;
	if (c->wait[newer].head)
		cb_list_append(&c->wait[newer], head);
	else if (c->wait[!newer].head)
		cb_list_append(&c->wait[!newer], head);
	else
		cb_list_append(&c->due, head);
	WRITE_ONCE(c->len, c->len + 1);
	return true;
}

#endif
