/* SPDX-License-Identifier: MIT */
/* The freezer: who stands still, who goes on, and that nothing is lost meanwhile. */
#include <linux/freezer.h>
#include <linux/kthread.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include "tasks.h"
#include "test.h"

static unsigned long turns, others;
static bool was_frozen, awake;
static DECLARE_WAIT_QUEUE_HEAD(queue);
static bool event;

static bool freeze(void)
{
	if (!expect_eq(freeze_processes(), 0))
		return false;
	if (expect_eq(freeze_kernel_threads(), 0))
		return true;
	thaw_processes();
	return false;
}

static int comes_by(void *unused)
{
	set_freezable();
	while (!kthread_should_stop()) {
		WRITE_ONCE(turns, turns + 1);
		try_to_freeze();
		schedule_timeout_interruptible(1);
	}
	return 0;
}

static int never(void *unused)
{
	while (!kthread_should_stop()) {
		WRITE_ONCE(others, others + 1);
		try_to_freeze();
		schedule_timeout_interruptible(1);
	}
	return 0;
}

TEST(freezer, threads, "D9", "a thread that said that it can be frozen stands still until the thaw, any other goes on")
{
	struct task_struct *t, *n;
	unsigned long before;

	turns = 0;
	t = start(comes_by, NULL, -1, "freezable");
	n = start(never, NULL, -1, "not");
	require(t && n);
	wait_until(READ_ONCE(turns) > 2);
	if (freeze()) {
		expect(frozen(t) && !frozen(n));
		before = READ_ONCE(turns);
		others = 0;
		wait_until(READ_ONCE(others) > 3);
		wake_up_process(t);
		wait_until(READ_ONCE(others) > 6);
		expect_eq(READ_ONCE(turns), before);
		thaw_processes();
		wait_until(READ_ONCE(turns) > before);
		expect(!frozen(t));
	}
	kthread_stop(t);
	kthread_stop(n);
}

static int waits(void *unused)
{
	set_freezable();
	expect_eq(wait_event_freezable(queue, READ_ONCE(event)), 0);
	WRITE_ONCE(awake, true);
	return 0;
}

TEST(freezer, in_place, "D9", "a freezable sleeper is frozen where it is, and sees after the thaw what came meanwhile")
{
	struct task_struct *t;

	event = awake = false;
	t = start(waits, NULL, -1, "sleeper");
	require(t);
	get_task_struct(t);
	wait_until(READ_ONCE(t->__state) & TASK_FREEZABLE);
	if (freeze()) {
		expect(frozen(t));
		WRITE_ONCE(event, true);
		wake_up_all(&queue);
		others = 0;
		schedule_timeout_uninterruptible(2);
		expect(frozen(t) && !READ_ONCE(awake));
		thaw_processes();
	}
	WRITE_ONCE(event, true);
	wake_up_all(&queue);
	wait_until(READ_ONCE(awake));
	wait_until(t->flags & PF_EXITING);
	put_task_struct(t);
}

static int asks_both(void *unused)
{
	bool frozen_now;

	set_freezable();
	while (!kthread_freezable_should_stop(&frozen_now)) {
		if (frozen_now)
			WRITE_ONCE(was_frozen, true);
		WRITE_ONCE(turns, turns + 1);
		schedule_timeout_interruptible(1);
	}
	return 7;
}

TEST(freezer, should_stop, "D9", "kthread_freezable_should_stop() stands still, says so, and says when to stop")
{
	struct task_struct *t;

	turns = 0;
	was_frozen = false;
	t = start(asks_both, NULL, -1, "both");
	require(t);
	wait_until(READ_ONCE(turns) > 2);
	if (freeze()) {
		expect(frozen(t) && !READ_ONCE(was_frozen));
		thaw_kernel_threads();
		wait_until(READ_ONCE(was_frozen));
		thaw_processes();
	}
	expect_eq(kthread_stop(t), 7);
}

static atomic_t ran, inside;
static bool let_go;

static void count_run(struct work_struct *work)
{
	atomic_inc(&ran);
}

static void linger(struct work_struct *work)
{
	atomic_inc(&inside);
	wait_event(queue, READ_ONCE(let_go));
	atomic_dec(&inside);
}

static int let_go_later(void *unused)
{
	schedule_timeout_uninterruptible(3);
	WRITE_ONCE(let_go, true);
	wake_up_all(&queue);
	return 0;
}

TEST(freezer, workqueue, "D7", "works of a WQ_FREEZABLE workqueue end before the machine stands still, and start after the thaw")
{
	struct workqueue_struct *wq = alloc_workqueue("freezable", WQ_FREEZABLE, 0), *late;
	static DECLARE_WORK(first, linger);
	static DECLARE_WORK(second, count_run);
	static DECLARE_WORK(third, count_run);
	static DECLARE_WORK(plain, count_run);

	require(wq);
	atomic_set(&ran, 0);
	let_go = false;
	queue_work(wq, &first);
	wait_until(atomic_read(&inside) == 1);
	expect(start(let_go_later, NULL, -1, "later"));
	if (freeze()) {
		expect_eq(atomic_read(&inside), 0);
		late = alloc_workqueue("late", WQ_FREEZABLE | WQ_UNBOUND, 0);
		queue_work(wq, &second);
		if (expect(late))
			queue_work(late, &third);
		queue_work(system_wq, &plain);
		flush_work(&plain);
		expect_eq(atomic_read(&ran), 1);
		expect(work_pending(&second) && work_pending(&third));
		thaw_processes();
		flush_work(&second);
		flush_work(&third);
		expect_eq(atomic_read(&ran), 3);
		destroy_workqueue(late);
	}
	destroy_workqueue(wq);
}

static void count_kthread_work(struct kthread_work *work)
{
	atomic_inc(&ran);
}

TEST(freezer, worker, "D9", "a kthread_worker made with KTW_FREEZABLE runs nothing until the thaw")
{
	struct kthread_worker *worker = kthread_create_worker(KTW_FREEZABLE, "freezable");
	DEFINE_KTHREAD_WORK(work, count_kthread_work);

	require(!IS_ERR(worker));
	atomic_set(&ran, 0);
	kthread_queue_work(worker, &work);
	kthread_flush_work(&work);
	if (freeze()) {
		expect(frozen(worker->task));
		kthread_queue_work(worker, &work);
		schedule_timeout_uninterruptible(2);
		expect_eq(atomic_read(&ran), 1);
		thaw_processes();
		kthread_flush_work(&work);
		expect_eq(atomic_read(&ran), 2);
	}
	kthread_destroy_worker(worker);
}
