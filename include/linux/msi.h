/* SPDX-License-Identifier: MIT */
/*
 * Message-signalled interrupts: a device raises a line by writing @data to @address.
 */
#ifndef _LINUX_MSI_H
#define _LINUX_MSI_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>

struct device;
struct pci_dev;

/* The words as they go into the device's registers. */
struct msi_msg {
	u32	address_lo;
	u32	address_hi;
	u32	data;
};

/**
 * struct pci_msi_desc - the PCI side of an MSI line
 * @msi_mask: plain MSI: what its mask register holds
 * @msix_ctrl: MSI-X: what the vector control word of its table entry holds
 * @msi_flags: plain MSI: what its control register holds while it is off
 * @is_msix: MSI-X, not MSI
 * @can_mask: there is a mask bit for the line
 * @is_64: the MSI capability has an upper address word
 * @multiple: log2 of the vectors that are switched on
 * @mask_pos: MSI: where in configuration space the mask register is
 * @mask_base: MSI-X: the table
 *
 * @msi_mask and @msix_ctrl: under the line's lock. The rest is fixed.
 */
struct pci_msi_desc {
	u32		msi_mask;
	u32		msix_ctrl;
	u16		msi_flags;
	bool		is_msix;
	bool		can_mask;
	bool		is_64;
	u8		multiple;
	u8		mask_pos;
	void __iomem	*mask_base;
};

/**
 * struct msi_desc - one message of a device
 * @list: of the device's messages, in order of @msi_index; the device's driver guards it
 * @irq: the line
 * @nvec_used: lines that share it (multi-message MSI)
 * @dev: the device
 * @msg: what was last written; under the line's lock
 * @affinity: where the driver asked it to go, or NULL
 * @msi_index: number of the message in the device
 * @pci: the PCI side
 */
struct msi_desc {
	struct list_head		list;
	unsigned int			irq;
	unsigned int			nvec_used;
	struct device			*dev;
	struct msi_msg			msg;
	struct irq_affinity_desc	*affinity;
	u16				msi_index;
	struct pci_msi_desc		pci;
};

void get_cached_msi_msg(unsigned int irq, struct msi_msg *msg);
void pci_write_msi_msg(unsigned int irq, struct msi_msg *msg);
void pci_msi_mask_irq(struct irq_data *data);
void pci_msi_unmask_irq(struct irq_data *data);
int pci_msi_set_affinity(struct irq_data *data, const struct cpumask *mask, bool force);
struct pci_dev *msi_desc_to_pci_dev(struct msi_desc *desc);

/* The domain that gives PCI messages their lines; the architecture makes it, or NULL. */
extern struct irq_domain *pci_msi_domain;
struct irq_domain *pci_msi_create_irq_domain(struct fwnode_handle *fwnode,
					     struct irq_chip *chip, struct irq_domain *parent);

#endif
