/* SPDX-License-Identifier: MIT */
/*
 * Configuration space on PCs: the first 256 bytes of a function by the ports of PCI's
 * configuration mechanism 1, the rest by ECAM where the firmware's MCFG table names it.
 *
 * PCI Local Bus Specification 3.0, "Software Generation of Configuration Transactions"; PCI
 * Firmware Specification, "MCFG Table Description".
 */
#include <linux/acpi.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/pci.h>
#include <linux/printk.h>

#define CONFIG_ADDRESS		0xcf8
#define   CONFIG_ENABLE			0x80000000u
#define   CONFIG_FUNCTION(bus, devfn)	((u32)(bus) << 16 | (u32)(devfn) << 8)
#define CONFIG_DATA		0xcfc

#define ECAM_BUS_SIZE		(1UL << 20)
#define ECAM_FUNCTION(devfn)	((unsigned long)(devfn) << 12)

static struct acpi_mcfg_allocation ecam;	/* of segment 0; fixed before the scan */
static void __iomem *ecam_buses[256];		/* by bus; set as it is found */

static void __iomem *ecam_address(struct pci_bus *bus, unsigned int devfn, int where)
{
	void __iomem *base = ecam_buses[bus->number];

	return base ? base + ECAM_FUNCTION(devfn) + where : NULL;
}

static int ecam_read(void __iomem *addr, int size, u32 *val)
{
	if (!addr)
		return PCIBIOS_DEVICE_NOT_FOUND;
	*val = size == 1 ? readb(addr) : size == 2 ? readw(addr) : readl(addr);
	return PCIBIOS_SUCCESSFUL;
}

static int ecam_write(void __iomem *addr, int size, u32 val)
{
	if (!addr)
		return PCIBIOS_DEVICE_NOT_FOUND;
	if (size == 1)
		writeb(val, addr);
	else if (size == 2)
		writew(val, addr);
	else
		writel(val, addr);
	return PCIBIOS_SUCCESSFUL;
}

static int config_read(struct pci_bus *bus, unsigned int devfn, int where, int size, u32 *val)
{
	unsigned int port = CONFIG_DATA + (where & 3);

	if (where >= PCI_CFG_SPACE_SIZE)
		return ecam_read(ecam_address(bus, devfn, where), size, val);
	outl(CONFIG_ENABLE | CONFIG_FUNCTION(bus->number, devfn) | (where & ~3), CONFIG_ADDRESS);
	*val = size == 1 ? inb(port) : size == 2 ? inw(port) : inl(port);
	return PCIBIOS_SUCCESSFUL;
}

static int config_write(struct pci_bus *bus, unsigned int devfn, int where, int size, u32 val)
{
	unsigned int port = CONFIG_DATA + (where & 3);

	if (where >= PCI_CFG_SPACE_SIZE)
		return ecam_write(ecam_address(bus, devfn, where), size, val);
	outl(CONFIG_ENABLE | CONFIG_FUNCTION(bus->number, devfn) | (where & ~3), CONFIG_ADDRESS);
	if (size == 1)
		outb(val, port);
	else if (size == 2)
		outw(val, port);
	else
		outl(val, port);
	return PCIBIOS_SUCCESSFUL;
}

static const struct pci_ops config_ops = {
	.read	= config_read,
	.write	= config_write,
};

void pcibios_add_bus(struct pci_bus *bus)
{
	if (!ecam.address || bus->number < ecam.start_bus_number ||
	    bus->number > ecam.end_bus_number)
		return;
	ecam_buses[bus->number] = ioremap(ecam.address + bus->number * ECAM_BUS_SIZE,
					  ECAM_BUS_SIZE);
}

/* The entry of segment 0, the only one that the ports reach too. */
static void __init find_ecam(void)
{
	struct acpi_table_header *table;
	const struct acpi_mcfg_allocation *entry;
	const char *end;

	if (ACPI_FAILURE(acpi_get_table(ACPI_SIG_MCFG, 1, &table)))
		return;
	end = (const char *)table + table->length;
	entry = (const void *)((const char *)table + sizeof(struct acpi_table_mcfg));
	for (; (const char *)(entry + 1) <= end; entry++) {
		if (entry->pci_segment)
			continue;
		ecam = *entry;
		pr_info("PCI: ECAM at 0x%llx for bus %02x-%02x\n", ecam.address,
			ecam.start_bus_number, ecam.end_bus_number);
		break;
	}
	acpi_put_table(table);
}

/* "Configuration Mechanism #1" is there if the address register keeps what it is given. */
static bool __init config_ports_work(void)
{
	u32 old = inl(CONFIG_ADDRESS);
	bool works;

	outl(CONFIG_ENABLE, CONFIG_ADDRESS);
	works = inl(CONFIG_ADDRESS) == CONFIG_ENABLE;
	outl(old, CONFIG_ADDRESS);
	return works;
}

static int __init pci_scan(void)
{
	if (!config_ports_work()) {
		pr_info("PCI: none here\n");
		return 0;
	}
	find_ecam();
	pci_scan_root_bus(0, 0, &config_ops);
	return 0;
}
subsys_initcall(pci_scan);
