/* SPDX-License-Identifier: MIT */
/*
 * Interrupts inside a handler: off as a rule, on when the handler enables them itself, and on
 * from its first line with irqnest, but for IRQF_DISABLED. What comes inside is an irq_work that
 * the handler queues to its own CPU: an interrupt of its own vector.
 */
#include <linux/hardirq.h>
#include <linux/init.h>
#include <linux/irq_work.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <asm/apic.h>
#include "irq_fake.h"
#include "test.h"

/* The handler's CPU writes; the test reads when fake_raise() has returned. */
static struct {
	bool enable;		/* the handler enables interrupts itself */
	bool irqs_were_on;	/* at its first line */
	bool nested;		/* the interrupt came before the handler ended */
	unsigned long depth;	/* hard interrupts at that point */
	bool inside;
} seen;

static void other_interrupt(struct irq_work *work)
{
	seen.nested = seen.inside;
	seen.depth = hardirq_count() >> HARDIRQ_SHIFT;
}

static DEFINE_IRQ_WORK(other, other_interrupt);

static irqreturn_t nest_handler(int irq, void *dev)
{
	seen.irqs_were_on = !irqs_disabled();
	seen.inside = true;
	if (seen.enable)
		local_irq_enable_in_hardirq();
	irq_work_queue(&other);
	/* With interrupts on it comes here at the latest; with them off it can't. */
	if (!irqs_disabled())
		smp_cond_load_acquire(&seen.nested, VAL);
	if (seen.enable)
		local_irq_disable();
	seen.inside = false;
	return IRQ_HANDLED;
}

static void run_once(unsigned long flags, bool enable)
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_edge_irq, "nest");

	memset(&seen, 0, sizeof(seen));
	seen.enable = enable;
	require(line);
	if (expect(!request_irq(line->irq, nest_handler, flags, "nest", line))) {
		fake_raise(line, raw_smp_processor_id());
		irq_work_sync(&other);
		free_irq(line->irq, line);
	}
	fake_line_free(line);
}

TEST(irqnest, off, "B7", "a handler runs with interrupts off; another interrupt comes inside only when it enables them")
{
	need(apic, "no local APIC, so that an irq_work waits for the tick");
	need(!strstr(saved_command_line, " irqnest "), "irqnest is on the command line");
	run_once(0, false);
	expect(!seen.irqs_were_on);
	expect(!seen.nested);
	run_once(0, true);
	expect(!seen.irqs_were_on);
	expect(seen.nested);
	expect(seen.depth >= 2);
}

TEST(irqnest, on, "B7", "with irqnest a handler is interrupted from its first line, unless it asked for IRQF_DISABLED")
{
	need(apic, "no local APIC, so that an irq_work waits for the tick");
	need(strstr(saved_command_line, " irqnest "), "no irqnest on the command line");
	run_once(0, false);
	expect(seen.irqs_were_on);
	expect(seen.nested);
	expect(seen.depth >= 2);
	run_once(IRQF_DISABLED, false);
	expect(!seen.irqs_were_on);
	expect(!seen.nested);
}
