/* SPDX-License-Identifier: MIT */
/* Callbacks of RCU: when, where and in what order they come; memory freed by them; works. */
#include <linux/irq_work.h>
#include <linux/kernel_stat.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>
#include "leak.h"
#include "test.h"

/* A callback that notes when it came. */
struct note {
	struct rcu_head	rcu;
	bool		called;
	bool		in_softirq;
	int		nr;
	unsigned int	cpu;
};

#define MANY	200

static int order[MANY];
static atomic_t nr_called;

static void note_call(struct rcu_head *head)
{
	struct note *n = container_of(head, struct note, rcu);
	int place = atomic_inc_return(&nr_called) - 1;

	if (place < MANY)
		order[place] = n->nr;
	n->in_softirq = in_serving_softirq() && !irqs_disabled();
	n->cpu = (unsigned int)raw_smp_processor_id();
	smp_store_release(&n->called, true);
}

TEST(rcucb, call, "E6 D1", "a callback comes after a grace period, in RCU_SOFTIRQ of its CPU, which counts it")
{
	struct note n = { };
	unsigned long cookie = get_state_synchronize_rcu();
	unsigned int cpu, before;

	migrate_disable();
	cpu = (unsigned int)raw_smp_processor_id();
	before = kstat_softirqs_cpu(RCU_SOFTIRQ, cpu);
	call_rcu(&n.rcu, note_call);
	wait_until(smp_load_acquire(&n.called));
	expect(n.in_softirq);
	expect_eq(n.cpu, cpu);
	expect(kstat_softirqs_cpu(RCU_SOFTIRQ, cpu) != before);
	expect(poll_state_synchronize_rcu(cookie));
	migrate_enable();
}

TEST(rcucb, order, "E6", "callbacks of a CPU come in the order they were queued, across grace periods")
{
	struct note *n = kcalloc(MANY, sizeof(*n), GFP_KERNEL);
	int i;

	require(n);
	atomic_set(&nr_called, 0);
	migrate_disable();
	for (i = 0; i < MANY; i++) {
		n[i].nr = i;
		call_rcu(&n[i].rcu, note_call);
		if (i % 50 == 49)
			synchronize_rcu_expedited();
	}
	rcu_barrier();
	migrate_enable();
	expect_eq(atomic_read(&nr_called), MANY);
	for (i = 0; i < MANY; i++)
		if (!expect_eq(order[i], i))
			break;
	kfree(n);
}

/* ---- The barrier --------------------------------------------------------------------------- */

static struct note *notes_of_cpu[NR_CPUS];

static void queue_some(void *unused)
{
	struct note *n = notes_of_cpu[raw_smp_processor_id()];

	for (int i = 0; i < 20; i++)
		call_rcu(&n[i].rcu, note_call);
}

TEST(rcucb, barrier, "E6", "rcu_barrier() waits for the callbacks of all CPUs, queued in interrupts")
{
	unsigned int cpu, cpus = 0;

	rcu_barrier();
	atomic_set(&nr_called, 0);
	for_each_online_cpu(cpu) {
		notes_of_cpu[cpu] = kcalloc(20, sizeof(struct note), GFP_KERNEL);
		require(notes_of_cpu[cpu]);
		cpus++;
	}
	on_each_cpu(queue_some, NULL, 1);
	rcu_barrier();
	expect_eq(atomic_read(&nr_called), 20 * cpus);
	for_each_online_cpu(cpu) {
		for (int i = 0; i < 20; i++)
			if (!expect_eq(notes_of_cpu[cpu][i].cpu, cpu))
				break;
		kfree(notes_of_cpu[cpu]);
	}
}

/* ---- From a callback ------------------------------------------------------------------------- */

static struct note chain;
static int links;

static void next_link(struct rcu_head *head)
{
	if (++links < 10)
		call_rcu(head, next_link);
	else
		smp_store_release(&chain.called, true);
}

TEST(rcucb, chain, "E6", "a callback that queues itself again comes again, a grace period later each time")
{
	unsigned long cookie = get_state_synchronize_rcu();

	chain = (struct note){ };
	links = 0;
	call_rcu(&chain.rcu, next_link);
	wait_until(smp_load_acquire(&chain.called));
	expect_eq(links, 10);
	expect(get_state_synchronize_rcu() - cookie >= 10);
}

/* ---- Freeing ----------------------------------------------------------------------------------- */

struct thing {
	char		data[40];
	struct rcu_head	rcu;
};

static bool free_all_kinds(void)
{
	struct thing *t;
	void *p;

	for (int i = 0; i < 500; i++) {
		t = kmalloc(sizeof(*t), GFP_KERNEL);
		if (!expect(t))
			return false;
		kfree_rcu(t, rcu);
		p = kmalloc(24, GFP_KERNEL);
		if (!expect(p))
			return false;
		kvfree_rcu(p);
	}
	t = NULL;
	kfree_rcu(t, rcu);
	t = vmalloc(sizeof(*t));
	if (!expect(t))
		return false;
	kvfree_rcu(t, rcu);
	p = vmalloc(3 * PAGE_SIZE);
	kfree_rcu_mightsleep(p);
	rcu_barrier();
	return true;
}

TEST(rcucb, kfree, "E6", "what kfree_rcu() and its like take is freed, all of it")
{
	/* On one CPU, and once before: vfree() in a softirq leaves it to a worker, which stays. */
	migrate_disable();
	if (free_all_kinds()) {
		NO_LEAK_BEGIN;

		free_all_kinds();
		NO_LEAK_END;
	}
	migrate_enable();
}

/* ---- Works --------------------------------------------------------------------------------------- */

static struct rcu_work rwork;
static unsigned long work_cookie;
static bool work_came, work_was_right;

static void after_gp(struct work_struct *work)
{
	work_was_right = to_rcu_work(work) == &rwork && !in_atomic() &&
			 poll_state_synchronize_rcu(work_cookie);
	WRITE_ONCE(work_came, true);
}

TEST(rcucb, rcu_work, "E6 D7", "a work that waits for a grace period comes after one, in a task, and once")
{
	work_came = false;
	INIT_RCU_WORK(&rwork, after_gp);
	work_cookie = get_state_synchronize_rcu();
	rcu_read_lock();
	expect(queue_rcu_work(system_wq, &rwork));
	expect(!queue_rcu_work(system_wq, &rwork));
	expect(!READ_ONCE(work_came));
	rcu_read_unlock();
	flush_rcu_work(&rwork);		/* true, unless it has come by now */
	expect(work_came && work_was_right);
	expect(!flush_rcu_work(&rwork));
}
