/* SPDX-License-Identifier: MIT */
/* Wrong use of tasks, locks and works, on purpose: it is reported in Linux's words, and life goes on. */
#include <linux/kthread.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/workqueue.h>
#include "log.h"
#include "tasks.h"
#include "test.h"

static int sleep_atomic(void *unused)
{
	preempt_disable();
	schedule_timeout_uninterruptible(1);
	/* The scheduler has put the count right, so it is zero again. */
	return 0;
}

TEST(misuse, scheduling_while_atomic, "E7", "sleeping with preemption off is reported, and the count is put right")
{
	watch_log();
	run_in_thread(sleep_atomic, "misuser");
	expect(logged("BUG: scheduling while atomic: misuser/"));
#ifdef CONFIG_DEBUG
	expect(logged("Preemption disabled at:"));
	expect(logged("] sleep_atomic+"));
#endif
	expect_eq(preempt_count(), 0);
}

static void leaky(struct work_struct *work)
{
	preempt_disable();
}

TEST(misuse, work_leaks_atomic, "D7 E7", "a work that leaves preemption off is named, and its worker goes on")
{
	struct work_struct work;

	watch_log();
	INIT_WORK_ONSTACK(&work, leaky);
	schedule_work(&work);
	flush_work(&work);
	wait_until(logged("BUG: workqueue leaked lock or atomic: kworker/"));
	expect(logged("last function: leaky"));
	schedule_work(&work);
	flush_work(&work);
	expect_eq(preempt_count(), 0);
}

TEST(misuse, negative_timeout, "D9", "a negative timeout is reported and does not sleep")
{
	watch_log();
	set_current_state(TASK_UNINTERRUPTIBLE);
	expect_eq(schedule_timeout(-5), 0);
	expect(logged("schedule_timeout: wrong timeout value"));
	expect(task_is_running(current));
}

#ifdef CONFIG_DEBUG

static DEFINE_SPINLOCK(spin);
static DEFINE_MUTEX(mutex);

/* These are reported once a second at most, so it is done until it is. */
#define until_logged(misuse, text)	wait_until(({ misuse; logged(text); }))

static noinline void sleep_under_lock(void)
{
	spin_lock(&spin);
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	spin_unlock(&spin);
}

TEST(misuse, sleep_under_lock, "E3", "a function that may sleep, called under a spin lock, is reported though it does not sleep")
{
	watch_log();
	until_logged(sleep_under_lock(), "BUG: sleeping function called from invalid context at ");
	expect(logged("in_atomic(): 1, irqs_disabled(): 0"));
	expect(logged("{+.+.}-{2:2}, at: sleep_under_lock+"));
	expect(logged("Preemption disabled at:"));
	expect(logged("] sleep_under_lock+"));
	lockdep_reset();
}

static noinline void sleep_irqs_off(void)
{
	local_irq_disable();
	might_sleep();
	local_irq_enable();
}

TEST(misuse, sleep_irqs_off, "E3", "the same with interrupts off")
{
	watch_log();
	until_logged(sleep_irqs_off(), "in_atomic(): 0, irqs_disabled(): 1");
	expect(logged("hardirqs last disabled at ("));
	expect(logged("): sleep_irqs_off+"));
}

TEST(misuse, not_running, "D9", "a blocking call between setting the state and schedule() is reported")
{
	watch_log();
	set_current_state(TASK_INTERRUPTIBLE);
	might_sleep();
	__set_current_state(TASK_RUNNING);
	expect(logged("do not call blocking ops when !TASK_RUNNING; state=1"));
}

TEST(misuse, which_cpu, "E7", "smp_processor_id() where the task may move is reported")
{
	watch_log();
	until_logged((void)smp_processor_id(), "BUG: using smp_processor_id() in preemptible [");
	watch_log();
	preempt_disable();
	(void)smp_processor_id();
	preempt_enable();
	expect(!logged("BUG: using smp_processor_id()"));
}

TEST(misuse, spin_unlock, "E3", "dropping a spin lock that nobody has is reported")
{
	static DEFINE_SPINLOCK(lock);

	watch_log();
	preempt_disable();
	spin_unlock(&lock);
	expect(logged("BUG: spinlock already unlocked on CPU#"));
	expect(logged(".magic: dead4ead, .owner: <none>/-1, .owner_cpu: -1"));
	lockdep_reset();
}

TEST(misuse, spin_magic, "E3", "taking a spin lock that was never initialised is reported")
{
	static spinlock_t lock;

	watch_log();
	spin_lock(&lock);
	spin_unlock(&lock);
	expect(logged("BUG: spinlock bad magic on CPU#"));
	watch_log();
	spin_lock_init(&lock);
	spin_lock(&lock);
	spin_unlock(&lock);
	expect(!logged("BUG: spinlock"));
}

static int unlock_others(void *unused)
{
	mutex_unlock(&mutex);
	return 0;
}

TEST(misuse, mutex_owner, "E4", "dropping a mutex that another task has is reported")
{
	watch_log();
	mutex_lock(&mutex);
	run_in_thread(unlock_others, "misuser");
	expect(logged("mutex mutex dropped by misuser, which does not have it"));
	expect(!mutex_is_locked(&mutex));
	lockdep_reset();
}

TEST(misuse, preempt_count, "E7", "enabling preemption more often than it was disabled is reported and undone")
{
	watch_log();
	preempt_enable_no_resched();
	expect(logged("WARNING: CPU: "));
	expect_eq(preempt_count(), 0);
}

#endif
