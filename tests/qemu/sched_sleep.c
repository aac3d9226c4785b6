/* SPDX-License-Identifier: MIT */
/* Tasks: sleeping for a time, on wait queues, on bits. */
#include <linux/completion.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/wait.h>
#include <linux/wait_bit.h>
#include "tasks.h"
#include "test.h"

TEST(sched, timeout, "D9", "schedule_timeout sleeps no shorter than asked, and says what is left")
{
	unsigned long begin;
	DECLARE_COMPLETION_ONSTACK(never);
	DECLARE_COMPLETION_ONSTACK(done);

	for (int ticks = 1; ticks < 6; ticks++) {
		begin = jiffies;
		expect_eq(schedule_timeout_uninterruptible(ticks), 0);
		expect(time_after_eq(jiffies, begin + ticks));
	}
	expect_eq(wait_for_completion_timeout(&never, 3), 0);
	complete(&done);
	expect_eq(wait_for_completion_timeout(&done, 100), 100);
	__set_current_state(TASK_RUNNING);
	expect(schedule_timeout(1000 * HZ) > 900 * HZ);
}

static DECLARE_WAIT_QUEUE_HEAD(queue);
static atomic_t passed, waiting;
static int gate;

static int exclusive_waiter(void *arg)
{
	atomic_inc(&waiting);
	wait_event_interruptible_exclusive(queue, READ_ONCE(gate) > 0);
	atomic_inc(&passed);
	return 0;
}

static int waiter(void *arg)
{
	atomic_inc(&waiting);
	wait_event(queue, READ_ONCE(gate) > 0);
	atomic_inc(&passed);
	return 0;
}

static bool all_asleep(struct task_struct **t, int nr)
{
	for (int i = 0; i < nr; i++)
		if (t[i] && (task_is_running(t[i]) || t[i]->on_cpu))
			return false;
	return true;
}

TEST(sched, waitqueue, "D9", "a wake-up takes every waiter and one exclusive one; wake_up_all the rest")
{
	struct task_struct *t[6];

	atomic_set(&passed, 0);
	atomic_set(&waiting, 0);
	gate = 0;
	for (int i = 0; i < 6; i++) {
		t[i] = start(i < 2 ? waiter : exclusive_waiter, NULL, -1, "waiter");
		require(t[i]);
	}
	wait_until(atomic_read(&waiting) == 6 && all_asleep(t, 6));
	wake_up(&queue);	/* the gate is shut: all look and sleep again */
	wait_until(all_asleep(t, 6));
	expect_eq(atomic_read(&passed), 0);
	WRITE_ONCE(gate, 1);
	wake_up(&queue);
	wait_until(atomic_read(&passed) == 3);
	wake_up_interruptible_nr(&queue, 2);
	wait_until(atomic_read(&passed) == 5);
	wake_up_all(&queue);
	wait_until(atomic_read(&passed) == 6);
	expect(!waitqueue_active(&queue));
}

TEST(sched, wait_event_timeout, "D9", "wait_event_timeout gives 0 when late, else what is left")
{
	gate = 0;
	expect_eq(wait_event_timeout(queue, gate, 3), 0);
	gate = 1;
	expect_eq(wait_event_timeout(queue, gate, 3), 3);
	expect_eq(wait_event_interruptible_timeout(queue, !gate, 2), 0);
	expect_eq(wait_event_interruptible(queue, gate), 0);
}

static unsigned long bits;

static int bit_waiter(void *arg)
{
	return wait_on_bit(&bits, 3, TASK_UNINTERRUPTIBLE);
}

TEST(sched, wait_bit, "D9", "wait_on_bit sleeps until its bit, and no other, is clear")
{
	struct task_struct *t;

	bits = (1 << 3) | (1 << 4);
	t = kthread_create(bit_waiter, NULL, "bits");
	require(!IS_ERR(t));
	get_task_struct(t);
	wake_up_process(t);
	wait_until(all_asleep(&t, 1));
	clear_and_wake_up_bit(4, &bits);
	expect(!(t->flags & PF_EXITING));
	clear_and_wake_up_bit(3, &bits);
	wait_until(t->flags & PF_EXITING);
	expect_eq(kthread_stop(t), 0);
	put_task_struct(t);
}
