/* SPDX-License-Identifier: MIT */
/* irq_poll: devices that are polled from their softirq. */
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/irq_poll.h>
#include <linux/irqflags.h>
#include <linux/kernel_stat.h>
#include <linux/string.h>
#include "test.h"

#define WEIGHT	4

/* A device with so much to do; what it did when is told by one letter a call. */
struct device_model {
	struct irq_poll iop;
	atomic_t work;
	int calls, most;
	bool in_softirq, irqs_on, hold;
	char name, *log;
};

static char order[64];

static int model_poll(struct irq_poll *iop, int budget)
{
	struct device_model *d = container_of(iop, struct device_model, iop);
	int done = min(budget, atomic_read(&d->work));

	d->calls++;
	d->most = max(d->most, budget);
	d->in_softirq = in_serving_softirq() && !in_hardirq();
	d->irqs_on = !irqs_disabled();
	if (d->log)
		*strchr(d->log, 0) = d->name;
	atomic_sub(done, &d->work);
	if (READ_ONCE(d->hold))
		return budget;		/* never ready */
	if (done < budget)
		irq_poll_complete(iop);
	return done;
}

static void model_init(struct device_model *d, int work, char name)
{
	memset(d, 0, sizeof(*d));
	irq_poll_init(&d->iop, WEIGHT, model_poll);
	atomic_set(&d->work, work);
	d->name = name;
}

static struct device_model a, b;

static bool idle(struct device_model *d)
{
	return !test_bit(IRQ_POLL_F_SCHED, &d->iop.state);
}

TEST(irq_poll, until_done, "D10", "a device is polled in softirq context, its weight at a time, until it has no work left")
{
	model_init(&a, 3 * WEIGHT + 1, 'a');
	irq_poll_sched(&a.iop);
	wait_until(idle(&a));
	expect_eq(atomic_read(&a.work), 0);
	expect_eq(a.calls, 4);
	expect_eq(a.most, WEIGHT);
	expect(a.in_softirq && a.irqs_on);
}

TEST(irq_poll, in_turn, "D10", "several devices take turns, in the order in which they came")
{
	memset(order, 0, sizeof(order));
	model_init(&a, 2 * WEIGHT, 'a');
	model_init(&b, WEIGHT, 'b');
	a.log = b.log = order;
	local_bh_disable();
	irq_poll_sched(&a.iop);
	irq_poll_sched(&b.iop);
	irq_poll_sched(&a.iop);		/* it is: no second time */
	local_bh_enable();
	wait_until(idle(&a) && idle(&b));
	expect_str(order, "ababa");
}

#define BUDGET		256	/* of one turn of the softirq */
#define MANY_CALLS	(12 * BUDGET / WEIGHT)

static unsigned int turns_of_softirq(void)
{
	unsigned int sum = 0, cpu;

	for_each_online_cpu(cpu)
		sum += kstat_softirqs_cpu(IRQ_POLL_SOFTIRQ, (int)cpu);
	return sum;
}

TEST(irq_poll, budget, "D10 D3", "a device that has work for long does not keep the CPU: the softirq ends its turn at its budget")
{
	unsigned int turns = turns_of_softirq();

	model_init(&a, WEIGHT * MANY_CALLS, 'a');
	irq_poll_sched(&a.iop);
	wait_until(idle(&a));
	turns = turns_of_softirq() - turns;
	expect_eq(a.calls, MANY_CALLS + 1);
	test_note("%d calls in %u turns", a.calls, turns);
	expect(turns >= MANY_CALLS * WEIGHT / BUDGET);
}

TEST(irq_poll, never_ready, "D10 D3", "a device that is never ready leaves its CPU to tasks as well")
{
	model_init(&a, 0, 'a');
	a.hold = true;
	irq_poll_sched(&a.iop);
	wait_until(READ_ONCE(a.calls) > MANY_CALLS);
	WRITE_ONCE(a.hold, false);
	wait_until(idle(&a));
}

TEST(irq_poll, disable, "D10", "irq_poll_disable() waits for the device's turn to end and keeps it from another")
{
	model_init(&a, 0, 'a');
	irq_poll_sched(&a.iop);
	irq_poll_disable(&a.iop);
	a.calls = 0;
	atomic_set(&a.work, 1);
	irq_poll_sched(&a.iop);
	msleep(2 * MSEC_PER_TICK);
	expect_eq(a.calls, 0);
	irq_poll_enable(&a.iop);
	expect(idle(&a));
	irq_poll_sched(&a.iop);
	wait_until(idle(&a));
	expect_eq(a.calls, 1);
	expect_eq(atomic_read(&a.work), 0);
}
