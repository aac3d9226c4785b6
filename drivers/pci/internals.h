/* SPDX-License-Identifier: MIT */
/* What the files of drivers/pci/ say to each other. */
#ifndef _DRIVERS_PCI_INTERNALS_H
#define _DRIVERS_PCI_INTERNALS_H

#include <linux/msi.h>
#include <linux/pci.h>

/* resources.c, msi.c: called by the scan */
void pci_read_resources(struct pci_dev *dev);
void pci_msi_init(struct pci_dev *dev);

/* sysfs.c */
extern const struct attribute_group *pci_dev_groups[];

/* msi_domain.c */
void msi_write_mask(struct msi_desc *desc);

static inline void __iomem *msix_entry(struct msi_desc *desc)
{
	return desc->pci.mask_base + desc->msi_index * PCI_MSIX_ENTRY_SIZE;
}

/* managed.c: pcim_enable_device() was called: note a region to be released with the driver */
void pcim_note_region(struct pci_dev *dev, int bar, bool requested);

#endif
