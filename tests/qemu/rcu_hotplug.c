/* SPDX-License-Identifier: MIT */
/* RCU and CPUs that go: their callbacks are taken over, and nobody waits for them. */
#include <linux/cpu.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include "rcu.h"
#include "test.h"

#define CALLBACKS	40

static struct rcu_head heads[CALLBACKS];
static int order[CALLBACKS];
static atomic_t called;

static void lock(void)	 { rcu_read_lock(); }
static void unlock(void) { rcu_read_unlock(); }

static void note_call(struct rcu_head *head)
{
	order[atomic_inc_return(&called) - 1] = (int)(head - heads);
}

static void queue_half(void *from)
{
	int first = (int)(unsigned long)from;

	for (int i = first; i < first + CALLBACKS / 2; i++)
		call_rcu(&heads[i], note_call);
}

TEST(rcuhotplug, callbacks, "E6 A11", "the callbacks of a CPU that goes are called elsewhere, in order, each once")
{
	struct holder h = { .enter = lock, .leave = unlock };
	unsigned int cpu = last_cpu();
	int i;

	need(num_online_cpus() > 1, "one CPU only");
	rcu_barrier();
	atomic_set(&called, 0);
	/* Half of them before a grace period begins that the reader holds up, half after. */
	require(holder_start(&h, cpumask_first(cpu_online_mask)));
	smp_call_function_single((int)cpu, queue_half, (void *)0UL, 1);
	start_poll_synchronize_rcu();
	smp_call_function_single((int)cpu, queue_half, (void *)(CALLBACKS / 2UL), 1);
	expect_eq(remove_cpu(cpu), 0);
	expect_eq(atomic_read(&called), 0);
	holder_stop(&h);
	rcu_barrier();
	expect_eq(atomic_read(&called), CALLBACKS);
	for (i = 0; i < CALLBACKS; i++)
		if (!expect_eq(order[i], i))
			break;
	synchronize_rcu();
	synchronize_rcu_expedited();
	expect_eq(add_cpu(cpu), 0);
	/* And it takes part again. */
	atomic_set(&called, 0);
	smp_call_function_single((int)cpu, queue_half, (void *)0UL, 1);
	rcu_barrier();
	expect_eq(atomic_read(&called), CALLBACKS / 2);
}

static bool stop;
static atomic_t running, left;

static void count_down(struct rcu_head *head)
{
	kfree(head);
	atomic_dec(&left);
}

/* Wherever it runs, and it is moved as CPUs go. */
static int ask_all_the_time(void *unused)
{
	while (!READ_ONCE(stop)) {
		struct rcu_head *head = kmalloc(sizeof(*head), GFP_KERNEL | __GFP_NOFAIL);

		atomic_inc(&left);
		call_rcu(head, count_down);
		synchronize_rcu_expedited();
	}
	atomic_dec(&running);
	return 0;
}

TEST(rcuhotplug, cycles, "E6 A11", "grace periods go on while CPUs go and come")
{
	unsigned int cpu = last_cpu();
	int i;

	need(num_online_cpus() > 1, "one CPU only");
	stop = false;
	atomic_set(&left, 0);
	for (i = 0; i < 2; i++) {
		struct task_struct *t = kthread_run(ask_all_the_time, NULL, "asker/%d", i);

		require(!IS_ERR(t));
		atomic_inc(&running);
	}
	for (i = 0; i < 2; i++) {
		expect_eq(remove_cpu(cpu), 0);
		synchronize_rcu();
		expect_eq(add_cpu(cpu), 0);
	}
	WRITE_ONCE(stop, true);
	wait_until(!atomic_read(&running));
	rcu_barrier();
	expect_eq(atomic_read(&left), 0);
}
