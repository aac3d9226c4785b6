/* SPDX-License-Identifier: MIT */
/*
 * call_rcu(): callbacks, and RCU_SOFTIRQ, which calls them.
 *
 * Each CPU keeps its own in order (cblist.h). The lists belong to their CPU: interrupts off. A CPU that went is empty: whoever takes it down
 * takes its callbacks over.
 */
#include <linux/export.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/moduleparam.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include "cblist.h"
#include "internals.h"

#undef KBUILD_MODNAME
#define KBUILD_MODNAME "rcutree"

static ulong blimit = 10;	/* callbacks called in one go while others want the CPU */
module_param(blimit, ulong, 0444);

/* Of many that wait so large a part is called in one go nevertheless: they must not pile up. */
#define BATCH_SHARE_SHIFT	7

static DEFINE_PER_CPU(struct rcu_cbs, rcu_cbs);	/* others look at wait, seq and len */

/* While the grace periods' number is this, callbacks go there, and theirs is asked for already. */
static DEFINE_PER_CPU(unsigned long, newest_for);
static DEFINE_PER_CPU(struct rcu_cb_list *, newest);

static bool collect_due(struct rcu_cbs *c)
{
	/* Pairs with the release in the grace period's end. */
	return rcu_cbs_collect(c, smp_load_acquire(&rcu_state.seq));
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

static void raise_here(void)
{
	rcu_raise_on((unsigned int)raw_smp_processor_id());
}

/* The first callback of this CPU since the number became @seq. IRQs off. */
static noinline void enqueue_first(struct rcu_head *head, unsigned long seq)
{
	struct rcu_cbs *c = this_cpu_ptr(&rcu_cbs);
	unsigned long target = rcu_seq_snap(seq);
	struct rcu_cb_list *list;
	bool due = false;

	list = rcu_cbs_part(c, target, seq, &due);
	cb_list_append(list, head);
	WRITE_ONCE(c->len, c->len + 1);
	__this_cpu_write(newest, list);
	__this_cpu_write(newest_for, seq);
	if (due)
		raise_here();
	if (!rcu_seq_reached(READ_ONCE(rcu_state.wanted), target))
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
	unsigned long flags, seq;

	lockdep_assert(!((unsigned long)head & (sizeof(void *) - 1)));
	if (!rcu_head_queue(head, func))
		return;
	local_irq_save(flags);
	/* What the caller removed is removed before the number is looked at. */
	smp_mb();
	seq = smp_load_acquire(&rcu_state.seq);
	if (likely(seq == __this_cpu_read(newest_for))) {
		cb_list_append(__this_cpu_read(newest), head);
		__this_cpu_inc(rcu_cbs.len);
	} else {
		enqueue_first(head, seq);
	}
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

	if (!c->len)
		return false;
	rcu_head_queue(head, func);
	rcu_cbs_entrain(c, head);
	if (c->due.head)
		raise_here();
	return true;
}

/** rcu_cpu_callbacks - how many callbacks a CPU has that were not called yet; a glance */
unsigned long rcu_cpu_callbacks(unsigned int cpu)
{
	return READ_ONCE(per_cpu(rcu_cbs, cpu).len);
}

/* ---- The softirq ------------------------------------------------------------------------------- */

/* Its time has come. Softirqs off. */
void rcu_call(struct rcu_head *head)
{
	rcu_callback_t func = rcu_head_unqueue(head);

	if (__is_kvfree_rcu_offset((unsigned long)func))
		kvfree((char *)head - (unsigned long)func);
	else
		func(head);
}

/* Call the first of @list, as many as may be now. Return: how many. */
static unsigned long call_batch(struct rcu_cb_list *list, unsigned long waiting)
{
	unsigned long limit = max(blimit, waiting >> BATCH_SHARE_SHIFT), n = 0;
	struct rcu_head *head = list->head;

	while (head) {
		struct rcu_head *next = head->next;

		rcu_call(head);
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
	struct rcu_cb_list batch;
	unsigned long n;

	local_irq_disable();
	collect_due(c);
	cb_list_reset(&batch);
	cb_list_move(&batch, &c->due);
	local_irq_enable();

	n = call_batch(&batch, c->len);

	local_irq_disable();
	WRITE_ONCE(c->len, c->len - n);
	if (batch.head) {
		/* The rest goes back, before what has become due meanwhile. */
		cb_list_move(&batch, &c->due);
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
	unsigned long flags, seq, target;
	struct rcu_cb_list *wait;
	bool due;

	local_irq_save(flags);
	to = this_cpu_ptr(&rcu_cbs);
	collect_due(from);
	collect_due(to);
	cb_list_move(&to->due, &from->due);
	/* The others may wait for one more grace period than they would have to. */
	smp_mb();
	seq = smp_load_acquire(&rcu_state.seq);
	target = rcu_seq_snap(seq);
	wait = rcu_cbs_part(to, target, seq, &due);
	cb_list_move(wait, &from->wait[rcu_cbs_older_part(from)]);
	cb_list_move(wait, &from->wait[!rcu_cbs_older_part(from)]);
	WRITE_ONCE(to->len, to->len + from->len);
	WRITE_ONCE(from->len, 0);
	if (to->due.head)
		raise_here();
	rcu_request(target);
	local_irq_restore(flags);
}

void __init rcu_callbacks_init(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		rcu_cbs_init(per_cpu_ptr(&rcu_cbs, cpu), RCU_INITIAL_SEQ);
		per_cpu(newest_for, cpu) = RCU_INITIAL_SEQ - 1;	/* none */
	}
	open_softirq(RCU_SOFTIRQ, rcu_core);
}
