/* SPDX-License-Identifier: MIT */
/*
 * What the MADT says about CPUs and interrupt controllers, in a form that the APIC drivers
 * read. Filled by acpi_boot_init() in setup_arch() and fixed from then on. ACPI 6.5,
 * "Multiple APIC Description Table (MADT)".
 */
#ifndef _ASM_X86_ACPI_H
#define _ASM_X86_ACPI_H

#include <linux/types.h>

#define MAX_IO_APICS		16
#define MAX_ISA_OVERRIDES	16
#define MAX_NMI_SOURCES		16

struct acpi_ioapic {
	u8		id;
	u32		gsi_base;
	phys_addr_t	address;
};

/* MPS INTI flags: polarity in bits 0-1, trigger in bits 2-3. */
#define ACPI_INTI_POLARITY(f)	((f) & 3)
#define   ACPI_POLARITY_CONFORMS	0	/* to the bus: ISA active high, PCI active low */
#define   ACPI_POLARITY_HIGH		1
#define   ACPI_POLARITY_LOW		3
#define ACPI_INTI_TRIGGER(f)	(((f) >> 2) & 3)
#define   ACPI_TRIGGER_CONFORMS		0	/* to the bus: ISA edge, PCI level */
#define   ACPI_TRIGGER_EDGE		1
#define   ACPI_TRIGGER_LEVEL		3

/* ISA IRQ @source arrives at @gsi. ISA IRQs without an entry: GSI of the same number. */
struct acpi_isa_override {
	u8	source;
	u32	gsi;
	u16	flags;
};

/* LINT pin of a local APIC that carries NMI. */
#define ACPI_NMI_ALL_CPUS	0xffffffffu
struct acpi_local_nmi {
	u32	uid;		/* ACPI processor id, or ACPI_NMI_ALL_CPUS */
	u32	cpu;		/* CPU number, or ACPI_NMI_ALL_CPUS */
	u16	flags;
	u8	lint;
};

/* I/O APIC input that carries NMI. */
struct acpi_nmi_source {
	u32	gsi;
	u16	flags;
};

struct acpi_madt_info {
	bool				present;	/* there is a usable MADT */
	bool				pcat_compat;	/* it has 8259As too: mask them */
	phys_addr_t			lapic_address;
	unsigned int			nr_ioapics;
	struct acpi_ioapic		ioapics[MAX_IO_APICS];
	unsigned int			nr_overrides;
	struct acpi_isa_override	overrides[MAX_ISA_OVERRIDES];
	unsigned int			nr_local_nmis;
	struct acpi_local_nmi		local_nmis[MAX_NMI_SOURCES];
	unsigned int			nr_nmi_sources;
	struct acpi_nmi_source		nmi_sources[MAX_NMI_SOURCES];
};

extern struct acpi_madt_info acpi_madt;

/* Set by "acpi=off", by a machine without tables, or by tables that make no sense. */
extern bool acpi_disabled;

void acpi_boot_init(void);

/* Firmware memory that is not RAM, mapped read-only for good. Boot only. NULL: out of reach. */
void *__acpi_map_table(phys_addr_t phys, size_t size);

#endif
