/* SPDX-License-Identifier: MIT */
/* RCU: who is waited for and who is not, and the many ways to ask. */
#include <linux/irq_work.h>
#include <linux/rcupdate.h>
#include <linux/rcupdate_wait.h>
#include <linux/smp.h>
#include "rcu.h"
#include "test.h"

static void lock(void)	 { rcu_read_lock(); }
static void unlock(void) { rcu_read_unlock(); }

TEST(rcu, wait, "E6", "synchronize_rcu() returns, plain and expedited, many times")
{
	int i;

	for (i = 0; i < 5; i++)
		synchronize_rcu();
	for (i = 0; i < 50; i++)
		synchronize_rcu_expedited();
	synchronize_rcu_mult(call_rcu, call_rcu);
}

TEST(rcu, preempted_reader, "E6", "a preempted reader blocks the grace period that began after it, and no reader of later does")
{
	struct holder early = { .enter = lock, .leave = unlock }, late = { .enter = lock, .leave = unlock };
	unsigned long cookie;

	require(holder_start(&early, last_cpu()));
	cookie = start_poll_synchronize_rcu();
	/* The grace period has it switched away, be it to itself. */
	wait_until(is_listed_reader(early.task));
	/* One that began meanwhile is listed too, for the next one. */
	require(holder_start(&late, last_cpu()));
	wait_until(is_listed_reader(late.task));
	msleep(20);
	expect(!poll_state_synchronize_rcu(cookie));

	holder_stop(&early);
	wait_until(poll_state_synchronize_rcu(cookie));
	cookie = start_poll_synchronize_rcu();
	msleep(20);
	expect(!poll_state_synchronize_rcu(cookie));
	holder_stop(&late);
	wait_until(poll_state_synchronize_rcu(cookie));
}

TEST(rcu, expedited_reader, "E6", "an expedited grace period waits for a preempted reader as well")
{
	struct holder h = { .enter = lock, .leave = unlock };
	unsigned long cookie;

	require(holder_start(&h, last_cpu()));
	cookie = start_poll_synchronize_rcu_expedited();
	wait_until(is_listed_reader(h.task));
	msleep(12);
	expect(!poll_state_synchronize_rcu(cookie));
	holder_stop(&h);
	wait_until(poll_state_synchronize_rcu(cookie));
	cond_synchronize_rcu_expedited(cookie);
}

static void nested_enter(void)
{
	rcu_read_lock();
	rcu_read_lock();
	rcu_read_unlock();
}

TEST(rcu, nested, "E6", "the end of an inner reader is not the end of the outer one")
{
	struct holder h = { .enter = nested_enter, .leave = unlock };
	unsigned long cookie;

	require(holder_start(&h, last_cpu()));
	cookie = start_poll_synchronize_rcu();
	msleep(12);
	expect(!poll_state_synchronize_rcu(cookie));
	holder_stop(&h);
	wait_until(poll_state_synchronize_rcu(cookie));
}

static void bh_off(void)	{ local_bh_disable(); }
static void bh_on(void)		{ local_bh_enable(); }
static void preempt_off(void)	{ preempt_disable(); }
static void preempt_on(void)	{ preempt_enable(); }
static void irq_off(void)	{ local_irq_disable(); }
static void irq_on(void)	{ local_irq_enable(); }

static bool gp_began;

/* begun: preempted in a reader, in a grace period; then a region that outlives the reader. */
static void reader_and_region(void)
{
	rcu_read_lock();
	spin_until(READ_ONCE(gp_began) && is_listed_reader(current));
	preempt_disable();
	rcu_read_unlock();
}

TEST(rcu, regions, "E6", "regions with bottom halves, preemption or interrupts off are waited for")
{
	static const struct holder kinds[] = {
		{ .enter = bh_off, .leave = bh_on },
		{ .enter = preempt_off, .leave = preempt_on },
		{ .enter = irq_off, .leave = irq_on },
	};
	unsigned long cookie;
	struct holder h;
	int i;

	need(num_online_cpus() > 1, "one CPU only");
	for (i = 0; i < (int)ARRAY_SIZE(kinds); i++) {
		h = kinds[i];
		require(holder_start(&h, last_cpu()));
		cookie = start_poll_synchronize_rcu();
		msleep(20);
		if (!expect(!poll_state_synchronize_rcu(cookie)))
			test_note("kind %d", i);
		holder_stop(&h);
		wait_until(poll_state_synchronize_rcu(cookie));
	}
}

TEST(rcu, overlap, "E6", "a region that began in a preempted reader and outlives it belongs to it")
{
	struct holder h = { .enter = reader_and_region, .leave = preempt_on };
	unsigned long cookie;
	struct task_struct *t;

	need(num_online_cpus() > 1, "one CPU only");
	t = h.task = kthread_create(holder_fn, &h, "holder");
	require(!IS_ERR(t));
	get_task_struct(t);
	kthread_bind(t, last_cpu());
	WRITE_ONCE(gp_began, false);
	wake_up_process(t);
	wait_until(READ_ONCE(t->thread_info.rcu_depth));
	cookie = start_poll_synchronize_rcu();
	WRITE_ONCE(gp_began, true);
	wait_until(READ_ONCE(h.inside));
	msleep(20);
	expect(!poll_state_synchronize_rcu(cookie));
	holder_stop(&h);
	wait_until(poll_state_synchronize_rcu(cookie));
}

/* ---- In an interrupt ------------------------------------------------------------------------- */

static bool in_handler, leave_handler;

static void long_handler(struct irq_work *work)
{
	WRITE_ONCE(in_handler, true);
	spin_until(READ_ONCE(leave_handler));
}

TEST(rcu, handler, "E6", "a handler on an idle CPU is waited for, though interrupts tell RCU nothing")
{
	static DEFINE_IRQ_WORK(work, long_handler);
	unsigned int cpu = last_cpu();
	unsigned long cookie;

	need(num_online_cpus() > 1, "one CPU only");
	set_cpus_allowed_ptr(current, cpumask_of(cpumask_first(cpu_online_mask)));
	WRITE_ONCE(in_handler, false);
	WRITE_ONCE(leave_handler, false);
	wait_until(idle_cpu(cpu));
	irq_work_queue_on(&work, cpu);
	wait_until(READ_ONCE(in_handler));
	cookie = start_poll_synchronize_rcu();
	msleep(30);
	expect(!poll_state_synchronize_rcu(cookie));
	WRITE_ONCE(leave_handler, true);
	wait_until(poll_state_synchronize_rcu(cookie));
	irq_work_sync(&work);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

/* ---- Cookies ---------------------------------------------------------------------------------- */

TEST(rcu, cookies, "E6", "a cookie is fulfilled by a whole grace period and by nothing else")
{
	unsigned long before, started;

	rcu_barrier();
	before = get_state_synchronize_rcu();
	expect(!poll_state_synchronize_rcu(before));
	expect(poll_state_synchronize_rcu(get_completed_synchronize_rcu()));
	synchronize_rcu();
	expect(poll_state_synchronize_rcu(before));
	cond_synchronize_rcu(before);

	rcu_read_lock();
	started = start_poll_synchronize_rcu();
	expect(!poll_state_synchronize_rcu(started));
	rcu_read_unlock();
	wait_until(poll_state_synchronize_rcu(started));

	before = get_state_synchronize_rcu();
	cond_synchronize_rcu(before);
	expect(poll_state_synchronize_rcu(before));
}

TEST(rcu, held, "E6", "readers of every kind are known as such")
{
	expect(!rcu_preempt_depth());
	rcu_read_lock();
	rcu_read_lock();
	expect_eq(rcu_preempt_depth(), 2);
	expect(rcu_read_lock_held() && rcu_is_watching());
	rcu_read_unlock();
	rcu_read_unlock();
	expect(!rcu_preempt_depth());
	expect(!rcu_read_lock_any_held() || !IS_ENABLED(CONFIG_DEBUG));
	rcu_read_lock_bh();
	expect(rcu_read_lock_bh_held() && rcu_read_lock_any_held());
	rcu_read_unlock_bh();
	rcu_read_lock_sched();
	expect(rcu_read_lock_sched_held() && rcu_read_lock_any_held());
	rcu_read_unlock_sched();
}

/* ---- Tasks -------------------------------------------------------------------------------------- */

static bool sleeps, may_wake;

static int run_then_sleep(void *unused)
{
	WRITE_ONCE(sleeps, false);
	spin_until(READ_ONCE(may_wake));
	WRITE_ONCE(sleeps, true);
	msleep(1);
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}

static int wait_for_tasks(void *done)
{
	synchronize_rcu_tasks();
	WRITE_ONCE(*(bool *)done, true);
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}

TEST(rcu, tasks, "E6", "synchronize_rcu_tasks() waits for a task that is preempted but never sleeps")
{
	struct task_struct *runner, *waiter;
	static bool done;

	done = may_wake = false;
	runner = kthread_run(run_then_sleep, NULL, "runner");
	waiter = kthread_run(wait_for_tasks, &done, "waiter");
	require(!IS_ERR(runner) && !IS_ERR(waiter));
	msleep(30);
	expect(!READ_ONCE(done));
	WRITE_ONCE(may_wake, true);
	wait_until(READ_ONCE(done));
	expect(READ_ONCE(sleeps));
	kthread_stop(runner);
	kthread_stop(waiter);
}
