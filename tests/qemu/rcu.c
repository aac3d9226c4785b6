/* SPDX-License-Identifier: MIT */
/* RCU: who is waited for, in what order callbacks come, and that nothing stalls. */
#include <linux/cpumask.h>
#include <linux/hardirq.h>
#include <linux/irq_work.h>
#include <linux/kernel_stat.h>
#include <linux/kthread.h>
#include <linux/rcupdate.h>
#include <linux/rcupdate_wait.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/timer.h>
#include "test.h"

/* A callback that notes when it came. */
struct note {
	struct rcu_head	rcu;
	bool		called;
	bool		in_softirq;
	int		nr;
};

static int order[256];
static atomic_t nr_called;

static void note_call(struct rcu_head *head)
{
	struct note *n = container_of(head, struct note, rcu);
	int place = atomic_inc_return(&nr_called) - 1;

	if (place < (int)ARRAY_SIZE(order))
		order[place] = n->nr;
	n->in_softirq = in_serving_softirq() && !irqs_disabled();
	smp_store_release(&n->called, true);
}

TEST(rcu, call, "E6", "a callback comes after a grace period, in RCU_SOFTIRQ, which counts it")
{
	struct note n = { };
	unsigned long cookie = get_state_synchronize_rcu();

	call_rcu(&n.rcu, note_call);
	wait_until(smp_load_acquire(&n.called));
	expect(n.in_softirq);
	expect(poll_state_synchronize_rcu(cookie));
}

TEST(rcu, order, "E6", "callbacks of a CPU come in the order they were queued, across grace periods")
{
	struct note *n = kcalloc(200, sizeof(*n), GFP_KERNEL);
	int i;

	require(n);
	atomic_set(&nr_called, 0);
	migrate_disable();
	for (i = 0; i < 200; i++) {
		n[i].nr = i;
		call_rcu(&n[i].rcu, note_call);
		if (i % 50 == 49)
			synchronize_rcu();
	}
	rcu_barrier();
	migrate_enable();
	expect_eq(atomic_read(&nr_called), 200);
	for (i = 0; i < 200; i++)
		if (!expect_eq(order[i], i))
			break;
	kfree(n);
}

TEST(rcu, wait, "E6", "synchronize_rcu() returns, plain and expedited, a hundred times")
{
	int i;

	for (i = 0; i < 10; i++)
		synchronize_rcu();
	for (i = 0; i < 90; i++)
		synchronize_rcu_expedited();
}
