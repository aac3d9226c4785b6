/* SPDX-License-Identifier: MIT */
/* Callbacks of one CPU come in the order of their calls, each after its grace period. rows E6 */
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include "test.h"

struct item {
	struct rcu_head rcu;
	int n;
	int again;
};

static struct item items[12];
static int outside;

static void call(struct rcu_head *head)
{
	struct item *it = container_of(head, struct item, rcu);

	if (!in_serving_softirq())
		outside++;
	note("%d", it->n);
	if (it->again-- > 0)
		call_rcu(head, call);
}

static void test(void)
{
	unsigned long before, cookie;
	int i;

	set_cpus_allowed_ptr(current, cpumask_of(0));
	for (i = 0; i < 12; i++) {
		items[i].n = i;
		call_rcu(&items[i].rcu, call);
		if (i % 5 == 4)
			synchronize_rcu();
	}
	rcu_barrier();
	show("in order");
	pr_info("outside of softirqs: %d\n", outside);

	items[0].again = 3;
	call_rcu(&items[0].rcu, call);
	for (i = 0; i < 4; i++)
		rcu_barrier();
	show("again from the callback");

	rcu_read_lock();
	call_rcu(&items[1].rcu, call);
	note("reader");
	rcu_read_unlock();
	rcu_barrier();
	show("queued in a reader");

	before = get_state_synchronize_rcu();
	pr_info("new cookie: %d, completed one: %d\n", poll_state_synchronize_rcu(before),
		poll_state_synchronize_rcu(get_completed_synchronize_rcu()));
	synchronize_rcu();
	pr_info("after a grace period: %d\n", poll_state_synchronize_rcu(before));
	cond_synchronize_rcu(before);
	cookie = start_poll_synchronize_rcu();
	eventually(poll_state_synchronize_rcu(cookie));
	pr_info("started: came\n");
	synchronize_rcu_expedited();
	pr_info("expedited: came\n");
}
MODULE_TEST(test);
