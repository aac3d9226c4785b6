/* SPDX-License-Identifier: MIT */
/* Wrong use of RCU, on purpose, and grace periods that do not end: it is said by name, and goes on. */
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/lockdep.h>
#include <linux/rculist.h>
#include <linux/rcupdate.h>
#include <linux/sched/task.h>
#include "log.h"
#include "rcu.h"
#include "tasks.h"
#include "test.h"

#define need_checks()	need(IS_ENABLED(CONFIG_DEBUG), "only the debug build checks this")

static void lock(void)		{ rcu_read_lock(); }
static void unlock(void)	{ rcu_read_unlock(); }
static void preempt_off(void)	{ preempt_disable(); }
static void preempt_on(void)	{ preempt_enable(); }

/* ---- Stalls -------------------------------------------------------------------------------- */

static void stall(struct holder *h, const char *what)
{
	unsigned long cookie;
	char who[32];

	watch_log();
	require(holder_start(h, last_cpu()));
	WRITE_ONCE(rcu_exp_cpu_stall_timeout, 20);
	cookie = start_poll_synchronize_rcu_expedited();
	snprintf(who, sizeof(who), what, h->task->pid);
	wait_until(logged("rcu: INFO: rcu_preempt "));
	wait_until(logged(who));
	wait_until(logged(" jiffies, g="));
	WRITE_ONCE(rcu_exp_cpu_stall_timeout, 0);
	expect(!poll_state_synchronize_rcu(cookie));
	holder_stop(h);
	wait_until(poll_state_synchronize_rcu(cookie));
	synchronize_rcu();
}

TEST(rcumisuse, stalled_reader, "E6", "a reader that holds up a grace period for long is reported with its number and stack")
{
	struct holder h = { .enter = lock, .leave = unlock };

	stall(&h, "Tasks blocked: P%d");
	expect(logged("task:holder/"));
}

TEST(rcumisuse, stalled_cpu, "E6 A7", "a CPU that holds up a grace period for long is reported, with where it is")
{
	struct holder h = { .enter = preempt_off, .leave = preempt_on };

	need(num_online_cpus() > 1, "one CPU only");
	stall(&h, "preempt_count=");
	wait_until(logged("holder_fn") || logged("NMI backtrace for cpu"));
}

/* ---- Readers that do what readers may not ---------------------------------------------------- */

static int sleep_inside(void *unused)
{
	rcu_read_lock();
	schedule_timeout_uninterruptible(1);
	rcu_read_unlock();
	return 0;
}

static int say_might_sleep(void *unused)
{
	rcu_read_lock();
	might_sleep();
	rcu_read_unlock();
	return 0;
}

TEST(rcumisuse, sleeping, "E6 E8", "sleeping in a reader is reported, and the grace period waits for it nevertheless")
{
	watch_log();
	run_in_thread(sleep_inside, "misuser");
	expect(logged("Voluntary context switch within RCU read-side critical section!"));
	synchronize_rcu();
	need_checks();
	run_in_thread(say_might_sleep, "misuser");
	expect(logged("WARNING: suspicious RCU usage"));
	expect(logged("Illegal context switch in RCU read-side critical section"));
}

static int exit_inside(void *unused)
{
	rcu_read_lock();
	return 0;
}

TEST(rcumisuse, exit, "E6", "a task that ends in a reader is reported, and holds up nothing")
{
	watch_log();
	lockdep_off();
	run_in_thread(exit_inside, "misuser");
	lockdep_on();
	wait_until(logged("exits within an RCU read-side critical section (depth 1)"));
	synchronize_rcu();
}

static void leave_open(struct tasklet_struct *t)
{
	lockdep_off();
	rcu_read_lock();
	lockdep_on();
}

TEST(rcumisuse, handler, "E6 E8", "a handler that leaves a reader open is named, and the reader is closed")
{
	static DECLARE_TASKLET(tasklet, leave_open);

	need_checks();
	watch_log();
	tasklet_schedule(&tasklet);
	wait_until(logged("leave_open"));
	expect(logged("returned with RCU readers unbalanced: "));
	tasklet_kill(&tasklet);
	synchronize_rcu();
}

TEST(rcumisuse, unbalanced, "E6 E8", "an rcu_read_unlock() too many is reported and has no effect")
{
	need_checks();
	watch_log();
	rcu_read_unlock();
	expect(logged("rcu_read_unlock() without rcu_read_lock()"));
	expect_eq(rcu_preempt_depth(), 0);
}

/* ---- Pointers and lists outside of readers ------------------------------------------------------ */

static int value = 1;
static int __rcu *pointer = &value;
static LIST_HEAD(list);

struct entry {
	struct list_head list;
};

TEST(rcumisuse, outside, "E6 E8", "following a pointer, or walking a list, outside of a reader is reported with its place")
{
	struct entry *e;

	need_checks();
	watch_log();
	expect_eq(*rcu_dereference(pointer), 1);
	expect(logged("suspicious rcu_dereference_check() usage!"));
	expect(logged("rcu_misuse.c:"));
	list_for_each_entry_rcu(e, &list, list)
		expect(false);
	expect(logged("RCU-list traversed in non-reader section!"));
	watch_log();
	expect_eq(*rcu_dereference_check(pointer, true), 1);
	expect_eq(*rcu_dereference_protected(pointer, true), 1);
	expect_eq(*rcu_dereference_raw(pointer), 1);
	expect(!logged("suspicious"));
}

/* ---- Callbacks ------------------------------------------------------------------------------------ */

static int calls;

static void count_call(struct rcu_head *head)
{
	WRITE_ONCE(calls, calls + 1);
}

TEST(rcumisuse, twice, "E6 E8", "a head that is queued twice is reported, and called once")
{
	static struct rcu_head head;

	need_checks();
	calls = 0;
	watch_log();
	rcu_read_lock();
	call_rcu(&head, count_call);
	call_rcu(&head, count_call);
	rcu_read_unlock();
	expect(logged("queued again for count_call"));
	rcu_barrier();
	expect_eq(calls, 1);
	call_rcu(&head, count_call);
	rcu_barrier();
	expect_eq(calls, 2);
}
