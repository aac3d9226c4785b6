/* SPDX-License-Identifier: MIT */
/*
 * ACPI tables: finding them, and the layout of those that drivers read. There is no AML
 * interpreter; acpi_get_table() hands out static tables only. ACPI 6.5, "ACPI Software
 * Programming Model"; HPET and MCFG from their own documents.
 */
#ifndef _LINUX_ACPI_H
#define _LINUX_ACPI_H

#include <linux/types.h>
#include <linux/build_bug.h>
#include <linux/stddef.h>
#include <asm/acpi.h>

typedef u32 acpi_status;
#define AE_OK			0x0000
#define AE_NOT_FOUND		0x0005
#define AE_BAD_PARAMETER	0x1001
#define ACPI_SUCCESS(status)	((status) == AE_OK)
#define ACPI_FAILURE(status)	((status) != AE_OK)

#define ACPI_NAMESEG_SIZE	4
#define ACPI_OEM_ID_SIZE	6
#define ACPI_OEM_TABLE_ID_SIZE	8

#define ACPI_SIG_RSDP		"RSD PTR "
#define ACPI_SIG_RSDT		"RSDT"
#define ACPI_SIG_XSDT		"XSDT"
#define ACPI_SIG_MADT		"APIC"
#define ACPI_SIG_FADT		"FACP"
#define ACPI_SIG_DSDT		"DSDT"
#define ACPI_SIG_HPET		"HPET"
#define ACPI_SIG_MCFG		"MCFG"

struct acpi_table_rsdp {
	char	signature[8];
	u8	checksum;			/* of the first 20 bytes */
	char	oem_id[ACPI_OEM_ID_SIZE];
	u8	revision;			/* 0: ACPI 1.0, nothing below */
	u32	rsdt_physical_address;
	u32	length;
	u64	xsdt_physical_address;
	u8	extended_checksum;		/* of all */
	u8	reserved[3];
} __packed;
static_assert(sizeof(struct acpi_table_rsdp) == 36);

struct acpi_table_header {
	char	signature[ACPI_NAMESEG_SIZE];
	u32	length;				/* of the whole table */
	u8	revision;
	u8	checksum;			/* makes all bytes add up to zero */
	char	oem_id[ACPI_OEM_ID_SIZE];
	char	oem_table_id[ACPI_OEM_TABLE_ID_SIZE];
	u32	oem_revision;
	char	asl_compiler_id[ACPI_NAMESEG_SIZE];
	u32	asl_compiler_revision;
} __packed;
static_assert(sizeof(struct acpi_table_header) == 36);

/* A register, wherever it is. */
#define ACPI_ADR_SPACE_SYSTEM_MEMORY	0
#define ACPI_ADR_SPACE_SYSTEM_IO	1
struct acpi_generic_address {
	u8	space_id;			/* ACPI_ADR_SPACE_* */
	u8	bit_width;
	u8	bit_offset;
	u8	access_width;
	u64	address;
} __packed;
static_assert(sizeof(struct acpi_generic_address) == 12);

#define ACPI_FADT_RESET_REGISTER	(1 << 10)	/* flags: reset_register is there */
#define ACPI_FADT_32BIT_TIMER		(1 << 8)	/* flags: PM timer has 32 bits, not 24 */
#define ACPI_FADT_LEGACY_DEVICES	(1 << 0)	/* boot_flags */
#define ACPI_FADT_8042			(1 << 1)	/* boot_flags */
struct acpi_table_fadt {
	struct acpi_table_header header;
	u32	facs;
	u32	dsdt;
	u8	model;
	u8	preferred_profile;
	u16	sci_interrupt;
	u32	smi_command;
	u8	acpi_enable;
	u8	acpi_disable;
	u8	s4_bios_request;
	u8	pstate_control;
	u32	pm1a_event_block;
	u32	pm1b_event_block;
	u32	pm1a_control_block;
	u32	pm1b_control_block;
	u32	pm2_control_block;
	u32	pm_timer_block;
	u32	gpe0_block;
	u32	gpe1_block;
	u8	pm1_event_length;
	u8	pm1_control_length;
	u8	pm2_control_length;
	u8	pm_timer_length;
	u8	gpe0_block_length;
	u8	gpe1_block_length;
	u8	gpe1_base;
	u8	cst_control;
	u16	c2_latency;
	u16	c3_latency;
	u16	flush_size;
	u16	flush_stride;
	u8	duty_offset;
	u8	duty_width;
	u8	day_alarm;
	u8	month_alarm;
	u8	century;			/* RTC register, or 0 */
	u16	boot_flags;
	u8	reserved;
	u32	flags;
	struct acpi_generic_address reset_register;
	u8	reset_value;
	u16	arm_boot_flags;
	u8	minor_revision;
	u64	Xfacs;
	u64	Xdsdt;
	struct acpi_generic_address xpm1a_event_block;
	struct acpi_generic_address xpm1b_event_block;
	struct acpi_generic_address xpm1a_control_block;
	struct acpi_generic_address xpm1b_control_block;
	struct acpi_generic_address xpm2_control_block;
	struct acpi_generic_address xpm_timer_block;
	struct acpi_generic_address xgpe0_block;
	struct acpi_generic_address xgpe1_block;
	struct acpi_generic_address sleep_control;
	struct acpi_generic_address sleep_status;
	u64	hypervisor_id;
} __packed;
static_assert(offsetof(struct acpi_table_fadt, flags) == 112);
static_assert(sizeof(struct acpi_table_fadt) == 276);

struct acpi_table_hpet {
	struct acpi_table_header header;
	u32	id;
	struct acpi_generic_address address;
	u8	sequence;
	u16	minimum_tick;
	u8	flags;
} __packed;
static_assert(sizeof(struct acpi_table_hpet) == 56);

struct acpi_mcfg_allocation {
	u64	address;			/* of bus 0's configuration space */
	u16	pci_segment;
	u8	start_bus_number;
	u8	end_bus_number;
	u32	reserved;
} __packed;

struct acpi_table_mcfg {
	struct acpi_table_header header;
	u8	reserved[8];			/* struct acpi_mcfg_allocation follow */
} __packed;
static_assert(sizeof(struct acpi_table_mcfg) == 44);

struct acpi_table_madt {
	struct acpi_table_header header;
	u32	address;			/* local APICs, physical */
	u32	flags;				/* ACPI_MADT_PCAT_COMPAT */
} __packed;
#define ACPI_MADT_PCAT_COMPAT	1

/*
 * A copy of the machine's FADT in the newest layout: fields that an older table lacks are
 * zero, and each x-block is filled from its 32-bit ancestor. All zero without a FADT.
 */
extern struct acpi_table_fadt acpi_gbl_FADT;

int acpi_table_init(const struct acpi_table_rsdp *rsdp);
acpi_status acpi_get_table(const char *signature, u32 instance, struct acpi_table_header **out);
static inline void acpi_put_table(struct acpi_table_header *table)
{
}

#endif
