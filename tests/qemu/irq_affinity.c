/* SPDX-License-Identifier: MIT */
/* Which CPU a line interrupts: set at once or at the next interrupt, default, hints, notifiers, spreading. */
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/slab.h>
#include "irq_fake.h"
#include "test.h"

static int thread_cpu;

static irqreturn_t handler(int irq, void *dev)
{
	fake_note(dev, 'h');
	return IRQ_HANDLED;
}

static irqreturn_t wake(int irq, void *dev)
{
	return IRQ_WAKE_THREAD;
}

static irqreturn_t thread(int irq, void *dev)
{
	WRITE_ONCE(thread_cpu, raw_smp_processor_id());
	return IRQ_HANDLED;
}

TEST(affinity, set, "C6", "irq_set_affinity() steers the line and its thread; a set without an online CPU is refused")
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_edge_irq, "edge");
	unsigned int last = cpumask_last(cpu_online_mask);
	struct cpumask none;

	require(line);
	thread_cpu = -1;
	cpumask_clear(&none);
	expect_eq(request_threaded_irq(line->irq, wake, thread, 0, "t", line), 0);
	fake_log(line);
	expect_eq(irq_set_affinity(line->irq, cpumask_of(last)), 0);
	expect_str(fake_log(line), "A");
	expect(cpumask_equal(irq_get_affinity_mask(line->irq), cpumask_of(last)));
	expect(cpumask_equal(irq_get_effective_affinity_mask(line->irq), cpumask_of(last)));
	fake_raise(line, last);
	wait_until(READ_ONCE(thread_cpu) == (int)last);

	expect_eq(irq_set_affinity(line->irq, &none), -EINVAL);
	expect(cpumask_equal(irq_get_affinity_mask(line->irq), cpumask_of(last)));
	expect_eq(irq_set_affinity(1000000, cpumask_of(0)), -EINVAL);
	free_irq(line->irq, line);

	/* Kept over a free: it was chosen. */
	expect_eq(request_irq(line->irq, handler, 0, "t", line), 0);
	expect(cpumask_equal(irq_get_effective_affinity_mask(line->irq), cpumask_of(last)));
	free_irq(line->irq, line);
	expect_eq(request_irq(line->irq, handler, IRQF_NOBALANCING, "t", line), 0);
	expect_eq(irq_can_set_affinity(line->irq), 0);
	free_irq(line->irq, line);
	fake_line_free(line);
}

TEST(affinity, pending, "C6", "a controller that moves only while it interrupts is asked at the next interrupt, masked")
{
	struct fake_line *line = fake_line_new(&fake_chip_moves, handle_edge_irq, "edge");
	unsigned int last = cpumask_last(cpu_online_mask);

	require(line);
	irq_clear_status_flags(line->irq, IRQ_MOVE_PCNTXT);
	expect_eq(request_irq(line->irq, handler, 0, "t", line), 0);
	fake_log(line);
	expect_eq(irq_set_affinity(line->irq, cpumask_of(last)), 0);
	expect_str(fake_log(line), "");
	expect(irqd_is_setaffinity_pending(irq_get_irq_data(line->irq)));
	fake_raise(line, 0);
	expect_str(fake_log(line), "mAuah");
	expect(!irqd_is_setaffinity_pending(irq_get_irq_data(line->irq)));
	expect(cpumask_equal(irq_get_effective_affinity_mask(line->irq), cpumask_of(last)));
	fake_raise(line, last);
	expect_str(fake_log(line), "ah");
	free_irq(line->irq, line);
	fake_line_free(line);
}

TEST(affinity, by_default, "C6", "a line that nobody steers goes where the default affinity says")
{
	struct fake_line *line;
	unsigned int last = cpumask_last(cpu_online_mask);
	struct cpumask was;

	cpumask_copy(&was, irq_default_affinity);
	cpumask_copy(irq_default_affinity, cpumask_of(last));
	line = fake_line_new(&fake_chip, handle_edge_irq, "edge");
	if (expect(line)) {
		expect_eq(request_irq(line->irq, handler, 0, "t", line), 0);
		expect(cpumask_equal(irq_get_effective_affinity_mask(line->irq), cpumask_of(last)));
		free_irq(line->irq, line);
		fake_line_free(line);
	}
	cpumask_copy(irq_default_affinity, &was);
}

static struct {
	struct irq_affinity_notify notify;
	struct cpumask told;
	int calls, released;
} watch;

static void told(struct irq_affinity_notify *notify, const cpumask_t *mask)
{
	cpumask_copy(&watch.told, mask);
	WRITE_ONCE(watch.calls, watch.calls + 1);
}

static void released(struct kref *ref)
{
	watch.released++;
}

TEST(affinity, notifier, "C6", "a notifier hears of a move from a work item, and is released once")
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_edge_irq, "edge");
	unsigned int last = cpumask_last(cpu_online_mask);

	require(line);
	memset(&watch, 0, sizeof(watch));
	watch.notify.notify = told;
	watch.notify.release = released;
	expect_eq(request_irq(line->irq, handler, 0, "t", line), 0);
	expect_eq(irq_set_affinity_notifier(line->irq, &watch.notify), 0);
	expect_eq(irq_set_affinity_and_hint(line->irq, cpumask_of(last)), 0);
	wait_until(READ_ONCE(watch.calls) == 1);
	expect(cpumask_equal(&watch.told, cpumask_of(last)));
	expect_eq(watch.released, 0);
	expect_eq(irq_set_affinity_notifier(line->irq, NULL), 0);
	expect_eq(watch.released, 1);
	irq_update_affinity_hint(line->irq, NULL);
	free_irq(line->irq, line);
	fake_line_free(line);
}

/* Every possible CPU in just one of the vectors from @first on. */
static void check_spread(struct irq_affinity_desc *masks, unsigned int first, unsigned int n)
{
	unsigned int i, cpu, most = 0, least = NR_CPUS;

	for_each_possible_cpu(cpu) {
		unsigned int in = 0;

		for (i = first; i < first + n; i++)
			in += cpumask_test_cpu(cpu, &masks[i].mask);
		expect_eq(in, 1);
	}
	for (i = first; i < first + n; i++) {
		unsigned int weight = cpumask_weight(&masks[i].mask);

		expect(masks[i].is_managed);
		most = max(most, weight);
		least = min(least, weight);
	}
	if (cpumask_equal(cpu_possible_mask, cpu_present_mask))
		expect(most - least <= 1);
}

TEST(affinity, spread, "C6", "managed vectors are spread evenly over all CPUs, each CPU in one of them")
{
	struct irq_affinity affd = { .pre_vectors = 1, .post_vectors = 1 };
	struct irq_affinity_desc *masks;
	unsigned int n;

	for (n = 1; n <= num_possible_cpus(); n++) {
		masks = irq_create_affinity_masks(n + 2, &affd);
		require(masks);
		check_spread(masks, 1, n);
		expect(!masks[0].is_managed && !masks[n + 1].is_managed);
		expect(cpumask_equal(&masks[0].mask, irq_default_affinity));
		kfree(masks);
	}
	affd = (struct irq_affinity) { .pre_vectors = 1 };
	expect(!irq_create_affinity_masks(1, &affd));
	affd = (struct irq_affinity) { .pre_vectors = 1 };
	expect_eq(irq_calc_affinity_vectors(2, 1000, &affd), 1 + num_possible_cpus());
	affd = (struct irq_affinity) { .pre_vectors = 5 };
	expect_eq(irq_calc_affinity_vectors(4, 1000, &affd), 0);
}
