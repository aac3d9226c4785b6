/* SPDX-License-Identifier: MIT */
/* Signals to kernel threads: ignored, allowed, taken. */
#include <linux/kthread.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/wait.h>
#include "tasks.h"
#include "test.h"

static DECLARE_WAIT_QUEUE_HEAD(queue);
static int step, ended, first, second, third;
static bool before, after, flushed;

static int sees_signals(void *unused)
{
	wait_event_interruptible(queue, READ_ONCE(step) == 1);
	before = signal_pending(current);
	allow_signal(SIGHUP);
	allow_signal(SIGTERM);
	WRITE_ONCE(step, 2);
	ended = wait_event_interruptible(queue, READ_ONCE(step) == 100);
	WRITE_ONCE(step, 3);
	wait_event_idle(queue, READ_ONCE(step) == 4);
	first = kernel_dequeue_signal();
	second = kernel_dequeue_signal();
	third = kernel_dequeue_signal();
	after = signal_pending(current);
	WRITE_ONCE(step, 5);
	wait_event_idle(queue, READ_ONCE(step) == 6);
	flush_signals(current);
	flushed = !signal_pending(current);
	disallow_signal(SIGHUP);
	WRITE_ONCE(step, 7);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return signal_pending(current);
}

static void go(int to)
{
	WRITE_ONCE(step, to);
	wake_up_all(&queue);
}

TEST(kthread, signals, "D9", "a kernel thread ignores signals until it allows them; then they end its sleep and wait to be taken")
{
	struct task_struct *t;

	step = ended = 0;
	t = start(sees_signals, NULL, -1, "signals");
	require(t);
	expect_eq(send_sig(SIGHUP, t, 1), 0);
	expect_eq(send_sig(SIGKILL, t, 1), 0);
	expect_eq(send_sig(65, t, 1), -EINVAL);
	expect_eq(send_sig(0, t, 1), 0);
	go(1);
	wait_until(READ_ONCE(step) == 2);
	expect(!before);
	send_sig(SIGUSR2, t, 1);
	send_sig(SIGTERM, t, 1);
	wait_until(READ_ONCE(step) == 3);
	expect_eq(ended, -ERESTARTSYS);
	send_sig(SIGHUP, t, 1);
	send_sig(SIGHUP, t, 1);
	go(4);
	wait_until(READ_ONCE(step) == 5);
	expect_eq(first, SIGHUP);
	expect_eq(second, SIGTERM);
	expect_eq(third, 0);
	expect(!after);
	send_sig(SIGTERM, t, 1);
	expect(signal_pending(t));
	go(6);
	wait_until(READ_ONCE(step) == 7);
	expect(flushed);
	send_sig(SIGHUP, t, 1);
	expect_eq(kthread_stop(t), 0);
}
