// SPDX-License-Identifier: MIT
/*
 * The machine's I/O APICs: finding them, and which line is which input.
 *
 * Which I/O APICs there are, and which wire an ISA interrupt has, the MADT says: ACPI 6.5,
 * "Multiple APIC Description Table (MADT)". Inputs of all I/O APICs are numbered through: the
 * GSI. ISA lines keep their numbers 0-15; any other line's number is its GSI.
 *
 * Command line: noapic (the 8259A serves the lines).
 */
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/printk.h>
#include <asm/acpi.h>
#include <asm/apic.h>
#include <asm/hw_irq.h>
#include <asm/io_apic.h>
#include <asm/smp.h>

#include "ioapic.h"

static struct ioapic ioapics[MAX_IO_APICS];
static unsigned int nr_ioapics;			/* fixed after ioapic_init() */
static unsigned int gsi_end;			/* one above the last */
bool skip_ioapic_setup __ro_after_init;

static int __init parse_noapic(char *arg)
{
	skip_ioapic_setup = true;
	return 0;
}
early_param("noapic", parse_noapic);

/* -- GSIs and line numbers ------------------------------------------------------------------------ */

static struct ioapic *gsi_to_ioapic(u32 gsi)
{
	unsigned int i;

	for (i = 0; i < nr_ioapics; i++)
		if (gsi >= ioapics[i].gsi_base && gsi - ioapics[i].gsi_base < ioapics[i].nr_pins)
			return &ioapics[i];
	return NULL;
}

/* ISA line at @gsi first; a low GSI whose number some ISA line keeps goes above all GSIs. */
static unsigned int gsi_to_line(u32 gsi)
{
	unsigned int i;

	for (i = 0; i < acpi_madt.nr_overrides; i++)
		if (acpi_madt.overrides[i].gsi == gsi)
			return acpi_madt.overrides[i].source;
	for (i = 0; i < acpi_madt.nr_overrides; i++)
		if (acpi_madt.overrides[i].source == gsi)
			return gsi_end + gsi;
	return gsi;
}

/**
 * ioapic_map_gsi - the line of an I/O APIC input
 * @gsi: the input
 * @type: IRQ_TYPE_* of what is attached to it
 *
 * An input that already has a line keeps it, and changes its trigger unless it is in use.
 *
 * Context: process or boot. Return: the line; -ENODEV no such input; -EBUSY in use with
 * another trigger; -ENOMEM.
 */
int ioapic_map_gsi(u32 gsi, unsigned int type)
{
	struct ioapic *ioapic = gsi_to_ioapic(gsi);
	struct ioapic_request req;
	unsigned int irq;

	if (!ioapic)
		return -ENODEV;
	req.pin = gsi - ioapic->gsi_base;
	req.type = type;

	if (irq_resolve_mapping(ioapic->domain, req.pin)) {
		irq = gsi_to_line(gsi);
		if (irq_get_trigger_type(irq) == type)
			return irq;
		if (irq_has_action(irq))
			return -EBUSY;
		return irq_set_irq_type(irq, type) ?: (int)irq;
	}
	irq = gsi_to_line(gsi);
	return __irq_domain_alloc_irqs(ioapic->domain, irq, 1, NUMA_NO_NODE, &req,
				       irq < NR_IRQS_LEGACY, NULL);
}

/** ioapic_in_use - whether lines are I/O APIC inputs rather than the 8259A's */
bool ioapic_in_use(void)
{
	return nr_ioapics;
}

/** arch_dynirq_lower_bound - the first number for lines that are no wires */
unsigned int arch_dynirq_lower_bound(unsigned int from)
{
	unsigned int end = nr_ioapics ? gsi_end + NR_IRQS_LEGACY : NR_IRQS_LEGACY;

	return from > end ? from : end;
}

/* -- Bring-up --------------------------------------------------------------------------------------- */

static int __init add_ioapic(const struct acpi_ioapic *entry)
{
	struct ioapic *ioapic = &ioapics[nr_ioapics];
	struct fwnode_handle *fwnode;

	ioapic->base = ioremap(entry->address, 4096);
	if (!ioapic->base)
		return -ENOMEM;
	if (!ioapic_probe(ioapic)) {
		pr_warn("IO-APIC %u: nothing at 0x%llx\n", entry->id, entry->address);
		iounmap(ioapic->base);
		return -ENODEV;
	}
	raw_spin_lock_init(&ioapic->lock);
	ioapic->id = entry->id;
	ioapic->gsi_base = entry->gsi_base;

	fwnode = irq_domain_alloc_named_id_fwnode("IO-APIC", entry->id);
	ioapic->domain = irq_domain_create_hierarchy(x86_vector_domain, 0, ioapic->nr_pins, fwnode,
						     &ioapic_domain_ops, ioapic);
	if (!ioapic->domain) {
		iounmap(ioapic->base);
		return -ENOMEM;
	}
	ioapic_mask_all(ioapic);
	if (gsi_end < ioapic->gsi_base + ioapic->nr_pins)
		gsi_end = ioapic->gsi_base + ioapic->nr_pins;
	nr_ioapics++;
	pr_info("IO-APIC %u: version 0x%x, GSI %u-%u\n", ioapic->id, ioapic->version,
		ioapic->gsi_base, ioapic->gsi_base + ioapic->nr_pins - 1);
	return 0;
}

static unsigned int __init inti_to_type(u16 flags)
{
	bool low = ACPI_INTI_POLARITY(flags) == ACPI_POLARITY_LOW;

	if (ACPI_INTI_TRIGGER(flags) == ACPI_TRIGGER_LEVEL)
		return low ? IRQ_TYPE_LEVEL_LOW : IRQ_TYPE_LEVEL_HIGH;
	return low ? IRQ_TYPE_EDGE_FALLING : IRQ_TYPE_EDGE_RISING;
}

/* The 16 ISA lines: where the MADT moved them, else at the GSI of their number. */
static void __init map_isa_lines(void)
{
	unsigned int irq, i, type;
	u32 gsi;

	for (irq = 0; irq < NR_IRQS_LEGACY; irq++) {
		gsi = irq;
		type = IRQ_TYPE_EDGE_RISING;
		for (i = 0; i < acpi_madt.nr_overrides; i++) {
			if (acpi_madt.overrides[i].source != irq)
				continue;
			gsi = acpi_madt.overrides[i].gsi;
			type = inti_to_type(acpi_madt.overrides[i].flags);
			break;
		}
		/* Another line's input: the 8259A's cascade, as a rule. */
		if (gsi_to_line(gsi) != irq)
			continue;
		if (ioapic_map_gsi(gsi, type) < 0)
			pr_warn("IO-APIC: no input for IRQ%u (GSI %u)\n", irq, gsi);
	}
}

/* Inputs that the board has wired to NMI: to the boot CPU. */
static void __init set_up_nmi_inputs(void)
{
	union ioapic_rte rte = { .delivery_mode = IOAPIC_DM_NMI };
	struct ioapic *ioapic;
	unsigned int i, pin;

	for (i = 0; i < acpi_madt.nr_nmi_sources; i++) {
		ioapic = gsi_to_ioapic(acpi_madt.nmi_sources[i].gsi);
		if (!ioapic)
			continue;
		pin = acpi_madt.nmi_sources[i].gsi - ioapic->gsi_base;
		rte.active_low = ACPI_INTI_POLARITY(acpi_madt.nmi_sources[i].flags) ==
				 ACPI_POLARITY_LOW;
		rte.dest = cpu_physical_id(0);
		ioapic_write_rte(ioapic, pin, rte);
	}
}

/**
 * ioapic_init - find the I/O APICs and give the ISA lines to them
 *
 * Context: boot CPU, interrupts off, after vector_init().
 * Return: false when there are none to use: noapic, or no MADT.
 */
bool __init ioapic_init(void)
{
	unsigned int i;

	if (skip_ioapic_setup) {
		pr_info("IO-APIC: disabled by noapic, using the 8259A\n");
		return false;
	}
	for (i = 0; i < acpi_madt.nr_ioapics; i++)
		add_ioapic(&acpi_madt.ioapics[i]);
	if (!nr_ioapics) {
		pr_info("IO-APIC: none found, using the 8259A\n");
		skip_ioapic_setup = true;
		return false;
	}
	map_isa_lines();
	set_up_nmi_inputs();
	return true;
}
