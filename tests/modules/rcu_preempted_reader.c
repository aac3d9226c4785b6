/* SPDX-License-Identifier: MIT */
/* A reader that goes on for long holds up the grace periods that began before its end. rows E6 */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include "test.h"

static int inside, leave;

/* On the CPU that the rest runs on: so it is preempted, where the kernel can. */
static int reader(void *unused)
{
	rcu_read_lock();
	rcu_read_lock();
	rcu_read_unlock();
	WRITE_ONCE(inside, 1);
	while (!READ_ONCE(leave))
		cpu_relax();
	note("leaves");
	rcu_read_unlock();
	while (!kthread_should_stop())
		msleep(4);
	return 0;
}

static void reclaim(struct rcu_head *head)
{
	note("callback");
}

static void test(void)
{
	static struct rcu_head head;
	struct task_struct *t;
	unsigned long cookie;

	t = kthread_create(reader, NULL, "reader");
	if (IS_ERR(t))
		return;
	kthread_bind(t, 1);
	wake_up_process(t);
	eventually(READ_ONCE(inside));
	cookie = start_poll_synchronize_rcu();
	call_rcu(&head, reclaim);
	msleep(60);
	note("passed %d", poll_state_synchronize_rcu(cookie));
	WRITE_ONCE(leave, 1);
	eventually(poll_state_synchronize_rcu(cookie));
	rcu_barrier();
	note("passed %d", poll_state_synchronize_rcu(cookie));
	kthread_stop(t);
	show("long reader");
}
MODULE_TEST(test);
