/* SPDX-License-Identifier: MIT */
/*
 * Where a PCI interrupt pin arrives, without an interpreter for the firmware's AML.
 *
 * With the 8259A the firmware has routed the pins to ISA lines and written the result into
 * each Interrupt Line register. With I/O APICs it depends on the chipset:
 *
 *  - chipsets whose PCI interrupts reach the I/O APIC as ISA lines (PIIX, and anything that
 *    we don't know) go on with the Interrupt Line register;
 *  - Intel's ICH connect their eight PCI wires PIRQA-H to GSI 16-23. Which pin of an internal
 *    device pulls which wire stands in its DnnIR registers: Intel 316972, "I/O Controller
 *    Hub 9 (ICH9) Family", "D31IR - Device 31 Interrupt Route Register". Slots that are not
 *    the ICH's are wired by the board, so that boards have lines in a table.
 *
 * Behind a bridge, pins take turns: pci_common_swizzle().
 */
#include <linux/io.h>
#include <linux/irq.h>
#include <linux/kernel.h>
#include <linux/pci.h>
#include <asm/acpi.h>
#include <asm/io_apic.h>
#include <asm/irq_vectors.h>

/* ICH9: LPC bridge, "RCBA - Root Complex Base Address Register" */
#define ICH_LPC_DEVFN		PCI_DEVFN(31, 0)
#define ICH_RCBA		0xf0
#define   ICH_RCBA_ENABLE		1u
#define   ICH_RCBA_ADDRESS		0xffffc000u
#define ICH_RCBA_SIZE		0x4000
/* "Chipset Configuration Registers": four bits a pin, of which three are the wire's number */
#define ICH_FIRST_SLOT		25
static const u16 ich_route_registers[] = {
	[25 - ICH_FIRST_SLOT] = 0x3150,
	[26 - ICH_FIRST_SLOT] = 0x314c,
	[27 - ICH_FIRST_SLOT] = 0x3148,
	[28 - ICH_FIRST_SLOT] = 0x3146,
	[29 - ICH_FIRST_SLOT] = 0x3144,
	[31 - ICH_FIRST_SLOT] = 0x3140,
};
#define ICH_WIRE(route, pin)	(((route) >> (4 * ((pin) - 1))) & 7)
#define ICH_FIRST_GSI		16

/* QEMU's q35 board: slots that are not the ICH's take turns on PIRQE-H; so does the bridge D30. */
static int q35_board_wire(u8 slot, u8 pin)
{
	if (slot == 30)
		return 4 + (pin - 1);
	return 4 + (slot + pin - 1) % 4;
}

/* Boards that we know, by the host bridge and its subsystem. */
static const struct board {
	struct pci_device_id	id;
	int			(*wire)(u8 slot, u8 pin);
} boards[] = {
	{ { PCI_DEVICE_SUB(PCI_VENDOR_ID_INTEL, PCI_DEVICE_ID_INTEL_Q35_MCH,
			   PCI_VENDOR_ID_REDHAT_QUMRANET, 0x1100) }, q35_board_wire },
};

static int board_wire(u8 slot, u8 pin)
{
	struct pci_dev *host = pci_get_domain_bus_and_slot(0, 0, PCI_DEVFN(0, 0));
	struct pci_device_id table[2] = { { 0 } };
	unsigned int i;
	int wire = -ENODEV;

	for (i = 0; host && i < ARRAY_SIZE(boards) && wire < 0; i++) {
		table[0] = boards[i].id;
		if (pci_match_id(table, host))
			wire = boards[i].wire(slot, pin);
	}
	pci_dev_put(host);
	return wire;
}

/* The PIRQ wire, 0-7, of a pin on the root bus. */
static int ich_wire(struct pci_dev *lpc, u8 slot, u8 pin)
{
	void __iomem *regs;
	u16 reg, route;
	u32 rcba;

	reg = slot >= ICH_FIRST_SLOT ? ich_route_registers[slot - ICH_FIRST_SLOT] : 0;
	if (!reg)
		return board_wire(slot, pin);

	pci_read_config_dword(lpc, ICH_RCBA, &rcba);
	if (!(rcba & ICH_RCBA_ENABLE))
		return -ENODEV;
	regs = ioremap(rcba & ICH_RCBA_ADDRESS, ICH_RCBA_SIZE);
	if (!regs)
		return -ENOMEM;
	route = readw(regs + reg);
	iounmap(regs);
	return ICH_WIRE(route, pin);
}

/* ICH and their successors: ISA bridges of Intel at 00:1f.0 on a PCI Express chipset. */
static struct pci_dev *find_ich(void)
{
	struct pci_dev *lpc = pci_get_domain_bus_and_slot(0, 0, ICH_LPC_DEVFN);

	if (lpc && lpc->vendor == PCI_VENDOR_ID_INTEL && lpc->class >> 8 == PCI_CLASS_BRIDGE_ISA)
		return lpc;
	pci_dev_put(lpc);
	return NULL;
}

static int ich_map(struct pci_dev *lpc, struct pci_dev *dev, u8 pin)
{
	u8 slot = pci_common_swizzle(dev, &pin);
	int wire = ich_wire(lpc, slot, pin);

	if (wire < 0)
		return wire;
	return ioapic_map_gsi(ICH_FIRST_GSI + wire, IRQ_TYPE_LEVEL_LOW);
}

/* An ISA line's I/O APIC input and polarity are what the MADT says, else GSI = line, active low. */
static int map_isa_line(u8 line)
{
	unsigned int i, type = IRQ_TYPE_LEVEL_LOW;
	u32 gsi = line;

	for (i = 0; i < acpi_madt.nr_overrides; i++) {
		if (acpi_madt.overrides[i].source != line)
			continue;
		gsi = acpi_madt.overrides[i].gsi;
		if (ACPI_INTI_POLARITY(acpi_madt.overrides[i].flags) == ACPI_POLARITY_HIGH)
			type = IRQ_TYPE_LEVEL_HIGH;
	}
	return ioapic_map_gsi(gsi, type);
}

static int map_interrupt_line(struct pci_dev *dev)
{
	u8 line;

	pci_read_config_byte(dev, PCI_INTERRUPT_LINE, &line);
	if (!line || line >= NR_IRQS_LEGACY)
		return -ENODEV;
	if (ioapic_in_use())
		return map_isa_line(line);
	return irq_set_irq_type(line, IRQ_TYPE_LEVEL_HIGH) ?: line;
}

int pcibios_map_irq(struct pci_dev *dev, u8 pin)
{
	struct pci_dev *lpc = ioapic_in_use() ? find_ich() : NULL;
	int irq = -ENODEV;

	if (lpc) {
		irq = ich_map(lpc, dev, pin);
		pci_dev_put(lpc);
	}
	return irq >= 0 ? irq : map_interrupt_line(dev);
}
