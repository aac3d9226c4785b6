/* SPDX-License-Identifier: MIT */
/*
 * BARs: how large, where, and who uses them. PCI Local Bus Specification 3.0, "Base
 * Addresses": the bits of an address that can't be set tell the size.
 */
#include <linux/export.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/pci.h>

#include "internals.h"

static u64 mask_to_size(u64 mask)
{
	return mask & ~(mask - 1);
}

/* Reads BAR @nr, the device's decoding being off. Return: 1, or 2 when it took two words. */
static int read_bar(struct pci_dev *dev, int nr)
{
	int pos = PCI_BASE_ADDRESS_0 + 4 * nr;
	struct resource *res = &dev->resource[nr];
	u32 bar, mask, high = 0, high_mask = ~0u;
	u64 addr, size;
	bool wide;

	pci_read_config_dword(dev, pos, &bar);
	pci_write_config_dword(dev, pos, ~0u);
	pci_read_config_dword(dev, pos, &mask);
	pci_write_config_dword(dev, pos, bar);
	if (!mask || mask == ~0u)
		return 1;

	res->name = pci_name(dev);
	if (bar & PCI_BASE_ADDRESS_SPACE_IO) {
		res->flags = IORESOURCE_IO;
		addr = bar & PCI_BASE_ADDRESS_IO_MASK & 0xffff;
		size = mask_to_size(mask & PCI_BASE_ADDRESS_IO_MASK & 0xffff);
		wide = false;
	} else {
		wide = (bar & PCI_BASE_ADDRESS_MEM_TYPE_MASK) == PCI_BASE_ADDRESS_MEM_TYPE_64;
		res->flags = IORESOURCE_MEM | (wide ? IORESOURCE_MEM_64 : 0) |
			     (bar & PCI_BASE_ADDRESS_MEM_PREFETCH ? IORESOURCE_PREFETCH : 0);
		if (wide) {
			pci_read_config_dword(dev, pos + 4, &high);
			pci_write_config_dword(dev, pos + 4, ~0u);
			pci_read_config_dword(dev, pos + 4, &high_mask);
			pci_write_config_dword(dev, pos + 4, high);
		}
		addr = (u64)high << 32 | (bar & (u32)PCI_BASE_ADDRESS_MEM_MASK);
		size = mask_to_size((u64)high_mask << 32 | (mask & (u32)PCI_BASE_ADDRESS_MEM_MASK));
	}
	res->start = addr;
	res->end = addr + size - 1;
	if (!addr)
		res->flags |= IORESOURCE_UNSET;
	return wide ? 2 : 1;
}

static void claim(struct pci_dev *dev, struct resource *res, const char *what)
{
	struct resource *root = resource_type(res) == IORESOURCE_IO ? &ioport_resource
								    : &iomem_resource;

	if (!res->flags || (res->flags & IORESOURCE_UNSET))
		return;
	if (insert_resource(root, res))
		pci_warn(dev, "%s 0x%llx-0x%llx is in conflict with another range\n", what,
			 res->start, res->end);
}

static void read_window(struct pci_dev *dev, int nr, u64 base, u64 limit, unsigned long flags)
{
	struct resource *res = &dev->resource[PCI_BRIDGE_RESOURCES + nr];

	if (limit < base)
		return;
	res->name = pci_name(dev);
	res->start = base;
	res->end = limit;
	res->flags = flags | IORESOURCE_WINDOW;
}

/* What a bridge lets through. "PCI-to-PCI Bridge Architecture", "I/O Base", "Memory Base". */
static void read_bridge_windows(struct pci_dev *dev)
{
	u16 base, limit;
	u8 io_base, io_limit;

	pci_read_config_byte(dev, PCI_IO_BASE, &io_base);
	pci_read_config_byte(dev, PCI_IO_LIMIT, &io_limit);
	if (io_base || io_limit)
		read_window(dev, 0, (io_base & 0xf0) << 8, (io_limit & 0xf0) << 8 | 0xfff,
			    IORESOURCE_IO);
	pci_read_config_word(dev, PCI_MEMORY_BASE, &base);
	pci_read_config_word(dev, PCI_MEMORY_LIMIT, &limit);
	if (base || limit)
		read_window(dev, 1, (u64)(base & 0xfff0) << 16,
			    (u64)(limit & 0xfff0) << 16 | 0xfffff, IORESOURCE_MEM);
}

/**
 * pci_read_resources - fill in and claim the address ranges of a device
 */
void pci_read_resources(struct pci_dev *dev)
{
	int bars = dev->hdr_type == PCI_HEADER_TYPE_NORMAL ? PCI_STD_NUM_BARS :
		   dev->hdr_type == PCI_HEADER_TYPE_BRIDGE ? 2 : 0;
	u16 command;
	int i;

	/* While its BARs hold all ones the device must not answer. */
	pci_read_config_word(dev, PCI_COMMAND, &command);
	pci_write_config_word(dev, PCI_COMMAND,
			      command & ~(PCI_COMMAND_IO | PCI_COMMAND_MEMORY));
	for (i = 0; i < bars; )
		i += read_bar(dev, i);
	pci_write_config_word(dev, PCI_COMMAND, command);

	if (dev->hdr_type == PCI_HEADER_TYPE_BRIDGE)
		read_bridge_windows(dev);
	for (i = 0; i < PCI_NUM_RESOURCES; i++)
		claim(dev, &dev->resource[i], i < PCI_BRIDGE_RESOURCES ? "BAR" : "window");
}

/* -- Requesting ------------------------------------------------------------------------------- */

/**
 * pci_request_region - make a BAR the driver's
 * @bar: which one; one that the device lacks is no error
 * @res_name: in the tree of ranges
 *
 * Context: process. Return: 0; -EBUSY taken.
 */
int pci_request_region(struct pci_dev *pdev, int bar, const char *res_name)
{
	struct resource *res = &pdev->resource[bar];
	bool ok;

	if (!pci_resource_len(pdev, bar))
		return 0;
	if (resource_type(res) == IORESOURCE_IO)
		ok = request_region(res->start, resource_size(res), res_name);
	else
		ok = request_mem_region(res->start, resource_size(res), res_name);
	if (!ok) {
		pci_warn(pdev, "BAR %d: can't request 0x%llx-0x%llx\n", bar, res->start, res->end);
		return -EBUSY;
	}
	pcim_note_region(pdev, bar, true);
	return 0;
}
EXPORT_SYMBOL(pci_request_region);

/** pci_release_region - undo pci_request_region() */
void pci_release_region(struct pci_dev *pdev, int bar)
{
	struct resource *res = &pdev->resource[bar];

	if (!pci_resource_len(pdev, bar))
		return;
	if (resource_type(res) == IORESOURCE_IO)
		release_region(res->start, resource_size(res));
	else
		release_mem_region(res->start, resource_size(res));
	pcim_note_region(pdev, bar, false);
}
EXPORT_SYMBOL(pci_release_region);

/** pci_release_selected_regions - release the BARs whose bits are set in @bars */
void pci_release_selected_regions(struct pci_dev *pdev, int bars)
{
	int i;

	for (i = 0; i < PCI_STD_NUM_BARS; i++)
		if (bars & (1 << i))
			pci_release_region(pdev, i);
}
EXPORT_SYMBOL(pci_release_selected_regions);

/** pci_request_selected_regions - request those BARs, all or none. Return: 0; -EBUSY. */
int pci_request_selected_regions(struct pci_dev *pdev, int bars, const char *res_name)
{
	int i;

	for (i = 0; i < PCI_STD_NUM_BARS; i++) {
		if (!(bars & (1 << i)) || !pci_request_region(pdev, i, res_name))
			continue;
		pci_release_selected_regions(pdev, bars & ((1 << i) - 1));
		return -EBUSY;
	}
	return 0;
}
EXPORT_SYMBOL(pci_request_selected_regions);

#define ALL_BARS	((1 << PCI_STD_NUM_BARS) - 1)

/** pci_request_regions - request all BARs. Return: 0; -EBUSY. */
int pci_request_regions(struct pci_dev *pdev, const char *res_name)
{
	return pci_request_selected_regions(pdev, ALL_BARS, res_name);
}
EXPORT_SYMBOL(pci_request_regions);

/** pci_request_regions_exclusive - the same: user space can't map device memory anyway */
int pci_request_regions_exclusive(struct pci_dev *pdev, const char *res_name)
{
	return pci_request_selected_regions(pdev, ALL_BARS, res_name);
}
EXPORT_SYMBOL(pci_request_regions_exclusive);

/** pci_release_regions - undo pci_request_regions() */
void pci_release_regions(struct pci_dev *pdev)
{
	pci_release_selected_regions(pdev, ALL_BARS);
}
EXPORT_SYMBOL(pci_release_regions);

/** pci_select_bars - bits of the BARs that have one of @flags (IORESOURCE_*) */
int pci_select_bars(struct pci_dev *dev, unsigned long flags)
{
	int i, bars = 0;

	for (i = 0; i < PCI_STD_NUM_BARS; i++)
		if (pci_resource_flags(dev, i) & flags)
			bars |= 1 << i;
	return bars;
}
EXPORT_SYMBOL(pci_select_bars);

/* -- Mapping ---------------------------------------------------------------------------------- */

/**
 * pci_iomap_range - map part of a memory BAR
 * @offset: where in it
 * @maxlen: at most this much; 0 all
 *
 * Ports have no addresses: for an I/O BAR use inb() and friends.
 *
 * Context: process. Return: the address, or NULL.
 */
void __iomem *pci_iomap_range(struct pci_dev *dev, int bar, unsigned long offset,
			      unsigned long maxlen)
{
	resource_size_t start, len;

	if (bar < 0 || bar >= PCI_STD_NUM_BARS)
		return NULL;
	start = pci_resource_start(dev, bar);
	len = pci_resource_len(dev, bar);
	if (len <= offset || !start || !(pci_resource_flags(dev, bar) & IORESOURCE_MEM))
		return NULL;
	len -= offset;
	if (maxlen && len > maxlen)
		len = maxlen;
	return ioremap(start + offset, len);
}
EXPORT_SYMBOL(pci_iomap_range);

/** pci_iomap - map a memory BAR, at most @maxlen bytes of it; 0 all. Return: NULL on failure. */
void __iomem *pci_iomap(struct pci_dev *dev, int bar, unsigned long maxlen)
{
	return pci_iomap_range(dev, bar, 0, maxlen);
}
EXPORT_SYMBOL(pci_iomap);

/** pci_iounmap - undo pci_iomap() */
void pci_iounmap(struct pci_dev *dev, void __iomem *addr)
{
	iounmap(addr);
}
EXPORT_SYMBOL(pci_iounmap);

/** pci_ioremap_bar - map all of a memory BAR. Return: NULL when it is none, or on failure. */
void __iomem *pci_ioremap_bar(struct pci_dev *pdev, int bar)
{
	return pci_iomap_range(pdev, bar, 0, 0);
}
EXPORT_SYMBOL(pci_ioremap_bar);
