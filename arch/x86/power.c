/* SPDX-License-Identifier: MIT */
/*
 * Power off and reset.
 *
 * Soft-off is ACPI's S5: a value that the DSDT names goes to the PM1 control registers. The
 * DSDT is AML, which nobody here interprets, but _S5_ is a package of constants in every
 * firmware, and can be read as it stands. ACPI 6.5, "PM1 Control Registers", "\_Sx States",
 * "AML Grammar". Both functions run with interrupts in any state, also in a panic.
 */
#include <linux/acpi.h>
#include <linux/arch.h>
#include <linux/delay.h>
#include <linux/irqflags.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <asm/cpufeature.h>
#include <asm/desc.h>
#include <asm/io.h>
#include <asm/processor.h>

#define PM1_SCI_EN		(1 << 0)
#define PM1_SLP_TYP_SHIFT	10
#define PM1_SLP_TYP_MASK	(7 << PM1_SLP_TYP_SHIFT)
#define PM1_SLP_EN		(1 << 13)

#define AML_ZERO_OP		0x00
#define AML_ONE_OP		0x01
#define AML_BYTE_PREFIX		0x0a
#define AML_PACKAGE_OP		0x12

#define KBC_STATUS		0x64	/* R: 8042 status; W: command */
#define   KBC_INPUT_FULL		0x02
#define   KBC_PULSE_RESET		0xfe
#define RESET_CONTROL		0xcf9	/* chipset, since the PIIX */
#define   RESET_CONTROL_HARD		0x02
#define   RESET_CONTROL_CPU		0x04

/*
 * Ports at which virtual machines without ACPI tables take "S5": QEMU, old QEMU and Bochs,
 * VirtualBox.
 */
static const struct {
	u16	port, value;
} vm_power_ports[] = {
	{ 0x0604, 0x2000 }, { 0xb004, 0x2000 }, { 0x4004, 0x3400 },
};

/* One constant of a package; moves *@p behind it. False for anything else. */
static bool aml_constant(const u8 **p, const u8 *end, u8 *val)
{
	if (*p >= end)
		return false;
	switch (*(*p)++) {
	case AML_ZERO_OP:
		*val = 0;
		return true;
	case AML_ONE_OP:
		*val = 1;
		return true;
	case AML_BYTE_PREFIX:
		if (*p >= end)
			return false;
		*val = *(*p)++;
		return true;
	}
	return false;
}

/* \_S5_: package of SLP_TYPa, SLP_TYPb, ... */
static bool find_s5(u8 *typ_a, u8 *typ_b)
{
	struct acpi_table_header *dsdt;
	const u8 *p, *end;

	if (ACPI_FAILURE(acpi_get_table(ACPI_SIG_DSDT, 0, &dsdt)))
		return false;
	end = (const u8 *)dsdt + dsdt->length;
	for (p = (const u8 *)(dsdt + 1); p + 8 < end; p++) {
		const u8 *q = p + 5;

		if (memcmp(p, "_S5_", 4) || p[4] != AML_PACKAGE_OP)
			continue;
		q += 1 + (*q >> 6);	/* package length: bits 6-7 count the bytes that follow */
		q++;			/* number of elements */
		if (aml_constant(&q, end, typ_a) && aml_constant(&q, end, typ_b))
			return true;
	}
	return false;
}

/* Until ACPI mode is on, the PM1 registers belong to firmware. */
static void enter_acpi_mode(u16 control)
{
	const struct acpi_table_fadt *f = &acpi_gbl_FADT;
	int ms;

	if (!f->smi_command || !f->acpi_enable || (inw(control) & PM1_SCI_EN))
		return;
	outb(f->acpi_enable, f->smi_command);
	for (ms = 0; ms < 1000 && !(inw(control) & PM1_SCI_EN); ms++)
		mdelay(1);
}

static void write_sleep(const struct acpi_generic_address *block, u8 type)
{
	u16 val;

	if (block->space_id != ACPI_ADR_SPACE_SYSTEM_IO || !block->address)
		return;
	val = inw(block->address) & ~(PM1_SLP_TYP_MASK | PM1_SLP_EN);
	val |= (type << PM1_SLP_TYP_SHIFT) & PM1_SLP_TYP_MASK;
	outw(val, block->address);		/* type first, */
	outw(val | PM1_SLP_EN, block->address);	/* then both */
}

/* See <linux/arch.h>. Comes back when nothing worked, after saying so. */
void arch_power_off(void)
{
	const struct acpi_table_fadt *f = &acpi_gbl_FADT;
	u8 typ_a, typ_b;
	size_t i;

	arch_local_irq_disable();
	if (f->xpm1a_control_block.address && find_s5(&typ_a, &typ_b)) {
		enter_acpi_mode(f->xpm1a_control_block.address);
		write_sleep(&f->xpm1a_control_block, typ_a);
		write_sleep(&f->xpm1b_control_block, typ_b);
		mdelay(100);
	}
	if (boot_cpu_has(X86_FEATURE_HYPERVISOR))
		for (i = 0; i < sizeof(vm_power_ports) / sizeof(vm_power_ports[0]); i++)
			outw(vm_power_ports[i].value, vm_power_ports[i].port);
	pr_emerg("power: this machine does not switch itself off; it is safe to do so now\n");
}

static void reset_by_acpi(void)
{
	const struct acpi_table_fadt *f = &acpi_gbl_FADT;

	if ((f->flags & ACPI_FADT_RESET_REGISTER) &&
	    f->reset_register.space_id == ACPI_ADR_SPACE_SYSTEM_IO && f->reset_register.address)
		outb(f->reset_value, f->reset_register.address);
}

/* The keyboard controller's output port holds the CPU's reset line. */
static void reset_by_8042(void)
{
	int i;

	for (i = 0; i < 1000 && (inb(KBC_STATUS) & KBC_INPUT_FULL); i++)
		udelay(10);
	outb(KBC_PULSE_RESET, KBC_STATUS);
}

static void reset_by_chipset(void)
{
	u8 val = inb(RESET_CONTROL) & ~(RESET_CONTROL_HARD | RESET_CONTROL_CPU);

	outb(val | RESET_CONTROL_HARD, RESET_CONTROL);
	udelay(50);
	outb(val | RESET_CONTROL_HARD | RESET_CONTROL_CPU, RESET_CONTROL);
}

/* An exception with no table to handle it: the CPU shuts down, and the board resets it. */
static void reset_by_triple_fault(void)
{
	static const struct desc_ptr no_idt;

	__asm__ __volatile__("lidt %0; int3" : : "m" (no_idt));
}

/* See <linux/arch.h>. From the politest way to the one that always works. */
void arch_restart(void)
{
	static void (* const ways[])(void) = {
		reset_by_acpi, reset_by_8042, reset_by_chipset, reset_by_triple_fault,
	};
	size_t i;

	arch_local_irq_disable();
	for (i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		ways[i]();
		mdelay(10);
	}
	arch_cpu_halt_forever();
}
