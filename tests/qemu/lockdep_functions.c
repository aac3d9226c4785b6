/* SPDX-License-Identifier: MIT */
/*
 * The lock checker: functions that are waited for with locks held that they take, and locks that
 * functions, tasks and freed memory leave behind.
 */
#include <linux/atomic.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
#include "lockdep.h"
#include "log.h"
#include "test.h"

#ifdef CONFIG_DEBUG

static void work_takes_m(struct work_struct *work)
{
	mutex_lock(&lock_m);
	mutex_unlock(&lock_m);
}

TEST(lockdep, flush_work, "E8 D7", "waiting for a work with a lock held that the work takes is a circle")
{
	struct work_struct work;

	INIT_WORK_ONSTACK(&work, work_takes_m);
	watch_log();
	schedule_work(&work);
	flush_work(&work);
	expect(!logged("WARNING:"));
	/* It is not even queued: it might have been. */
	mutex_lock(&lock_m);
	flush_work(&work);
	mutex_unlock(&lock_m);
	expect(logged("WARNING: possible circular locking dependency detected"));
	expect(logged("((work_completion)(&work)"));
	forget(&lock_m.dep_map, &work.lockdep_map, NULL);
	destroy_work_on_stack(&work);
}

TEST(lockdep, flush_workqueue, "E8 D7", "the same for all works of a workqueue")
{
	struct workqueue_struct *wq = alloc_workqueue("lockdep_wq", 0, 0);
	struct work_struct work;

	require(wq);
	INIT_WORK_ONSTACK(&work, work_takes_m);
	watch_log();
	queue_work(wq, &work);
	flush_workqueue(wq);
	expect(!logged("WARNING:"));
	mutex_lock(&lock_m);
	flush_workqueue(wq);
	mutex_unlock(&lock_m);
	expect(logged("WARNING: possible circular locking dependency detected"));
	expect(logged("((wq_completion)lockdep_wq){+.+.}-{0:0}, at: "));
	forget(&lock_m.dep_map, &work.lockdep_map, NULL);
	destroy_workqueue(wq);
	destroy_work_on_stack(&work);
}

static atomic_t timer_ran;

static void timer_takes_a(struct timer_list *t)
{
	spin_lock(&lock_a);
	spin_unlock(&lock_a);
	atomic_inc(&timer_ran);
}

TEST(lockdep, del_timer_sync, "E8 D8", "waiting for a timer with a lock held that its function takes is a circle")
{
	struct timer_list timer;

	atomic_set(&timer_ran, 0);
	timer_setup_on_stack(&timer, timer_takes_a, 0);
	watch_log();
	mod_timer(&timer, jiffies);
	wait_until(atomic_read(&timer_ran));
	timer_delete_sync(&timer);
	expect(!logged("WARNING:"));
	spin_lock_bh(&lock_a);
	timer_delete_sync(&timer);
	spin_unlock_bh(&lock_a);
	expect(logged("WARNING: possible circular locking dependency detected"));
	expect(logged("((&timer)"));
	expect(logged("   timer_takes_a+"));
	forget(&lock_a.dep_map, &timer.lockdep_map, NULL);
	destroy_timer_on_stack(&timer);
}

/* ---- Left behind ------------------------------------------------------------------------------ */

static DEFINE_MUTEX(kept);	/* never let go: initialised again after each use */

TEST(lockdep, freed, "E8", "memory that is given back, or initialised again, with a held lock in it is reported")
{
	struct mutex *m = kmalloc(sizeof(*m), GFP_KERNEL);

	require(m);
	mutex_init(m);
	watch_log();
	mutex_lock(m);
	kfree(m);
	expect(logged("WARNING: held lock freed!"));
	expect(logged("init/1 is freeing memory "));
	expect(logged("(m){+.+.}-{3:3}, at: test_lockdep_freed+"));
	lockdep_reset();

	watch_log();
	mutex_lock(&kept);
	mutex_init(&kept);
	expect(logged("WARNING: held lock freed!"));
	lockdep_reset();
}

static int ends_with_lock(void *unused)
{
	mutex_lock(&kept);
	return 0;
}

TEST(lockdep, exit, "E8 D9", "a task that ends with a lock held is reported with the lock")
{
	struct task_struct *t = kthread_create(ends_with_lock, NULL, "holder");

	require(!IS_ERR(t));
	get_task_struct(t);
	watch_log();
	wake_up_process(t);
	wait_until(READ_ONCE(t->__state) == TASK_DEAD);
	expect(logged("WARNING: holder/"));
	expect(logged(" still has locks held!"));
	expect(logged("kept){+.+.}-{3:3}, at: ends_with_lock+"));
	kthread_stop(t);
	put_task_struct(t);
	mutex_init(&kept);
	lockdep_reset();
}

static void work_keeps_it(struct work_struct *work)
{
	mutex_lock(&kept);
	barrier();	/* no tail call: the caller's address is this function's */
}

TEST(lockdep, work_leaks, "E8 D7", "a work that leaves a lock held is named, with the lock")
{
	struct work_struct work;

	INIT_WORK_ONSTACK(&work, work_keeps_it);
	watch_log();
	schedule_work(&work);
	flush_work(&work);
	wait_until(logged("BUG: workqueue leaked lock or atomic: kworker/"));
	expect(logged("last function: work_keeps_it"));
	expect(logged("kept){+.+.}-{3:3}, at: work_keeps_it+"));
	mutex_init(&kept);
	destroy_work_on_stack(&work);
}

static noinline void keeps_raw(void)
{
	lock_map_acquire(&lock_a.dep_map);
}

static noinline void keeps_preempt(void)
{
	preempt_disable();
}

static noinline void keeps_irqs_off(void)
{
	local_irq_disable();
}

TEST(lockdep, handler_leaks, "E8 D2 D4", "what a tasklet or an interrupt's function leaves behind is reported with its name, and undone")
{
	watch_log();
	in_softirq_do(keeps_raw);
	expect(logged("WARNING: lock held when a handler returned!"));
	expect(logged("tasklet run_softirq+"));
	expect(logged("(lock_a){"));
	expect(!lockdep_depth(current));
	forget_locks(&lock_a, &lock_b, &lock_c);

	watch_log();
	in_softirq_do(keeps_preempt);
	in_hardirq_do(keeps_preempt);
	in_softirq_do(keeps_irqs_off);
	expect(logged("BUG: tasklet run_softirq+"));
	/* How deep preemption was off already where the interrupt came is not ours to know. */
	expect(logged("returned with preemption imbalance: 000001"));
	expect(logged("BUG: irq_work run_hardirq+"));
	expect(logged("returned with preemption imbalance: 00010"));
	expect(logged("returned with disabled interrupts"));
	expect_eq(preempt_count(), 0);
}

#endif
