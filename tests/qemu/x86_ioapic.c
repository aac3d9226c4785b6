/* SPDX-License-Identifier: MIT */
/*
 * I/O APIC: what stands in the redirection entries, read from the chip; lines under
 * interrupts, masked, and moved.
 */
#include <linux/acpi.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/pci.h>
#include <asm/apic.h>
#include <asm/hw_irq.h>
#include <asm/io_apic.h>
#include <asm/smp.h>
#include "edu.h"
#include "test.h"
#include "x86_ioapic.h"

/* "82093AA I/O APIC", "Memory Mapped Registers": select and window. */
static u32 chip_read(void __iomem *base, unsigned int reg)
{
	unsigned long flags;
	u32 val;

	/* The driver's lock is its own: with interrupts off on one CPU nobody opens lines. */
	local_irq_save(flags);
	writel(reg, base);
	val = readl(base + 0x10);
	local_irq_restore(flags);
	return val;
}

union ioapic_rte read_entry(unsigned int pin)
{
	void __iomem *base = ioremap(acpi_madt.ioapics[0].address, 4096);
	union ioapic_rte rte = { };

	if (expect(base)) {
		rte.low = chip_read(base, 0x10 + 2 * pin);
		rte.high = chip_read(base, 0x11 + 2 * pin);
		iounmap(base);
	}
	return rte;
}

TEST(ioapic, version, "A3", "the version register is read-only and tells the number of inputs")
{
	void __iomem *base;
	u32 version;

	need(ioapic_in_use(), "no I/O APIC in use");
	base = ioremap(acpi_madt.ioapics[0].address, 4096);
	require(base);
	version = chip_read(base, 1);
	expect_eq((version >> 16) & 0xff, 23);
	writel(1, base);
	writel(~version, base + 0x10);
	expect_eq(chip_read(base, 1), version);
	iounmap(base);
}

/* A line's entry against what the generic layer believes of it. */
static void check_entry(unsigned int irq)
{
	struct irq_data *irqd = irq_get_irq_data(irq);
	union ioapic_rte rte = read_entry(irqd_to_hwirq(irqd));
	u32 type = irqd_get_trigger_type(irqd);

	expect_eq(rte.vector, irqd_cfg(irqd)->vector);
	expect_eq(rte.dest, irqd_cfg(irqd)->dest_apicid);
	expect_eq(rte.dest_logical, apic_lowest);
	expect_eq(rte.delivery_mode, apic_lowest ? IOAPIC_DM_LOWEST : IOAPIC_DM_FIXED);
	expect_eq(rte.is_level, !!(type & IRQ_TYPE_LEVEL_MASK));
	expect_eq(rte.active_low, !!(type & (IRQ_TYPE_LEVEL_LOW | IRQ_TYPE_EDGE_FALLING)));
	expect_eq(rte.masked, irqd_irq_masked(irqd));
}

TEST(ioapic, entries, "A3", "each open ISA line's redirection entry is what the line says, polarity and trigger too")
{
	unsigned int irq, seen = 0;

	need(ioapic_in_use(), "no I/O APIC in use");
	for (irq = 0; irq < NR_IRQS_LEGACY; irq++) {
		if (!irq_get_irq_data(irq) || !irq_has_action(irq))
			continue;
		check_entry(irq);
		seen++;
	}
	expect(seen > 0);
}

TEST(ioapic, overrides, "A3", "the MADT's interrupt source overrides decide input, polarity and trigger")
{
	unsigned int i;

	need(ioapic_in_use(), "no I/O APIC in use");
	need(acpi_madt.nr_overrides, "the MADT has none");
	for (i = 0; i < acpi_madt.nr_overrides; i++) {
		const struct acpi_isa_override *o = &acpi_madt.overrides[i];
		struct irq_data *irqd = irq_get_irq_data(o->source);

		if (!expect(irqd && irqd->domain))
			continue;
		expect_eq(irqd_to_hwirq(irqd), o->gsi);
		if (!irq_has_action(o->source))
			expect_eq(!!(irqd_get_trigger_type(irqd) & IRQ_TYPE_LEVEL_MASK),
				  ACPI_INTI_TRIGGER(o->flags) == ACPI_TRIGGER_LEVEL);
	}
}

TEST(ioapic, closed, "A3", "inputs that nobody uses are masked")
{
	unsigned int irq;

	need(ioapic_in_use(), "no I/O APIC in use");
	for (irq = 0; irq < NR_IRQS_LEGACY; irq++) {
		struct irq_data *irqd = irq_get_irq_data(irq);

		if (irqd && irqd->domain && !irq_has_action(irq))
			expect_eq(read_entry(irqd_to_hwirq(irqd)).masked, 1);
	}
}

/* -- A level line, by edu's pin ------------------------------------------------------------------ */

static struct edu edu;
static atomic_t received, in_service;

static irqreturn_t level_handler(int irq, void *data)
{
	u32 status = readl(edu.regs + EDU_IRQ_STATUS);
	bool active = false;

	if (!status)
		return IRQ_NONE;
	irq_get_irq_data(irq)->chip->irq_get_irqchip_state(irq_get_irq_data(irq),
							   IRQCHIP_STATE_ACTIVE, &active);
	atomic_add(active, &in_service);
	writel(status, edu.regs + EDU_IRQ_ACK);
	atomic_inc(&received);
	return IRQ_HANDLED;
}

static bool open_level(void)
{
	if (!ioapic_in_use() || !edu_open(&edu, PCI_IRQ_LEGACY))
		return false;
	atomic_set(&received, 0);
	atomic_set(&in_service, 0);
	if (expect_eq(request_irq(edu.irq, level_handler, IRQF_SHARED | IRQF_NO_THREAD,
				  "ioapic-test", &edu), 0))
		return true;
	edu_close(&edu);
	return false;
}

static void close_level(void)
{
	free_irq(edu.irq, &edu);
	edu_close(&edu);
}

TEST(ioapic, level, "A3", "a level line is in service (Remote IRR) from its delivery to its end")
{
	need(open_level(), "no I/O APIC, or no edu device");
	check_entry(edu.irq);
	expect(read_entry(irqd_to_hwirq(irq_get_irq_data(edu.irq))).is_level);
	writel(1, edu.regs + EDU_IRQ_RAISE);
	wait_until(atomic_read(&received) == 1);
	synchronize_irq(edu.irq);
	expect_eq(atomic_read(&in_service), 1);
	expect_eq(read_entry(irqd_to_hwirq(irq_get_irq_data(edu.irq))).remote_irr, 0);
	close_level();
}

TEST(ioapic, level_disabled, "A3 A6", "a level that comes while its line is disabled is delivered on enable")
{
	need(open_level(), "no I/O APIC, or no edu device");
	disable_irq(edu.irq);
	writel(1, edu.regs + EDU_IRQ_RAISE);
	msleep(20);
	expect_eq(atomic_read(&received), 0);
	enable_irq(edu.irq);
	wait_until(atomic_read(&received) == 1);
	close_level();
}

#define LEVEL_MOVES	200

TEST(ioapic, level_moves, "A3 A10", "a level line moved between interrupts and under one goes on working")
{
	unsigned int cpu = 0;
	int n;

	need(open_level(), "no I/O APIC, or no edu device");
	for (n = 1; n <= LEVEL_MOVES; n++) {
		cpu = next_target_cpu(cpu);
		writel(1, edu.regs + EDU_IRQ_RAISE);
		expect_eq(irq_set_affinity(edu.irq, cpumask_of(cpu)), 0);
		if (!wait_until(atomic_read(&received) == n))
			break;
		synchronize_irq(edu.irq);	/* the handler has run, its flow may still */
		check_entry(edu.irq);
	}
	close_level();
}
