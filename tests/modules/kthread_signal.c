/* SPDX-License-Identifier: MIT */
/* Signals to a kernel thread: ignored until allowed; then they end sleeps and wait to be taken. rows D9 */
#include <linux/kthread.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/wait.h>
#include "test.h"

static DECLARE_WAIT_QUEUE_HEAD(queue);
static int step;

static void next(int to)
{
	WRITE_ONCE(step, to);
}

static int thread(void *unused)
{
	note("slept %ld", wait_event_interruptible_timeout(queue, READ_ONCE(step) == 1, msecs_to_jiffies(2000)) > 0);
	allow_signal(SIGUSR1);
	allow_signal(SIGTERM);
	note("pending %d", signal_pending(current) != 0);
	next(2);
	note("ended %d", wait_event_interruptible(queue, READ_ONCE(step) == 100));
	note("pending %d", signal_pending(current) != 0);
	note("fatal %d", fatal_signal_pending(current) != 0);
	next(3);
	eventually(READ_ONCE(step) == 4);
	note("took %d", kernel_dequeue_signal());
	note("took %d", kernel_dequeue_signal());
	note("took %d", kernel_dequeue_signal());
	note("pending %d", signal_pending(current) != 0);
	next(5);
	note("ended %d", wait_event_killable(queue, READ_ONCE(step) == 6));
	note("pending %d", signal_pending(current) != 0);
	flush_signals(current);
	note("flushed %d", signal_pending(current) != 0);
	disallow_signal(SIGUSR1);
	next(7);
	eventually(READ_ONCE(step) == 8);
	note("disallowed %d", signal_pending(current) != 0);
	while (!kthread_should_stop())
		msleep(4);
	return 0;
}

static void test(void)
{
	struct task_struct *t = kthread_run(thread, NULL, "signals");
	int ret;

	if (IS_ERR(t))
		return;
	msleep(40);
	ret = send_sig(SIGUSR1, t, 1);
	note("ignored %d", ret);
	ret = send_sig(SIGKILL, t, 1);
	note("and %d", ret);
	msleep(40);
	next(1);
	wake_up(&queue);
	eventually(READ_ONCE(step) == 2);
	msleep(20);
	send_sig(SIGTERM, t, 1);
	eventually(READ_ONCE(step) == 3);
	send_sig(SIGUSR1, t, 1);
	send_sig(SIGUSR1, t, 1);
	next(4);
	eventually(READ_ONCE(step) == 5);
	msleep(20);
	send_sig(SIGUSR1, t, 1);
	msleep(20);
	next(6);
	wake_up(&queue);
	eventually(READ_ONCE(step) == 7);
	send_sig(SIGUSR1, t, 1);
	msleep(20);
	next(8);
	msleep(20);
	kthread_stop(t);
	show("signals");
}
MODULE_TEST(test);
