/* SPDX-License-Identifier: MIT */
/* Interrupts of a CPU that goes off line: its lines move, and what waits in its local APIC is not lost. */
#include <linux/atomic.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/pci.h>
#include <linux/smp.h>
#include <asm/apic.h>
#include "edu.h"
#include "hotplug.h"
#include "test.h"

static struct edu edu;
static atomic_t received, received_on;

static irqreturn_t edu_handler(int irq, void *data)
{
	u32 status = readl(edu.regs + EDU_IRQ_STATUS);

	if (!status)
		return IRQ_NONE;
	writel(status, edu.regs + EDU_IRQ_ACK);
	atomic_set(&received_on, raw_smp_processor_id());
	atomic_inc(&received);
	return IRQ_HANDLED;
}

static bool open_edu(unsigned int flags)
{
	if (num_online_cpus() == 1 || !apic || apic_lowest || !can_be_interrupted(victim()) ||
	    !edu_open(&edu, flags))
		return false;
	atomic_set(&received, 0);
	if (!request_irq(edu.irq, edu_handler, IRQF_SHARED, "hotplug-test", &edu)) {
		if (!irq_set_affinity(edu.irq, cpumask_of(victim())))
			return true;
		free_irq(edu.irq, &edu);
	}
	edu_close(&edu);
	return false;
}

static void close_edu(void)
{
	free_irq(edu.irq, &edu);
	edu_close(&edu);
}

static void raise_and_wait(int number)
{
	writel(1, edu.regs + EDU_IRQ_RAISE);
	wait_until(atomic_read(&received) == number);
}

static void move_off(unsigned int flags)
{
	need(open_edu(flags), "no edu device, or no second CPU for it");
	raise_and_wait(1);
	expect_eq(atomic_read(&received_on), victim());
	require(remove_cpu(victim()) == 0);
	expect(!cpumask_test_cpu(victim(), irq_get_effective_affinity_mask(edu.irq)));
	raise_and_wait(2);
	expect(atomic_read(&received_on) != (int)victim());
	require(add_cpu(victim()) == 0);
	raise_and_wait(3);
	expect_eq(irq_set_affinity(edu.irq, cpumask_of(victim())), 0);
	raise_and_wait(4);
	expect_eq(atomic_read(&received_on), victim());
	close_edu();
}

TEST(hotplug, msi, "A11 C6", "a message-signalled line leaves a CPU that goes, and can be steered back to it")
{
	move_off(PCI_IRQ_MSI);
}

TEST(hotplug, intx, "A11 C6", "so does a level line of an I/O APIC")
{
	move_off(PCI_IRQ_LEGACY);
}

/* ---- What waits in the IRR ------------------------------------------------------------------------ */

/*
 * A line of a simulated controller, moved before the device's as its number is lower: as that
 * happens the CPU has interrupts off for good, and the device interrupts it once more.
 */
static bool raised_at_the_end;

static int raise_at_the_end(struct irq_data *d, const struct cpumask *mask, bool force)
{
	if (!cpu_online(raw_smp_processor_id())) {
		raised_at_the_end = cpumask_test_cpu(victim(),
						     irq_get_effective_affinity_mask(edu.irq));
		writel(1, edu.regs + EDU_IRQ_RAISE);
		readl(edu.regs + EDU_IRQ_STATUS);	/* it has arrived */
	}
	irq_data_update_effective_affinity(d, mask);
	return IRQ_SET_MASK_OK;
}

static void nothing(struct irq_data *d)
{
}

static struct irq_chip early_chip = {
	.name			= "early",
	.irq_mask		= nothing,
	.irq_unmask		= nothing,
	.irq_set_affinity	= raise_at_the_end,
};

static irqreturn_t never(int irq, void *data)
{
	return IRQ_NONE;
}

/* @early: a number lower than the device's line's, whose chip is early_chip. */
static void pending_at_the_end(unsigned int early)
{
	raised_at_the_end = false;
	expect_eq(request_irq(early, never, 0, "hotplug-early", &edu), 0);
	expect_eq(irq_set_affinity(early, cpumask_of(victim())), 0);
	expect_eq(remove_cpu(victim()), 0);
	expect(raised_at_the_end);
	wait_until(atomic_read(&received) == 1);
	expect(atomic_read(&received_on) != (int)victim());
	raise_and_wait(2);		/* the line still works */
	expect_eq(add_cpu(victim()), 0);
	raise_and_wait(3);
	free_irq(early, &edu);
}

TEST(hotplug, pending_edge, "A11 A10", "an edge that waits in the IRR of a CPU that goes is raised on another")
{
	int early = irq_alloc_desc(NUMA_NO_NODE);

	require(early > 0);
	irq_set_chip_and_handler(early, &early_chip, handle_simple_irq);
	if (open_edu(PCI_IRQ_MSI)) {
		pending_at_the_end(early);
		close_edu();
	} else {
		test_skip("no edu device, or no second CPU for it");
	}
	irq_free_desc(early);
}

#define FREE_ISA_IRQ	5	/* the second parallel port's, lower than any PCI device's */

TEST(hotplug, pending_level, "A11", "a level interrupt that waits there comes again, and the pin does not wait for its end")
{
	struct irq_data *d = irq_get_irq_data(FREE_ISA_IRQ);
	const struct irq_chip *chip = d->chip;

	need(open_edu(PCI_IRQ_LEGACY), "no edu device, or no second CPU for it");
	irq_set_chip_and_handler(FREE_ISA_IRQ, &early_chip, handle_simple_irq);
	pending_at_the_end(FREE_ISA_IRQ);
	irq_set_chip_and_handler_name(FREE_ISA_IRQ, chip, handle_edge_irq, "edge");
	close_edu();
}
