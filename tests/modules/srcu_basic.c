/* SPDX-License-Identifier: MIT */
/* Readers that sleep, in domains static and made at run time. rows E6 */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/srcu.h>
#include "test.h"

DEFINE_STATIC_SRCU(domain);
DEFINE_SRCU(second);

static int inside, leave;

static int reader(void *unused)
{
	int outer = srcu_read_lock(&domain);
	int inner = srcu_read_lock(&domain);

	srcu_read_unlock(&domain, inner);
	WRITE_ONCE(inside, 1);
	while (!READ_ONCE(leave))
		msleep(4);
	note("leaves");
	srcu_read_unlock(&domain, outer);
	while (!kthread_should_stop())
		msleep(4);
	return 0;
}

struct item {
	struct rcu_head rcu;
	int n;
};

static struct item items[6];

static void call(struct rcu_head *head)
{
	note("%d", container_of(head, struct item, rcu)->n);
}

static void long_reader(void)
{
	struct task_struct *t = kthread_run(reader, NULL, "reader");
	unsigned long cookie;

	if (IS_ERR(t))
		return;
	eventually(READ_ONCE(inside));
	cookie = start_poll_synchronize_srcu(&domain);
	synchronize_srcu(&second);
	synchronize_rcu();
	msleep(40);
	note("passed %d", poll_state_synchronize_srcu(&domain, cookie));
	WRITE_ONCE(leave, 1);
	eventually(poll_state_synchronize_srcu(&domain, cookie));
	kthread_stop(t);
	show("sleeping reader");
}

static void in_order(void)
{
	int i;

	for (i = 0; i < 6; i++) {
		items[i].n = i;
		call_srcu(&domain, &items[i].rcu, call);
		if (i == 3)
			synchronize_srcu_expedited(&domain);
	}
	srcu_barrier(&domain);
	show("callbacks");
}

static void at_run_time(void)
{
	struct srcu_struct *ssp = kzalloc(sizeof(*ssp), GFP_KERNEL);
	unsigned long cookie;
	int idx, err;

	if (!ssp)
		return;
	err = init_srcu_struct(ssp);
	note("init %d", err);
	idx = srcu_read_lock(ssp);
	note("idx %d", idx);
	srcu_read_unlock(ssp, idx);
	cookie = get_state_synchronize_srcu(ssp);
	note("passed %d", poll_state_synchronize_srcu(ssp, cookie));
	synchronize_srcu(ssp);
	note("passed %d", poll_state_synchronize_srcu(ssp, cookie));
	cleanup_srcu_struct(ssp);
	kfree(ssp);
	show("made at run time");
}

static void test(void)
{
	long_reader();
	in_order();
	at_run_time();
}
MODULE_TEST(test);
