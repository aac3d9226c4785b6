/* SPDX-License-Identifier: MIT */
/*
 * Sleepable RCU. A reader counts itself in and out, on whatever CPU it is then, in one of two
 * pairs of counters: the one that the index names as it begins. No reader of a pair is left when
 * the sums of both counters over all CPUs are equal.
 *
 *	reader				grace period
 *	i = index			1. wait until the pair !index is empty
 *	begun[i]++			2. index flips: new readers use the other pair
 *	full barrier (B)		3. wait until the pair that it named before is empty
 *	...
 *	full barrier (C)
 *	ended[i]++
 *
 * Step 1 is for readers that took the index before an earlier flip and were counted only after
 * the look at their pair. Step 3 sees all others that began before.
 *
 * "Empty": the sum of `ended`, a full barrier (A), then the sum of `begun`. Whoever is missed in
 * the second counted in after it, so by B it sees what was removed before; whoever is in the
 * first has ended, so by C all it read is done. It never looks empty while a reader is under way
 * that was seen to begin: an end is counted only if its beginning is too, up to as many
 * readers as there are tasks, who would have to take an old index at once.
 *
 * The steps are a work's: it asks again a tick later if a pair is not empty, or at once for an
 * expedited grace period. Callbacks are called by it too, in order, with softirqs off.
 */
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/rcupdate_wait.h>
#include <linux/sched.h>
#include <linux/srcu.h>
#include "cblist.h"
#include "internals.h"

#define LOOKS		4	/* at a pair, so many microseconds apart, before it is left for a while */
#define LOOK_GAP_US	5

enum { STEP_IDLE, STEP_OTHER_PAIR, STEP_FLIPPED };

static struct workqueue_struct *rcu_gp_wq;	/* written once, at boot */

/* ---- Making and unmaking ------------------------------------------------------------------------ */

/* See init_srcu_struct(). */
int __init_srcu_struct(struct srcu_struct *ssp, const char *name, struct lock_class_key *key)
{
	ssp->idx = 0;
	ssp->sda = alloc_percpu(struct srcu_data);
	if (!ssp->sda)
		return -ENOMEM;
	spin_lock_init(&ssp->lock);
	ssp->seq = ssp->wanted = ssp->hurry = 0;
	rcu_cbs_init(&ssp->cbs, 0);
	INIT_DELAYED_WORK(&ssp->work, srcu_step);
	ssp->step = STEP_IDLE;
	lockdep_init_map(&ssp->dep_map, name, key, 0);
	return 0;
}
EXPORT_SYMBOL_GPL(__init_srcu_struct);

static bool pair_is_empty(struct srcu_struct *ssp, int idx)
{
	unsigned long ended = 0, begun = 0;
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		ended += READ_ONCE(per_cpu_ptr(ssp->sda, cpu)->ended[idx]);
	smp_mb();	/* A */
	for_each_possible_cpu(cpu)
		begun += READ_ONCE(per_cpu_ptr(ssp->sda, cpu)->begun[idx]);
	return begun == ended;
}

/**
 * cleanup_srcu_struct - give back what init_srcu_struct() took
 * @ssp: with no reader, no callback, nobody waiting; if there is, that is said, and it stays
 *
 * Context: process, may sleep.
 */
void cleanup_srcu_struct(struct srcu_struct *ssp)
{
	if (WARN_ON(!pair_is_empty(ssp, 0) || !pair_is_empty(ssp, 1)))
		return;
	/* The callback that woke the last waiter may still be counted: its work is not through. */
	flush_delayed_work(&ssp->work);
	if (WARN_ON(READ_ONCE(ssp->cbs.len)) || WARN_ON(READ_ONCE(ssp->seq) & 1))
		return;
	free_percpu(ssp->sda);
	ssp->sda = NULL;
}
EXPORT_SYMBOL_GPL(cleanup_srcu_struct);

/* ---- The steps of a grace period: the work's only ------------------------------------------------- */

static void run_work(struct srcu_struct *ssp, unsigned long delay)
{
	struct workqueue_struct *wq = READ_ONCE(rcu_gp_wq);

	queue_delayed_work(wq ? wq : system_wq, &ssp->work, delay);
}

/* The pair which readers do not get now. */
static bool other_pair_drains(struct srcu_struct *ssp)
{
	int idx = !(ssp->idx & 1);

	for (int looks = LOOKS; looks; looks--) {
		if (pair_is_empty(ssp, idx))
			return true;
		if (looks > 1)
			udelay(LOOK_GAP_US);
	}
	return false;
}

static void flip(struct srcu_struct *ssp)
{
	/* Whoever was seen to have ended read the old index; who is counted from now on sees more. */
	smp_mb();
	WRITE_ONCE(ssp->idx, ssp->idx + 1);
	smp_mb();
}

/* Return: false if the readers of a pair have to be waited for. */
static bool advance(struct srcu_struct *ssp)
{
	if (ssp->step == STEP_OTHER_PAIR) {
		if (!other_pair_drains(ssp))
			return false;
		flip(ssp);
		ssp->step = STEP_FLIPPED;
	}
	return other_pair_drains(ssp);
}

/* What is due is called. Return: true if there was any. */
static bool call_due(struct srcu_struct *ssp)
{
	struct rcu_cb_list batch;
	struct rcu_head *head;
	unsigned long n = 0;

	spin_lock_irq(&ssp->lock);
	rcu_cbs_collect(&ssp->cbs, ssp->seq);
	cb_list_reset(&batch);
	cb_list_move(&batch, &ssp->cbs.due);
	spin_unlock_irq(&ssp->lock);

	for (head = batch.head; head; n++) {
		struct rcu_head *next = head->next;

		local_bh_disable();
		rcu_call(head);
		local_bh_enable();
		head = next;
	}

	spin_lock_irq(&ssp->lock);
	WRITE_ONCE(ssp->cbs.len, ssp->cbs.len - n);
	spin_unlock_irq(&ssp->lock);
	return n;
}

/* Begin what is wanted. Return: whether there is one under way. */
static bool begin(struct srcu_struct *ssp)
{
	spin_lock_irq(&ssp->lock);
	if (ssp->step == STEP_IDLE && !rcu_seq_reached(ssp->seq, ssp->wanted)) {
		WRITE_ONCE(ssp->seq, ssp->seq + 1);
		ssp->step = STEP_OTHER_PAIR;
	}
	spin_unlock_irq(&ssp->lock);
	/* What was removed before it was asked for is removed before the sums. */
	smp_mb();
	return ssp->step != STEP_IDLE;
}

static void end(struct srcu_struct *ssp)
{
	/* What readers did comes before what follows the grace period. */
	smp_mb();
	spin_lock_irq(&ssp->lock);
	smp_store_release(&ssp->seq, ssp->seq + 1);
	ssp->step = STEP_IDLE;
	spin_unlock_irq(&ssp->lock);
}

/* The work of a domain: as many steps as can be taken now. */
void srcu_step(struct work_struct *work)
{
	struct srcu_struct *ssp = container_of(to_delayed_work(work), struct srcu_struct, work);

	do {
		while (begin(ssp)) {
			if (!advance(ssp)) {
				run_work(ssp, !rcu_seq_reached(ssp->seq, READ_ONCE(ssp->hurry)) ? 0 : 1);
				return;
			}
			end(ssp);
		}
	} while (call_due(ssp));
}
EXPORT_SYMBOL_GPL(srcu_step);

/* ---- Asking ----------------------------------------------------------------------------------------- */

/* Let grace periods go on until @target. The lock is held. */
static void request(struct srcu_struct *ssp, unsigned long target)
{
	lockdep_assert_held(&ssp->lock);
	if (!rcu_seq_reached(ssp->wanted, target)) {
		ssp->wanted = target;
		run_work(ssp, 0);
	}
}

static void enqueue(struct srcu_struct *ssp, struct rcu_head *head, bool hurry)
{
	unsigned long flags, target;
	bool due = false;

	spin_lock_irqsave(&ssp->lock, flags);
	smp_mb();	/* the caller's removal before the number */
	target = rcu_seq_snap(ssp->seq);
	cb_list_append(rcu_cbs_part(&ssp->cbs, target, ssp->seq, &due), head);
	WRITE_ONCE(ssp->cbs.len, ssp->cbs.len + 1);
	if (hurry)
		WRITE_ONCE(ssp->hurry, target);
	request(ssp, target);
	spin_unlock_irqrestore(&ssp->lock, flags);
	/* One that waits for a tick to pass is to wait no longer. */
	if (hurry)
		mod_delayed_work(READ_ONCE(rcu_gp_wq) ? rcu_gp_wq : system_wq, &ssp->work, 0);
}

/**
 * call_srcu - have a function called after a grace period of a domain
 * @ssp: the domain
 * @head: in the structure concerned; SRCU's until the call
 * @func: called with @head in a task, softirqs off, in the order of the calls
 *
 * Context: any but NMI.
 */
void call_srcu(struct srcu_struct *ssp, struct rcu_head *head, rcu_callback_t func)
{
	if (rcu_head_queue(head, func))
		enqueue(ssp, head, false);
}
EXPORT_SYMBOL_GPL(call_srcu);

static void wait_for_gp(struct srcu_struct *ssp, bool hurry)
{
	struct rcu_synchronize rs;

	might_sleep();
	RCU_LOCKDEP_WARN(rcu_read_lock_held(),
			 "Illegal synchronize_srcu() in RCU read-side critical section");
#ifdef CONFIG_DEBUG
	RCU_LOCKDEP_WARN(lock_is_held(&ssp->dep_map) == LOCK_STATE_HELD,
			 "Illegal synchronize_srcu() in same-type SRCU read-side critical section");
#endif
	init_rcu_head_on_stack(&rs.head);
	init_completion(&rs.completion);
	rcu_head_queue(&rs.head, wakeme_after_rcu);
	enqueue(ssp, &rs.head, hurry);
	wait_for_completion(&rs.completion);
	destroy_rcu_head_on_stack(&rs.head);
}

/**
 * synchronize_srcu - wait until every reader of a domain that runs now has ended
 * @ssp: the domain
 *
 * Context: process, may sleep; in no reader of @ssp. Not before workqueues run.
 */
void synchronize_srcu(struct srcu_struct *ssp)
{
	wait_for_gp(ssp, false);
}
EXPORT_SYMBOL_GPL(synchronize_srcu);

/** synchronize_srcu_expedited - the same, looking for the readers' end all the time */
void synchronize_srcu_expedited(struct srcu_struct *ssp)
{
	wait_for_gp(ssp, true);
}
EXPORT_SYMBOL_GPL(synchronize_srcu_expedited);

/**
 * srcu_barrier - wait until the callbacks that were queued before have been called
 * @ssp: the domain
 *
 * Context: process, may sleep.
 */
void srcu_barrier(struct srcu_struct *ssp)
{
	struct rcu_synchronize rs;
	bool queued;

	might_sleep();
	init_rcu_head_on_stack(&rs.head);
	init_completion(&rs.completion);
	spin_lock_irq(&ssp->lock);
	rcu_head_queue(&rs.head, wakeme_after_rcu);
	queued = rcu_cbs_entrain(&ssp->cbs, &rs.head);
	/* It may be behind those that are being called, with nothing else to bring the work back. */
	if (queued)
		run_work(ssp, 0);
	spin_unlock_irq(&ssp->lock);
	if (queued)
		wait_for_completion(&rs.completion);
	destroy_rcu_head_on_stack(&rs.head);
}
EXPORT_SYMBOL_GPL(srcu_barrier);

/** get_state_synchronize_srcu - a cookie for the readers of @ssp that run now. Context: any. */
unsigned long get_state_synchronize_srcu(struct srcu_struct *ssp)
{
	smp_mb();	/* the caller's removal before the number */
	return rcu_seq_snap(READ_ONCE(ssp->seq));
}
EXPORT_SYMBOL_GPL(get_state_synchronize_srcu);

/** start_poll_synchronize_srcu - the same, and see to it that it comes true. Any but NMI. */
unsigned long start_poll_synchronize_srcu(struct srcu_struct *ssp)
{
	unsigned long flags, cookie;

	spin_lock_irqsave(&ssp->lock, flags);
	cookie = get_state_synchronize_srcu(ssp);
	request(ssp, cookie);
	spin_unlock_irqrestore(&ssp->lock, flags);
	return cookie;
}
EXPORT_SYMBOL_GPL(start_poll_synchronize_srcu);

/** poll_state_synchronize_srcu - whether a grace period of @ssp has passed since @cookie */
bool poll_state_synchronize_srcu(struct srcu_struct *ssp, unsigned long cookie)
{
	if (!rcu_seq_reached(smp_load_acquire(&ssp->seq), cookie))
		return false;
	smp_mb();
	return true;
}
EXPORT_SYMBOL_GPL(poll_state_synchronize_srcu);

/** srcu_batches_completed - how many grace periods of @ssp have passed; a glance */
unsigned long srcu_batches_completed(struct srcu_struct *ssp)
{
	return READ_ONCE(ssp->idx);
}
EXPORT_SYMBOL_GPL(srcu_batches_completed);

static int __init srcu_init(void)
{
	WRITE_ONCE(rcu_gp_wq, alloc_workqueue("rcu_gp", WQ_MEM_RECLAIM, 0));
	return rcu_gp_wq ? 0 : -ENOMEM;
}
core_initcall(srcu_init);
