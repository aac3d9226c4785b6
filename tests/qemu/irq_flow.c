/* SPDX-License-Identifier: MIT */
/* Flow handlers: what is asked of the controller in which order; edges that come too soon. */
#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/kernel_stat.h>
#include <linux/string.h>
#include "irq_fake.h"
#include "test.h"

static irqreturn_t handler(int irq, void *dev)
{
	fake_note(dev, 'h');
	fake_quiet(dev);
	expect(irqs_disabled() && in_hardirq());
	return IRQ_HANDLED;
}

static irqreturn_t thread(int irq, void *dev)
{
	fake_note(dev, 't');
	expect(in_task() && !irqs_disabled());
	return IRQ_HANDLED;
}

static irqreturn_t wake(int irq, void *dev)
{
	fake_note(dev, 'h');
	fake_quiet(dev);
	return IRQ_WAKE_THREAD;
}

/* One row a flow and chip: what one interrupt makes of it, and with a ONESHOT thread. */
static const struct {
	struct irq_chip		*chip;
	irq_flow_handler_t	flow;
	const char		*plain, *oneshot;
} rows[] = {
	{ &fake_chip,		handle_level_irq,	"mahu",	"mahtu" },
	{ &fake_chip_full,	handle_level_irq,	"Mhu",	"Mhtu" },
	{ &fake_chip,		handle_fasteoi_irq,	"he",	"mhetu" },
	{ &fake_chip,		handle_edge_irq,	"ah",	"aht" },
	{ &fake_chip,		handle_edge_eoi_irq,	"he",	"het" },
	{ &fake_chip,		handle_simple_irq,	"h",	"ht" },
	{ &fake_chip,		handle_untracked_irq,	"h",	"ht" },
	{ &fake_chip,		handle_percpu_irq,	"ahe",	NULL },
	{ &fake_chip_msi,	handle_edge_irq,	"ah",	"aht" },
};

TEST(flow, order, "C3", "each flow asks mask, ack, eoi and unmask of the controller in its order")
{
	unsigned int i, before;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct fake_line *line = fake_line_new(rows[i].chip, rows[i].flow, "flow");

		require(line);
		expect_eq(request_irq(line->irq, handler, 0, "t", line), 0);
		fake_log(line);
		before = kstat_irqs_usr(line->irq);
		fake_raise(line, 0);
		expect_str(fake_log(line), rows[i].plain);
		expect_eq(kstat_irqs_usr(line->irq) - before, rows[i].flow != handle_untracked_irq);
		free_irq(line->irq, line);
		fake_line_free(line);
	}
}

TEST(flow, oneshot, "C3 C5", "a ONESHOT line stays masked until its thread is done")
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct fake_line *line;

		if (!rows[i].oneshot)
			continue;
		line = fake_line_new(rows[i].chip, rows[i].flow, "flow");
		require(line);
		expect_eq(request_threaded_irq(line->irq, wake, thread, IRQF_ONESHOT, "t", line), 0);
		fake_log(line);
		fake_raise(line, 0);
		synchronize_irq(line->irq);
		expect_str(fake_log(line), rows[i].oneshot);
		free_irq(line->irq, line);
		fake_line_free(line);
	}
}

/* -- An edge while the handler runs ---------------------------------------------------------------- */

static struct {
	atomic_t inside, runs;
	bool overlapped, entered, go;
	cpumask_t cpus;
} slow;

static irqreturn_t slow_handler(int irq, void *dev)
{
	if (atomic_inc_return(&slow.inside) != 1)
		slow.overlapped = true;
	cpumask_set_cpu(raw_smp_processor_id(), &slow.cpus);
	fake_note(dev, 'h');
	WRITE_ONCE(slow.entered, true);
	smp_cond_load_acquire(&slow.go, VAL);
	atomic_dec(&slow.inside);
	atomic_inc(&slow.runs);
	return IRQ_HANDLED;
}

TEST(flow, edge_in_progress, "C3", "an edge that comes while its handler runs elsewhere is run again by that CPU, one at a time")
{
	struct fake_line *line;

	need(num_online_cpus() > 1, "one CPU only");
	line = fake_line_new(&fake_chip, handle_edge_irq, "edge");
	require(line);
	memset(&slow, 0, sizeof(slow));
	expect_eq(request_irq(line->irq, slow_handler, 0, "t", line), 0);
	fake_log(line);

	stay_on_cpu(0);
	fake_raise_nowait(line, 1);
	smp_cond_load_acquire(&slow.entered, VAL);
	fake_raise(line, 0);		/* owed to the line: masked, so that the next is latched */
	expect_str(fake_log(line), "ahma");
	fake_raise(line, 0);		/* latched */
	expect_eq(atomic_read(&slow.runs), 0);
	smp_store_release(&slow.go, true);
	wait_until(atomic_read(&slow.runs) == 3);
	synchronize_irq(line->irq);

	expect(!slow.overlapped);
	expect_eq(line->lost, 0);
	expect(!cpumask_test_cpu(0, &slow.cpus));
	expect_str(fake_log(line), "uhah");
	stay_nowhere();
	free_irq(line->irq, line);
	fake_line_free(line);
}

TEST(flow, disabled_in_handler, "C3", "a handler may disable its own line; an edge meanwhile runs after enable_irq()")
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_edge_irq, "edge");

	require(line);
	memset(&slow, 0, sizeof(slow));
	slow.go = true;
	expect_eq(request_irq(line->irq, slow_handler, 0, "t", line), 0);
	disable_irq_nosync(line->irq);
	fake_raise(line, 0);
	fake_raise(line, 0);
	expect_eq(atomic_read(&slow.runs), 0);
	enable_irq(line->irq);
	wait_until(atomic_read(&slow.runs) == 2);
	expect_eq(line->lost, 0);
	free_irq(line->irq, line);
	fake_line_free(line);
}

/* -- Bad drivers ------------------------------------------------------------------------------------- */

static irqreturn_t opens_irqs(int irq, void *dev)
{
	local_irq_enable();
	return IRQ_HANDLED;
}

TEST(flow, enables_irqs, "C3", "a handler that comes back with interrupts on is named, and they are off again")
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_edge_irq, "edge");

	require(line);
	expect_eq(request_irq(line->irq, opens_irqs, 0, "t", line), 0);
	log_capture_start();
	fake_raise(line, 0);
	expect(strstr(log_capture_stop(), "opens_irqs"));
	log_capture_start();
	fake_raise(line, 0);
	expect(!strstr(log_capture_stop(), "opens_irqs"));
	expect(!irqs_disabled());
	free_irq(line->irq, line);
	fake_line_free(line);
}

static irqreturn_t wakes_nothing(int irq, void *dev)
{
	fake_quiet(dev);
	return IRQ_WAKE_THREAD;
}

TEST(flow, no_thread, "C3 C5", "IRQ_WAKE_THREAD without a thread is said once")
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_edge_irq, "edge");

	require(line);
	expect_eq(request_irq(line->irq, wakes_nothing, 0, "sleepless", line), 0);
	log_capture_start();
	fake_raise(line, 0);
	expect(strstr(log_capture_stop(),
		      "device sleepless returned IRQ_WAKE_THREAD but no thread function available."));
	log_capture_start();
	fake_raise(line, 0);
	expect(!strstr(log_capture_stop(), "sleepless"));
	free_irq(line->irq, line);
	fake_line_free(line);
}
