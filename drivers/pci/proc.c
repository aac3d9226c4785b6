// SPDX-License-Identifier: MIT
/*
 * /proc/bus/pci/devices: a line for each function, in the format that lspci -F reads.
 *
 * Bus and devfn, vendor and device, line, then start and length of each resource, and the
 * driver, by tabs.
 */
#include <linux/init.h>
#include <linux/pci.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

#define SHOWN_RESOURCES	7	/* BARs and ROM */

/* The low bits of a BAR as the device has them: lspci tells ports from memory by them. */
static u64 bar_flags(const struct resource *res)
{
	u64 flags = 0;

	if (res->flags & IORESOURCE_IO)
		return PCI_BASE_ADDRESS_SPACE_IO;
	if (res->flags & IORESOURCE_MEM_64)
		flags |= PCI_BASE_ADDRESS_MEM_TYPE_64;
	if (res->flags & IORESOURCE_PREFETCH)
		flags |= PCI_BASE_ADDRESS_MEM_PREFETCH;
	return flags;
}

static void show_device(struct seq_file *m, struct pci_dev *dev)
{
	int i;

	seq_printf(m, "%02x%02x\t%04x%04x\t%x", dev->bus->number, dev->devfn, dev->vendor,
		   dev->device, dev->irq);
	for (i = 0; i < SHOWN_RESOURCES; i++)
		seq_printf(m, "\t%16llx",
			   pci_resource_len(dev, i) ?
			   pci_resource_start(dev, i) | bar_flags(&dev->resource[i]) : 0);
	for (i = 0; i < SHOWN_RESOURCES; i++)
		seq_printf(m, "\t%16llx", pci_resource_len(dev, i));
	seq_printf(m, "\t%s\n", dev->dev.driver ? dev->dev.driver->name : "");
}

static int show_devices(struct seq_file *m, void *v)
{
	struct pci_dev *dev = NULL;

	for_each_pci_dev(dev)
		show_device(m, dev);
	return 0;
}

static int __init pci_proc_init(void)
{
	struct proc_dir_entry *dir;

	dir = proc_mkdir("bus", NULL);
	dir = dir ? proc_mkdir("pci", dir) : NULL;
	if (dir)
		proc_create_single("devices", 0444, dir, show_devices);
	return 0;
}
device_initcall(pci_proc_init);
