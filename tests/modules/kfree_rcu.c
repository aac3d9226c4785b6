/* SPDX-License-Identifier: MIT */
/* Memory and works that wait for a grace period. rows E6 D7 */
#include <linux/mm.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>
#include "test.h"

struct thing {
	char name[20];
	struct rcu_head rcu;
};

static struct rcu_work rwork;
static unsigned long cookie;

static void after(struct work_struct *work)
{
	note("work: right %d, passed %d, atomic %d", to_rcu_work(work) == &rwork,
	     poll_state_synchronize_rcu(cookie), in_atomic());
}

static void test(void)
{
	struct thing *t = NULL;
	void *p;
	int i;

	kfree_rcu(t, rcu);
	for (i = 0; i < 1000; i++) {
		t = kmalloc(sizeof(*t), GFP_KERNEL);
		if (!t)
			return;
		kfree_rcu(t, rcu);
		p = kmalloc(100, GFP_KERNEL);
		kvfree_rcu(p);
	}
	t = vmalloc(sizeof(*t));
	if (t)
		kvfree_rcu(t, rcu);
	rcu_barrier();
	note("freed");
	show("kfree_rcu");

	INIT_RCU_WORK(&rwork, after);
	cookie = get_state_synchronize_rcu();
	rcu_read_lock();
	note("queued %d", queue_rcu_work(system_wq, &rwork));
	note("again %d", queue_rcu_work(system_wq, &rwork));
	note("reader");
	rcu_read_unlock();
	flush_rcu_work(&rwork);		/* true, unless it has come by now */
	note("flushed %d", flush_rcu_work(&rwork));
	show("rcu_work");
}
MODULE_TEST(test);
