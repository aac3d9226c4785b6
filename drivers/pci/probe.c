/* SPDX-License-Identifier: MIT */
/*
 * Finding PCI devices: each slot of each bus is asked once at boot.
 *
 * Bus numbers, bridge windows and BARs are the firmware's. There is no hot-plug.
 */
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/pci.h>
#include <linux/printk.h>
#include <linux/slab.h>

#include "internals.h"

#define NO_DEVICE	0xffffffffu

LIST_HEAD(pci_root_buses);

static void pci_release_dev(struct device *dev)
{
	kfree(to_pci_dev(dev));
}

static int config_size(struct pci_dev *dev)
{
	u32 header;

	if (!dev->pcie_cap)
		return PCI_CFG_SPACE_SIZE;
	/* Where there is no way to the rest of the space it fails or reads as ones. */
	if (pci_read_config_dword(dev, PCI_CFG_SPACE_SIZE, &header) || header == ~0u)
		return PCI_CFG_SPACE_SIZE;
	return PCI_CFG_SPACE_EXP_SIZE;
}

static void read_header(struct pci_dev *dev)
{
	u32 class;
	u8 line;

	pci_read_config_dword(dev, PCI_CLASS_REVISION, &class);
	dev->revision = class & 0xff;
	dev->class = class >> 8;
	if (dev->hdr_type == PCI_HEADER_TYPE_NORMAL) {
		pci_read_config_word(dev, PCI_SUBSYSTEM_VENDOR_ID, &dev->subsystem_vendor);
		pci_read_config_word(dev, PCI_SUBSYSTEM_ID, &dev->subsystem_device);
	}
	pci_read_config_byte(dev, PCI_INTERRUPT_PIN, &dev->pin);
	if (dev->pin > 4)
		dev->pin = 0;
	pci_read_config_byte(dev, PCI_INTERRUPT_LINE, &line);
	/* 0xff: not connected. What the firmware wrote holds until pci_enable_device(). */
	dev->irq = dev->pin && line != 0xff ? line : 0;

	dev->pcie_cap = pci_find_capability(dev, PCI_CAP_ID_EXP);
	dev->pm_cap = pci_find_capability(dev, PCI_CAP_ID_PM);
	dev->cfg_size = config_size(dev);
}

/* The function at @devfn, or NULL; not yet on any list. */
static struct pci_dev *scan_function(struct pci_bus *bus, unsigned int devfn)
{
	struct pci_dev *dev;
	u32 id;
	u8 type;

	if (pci_bus_read_config_dword(bus, devfn, PCI_VENDOR_ID, &id) || id == NO_DEVICE ||
	    (id & 0xffff) == 0 || (id & 0xffff) == 0xffff)
		return NULL;
	dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	if (!dev)
		return NULL;

	device_initialize(&dev->dev);
	dev->dev.release = pci_release_dev;
	dev->dev.bus = &pci_bus_type;
	dev->dev.parent = bus->self ? &bus->self->dev : NULL;
	dev->dma_mask = DMA_BIT_MASK(32);
	dev->dev.dma_mask = &dev->dma_mask;
	dev->dev.coherent_dma_mask = DMA_BIT_MASK(32);
	INIT_LIST_HEAD(&dev->msi_list);
	dev->bus = bus;
	dev->devfn = devfn;
	dev->vendor = id & 0xffff;
	dev->device = id >> 16;
	if (dev_set_name(&dev->dev, "%04x:%02x:%02x.%d", bus->domain_nr, bus->number,
			 PCI_SLOT(devfn), PCI_FUNC(devfn))) {
		put_device(&dev->dev);
		return NULL;
	}

	pci_bus_read_config_byte(bus, devfn, PCI_HEADER_TYPE, &type);
	dev->multifunction = !!(type & PCI_HEADER_TYPE_MULTI);
	dev->hdr_type = type & PCI_HEADER_TYPE_MASK;
	read_header(dev);
	pci_read_resources(dev);
	pci_msi_init(dev);
	pci_info(dev, "[%04x:%04x] type %02x class 0x%06x\n", dev->vendor, dev->device,
		 dev->hdr_type, dev->class);
	return dev;
}

static struct pci_bus *new_bus(struct pci_bus *parent, int domain, unsigned char number,
			       const struct pci_ops *ops)
{
	struct pci_bus *bus = kzalloc(sizeof(*bus), GFP_KERNEL);

	if (!bus)
		return NULL;
	INIT_LIST_HEAD(&bus->children);
	INIT_LIST_HEAD(&bus->devices);
	bus->parent = parent;
	bus->domain_nr = domain;
	bus->number = number;
	bus->busn_last = number;
	bus->ops = ops;
	pcibios_add_bus(bus);
	list_add_tail(&bus->node, parent ? &parent->children : &pci_root_buses);
	return bus;
}

static void scan_bus(struct pci_bus *bus);

/* Follow a bridge. One that the firmware gave no bus leads nowhere. */
static void scan_bridge(struct pci_dev *bridge)
{
	u8 secondary, subordinate;
	struct pci_bus *bus;

	pci_read_config_byte(bridge, PCI_SECONDARY_BUS, &secondary);
	pci_read_config_byte(bridge, PCI_SUBORDINATE_BUS, &subordinate);
	if (secondary <= bridge->bus->number || subordinate < secondary) {
		pci_warn(bridge, "bridge has no bus behind it (%02x-%02x), not followed\n",
			 secondary, subordinate);
		return;
	}
	bus = new_bus(bridge->bus, bridge->bus->domain_nr, secondary, bridge->bus->ops);
	if (!bus)
		return;
	bus->self = bridge;
	bus->primary = bridge->bus->number;
	bus->busn_last = subordinate;
	bridge->subordinate = bus;
	pci_info(bridge, "PCI bridge to [bus %02x-%02x]\n", secondary, subordinate);
	scan_bus(bus);
}

static void scan_bus(struct pci_bus *bus)
{
	unsigned int slot, func;
	struct pci_dev *dev;

	for (slot = 0; slot < 32; slot++) {
		for (func = 0; func < 8; func++) {
			dev = scan_function(bus, PCI_DEVFN(slot, func));
			if (dev)
				list_add_tail(&dev->bus_list, &bus->devices);
			/* Without function 0 there is none; others need not follow each other. */
			if (func == 0 && (!dev || !dev->multifunction))
				break;
		}
	}
	list_for_each_entry(dev, &bus->devices, bus_list)
		if (dev->hdr_type == PCI_HEADER_TYPE_BRIDGE)
			scan_bridge(dev);
}

/* Put all that was found on the driver core's list; drivers come later. */
static void add_devices(struct pci_bus *bus)
{
	struct pci_dev *dev;

	list_for_each_entry(dev, &bus->devices, bus_list) {
		if (device_add(&dev->dev))
			pci_err(dev, "can't be added\n");
		if (dev->subordinate)
			add_devices(dev->subordinate);
	}
}

/**
 * pci_scan_root_bus - find all devices below a host bridge
 * @domain: segment
 * @number: of the bus
 * @ops: how to reach its configuration space
 *
 * Context: an initcall after the pci bus type was registered. Return: the bus, or NULL.
 */
struct pci_bus *__init pci_scan_root_bus(int domain, unsigned char number,
					 const struct pci_ops *ops)
{
	struct pci_bus *bus = new_bus(NULL, domain, number, ops);

	if (!bus)
		return NULL;
	scan_bus(bus);
	add_devices(bus);
	return bus;
}
