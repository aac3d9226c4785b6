/* SPDX-License-Identifier: MIT */
/* Interrupt threads: their names and priority, forced threading, waking, shared ONESHOT. */
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/string.h>
#include "irq_fake.h"
#include "test.h"

static struct seen {
	char comm[TASK_COMM_LEN];
	unsigned int policy, priority;
	bool in_task, bh_off, irqs_off;
	int runs;
} first, second;

static void look(struct seen *seen)
{
	get_task_comm(seen->comm, current);
	seen->policy = current->policy;
	seen->priority = current->rt_priority;
	seen->in_task = in_task();
	seen->bh_off = in_softirq();
	seen->irqs_off = irqs_disabled();
	WRITE_ONCE(seen->runs, seen->runs + 1);
}

static irqreturn_t wake(int irq, void *dev)
{
	fake_quiet(dev);
	look(&first);
	return IRQ_WAKE_THREAD;
}

static irqreturn_t thread(int irq, void *dev)
{
	fake_quiet(dev);
	look(&second);
	return IRQ_HANDLED;
}

static void forget(void)
{
	memset(&first, 0, sizeof(first));
	memset(&second, 0, sizeof(second));
}

static const char *thread_name(unsigned int irq, const char *suffix)
{
	static char name[64];

	snprintf(name, TASK_COMM_LEN, "irq/%u-%s", irq, suffix);
	return name;
}

TEST(irqthread, default_primary, "C5", "without a hard handler the thread runs: irq/N-name, FIFO 50, interrupts and softirqs on")
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_level_irq, "level");

	require(line);
	forget();
	expect_eq(request_threaded_irq(line->irq, NULL, thread, IRQF_ONESHOT, "thr", line), 0);
	fake_raise(line, 0);
	wait_until(READ_ONCE(second.runs) == 1);
	expect_str(second.comm, thread_name(line->irq, "thr"));
	expect_eq(second.policy, SCHED_FIFO);
	expect_eq(second.priority, 50);
	expect(second.in_task && !second.bh_off && !second.irqs_off);

	irq_wake_thread(line->irq, line);
	wait_until(READ_ONCE(second.runs) == 2);
	free_irq(line->irq, line);
	fake_line_free(line);
}

TEST(irqthread, forced, "C5", "threadirqs makes a hard handler a thread with softirqs off, and splits a threaded request")
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_level_irq, "level");
	bool was = force_irqthreads_enabled;

	require(line);
	forget();
	force_irqthreads_enabled = true;
	expect_eq(request_threaded_irq(line->irq, wake, thread, 0, "thr", line), 0);
	force_irqthreads_enabled = was;
	fake_raise(line, 0);
	wait_until(READ_ONCE(second.runs) == 1);
	expect_str(first.comm, thread_name(line->irq, "thr"));
	expect(first.in_task == false || first.bh_off);
	expect(!first.irqs_off);
	expect_str(second.comm, thread_name(line->irq, "s-thr"));
	expect_eq(second.policy, SCHED_FIFO);
	expect(!second.bh_off);
	synchronize_irq(line->irq);
	expect(!strchr(fake_log(line) + 1, 'm') || !line->masked);
	free_irq(line->irq, line);

	/* Who says no is left alone. */
	forget();
	force_irqthreads_enabled = true;
	expect_eq(request_irq(line->irq, thread, IRQF_NO_THREAD, "thr", line), 0);
	force_irqthreads_enabled = was;
	fake_raise(line, 0);
	expect_eq(second.runs, 1);
	expect(!second.in_task && second.irqs_off);
	free_irq(line->irq, line);
	fake_line_free(line);
}

/* Two threads on one level line: the one that is done first must not unmask it. */
static struct {
	bool go;
	int done;
} two;

static irqreturn_t quick_thread(int irq, void *dev)
{
	WRITE_ONCE(two.done, two.done + 1);
	return IRQ_HANDLED;
}

static irqreturn_t long_thread(int irq, void *dev)
{
	while (!READ_ONCE(two.go))
		msleep(1);
	fake_quiet(dev);
	return IRQ_HANDLED;
}

TEST(irqthread, shared_oneshot, "C5 C2", "a shared ONESHOT line is unmasked when the last of its threads is done")
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_level_irq, "level");
	int other;

	require(line);
	memset(&two, 0, sizeof(two));
	expect_eq(request_threaded_irq(line->irq, NULL, quick_thread, IRQF_ONESHOT | IRQF_SHARED, "q",
				       &other), 0);
	expect_eq(request_threaded_irq(line->irq, NULL, long_thread, IRQF_ONESHOT | IRQF_SHARED, "l",
				       line), 0);
	fake_raise(line, 0);
	wait_until(READ_ONCE(two.done) == 1);
	msleep(20);
	expect(READ_ONCE(line->masked));
	expect_eq(two.done, 1);
	WRITE_ONCE(two.go, true);
	synchronize_irq(line->irq);
	expect(!READ_ONCE(line->masked));
	free_irq(line->irq, line);
	free_irq(line->irq, &other);
	fake_line_free(line);
}

static irqreturn_t nested_thread(int irq, void *dev)
{
	look(&second);
	return IRQ_HANDLED;
}

static unsigned int nested_irq;

static irqreturn_t demux_thread(int irq, void *dev)
{
	fake_quiet(dev);
	handle_nested_irq(nested_irq);
	return IRQ_HANDLED;
}

TEST(irqthread, nested, "C3 C5", "a nested line's handler runs in the thread of the line it comes through")
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_level_irq, "level");
	int irq = irq_alloc_desc(NUMA_NO_NODE);

	require(line && irq > 0);
	forget();
	nested_irq = irq;
	irq_set_chip_and_handler(irq, &dummy_irq_chip, handle_simple_irq);
	irq_set_nested_thread(irq, true);
	irq_set_parent(irq, line->irq);
	expect_eq(request_irq(irq, nested_thread, 0, "n", NULL), -EINVAL);
	expect_eq(request_any_context_irq(irq, nested_thread, 0, "n", NULL), IRQC_IS_NESTED);
	expect_eq(request_threaded_irq(line->irq, NULL, demux_thread, IRQF_ONESHOT, "demux", line), 0);
	fake_raise(line, 0);
	wait_until(READ_ONCE(second.runs) == 1);
	expect_str(second.comm, thread_name(line->irq, "demux"));
	free_irq(line->irq, line);
	free_irq(irq, NULL);
	irq_set_chip_and_handler(irq, NULL, NULL);
	irq_free_desc(irq);
	fake_line_free(line);
}

static int *volatile nowhere = (int *)8;

static irqreturn_t deadly_thread(int irq, void *dev)
{
	fake_quiet(dev);
	*nowhere = 1;
	return IRQ_HANDLED;
}

TEST(irqthread, dies, "C5 C7", "an oops in a thread ends the thread; its line is unmasked, given up once it gets stuck, and can be freed")
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_level_irq, "level");
	unsigned long end = jiffies + TEST_PATIENCE;

	require(line);
	expect_eq(request_threaded_irq(line->irq, NULL, deadly_thread, IRQF_ONESHOT, "dies", line), 0);
	log_capture_start();
	fake_raise(line, 0);
	wait_until(!READ_ONCE(line->masked));
	synchronize_irq(line->irq);
	expect(strstr(log_capture_stop(), "is an active IRQ thread"));
	/*
	 * Nobody is left to quiet the device. A pause in the storm is forgiven: a machine that pauses
	 * all the time may never give up.
	 */
	while (!irqd_irq_disabled(irq_get_irq_data(line->irq)) && time_before(jiffies, end) && !noirqdebug)
		fake_raise(line, 0);
	if (time_before(jiffies, end))
		expect(noirqdebug || irqd_irq_disabled(irq_get_irq_data(line->irq)));
	fake_quiet(line);
	free_irq(line->irq, line);
	fake_line_free(line);
}
