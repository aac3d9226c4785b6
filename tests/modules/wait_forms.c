/* SPDX-License-Identifier: MIT */
/* What each of the wait_event family returns when its condition holds, and when it comes too late. rows D9 */
#include <linux/freezer.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/sched/signal.h>
#include <linux/stop_machine.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include "test.h"

static DECLARE_WAIT_QUEUE_HEAD(queue);
static DEFINE_SPINLOCK(lock);
static int commands;

static void true_at_once(void)
{
	wait_event(queue, true);
	wait_event_idle(queue, true);
	note("int %d", wait_event_interruptible(queue, true));
	note("kill %d", wait_event_killable(queue, true));
	note("freezable %d", wait_event_freezable(queue, true));
	note("exclusive %d", wait_event_interruptible_exclusive(queue, true));
	note("timeout %ld", wait_event_timeout(queue, true, 10));
	note("zero %ld", wait_event_timeout(queue, true, 0));
	note("int timeout %d", (int)wait_event_interruptible_timeout(queue, true, 10));
	note("hr %d", wait_event_hrtimeout(queue, true, ms_to_ktime(5)));
	note("int hr %d", (int)wait_event_interruptible_hrtimeout(queue, true, ms_to_ktime(5)));
	wait_event_cmd(queue, true, commands++, commands++);
	note("commands %d", commands);
	spin_lock_irq(&lock);
	wait_event_lock_irq(queue, true, lock);
	note("lock %d", spin_is_locked(&lock) != 0);
	spin_unlock_irq(&lock);
	show("true");
}

static void too_late(void)
{
	note("timeout %ld", wait_event_timeout(queue, false, 2));
	note("zero %ld", wait_event_timeout(queue, false, 0));
	note("idle %ld", wait_event_idle_timeout(queue, false, 2));
	note("int %ld", (long)wait_event_interruptible_timeout(queue, false, 2));
	note("kill %ld", (long)wait_event_killable_timeout(queue, false, 2));
	note("freezable %ld", (long)wait_event_freezable_timeout(queue, false, 2));
	note("hr %d", wait_event_hrtimeout(queue, false, ms_to_ktime(5)));
	note("int hr %d", (int)wait_event_interruptible_hrtimeout(queue, false, ms_to_ktime(5)));
	show("late");
}

static int looks;


static void wake_work(struct work_struct *work)
{
	wake_up_all(&queue);
}
static DECLARE_DELAYED_WORK(waker, wake_work);

/* The second look finds it true: after one sleep, with the commands round it. */
static bool second_look(void)
{
	if (++looks > 1 && commands == 1)
		return true;
	schedule_delayed_work(&waker, 2);
	return false;
}

static void with_commands(void)
{
	commands = looks = 0;
	wait_event_cmd(queue, second_look(), commands = 1, );
	note("commands %d", commands);
	cancel_delayed_work_sync(&waker);
	show("cmd");
}

static struct execute_work later;
static int executed;

static void execute(struct work_struct *work)
{
	WRITE_ONCE(executed, in_interrupt() ? -1 : 1);
}

static void from_softirq(struct tasklet_struct *t)
{
	note("softirq %d", execute_in_process_context(execute, &later));
}
static DECLARE_TASKLET(tasklet, from_softirq);

static int stopped(void *arg)
{
	return irqs_disabled() ? *(int *)arg : -1;
}

static void in_contexts(void)
{
	int value = 42;

	note("task %d", execute_in_process_context(execute, &later));
	note("ran %d", executed);
	executed = 0;
	tasklet_schedule(&tasklet);
	eventually(READ_ONCE(executed));
	note("ran %d", executed);
	note("stopped %d", stop_machine(stopped, &value, NULL));
	note("freeze %d", try_to_freeze());
	show("contexts");
}

static void test(void)
{
	true_at_once();
	too_late();
	with_commands();
	in_contexts();
}
MODULE_TEST(test);
