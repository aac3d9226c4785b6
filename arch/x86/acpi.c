/* SPDX-License-Identifier: MIT */
/*
 * What ACPI knows of CPUs and interrupt controllers: the MADT, read into tables of our own.
 *
 * ACPI 6.5, "Multiple APIC Description Table (MADT)" and, for a BIOS's root pointer,
 * "Finding the RSDP on IA-PC Systems". Without usable tables the machine is taken to have one CPU
 * and a pair of 8259As, which every PC has.
 */
#include <linux/acpi.h>
#include <linux/arch.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <linux/threads.h>
#include <asm/bootproto.h>
#include <asm/pgtable.h>
#include <asm/smp.h>

#define MADT_LAPIC		0
#define MADT_IO_APIC		1
#define MADT_ISA_OVERRIDE	2
#define MADT_NMI_SOURCE		3
#define MADT_LAPIC_NMI		4
#define MADT_LAPIC_OVERRIDE	5
#define MADT_X2APIC		9
#define MADT_X2APIC_NMI		10

#define MADT_LAPIC_ENABLED	0x1
#define MADT_LAPIC_ONLINE_CAPABLE 0x2	/* may be plugged in later */
#define XAPIC_ALL_UIDS		0xff
#define XAPIC_BAD_ID		0xff

struct madt_entry {
	u8	type;			/* MADT_* */
	u8	length;			/* with these two bytes */
	union {
		struct { u8 uid, apicid; u32 flags; } __packed lapic;
		struct { u8 id, reserved; u32 address, gsi_base; } __packed ioapic;
		struct { u8 bus, source; u32 gsi; u16 flags; } __packed override;
		struct { u16 flags; u32 gsi; } __packed nmi_source;
		struct { u8 uid; u16 flags; u8 lint; } __packed lapic_nmi;
		struct { u16 reserved; u64 address; } __packed lapic_override;
		struct { u16 reserved; u32 apicid, flags, uid; } __packed x2apic;
		struct { u16 flags; u32 uid; u8 lint, reserved[3]; } __packed x2apic_nmi;
	};
} __packed;

static const u8 min_length[] __initconst = {
	[MADT_LAPIC] = 8, [MADT_IO_APIC] = 12, [MADT_ISA_OVERRIDE] = 10, [MADT_NMI_SOURCE] = 8,
	[MADT_LAPIC_NMI] = 6, [MADT_LAPIC_OVERRIDE] = 12, [MADT_X2APIC] = 16,
	[MADT_X2APIC_NMI] = 12,
};

struct acpi_madt_info acpi_madt __ro_after_init;
bool acpi_disabled __ro_after_init;

/* ACPI processor ids, by CPU: what NMI entries name CPUs by. */
static u32 cpu_uid[NR_CPUS] __initdata;

static int __init parse_acpi(char *arg)
{
	if (!strcmp(arg, "off"))
		acpi_disabled = true;
	return 0;
}
early_param("acpi", parse_acpi);

/* See <asm/acpi.h>. */
void * __init __acpi_map_table(phys_addr_t phys, size_t size)
{
	return map_phys_readonly(phys, size);
}

static void __init add_cpu(u32 apicid, u32 uid, u32 flags)
{
	int cpu;

	/* Online-capable alone means an empty socket: nothing to start. */
	if (!(flags & MADT_LAPIC_ENABLED))
		return;
	cpu = cpu_add(apicid);
	if (cpu >= 0)
		cpu_uid[cpu] = uid;
}

static void __init add_local_nmi(u32 uid, u16 flags, u8 lint)
{
	struct acpi_local_nmi *nmi = &acpi_madt.local_nmis[acpi_madt.nr_local_nmis];

	if (acpi_madt.nr_local_nmis == MAX_NMI_SOURCES)
		return;
	*nmi = (struct acpi_local_nmi){ .uid = uid, .flags = flags, .lint = lint };
	acpi_madt.nr_local_nmis++;
}

static void __init add_ioapic(const struct madt_entry *e)
{
	unsigned int n = acpi_madt.nr_ioapics;

	if (n == MAX_IO_APICS || !e->ioapic.address) {
		pr_warn("ACPI: I/O APIC %u at %#x ignored\n", e->ioapic.id, e->ioapic.address);
		return;
	}
	acpi_madt.ioapics[n].id = e->ioapic.id;
	acpi_madt.ioapics[n].address = e->ioapic.address;
	acpi_madt.ioapics[n].gsi_base = e->ioapic.gsi_base;
	acpi_madt.nr_ioapics++;
}

static void __init add_override(const struct madt_entry *e)
{
	unsigned int n = acpi_madt.nr_overrides;

	if (n == MAX_ISA_OVERRIDES)
		return;
	acpi_madt.overrides[n].source = e->override.source;
	acpi_madt.overrides[n].gsi = e->override.gsi;
	acpi_madt.overrides[n].flags = e->override.flags;
	acpi_madt.nr_overrides++;
}

static void __init add_nmi_source(const struct madt_entry *e)
{
	unsigned int n = acpi_madt.nr_nmi_sources;

	if (n == MAX_NMI_SOURCES)
		return;
	acpi_madt.nmi_sources[n].gsi = e->nmi_source.gsi;
	acpi_madt.nmi_sources[n].flags = e->nmi_source.flags;
	acpi_madt.nr_nmi_sources++;
}

static void __init parse_entry(const struct madt_entry *e)
{
	switch (e->type) {
	case MADT_LAPIC:
		if (e->lapic.apicid != XAPIC_BAD_ID)
			add_cpu(e->lapic.apicid, e->lapic.uid, e->lapic.flags);
		break;
	case MADT_X2APIC:
		if (e->x2apic.apicid != BAD_APICID)
			add_cpu(e->x2apic.apicid, e->x2apic.uid, e->x2apic.flags);
		break;
	case MADT_IO_APIC:
		add_ioapic(e);
		break;
	case MADT_ISA_OVERRIDE:
		add_override(e);
		break;
	case MADT_NMI_SOURCE:
		add_nmi_source(e);
		break;
	case MADT_LAPIC_NMI:
		add_local_nmi(e->lapic_nmi.uid == XAPIC_ALL_UIDS ? ACPI_NMI_ALL_CPUS :
								   e->lapic_nmi.uid,
			      e->lapic_nmi.flags, e->lapic_nmi.lint);
		break;
	case MADT_X2APIC_NMI:
		add_local_nmi(e->x2apic_nmi.uid, e->x2apic_nmi.flags, e->x2apic_nmi.lint);
		break;
	case MADT_LAPIC_OVERRIDE:
		acpi_madt.lapic_address = e->lapic_override.address;
		break;
	}
}

/* NMI entries may come before the CPUs they name: resolve them last. */
static void __init resolve_local_nmis(void)
{
	struct acpi_local_nmi *nmi = acpi_madt.local_nmis;
	unsigned int i, cpu;

	for (i = 0; i < acpi_madt.nr_local_nmis; i++, nmi++) {
		nmi->cpu = ACPI_NMI_ALL_CPUS;
		if (nmi->uid == ACPI_NMI_ALL_CPUS)
			continue;
		for (cpu = 0; cpu < NR_CPUS; cpu++)
			if (cpu_to_apicid[cpu] != BAD_APICID && cpu_uid[cpu] == nmi->uid)
				nmi->cpu = cpu;
	}
}

static void __init parse_madt(const struct acpi_table_madt *madt)
{
	const u8 *p = (const u8 *)(madt + 1), *end = (const u8 *)madt + madt->header.length;

	acpi_madt.present = true;
	acpi_madt.lapic_address = madt->address;
	acpi_madt.pcat_compat = madt->flags & ACPI_MADT_PCAT_COMPAT;
	while (end - p >= 2) {
		const struct madt_entry *e = (const void *)p;

		if (e->length < 2 || e->length > end - p ||
		    (e->type < ARRAY_SIZE(min_length) && e->length < min_length[e->type])) {
			pr_warn("ACPI: MADT entry of type %u has length %u; rest ignored\n",
				e->type, e->length);
			break;
		}
		parse_entry(e);
		p += e->length;
	}
	resolve_local_nmis();
}

/* A BIOS leaves it in the first KiB of the EBDA or in its ROM, on a 16-byte boundary. */
static const struct acpi_table_rsdp * __init scan_for_rsdp(phys_addr_t start, size_t size)
{
	const char *p = map_phys_readonly(start, size);
	size_t off;

	for (off = 0; p && off + sizeof(struct acpi_table_rsdp) <= size; off += 16)
		if (!memcmp(p + off, ACPI_SIG_RSDP, 8))
			return (const void *)(p + off);
	return NULL;
}

static const struct acpi_table_rsdp * __init find_bios_rsdp(void)
{
	const struct acpi_table_rsdp *rsdp = NULL;
	const u16 *ebda_segment = map_phys_readonly(0x40e, sizeof(*ebda_segment));

	if (ebda_segment && *ebda_segment)
		rsdp = scan_for_rsdp((phys_addr_t)*ebda_segment << 4, 1024);
	return rsdp ? rsdp : scan_for_rsdp(0xe0000, 0x20000);
}

/* The loader's root pointer if it gave one that is good, else the BIOS's. */
static bool __init find_tables(void)
{
	const struct acpi_table_rsdp *rsdp;

	if (boot_info.has_rsdp && !acpi_table_init((const void *)boot_info.rsdp))
		return true;
	rsdp = find_bios_rsdp();
	return rsdp && !acpi_table_init(rsdp);
}

/**
 * acpi_boot_init - find ACPI's tables and read the MADT
 *
 * Context: setup_arch(), final page tables.
 */
void __init acpi_boot_init(void)
{
	struct acpi_table_header *madt;

	if (acpi_disabled) {
		pr_info("ACPI: off, as the command line asks\n");
		return;
	}
	if (!find_tables()) {
		pr_warn("ACPI: no tables; going on with one CPU and the 8259A\n");
		acpi_disabled = true;
		return;
	}
	if (ACPI_FAILURE(acpi_get_table(ACPI_SIG_MADT, 0, &madt)) ||
	    madt->length < sizeof(struct acpi_table_madt)) {
		pr_warn("ACPI: no MADT; going on with one CPU and the 8259A\n");
		return;
	}
	parse_madt((const struct acpi_table_madt *)madt);
}
