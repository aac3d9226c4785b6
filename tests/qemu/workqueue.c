/* SPDX-License-Identifier: MIT */
/* Works: that each queueing runs, never twice at once, where and when it should; waiting for them. */
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/gfp.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/workqueue.h>
#include "test.h"

static atomic_t runs, inside, most;
static struct completion hold;

static void reset(void)
{
	atomic_set(&runs, 0);
	atomic_set(&inside, 0);
	atomic_set(&most, 0);
	init_completion(&hold);
}

static void enter(void)
{
	int now = atomic_inc_return(&inside), seen = atomic_read(&most);

	while (now > seen && !atomic_try_cmpxchg(&most, &seen, now))
		;
}

static void count_fn(struct work_struct *work)
{
	atomic_inc(&runs);
}

static void sleep_fn(struct work_struct *work)
{
	enter();
	schedule_timeout_uninterruptible(1);
	atomic_dec(&inside);
	atomic_inc(&runs);
}

static void hold_fn(struct work_struct *work)
{
	enter();
	wait_for_completion(&hold);
	atomic_dec(&inside);
	atomic_inc(&runs);
}

TEST(workqueue, basic, "D7", "a work runs once for each time it was queued; queued twice it is queued once")
{
	struct work_struct work;

	reset();
	INIT_WORK_ONSTACK(&work, count_fn);
	expect(!flush_work(&work));
	for (int i = 0; i < 100; i++) {
		expect(schedule_work(&work));
		flush_work(&work);
		expect_eq(atomic_read(&runs), i + 1);
		expect(!work_pending(&work));
	}
	preempt_disable();
	expect(queue_work_on(raw_smp_processor_id(), system_wq, &work));
	expect(!queue_work_on(raw_smp_processor_id(), system_wq, &work));
	expect(work_pending(&work));
	preempt_enable();
	flush_work(&work);
	expect_eq(atomic_read(&runs), 101);
	destroy_work_on_stack(&work);
}

static int ran_on;
static char ran_by[TASK_COMM_LEN];

static void where_fn(struct work_struct *work)
{
	ran_on = raw_smp_processor_id();
	get_task_comm(ran_by, current);
	expect(current_work() == work);
	expect(in_task() && !irqs_disabled());
}

TEST(workqueue, cpu, "D7", "a work runs on the CPU it was queued for, in a worker named as on Linux")
{
	struct work_struct work;
	char name[TASK_COMM_LEN];
	int cpu, digits;

	INIT_WORK_ONSTACK(&work, where_fn);
	for_each_online_cpu(cpu) {
		digits = snprintf(name, sizeof(name), "kworker/%d:", cpu);
		schedule_work_on(cpu, &work);
		flush_work(&work);
		expect_eq(ran_on, cpu);
		expect(!strncmp(ran_by, name, digits));
		queue_work_on(cpu, system_highpri_wq, &work);
		flush_work(&work);
		expect_eq(ran_on, cpu);
		expect_eq(ran_by[strlen(ran_by) - 1], 'H');
	}
	queue_work(system_unbound_wq, &work);
	flush_work(&work);
	expect(!strncmp(ran_by, "kworker/u", 9));
	expect(!current_work());
}

TEST(workqueue, concurrency, "D7", "while a work sleeps, another worker of the CPU runs the next")
{
	struct work_struct sleeper, next;

	reset();
	INIT_WORK_ONSTACK(&sleeper, hold_fn);
	INIT_WORK_ONSTACK(&next, count_fn);
	schedule_work_on(0, &sleeper);
	wait_until(atomic_read(&inside) == 1);
	schedule_work_on(0, &next);
	flush_work(&next);
	expect_eq(atomic_read(&runs), 1);
	expect_eq(work_busy(&sleeper), WORK_BUSY_RUNNING);
	complete(&hold);
	flush_work(&sleeper);
	expect_eq(atomic_read(&runs), 2);
	expect_eq(work_busy(&sleeper), 0);
}

static void hog_fn(struct work_struct *work)
{
	atomic_inc(&inside);
	smp_cond_load_acquire(&hold.done, VAL);
	atomic_dec(&inside);
	atomic_inc(&runs);
}

TEST(workqueue, cpu_intensive, "D7", "a work that never sleeps keeps the next from running, unless it is marked CPU intensive")
{
	struct workqueue_struct *wq = alloc_workqueue("test_hog", WQ_CPU_INTENSIVE, 0);
	struct work_struct hog, next;

	require(wq);
	for (int intensive = 0; intensive < 2; intensive++) {
		reset();
		INIT_WORK_ONSTACK(&hog, hog_fn);
		INIT_WORK_ONSTACK(&next, count_fn);
		queue_work_on(0, intensive ? wq : system_wq, &hog);
		wait_until(atomic_read(&inside) == 1);
		schedule_work_on(0, &next);
		if (intensive) {
			flush_work(&next);
			expect_eq(atomic_read(&runs), 1);
		} else {
			msleep(20);
			expect_eq(atomic_read(&runs), 0);
		}
		complete(&hold);
		flush_work(&hog);
		flush_work(&next);
		expect_eq(atomic_read(&runs), 2);
	}
	destroy_workqueue(wq);
}

#define NR_WORKS	64

/* All of them begin as far as they may, then go on. */
static void crowd(struct workqueue_struct *wq, int max_active)
{
	struct work_struct *works = kcalloc(NR_WORKS, sizeof(*works), GFP_KERNEL);

	require(works && wq);
	reset();
	for (int i = 0; i < NR_WORKS; i++) {
		INIT_WORK(&works[i], hold_fn);
		expect(queue_work_on(0, wq, &works[i]));
	}
	wait_until(atomic_read(&inside) >= max_active);
	msleep(8);	/* for one too many */
	complete_all(&hold);
	flush_workqueue(wq);
	expect_eq(atomic_read(&most), max_active);
	expect_eq(atomic_read(&runs), NR_WORKS);
	expect_eq(atomic_read(&inside), 0);
	kfree(works);
}

TEST(workqueue, max_active, "D7", "no more works of a workqueue run at once than max_active says, and all run")
{
	struct workqueue_struct *wq = alloc_workqueue("test_active", 0, 3);

	crowd(wq, 3);
	workqueue_set_max_active(wq, 5);
	crowd(wq, 5);
	destroy_workqueue(wq);

	wq = alloc_workqueue("test_unbound", WQ_UNBOUND, 4);
	crowd(wq, 4);
	destroy_workqueue(wq);
}

static int next_in_order;

struct numbered {
	struct work_struct work;
	int number;
	struct completion done;
};

static void order_fn(struct work_struct *work)
{
	struct numbered *n = container_of(work, struct numbered, work);

	enter();
	expect_eq(n->number, next_in_order++);
	if (n->number % 16 == 0)
		schedule_timeout_uninterruptible(1);
	atomic_dec(&inside);
	atomic_inc(&runs);
}

TEST(workqueue, ordered, "D7", "an ordered workqueue runs its works one by one in the order they were queued")
{
	struct workqueue_struct *wq = alloc_ordered_workqueue("test_ordered", 0);
	struct numbered *works = kcalloc(NR_WORKS, sizeof(*works), GFP_KERNEL);

	require(wq && works);
	reset();
	next_in_order = 0;
	for (int i = 0; i < NR_WORKS; i++) {
		works[i].number = i;
		INIT_WORK(&works[i].work, order_fn);
		queue_work_on(i % num_online_cpus(), wq, &works[i].work);
	}
	flush_workqueue(wq);
	expect_eq(atomic_read(&runs), NR_WORKS);
	expect_eq(atomic_read(&most), 1);
	destroy_workqueue(wq);
	kfree(works);
}

static void alone_fn(struct work_struct *work)
{
	enter();
	schedule_timeout_uninterruptible(1);
	atomic_dec(&inside);
	atomic_inc(&runs);
}

TEST(workqueue, not_twice, "D7", "a work queued again while it runs, even on another CPU, does not run beside itself")
{
	struct work_struct work;

	reset();
	INIT_WORK_ONSTACK(&work, alone_fn);
	for (int i = 0; i < 40 || atomic_read(&runs) < 10; i++) {
		queue_work_on(i % num_online_cpus(), system_wq, &work);
		if (i % 4 == 0)
			schedule_timeout_uninterruptible(1);
		else
			schedule();
	}
	flush_work(&work);
	expect_eq(atomic_read(&most), 1);
	expect_eq(atomic_read(&inside), 0);
}

TEST(workqueue, delayed, "D7", "a delayed work runs no earlier than asked; its time can be changed, or cut short")
{
	struct delayed_work dwork;
	unsigned long begin;

	reset();
	INIT_DELAYED_WORK_ONSTACK(&dwork, count_fn);
	begin = jiffies;
	expect(schedule_delayed_work(&dwork, 5));
	wait_until(atomic_read(&runs) == 1);
	expect(time_after_eq(jiffies, begin + 5));

	expect(schedule_delayed_work(&dwork, 1000 * HZ));
	expect(!schedule_delayed_work(&dwork, 1));
	expect(delayed_work_pending(&dwork));
	expect(mod_delayed_work(system_wq, &dwork, 2));
	wait_until(atomic_read(&runs) == 2);
	expect(!mod_delayed_work(system_wq, &dwork, 1000 * HZ));
	expect(flush_delayed_work(&dwork));
	expect_eq(atomic_read(&runs), 3);
	schedule_delayed_work(&dwork, 0);
	flush_delayed_work(&dwork);
	expect_eq(atomic_read(&runs), 4);
	schedule_delayed_work_on(num_online_cpus() - 1, &dwork, 1);
	wait_until(atomic_read(&runs) == 5);
	destroy_delayed_work_on_stack(&dwork);
}

TEST(workqueue, cancel, "D7", "a cancelled work does not run; cancel_work_sync waits for one that runs")
{
	struct workqueue_struct *wq = alloc_workqueue("test_cancel", 0, 1);
	struct work_struct first, second;
	struct delayed_work dwork;

	require(wq);
	reset();
	INIT_WORK_ONSTACK(&first, hold_fn);
	INIT_WORK_ONSTACK(&second, count_fn);
	queue_work_on(0, wq, &first);
	wait_until(atomic_read(&inside) == 1);
	queue_work_on(0, wq, &second);		/* waits for max_active */
	expect(cancel_work_sync(&second));
	expect(!cancel_work_sync(&second));
	queue_work_on(0, wq, &second);
	complete(&hold);
	expect(!cancel_work_sync(&first));
	expect_eq(atomic_read(&inside), 0);
	flush_work(&second);
	expect_eq(atomic_read(&runs), 2);

	INIT_DELAYED_WORK_ONSTACK(&dwork, count_fn);
	queue_delayed_work(wq, &dwork, 1000 * HZ);
	expect(cancel_delayed_work_sync(&dwork));
	expect(!cancel_delayed_work(&dwork));
	queue_delayed_work(wq, &dwork, 1);
	wait_until(atomic_read(&runs) == 3);
	destroy_workqueue(wq);
}

static struct delayed_work again;

static void again_fn(struct work_struct *work)
{
	atomic_inc(&runs);
	schedule_delayed_work(&again, atomic_read(&runs) % 2);
}

TEST(workqueue, cancel_self_queueing, "D7", "cancel_delayed_work_sync ends a work that queues itself for ever")
{
	int seen;

	for (int i = 0; i < 20; i++) {
		reset();
		INIT_DELAYED_WORK(&again, again_fn);
		schedule_delayed_work(&again, 0);
		wait_until(atomic_read(&runs) > i % 5);
		cancel_delayed_work_sync(&again);
		seen = atomic_read(&runs);
		expect(!delayed_work_pending(&again));
		msleep(8);
		expect_eq(atomic_read(&runs), seen);
	}
}

static struct workqueue_struct *chain_wq;
static struct work_struct chain;

static void chain_fn(struct work_struct *work)
{
	if (atomic_inc_return(&runs) < 10)
		queue_work(chain_wq, work);
}

TEST(workqueue, drain, "D7", "draining lets works queue works until there are none; flushing does not wait for those")
{
	chain_wq = alloc_workqueue("test_chain", 0, 0);
	require(chain_wq);
	reset();
	INIT_WORK(&chain, chain_fn);
	queue_work(chain_wq, &chain);
	drain_workqueue(chain_wq);
	expect_eq(atomic_read(&runs), 10);
	reset();
	queue_work(chain_wq, &chain);
	destroy_workqueue(chain_wq);
	expect_eq(atomic_read(&runs), 10);
}

static struct work_struct storm_works[8];

static int stormer(void *arg)
{
	unsigned int seed = (unsigned long)arg * 2654435761U + 1;

	for (int i = 0; i < 150; i++) {
		struct work_struct *work;

		seed = seed * 1103515245 + 12345;
		work = &storm_works[(seed >> 16) % 8];
		switch ((seed >> 20) % 8) {
		case 0:
			cancel_work_sync(work);
			break;
		case 1:
			flush_work(work);
			break;
		case 2:
			flush_workqueue(chain_wq);
			break;
		case 3:
			cancel_work(work);
			break;
		default:
			queue_work_on((seed >> 24) % num_online_cpus(), chain_wq, work);
		}
	}
	return 0;
}

TEST(workqueue, storm, "D7", "queued, flushed and cancelled from everywhere at once, works come to rest")
{
	struct task_struct *t[6];

	chain_wq = alloc_workqueue("test_storm", 0, 2);
	require(chain_wq);
	reset();
	for (int i = 0; i < 8; i++)
		INIT_WORK(&storm_works[i], i % 4 ? count_fn : sleep_fn);
	for (long i = 0; i < 6; i++) {
		t[i] = kthread_create(stormer, (void *)i, "stormer/%ld", i);
		require(!IS_ERR(t[i]));
		get_task_struct(t[i]);
		wake_up_process(t[i]);
	}
	for (int i = 0; i < 6; i++) {
		wait_until(t[i]->flags & PF_EXITING);
		kthread_stop(t[i]);
		put_task_struct(t[i]);
	}
	destroy_workqueue(chain_wq);
	for (int i = 0; i < 8; i++)
		expect_eq(work_busy(&storm_works[i]), 0);
	expect(atomic_read(&runs) > 0);
}

static atomic_t on_cpus[NR_CPUS];

static void each_fn(struct work_struct *work)
{
	atomic_inc(&on_cpus[raw_smp_processor_id()]);
}

static long cpu_fn(void *arg)
{
	return raw_smp_processor_id() + (long)arg;
}

TEST(workqueue, each_cpu, "D7", "schedule_on_each_cpu runs once on every CPU; work_on_cpu gives its result")
{
	int cpu;

	for_each_online_cpu(cpu)
		atomic_set(&on_cpus[cpu], 0);
	expect_eq(schedule_on_each_cpu(each_fn), 0);
	for_each_online_cpu(cpu) {
		expect_eq(atomic_read(&on_cpus[cpu]), 1);
		expect_eq(work_on_cpu(cpu, cpu_fn, (void *)100), cpu + 100);
	}
}

/* ---- Without memory ------------------------------------------------------------------------------------ */

#define NR_HOGS		24	/* more than stacks that are kept for new tasks */

static void rescued_fn(struct work_struct *work)
{
	if (current_is_workqueue_rescuer())
		atomic_inc(&runs);
	complete(&container_of(work, struct numbered, work)->done);
}

/* All memory there is, chained by its first words. */
static void **take_all_memory(void)
{
	void **chain = NULL, **page;

	for (int order = MAX_ORDER - 1; order >= 0; order--) {
		while ((page = (void **)__get_free_pages(GFP_KERNEL | __GFP_NOWARN, order))) {
			page[0] = chain;
			page[1] = (void *)(long)order;
			chain = page;
		}
	}
	return chain;
}

static void give_back(void **chain)
{
	while (chain) {
		void **next = chain[0];

		free_pages((unsigned long)chain, (long)chain[1]);
		chain = next;
	}
}

TEST(workqueue, rescuer, "D7", "without memory for a worker, a WQ_MEM_RECLAIM workqueue's rescuer runs its works")
{
	struct workqueue_struct *wq = alloc_workqueue("test_rescue", WQ_MEM_RECLAIM, 0);
	struct work_struct *hogs = kcalloc(NR_HOGS, sizeof(*hogs), GFP_KERNEL);
	struct numbered rescued;
	void **chain;

	require(wq && hogs);
	reset();
	INIT_WORK_ONSTACK(&rescued.work, rescued_fn);
	init_completion(&rescued.done);
	chain = take_all_memory();
	for (int i = 0; i < NR_HOGS; i++) {
		INIT_WORK(&hogs[i], hold_fn);
		schedule_work_on(0, &hogs[i]);
	}
	queue_work_on(0, wq, &rescued.work);
	expect(wait_for_completion_timeout(&rescued.done, TEST_PATIENCE));
	expect(atomic_read(&inside) < NR_HOGS);
	expect_eq(atomic_read(&runs), 1);
	give_back(chain);
	complete_all(&hold);
	for (int i = 0; i < NR_HOGS; i++)
		flush_work(&hogs[i]);
	destroy_workqueue(wq);
	kfree(hogs);
}

/* ---- kthread_worker ---------------------------------------------------------------------------------- */

static void kcount_fn(struct kthread_work *work)
{
	atomic_inc(&runs);
}

static void khold_fn(struct kthread_work *work)
{
	enter();
	wait_for_completion(&hold);
	atomic_dec(&inside);
	atomic_inc(&runs);
}

TEST(kthread_worker, works, "D9", "a kthread_worker runs its works in order; they can be flushed, cancelled, delayed")
{
	struct kthread_worker *worker = kthread_create_worker(0, "test_worker");
	struct kthread_work one, two;
	struct kthread_delayed_work dwork;

	require(!IS_ERR(worker));
	reset();
	kthread_init_work(&one, khold_fn);
	kthread_init_work(&two, kcount_fn);
	kthread_init_delayed_work(&dwork, kcount_fn);
	expect(kthread_queue_work(worker, &one));
	wait_until(atomic_read(&inside) == 1);
	expect(kthread_queue_work(worker, &two));
	expect(!kthread_queue_work(worker, &two));
	expect(kthread_cancel_work_sync(&two));
	expect(kthread_queue_work(worker, &two));
	expect_eq(atomic_read(&runs), 0);
	complete(&hold);
	kthread_flush_worker(worker);
	expect_eq(atomic_read(&runs), 2);

	expect(kthread_queue_delayed_work(worker, &dwork, 1000 * HZ));
	expect(kthread_mod_delayed_work(worker, &dwork, 1));
	wait_until(atomic_read(&runs) == 3);
	expect(kthread_queue_delayed_work(worker, &dwork, 1000 * HZ));
	expect(kthread_cancel_delayed_work_sync(&dwork));
	kthread_destroy_worker(worker);
	expect_eq(atomic_read(&runs), 3);
}
