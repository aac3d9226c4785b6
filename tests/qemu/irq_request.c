/* SPDX-License-Identifier: MIT */
/* Requests: what is refused and how, disable depth, NO_AUTOEN, per-CPU lines, devm, free_irq. */
#include <linux/cpumask.h>
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/percpu.h>
#include <linux/smp.h>
#include <linux/string.h>
#include "irq_fake.h"
#include "test.h"

static int runs;

static irqreturn_t count(int irq, void *dev)
{
	runs++;
	if (dev)
		fake_note(dev, 'h');
	return IRQ_HANDLED;
}

static irqreturn_t in_thread(int irq, void *dev)
{
	return IRQ_HANDLED;
}

TEST(request, bad_numbers, "C1", "a line that is not there, not connected, reserved or without controller is refused")
{
	int irq;

	expect_eq(request_irq(IRQ_NOTCONNECTED, count, 0, "t", NULL), -ENOTCONN);
	expect_eq(request_any_context_irq(IRQ_NOTCONNECTED, count, 0, "t", NULL), -ENOTCONN);
	expect_eq(request_irq(1000000, count, 0, "t", NULL), -EINVAL);
	expect_eq(request_irq(nr_irqs, count, 0, "t", NULL), -EINVAL);

	irq = irq_alloc_desc(NUMA_NO_NODE);
	require(irq > 0);
	expect_eq(request_irq(irq, count, 0, "t", NULL), -ENOSYS);
	irq_set_chip_and_handler(irq, &dummy_irq_chip, handle_simple_irq);
	irq_set_status_flags(irq, IRQ_NOREQUEST);
	expect_eq(request_irq(irq, count, 0, "t", NULL), -EINVAL);
	irq_set_chip_and_handler(irq, NULL, NULL);
	irq_free_desc(irq);
	expect_eq(request_irq(irq, count, 0, "t", NULL), -EINVAL);
}

TEST(request, bad_flags, "C1", "flags that contradict each other are refused with -EINVAL")
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_edge_irq, "edge");
	static const unsigned long bad[] = {
		IRQF_COND_SUSPEND,
		IRQF_SHARED | IRQF_NO_AUTOEN,
		IRQF_SHARED | IRQF_NO_SUSPEND | IRQF_COND_SUSPEND,
		IRQF_TRIGGER_FALLING,		/* which the chip refuses */
	};
	unsigned int i;

	require(line);
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		expect_eq(request_irq(line->irq, count, bad[i], "t", line), -EINVAL);
	expect_eq(request_irq(line->irq, count, IRQF_SHARED, "t", NULL), -EINVAL);
	expect_eq(request_irq(line->irq, NULL, 0, "t", NULL), -EINVAL);
	/* The default handler on a line that is not held back would never let its thread run. */
	expect_eq(request_threaded_irq(line->irq, NULL, in_thread, 0, "t", NULL), -EINVAL);
	expect(!irq_has_action(line->irq));
	fake_line_free(line);
}

TEST(request, mismatch, "C1", "users that differ on sharing, trigger or ONESHOT get -EBUSY, and Linux's message")
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_edge_irq, "edge");
	char text[96];
	const char *said;
	int a, b;

	require(line);
	expect_eq(request_irq(line->irq, count, IRQF_SHARED | IRQF_TRIGGER_RISING, "first", &a), 0);
	log_capture_start();
	expect_eq(request_irq(line->irq, count, 0, "second", &b), -EBUSY);
	said = log_capture_stop();
	snprintf(text, sizeof(text), "genirq: Flags mismatch irq %u. 00000001 (second) vs. 00000081 (first)\n",
		 line->irq);
	if (!expect(strstr(said, text)))
		test_note("said: %s", said);

	log_capture_start();
	expect_eq(request_irq(line->irq, count, IRQF_PROBE_SHARED, "second", &b), -EBUSY);
	expect(!strstr(log_capture_stop(), "mismatch"));
	expect_eq(request_irq(line->irq, count, IRQF_SHARED | IRQF_TRIGGER_HIGH, "t", &b), -EBUSY);
	expect_eq(request_threaded_irq(line->irq, count, in_thread, IRQF_SHARED | IRQF_ONESHOT, "t", &b),
		  -EBUSY);
	expect_eq(request_irq(line->irq, count, IRQF_SHARED | IRQF_PERCPU, "t", &b), -EBUSY);
	/* None given means: as it is. */
	expect_eq(request_irq(line->irq, count, IRQF_SHARED, "second", &b), 0);
	expect_str((const char *)free_irq(line->irq, &b), "second");
	expect_str((const char *)free_irq(line->irq, &a), "first");
	fake_line_free(line);
}

TEST(request, already_free, "C1", "freeing what is not attached warns, returns NULL and harms nobody")
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_edge_irq, "edge");
	int other;

	require(line);
	runs = 0;
	expect_eq(request_irq(line->irq, count, 0, "t", line), 0);
	log_capture_start();
	expect(!free_irq(line->irq, &other));
	expect(strstr(log_capture_stop(), "Trying to free already-free IRQ"));
	fake_raise(line, 0);
	expect_eq(runs, 1);
	free_irq(line->irq, line);
	fake_line_free(line);
}

TEST(request, depth, "A6 C1", "disables are counted, the last enable replays what came, one enable too many warns")
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_edge_irq, "edge");

	require(line);
	runs = 0;
	expect_eq(request_irq(line->irq, count, 0, "t", line), 0);
	disable_irq(line->irq);
	disable_irq_nosync(line->irq);
	fake_raise(line, 0);
	expect_eq(runs, 0);
	enable_irq(line->irq);
	expect_eq(runs, 0);
	enable_irq(line->irq);
	wait_until(READ_ONCE(runs) == 1);

	log_capture_start();
	enable_irq(line->irq);
	expect(strstr(log_capture_stop(), "Unbalanced enable for IRQ"));
	fake_raise(line, 0);
	expect_eq(runs, 2);
	free_irq(line->irq, line);
	fake_line_free(line);
}

TEST(request, lazy_disable, "A6", "a disable reaches the controller only when an interrupt comes, and loses none")
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_edge_irq, "edge");

	require(line);
	runs = 0;
	expect_eq(request_irq(line->irq, count, 0, "t", line), 0);
	fake_log(line);
	disable_irq(line->irq);
	enable_irq(line->irq);
	expect_str(fake_log(line), "");
	disable_irq(line->irq);
	fake_raise(line, 0);
	expect_str(fake_log(line), "ma");
	/* Latched by the controller; both are one, as on the wire. */
	fake_raise(line, 0);
	enable_irq(line->irq);
	wait_until(READ_ONCE(runs) == 2);
	expect_eq(line->lost, 0);
	free_irq(line->irq, line);

	irq_set_status_flags(line->irq, IRQ_DISABLE_UNLAZY);
	expect_eq(request_irq(line->irq, count, 0, "t", line), 0);
	fake_log(line);
	disable_irq(line->irq);
	expect_str(fake_log(line), "m");
	enable_irq(line->irq);
	expect_str(fake_log(line), "u");
	free_irq(line->irq, line);
	fake_line_free(line);
}

TEST(request, no_autoen, "C1", "with IRQF_NO_AUTOEN the line stays closed until enable_irq()")
{
	struct fake_line *line = fake_line_new(&fake_chip_full, handle_edge_irq, "edge");

	require(line);
	runs = 0;
	expect_eq(request_irq(line->irq, count, IRQF_NO_AUTOEN, "t", line), 0);
	expect_str(fake_log(line), "");
	enable_irq(line->irq);
	expect_str(fake_log(line), "S");
	fake_raise(line, 0);
	expect_eq(runs, 1);
	free_irq(line->irq, line);
	fake_line_free(line);
}

static DEFINE_PER_CPU(int, percpu_runs);

static irqreturn_t count_percpu(int irq, void *dev)
{
	(*(int *)dev)++;
	return IRQ_HANDLED;
}

static void percpu_enable(void *irq)
{
	enable_percpu_irq((unsigned long)irq, IRQ_TYPE_NONE);
}

static void percpu_disable(void *irq)
{
	disable_percpu_irq((unsigned long)irq);
}

TEST(request, percpu, "C1 C3", "a per-CPU line is opened by each CPU for itself and gets its CPU's own data")
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_percpu_devid_irq, "percpu");
	unsigned int last = cpumask_last(cpu_online_mask);
	void *irq;

	require(line);
	irq = (void *)(unsigned long)line->irq;
	expect_eq(request_percpu_irq(line->irq, count_percpu, "t", &percpu_runs), -EINVAL);
	expect_eq(irq_set_percpu_devid(line->irq), 0);
	expect_eq(irq_set_percpu_devid(line->irq), -EINVAL);
	expect_eq(request_percpu_irq(line->irq, count_percpu, "t", NULL), -EINVAL);
	expect_eq(__request_percpu_irq(line->irq, count_percpu, IRQF_SHARED, "t", &percpu_runs), -EINVAL);
	expect_eq(request_percpu_irq(line->irq, count_percpu, "t", &percpu_runs), 0);
	expect_eq(request_percpu_irq(line->irq, count_percpu, "t", &percpu_runs), -EBUSY);

	on_each_cpu(percpu_enable, irq, 1);
	per_cpu(percpu_runs, last) = 0;
	fake_raise(line, last);
	fake_raise(line, last);
	expect_eq(per_cpu(percpu_runs, last), 2);
	if (last)
		expect_eq(per_cpu(percpu_runs, 0), 0);
	on_each_cpu(percpu_disable, irq, 1);
	free_percpu_irq(line->irq, &percpu_runs);
	fake_line_free(line);
}

TEST(request, devm, "C1", "what was requested for a device goes with its driver, or by devm_free_irq()")
{
	static struct device dev = { .init_name = "testdev" };
	struct fake_line *line = fake_line_new(&fake_chip, handle_edge_irq, "edge");
	int other;

	require(line);
	device_initialize(&dev);
	expect_eq(devm_request_irq(&dev, line->irq, count, IRQF_SHARED, NULL, line), 0);
	expect_eq(devm_request_threaded_irq(&dev, line->irq, count, in_thread, IRQF_SHARED, "two", &other), 0);
	devm_free_irq(&dev, line->irq, &other);
	expect(irq_has_action(line->irq));
	devres_release_all(&dev);
	expect(!irq_has_action(line->irq));
	fake_line_free(line);
}

