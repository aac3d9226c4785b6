/* SPDX-License-Identifier: MIT */
/* Raising a line by software, and finding the line of a device by probing. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/irq_sim.h>
#include <linux/irqflags.h>
#include <linux/preempt.h>
#include "irq_fake.h"
#include "test.h"

static struct {
	int runs;
	bool irqs_off, hardirq;
} seen;

static irqreturn_t handler(int irq, void *dev)
{
	seen.irqs_off = irqs_disabled();
	seen.hardirq = in_hardirq();
	WRITE_ONCE(seen.runs, seen.runs + 1);
	return IRQ_HANDLED;
}

TEST(resend, software, "C9", "a controller that can't raise a line has it done by a tasklet, interrupts off")
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_edge_irq, "edge");

	require(line);
	seen.runs = 0;
	expect_eq(irq_inject_interrupt(1000000), -EINVAL);
	expect_eq(irq_inject_interrupt(line->irq), -EINVAL);	/* nobody is there */
	expect_eq(request_irq(line->irq, handler, 0, "t", line), 0);
	expect_eq(irq_inject_interrupt(line->irq), 0);
	wait_until(READ_ONCE(seen.runs) == 1);
	expect(seen.irqs_off && !seen.hardirq);
	free_irq(line->irq, line);
	fake_line_free(line);

	line = fake_line_new(&fake_chip, handle_level_irq, "level");
	require(line);
	expect_eq(request_irq(line->irq, handler, 0, "t", line), 0);
	expect_eq(irq_inject_interrupt(line->irq), -EINVAL);	/* it asks by itself or not at all */
	free_irq(line->irq, line);
	fake_line_free(line);
}

static struct fake_line *retriggered;

static int fake_retrigger(struct irq_data *d)
{
	fake_note(retriggered, 'r');
	irq_work_queue(&retriggered->deliver);
	return 1;
}

TEST(resend, hardware, "C9", "a controller that can raise a line is asked to, once the line is open")
{
	static struct irq_chip chip;
	struct fake_line *line;

	chip = fake_chip;
	chip.irq_retrigger = fake_retrigger;
	line = fake_line_new(&chip, handle_edge_irq, "edge");
	require(line);
	retriggered = line;
	seen.runs = 0;
	expect_eq(request_irq(line->irq, handler, 0, "t", line), 0);
	disable_irq(line->irq);
	fake_raise(line, 0);
	fake_log(line);
	enable_irq(line->irq);
	expect_eq(fake_log(line)[1], 'r');
	free_irq(line->irq, line);
	irq_work_sync(&line->deliver);
	fake_line_free(line);
}

TEST(resend, probe, "C9", "probing finds the one line that interrupted, and tells several from one")
{
	struct fake_line *line = fake_line_new(&fake_chip_full, handle_edge_irq, "edge");
	struct fake_line *busy = fake_line_new(&fake_chip_full, handle_edge_irq, "edge");
	unsigned long mask;

	require(line && busy);
	/* A line with an owner takes no part. */
	expect_eq(request_irq(busy->irq, handler, 0, "t", busy), 0);
	mask = probe_irq_on();
	fake_raise(line, 0);
	fake_raise(busy, 0);
	expect_eq(probe_irq_off(mask), line->irq);
	mask = probe_irq_on();
	expect_eq(probe_irq_off(mask), 0);
	free_irq(busy->irq, busy);

	irq_set_noprobe(busy->irq);
	mask = probe_irq_on();
	fake_raise(busy, 0);
	expect_eq(probe_irq_off(mask), 0);
	irq_set_probe(busy->irq);
	mask = probe_irq_on();
	fake_raise(line, 0);
	fake_raise(busy, 0);
	expect(probe_irq_off(mask) < 0);
	fake_line_free(line);
	fake_line_free(busy);
}

TEST(resend, sim, "C9", "a simulated line interrupts when it is set pending, as a hard interrupt; masked it does not")
{
	struct irq_domain *d = irq_domain_create_sim(NULL, 4);
	unsigned int irq;
	bool state;

	require(!IS_ERR(d));
	irq = irq_create_mapping(d, 3);
	require(irq);
	seen.runs = 0;
	expect_eq(request_irq(irq, handler, 0, "t", NULL), 0);
	expect_eq(irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true), 0);
	wait_until(READ_ONCE(seen.runs) == 1);
	expect(seen.irqs_off && seen.hardirq);
	expect_eq(irq_get_irqchip_state(irq, IRQCHIP_STATE_PENDING, &state), 0);
	expect(!state);
	expect_eq(irq_set_irqchip_state(irq, IRQCHIP_STATE_ACTIVE, true), -EINVAL);
	expect_eq(irq_set_irq_type(irq, IRQ_TYPE_LEVEL_HIGH), -EINVAL);
	expect_eq(irq_set_irq_type(irq, IRQ_TYPE_EDGE_RISING), 0);
	expect_eq(irq_inject_interrupt(irq), 0);
	wait_until(READ_ONCE(seen.runs) == 2);
	free_irq(irq, NULL);
	irq_dispose_mapping(irq);
	irq_domain_remove_sim(d);
}

TEST(resend, chip_state, "C9", "a line whose controller can't tell its state, or wake the machine, says so")
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_edge_irq, "edge");
	bool state;

	require(line);
	expect_eq(irq_get_irqchip_state(line->irq, IRQCHIP_STATE_PENDING, &state), -EINVAL);
	expect_eq(irq_set_irqchip_state(line->irq, IRQCHIP_STATE_PENDING, true), -EINVAL);
	expect_eq(enable_irq_wake(line->irq), -ENXIO);
	expect_eq(enable_irq_wake(1000000), -EINVAL);
	fake_line_free(line);
}
