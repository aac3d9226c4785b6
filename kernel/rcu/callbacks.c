/* SPDX-License-Identifier: MIT */
/*
 * call_rcu(): callbacks, and RCU_SOFTIRQ, which calls them.
 *
 * Each CPU keeps its own, in the order they came, in three parts: those whose grace period has
 * passed, and two that wait. Two are enough: while grace period n is under way a new callback
 * waits for n + 1, and what came before waits for n; older ones are due. So a callback finds
 * its part by the lowest bit of its grace period's number.
 *
 * The lists belong to their CPU: interrupts off. A CPU that went is empty: whoever takes it down
 * takes its callbacks over.
 */
#include <linux/export.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include "internals.h"

#undef KBUILD_MODNAME
#define KBUILD_MODNAME "rcutree"

static ulong blimit = 10;	/* callbacks called in one go while others want the CPU */
module_param(blimit, ulong, 0444);

/* Of many that wait so large a part is called in one go nevertheless: they must not pile up. */
#define BATCH_SHARE_SHIFT	7

struct cb_list {
	struct rcu_head	*head, **tail;
};

struct rcu_cbs {
	struct cb_list	due;
	struct cb_list	wait[2];	/* by the lowest bit of the grace period's number */
	unsigned long	seq[2];		/* which one that is; others look at it and at wait */
	unsigned long	len;		/* all, those that are being called included; others look */
};

static DEFINE_PER_CPU(struct rcu_cbs, rcu_cbs);

/* ---- Lists ---------------------------------------------------------------------------------- */

static void list_reset(struct cb_list *l)
{
	WRITE_ONCE(l->head, NULL);
	l->tail = &l->head;
}

static void list_append(struct cb_list *l, struct rcu_head *head)
{
	head->next = NULL;
	WRITE_ONCE(*l->tail, head);
	l->tail = &head->next;
}

/* Move all of @from to the end of @to. */
static void list_move_all(struct cb_list *to, struct cb_list *from)
{
	if (!from->head)
		return;
	WRITE_ONCE(*to->tail, from->head);
	to->tail = from->tail;
	list_reset(from);
}

static int part_of(unsigned long target)
{
	return (target >> 1) & 1;
}

static int older_part(const struct rcu_cbs *c)
{
	return rcu_seq_reached(c->seq[1], c->seq[0]) ? 0 : 1;
}

/* What has become due joins what is, the older part first. Return: whether anything is due. */
static bool collect_due(struct rcu_cbs *c)
{
	/* Pairs with the release in the grace period's end. */
	unsigned long seq = smp_load_acquire(&rcu_state.seq);
	int older = older_part(c);

	for (int n = 0; n < 2; n++, older ^= 1)
		if (c->wait[older].head && rcu_seq_reached(seq, c->seq[older]))
			list_move_all(&c->due, &c->wait[older]);
	return c->due.head;
}

/* Whether a CPU has to be told that @seq is reached. See the call in gp.c's end(). */
bool rcu_cpu_has_due(unsigned int cpu, unsigned long seq)
{
	struct rcu_cbs *c = per_cpu_ptr(&rcu_cbs, cpu);

	/*
	 * What waits for this grace period was there before its CPU reported, so it is seen
	 * here; unless call_rcu() on that CPU has already seen the new number and collected it.
	 */
	for (int i = 0; i < 2; i++)
		if (READ_ONCE(c->wait[i].head) && rcu_seq_reached(seq, READ_ONCE(c->seq[i])))
			return true;
	return false;
}

/* In hard-IRQ context: its exit looks at what is raised. */
void rcu_raise_if_due(void)
{
	if (collect_due(this_cpu_ptr(&rcu_cbs)))
		__raise_softirq_irqoff(RCU_SOFTIRQ);
}

/* ---- call_rcu -------------------------------------------------------------------------------- */

/* IRQs off. */
static void enqueue(struct rcu_cbs *c, struct rcu_head *head)
{
	unsigned long target;
	int part;

	/* What the caller removed is removed before the number is looked at. */
	smp_mb();
	target = rcu_seq_snap(READ_ONCE(rcu_state.seq));
	part = part_of(target);
	if (unlikely(c->seq[part] != target)) {
		/* Whatever is in that part is two grace periods older: it is due. */
		if (collect_due(c))
			rcu_raise_on((unsigned int)raw_smp_processor_id());
		WRITE_ONCE(c->seq[part], target);
	}
	list_append(&c->wait[part], head);
	WRITE_ONCE(c->len, c->len + 1);
	if (unlikely(!rcu_seq_reached(READ_ONCE(rcu_state.wanted), target)))
		rcu_request(target);
}

/**
 * call_rcu - have a function called after a grace period
 * @head: in the structure concerned; RCU's until the call
 * @func: called with @head in softirq context, on this CPU unless it goes off line, after those
 *	that were queued on this CPU before
 *
 * Context: any but NMI; also from a callback, and in a reader.
 */
void call_rcu(struct rcu_head *head, rcu_callback_t func)
{
	unsigned long flags;

	WARN_ON_ONCE((unsigned long)head & (sizeof(void *) - 1));
	if (!rcu_head_queue(head, func))
		return;
	local_irq_save(flags);
	enqueue(this_cpu_ptr(&rcu_cbs), head);
	local_irq_restore(flags);
}
EXPORT_SYMBOL_GPL(call_rcu);

/*
 * Queue @head behind all callbacks of this CPU, with no grace period of its own. IRQs off.
 * Return: false if there are none.
 */
bool rcu_entrain(struct rcu_head *head, rcu_callback_t func)
{
	struct rcu_cbs *c = this_cpu_ptr(&rcu_cbs);
	int newer = !older_part(c);

	if (!c->len)
		return false;
	rcu_head_queue(head, func);
	if (c->wait[newer].head) {
		list_append(&c->wait[newer], head);
	} else if (c->wait[!newer].head) {
		list_append(&c->wait[!newer], head);
	} else {
		list_append(&c->due, head);
		rcu_raise_on((unsigned int)raw_smp_processor_id());
	}
	WRITE_ONCE(c->len, c->len + 1);
	return true;
}

/** rcu_cpu_callbacks - how many callbacks a CPU has that were not called yet; a glance */
unsigned long rcu_cpu_callbacks(unsigned int cpu)
{
	return READ_ONCE(per_cpu(rcu_cbs, cpu).len);
}

/* ---- The softirq ------------------------------------------------------------------------------- */

static void call_one(struct rcu_head *head)
{
	rcu_callback_t func = rcu_head_unqueue(head);

	if (__is_kvfree_rcu_offset((unsigned long)func))
		kvfree((char *)head - (unsigned long)func);
	else
		func(head);
}

/* Call the first of @list, as many as may be now. Return: how many. */
static unsigned long call_batch(struct cb_list *list, unsigned long waiting)
{
	unsigned long limit = max(blimit, waiting >> BATCH_SHARE_SHIFT), n = 0;
	struct rcu_head *head = list->head;

	while (head) {
		struct rcu_head *next = head->next;

		call_one(head);
		head = next;
		if (++n >= limit && (need_resched() || !is_idle_task(current)))
			break;
	}
	list->head = head;
	return n;
}

/* RCU_SOFTIRQ. */
static void rcu_core(struct softirq_action *unused)
{
	struct rcu_cbs *c = this_cpu_ptr(&rcu_cbs);
	struct cb_list batch;
	unsigned long n;

	local_irq_disable();
	collect_due(c);
	list_reset(&batch);
	list_move_all(&batch, &c->due);
	local_irq_enable();

	n = call_batch(&batch, c->len);

	local_irq_disable();
	WRITE_ONCE(c->len, c->len - n);
	if (batch.head) {
		/* The rest goes back, before what has become due meanwhile. */
		list_move_all(&batch, &c->due);
		c->due = batch;
	}
	if (c->due.head)
		__raise_softirq_irqoff(RCU_SOFTIRQ);
	local_irq_enable();
}

/* ---- CPUs that go -------------------------------------------------------------------------------- */

/**
 * rcutree_migrate_callbacks - take over the callbacks of a CPU that is gone
 * @cpu: off line, after rcu_report_dead()
 *
 * Context: process. They keep their order; those of @cpu come after those of this CPU.
 */
void rcutree_migrate_callbacks(int cpu)
{
	struct rcu_cbs *from = per_cpu_ptr(&rcu_cbs, cpu), *to;
	unsigned long flags, target;
	int part;

	local_irq_save(flags);
	to = this_cpu_ptr(&rcu_cbs);
	collect_due(from);
	collect_due(to);
	list_move_all(&to->due, &from->due);
	/* The others wait for one more grace period than they would have to. */
	smp_mb();
	target = rcu_seq_snap(READ_ONCE(rcu_state.seq));
	part = part_of(target);
	WRITE_ONCE(to->seq[part], target);
	list_move_all(&to->wait[part], &from->wait[older_part(from)]);
	list_move_all(&to->wait[part], &from->wait[!older_part(from)]);
	WRITE_ONCE(to->len, to->len + from->len);
	WRITE_ONCE(from->len, 0);
	if (to->due.head)
		rcu_raise_on((unsigned int)raw_smp_processor_id());
	rcu_request(target);
	local_irq_restore(flags);
}

void __init rcu_callbacks_init(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct rcu_cbs *c = per_cpu_ptr(&rcu_cbs, cpu);

		list_reset(&c->due);
		list_reset(&c->wait[0]);
		list_reset(&c->wait[1]);
		c->seq[0] = c->seq[1] = RCU_INITIAL_SEQ;
	}
	open_softirq(RCU_SOFTIRQ, rcu_core);
}
