/* SPDX-License-Identifier: MIT */
/*
 * MSI and MSI-X messages: what is written into the device, and their lines.
 *
 * PCI Local Bus Specification 3.0, "Message Signaled Interrupts". Messages are lines of
 * pci_msi_domain, a child of the machine's domain that knows where interrupts go.
 *
 * A masked MSI-X entry, and a masked MSI of a device that can mask, keeps an interrupt in a
 * pending bit; so masking loses nothing. Plain MSI that can't be masked can't be held back
 * at all: the flow handlers remember what comes while the line is disabled.
 */
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/io.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/msi.h>
#include <linux/pci.h>
#include <linux/string.h>

#include "internals.h"

struct irq_domain *pci_msi_domain;	/* fixed at boot; NULL: no MSI here */

struct pci_dev *msi_desc_to_pci_dev(struct msi_desc *desc)
{
	return to_pci_dev(desc->dev);
}
EXPORT_SYMBOL(msi_desc_to_pci_dev);

/* Write the mask that @desc says, and wait until the device has it. */
void msi_write_mask(struct msi_desc *desc)
{
	struct pci_msi_desc *pci = &desc->pci;

	if (pci->is_msix) {
		writel(pci->msix_ctrl, msix_entry(desc) + PCI_MSIX_ENTRY_VECTOR_CTRL);
		readl(pci->mask_base);
	} else {
		pci_write_config_dword(msi_desc_to_pci_dev(desc), pci->mask_pos, pci->msi_mask);
	}
}

static void set_mask(struct irq_data *data, bool masked)
{
	struct msi_desc *desc = irq_data_get_msi_desc(data);
	u32 *word = desc->pci.is_msix ? &desc->pci.msix_ctrl : &desc->pci.msi_mask;

	if (!desc->pci.can_mask)
		return;
	/* Bit 0 in both: the entry's mask, and the mask of message 0. */
	*word = (*word & ~1u) | masked;
	msi_write_mask(desc);
}

/** pci_msi_mask_irq - irq_mask of an MSI chip */
void pci_msi_mask_irq(struct irq_data *data)
{
	set_mask(data, true);
}
EXPORT_SYMBOL(pci_msi_mask_irq);

/** pci_msi_unmask_irq - irq_unmask of an MSI chip */
void pci_msi_unmask_irq(struct irq_data *data)
{
	set_mask(data, false);
}
EXPORT_SYMBOL(pci_msi_unmask_irq);

/* An entry must not change while it is open: "MSI-X Table", "Message Address". */
static void write_msix(struct msi_desc *desc, const struct msi_msg *msg)
{
	void __iomem *entry = msix_entry(desc);
	u32 ctrl = desc->pci.msix_ctrl;
	bool open = !(ctrl & PCI_MSIX_ENTRY_CTRL_MASKBIT);

	if (open)
		writel(ctrl | PCI_MSIX_ENTRY_CTRL_MASKBIT, entry + PCI_MSIX_ENTRY_VECTOR_CTRL);
	writel(msg->address_lo, entry + PCI_MSIX_ENTRY_LOWER_ADDR);
	writel(msg->address_hi, entry + PCI_MSIX_ENTRY_UPPER_ADDR);
	writel(msg->data, entry + PCI_MSIX_ENTRY_DATA);
	if (open)
		writel(ctrl, entry + PCI_MSIX_ENTRY_VECTOR_CTRL);
	readl(entry + PCI_MSIX_ENTRY_DATA);
}

/*
 * The data first: a message that is sent between the writes goes to the new vector of the old
 * CPU, as arch/x86/vector.c expects.
 */
static void write_msi(struct msi_desc *desc, const struct msi_msg *msg)
{
	struct pci_dev *dev = msi_desc_to_pci_dev(desc);
	int pos = dev->msi_cap;

	pci_write_config_word(dev, pos + (desc->pci.is_64 ? PCI_MSI_DATA_64 : PCI_MSI_DATA_32),
			      msg->data);
	if (desc->pci.is_64)
		pci_write_config_dword(dev, pos + PCI_MSI_ADDRESS_HI, msg->address_hi);
	pci_write_config_dword(dev, pos + PCI_MSI_ADDRESS_LO, msg->address_lo);
}

static void write_message(struct msi_desc *desc, const struct msi_msg *msg)
{
	if (desc->pci.is_msix)
		write_msix(desc, msg);
	else
		write_msi(desc, msg);
	desc->msg = *msg;
}

/* An open line moves: what is sent from here on goes to the new place. */
static void move_message(struct msi_desc *desc, const struct msi_msg *msg)
{
	struct pci_dev *dev = msi_desc_to_pci_dev(desc);
	u16 flush;

	if (!memcmp(msg, &desc->msg, sizeof(*msg)))
		return;
	write_message(desc, msg);
	if (!desc->pci.is_msix)
		pci_read_config_word(dev, dev->msi_cap + PCI_MSI_FLAGS, &flush);
}

/** pci_write_msi_msg - tell the device where to send @irq. Context: the line is closed. */
void pci_write_msi_msg(unsigned int irq, struct msi_msg *msg)
{
	write_message(irq_get_msi_desc(irq), msg);
}
EXPORT_SYMBOL(pci_write_msi_msg);

/** get_cached_msi_msg - what was last told */
void get_cached_msi_msg(unsigned int irq, struct msi_msg *msg)
{
	*msg = irq_get_msi_desc(irq)->msg;
}
EXPORT_SYMBOL(get_cached_msi_msg);

/* -- The domain ------------------------------------------------------------------------------- */

/**
 * pci_msi_set_affinity - irq_set_affinity of an MSI chip: ask the parent, tell the device
 * Return: as irq_set_affinity(). When not negative the device has the message.
 */
int pci_msi_set_affinity(struct irq_data *data, const struct cpumask *mask, bool force)
{
	struct msi_msg msg;
	int ret;

	ret = irq_chip_set_affinity_parent(data, mask, force);
	if (ret < 0 || ret == IRQ_SET_MASK_OK_DONE || !irqd_is_activated(data))
		return ret;
	if (!irq_chip_compose_msi_msg(data, &msg))
		move_message(irq_data_get_msi_desc(data), &msg);
	return ret;
}

static irq_hw_number_t msi_hwirq(struct msi_desc *desc)
{
	struct pci_dev *dev = msi_desc_to_pci_dev(desc);

	return (irq_hw_number_t)pci_domain_nr(dev->bus) << 27 | pci_dev_id(dev) << 11 |
	       desc->msi_index;
}

static int msi_domain_alloc(struct irq_domain *domain, unsigned int virq, unsigned int nr_irqs,
			    void *arg)
{
	struct msi_desc *desc = arg;
	int err = irq_domain_alloc_irqs_parent(domain, virq, nr_irqs, arg);

	if (err)
		return err;
	irq_domain_set_info(domain, virq, msi_hwirq(desc), domain->host_data, NULL,
			    handle_edge_irq, NULL, "edge");
	irqd_set_trigger_type(irq_domain_get_irq_data(domain, virq), IRQ_TYPE_EDGE_RISING);
	irq_set_msi_desc(virq, desc);
	desc->irq = virq;
	return 0;
}

static void msi_domain_free(struct irq_domain *domain, unsigned int virq, unsigned int nr_irqs)
{
	irq_set_msi_desc(virq, NULL);
	irq_domain_free_irqs_top(domain, virq, nr_irqs);
}

/* Plain MSI is switched on while its line is open only: it may have no other mask. */
static void enable_plain_msi(struct msi_desc *desc, bool on)
{
	struct pci_dev *dev = msi_desc_to_pci_dev(desc);
	u16 flags = desc->pci.msi_flags;

	if (desc->pci.is_msix)
		return;
	if (on)
		flags |= PCI_MSI_FLAGS_ENABLE | desc->pci.multiple << 4;
	pci_write_config_word(dev, dev->msi_cap + PCI_MSI_FLAGS, flags);
}

static int msi_domain_activate(struct irq_domain *domain, struct irq_data *data, bool reserve)
{
	struct msi_desc *desc = irq_data_get_msi_desc(data);
	struct msi_msg msg;
	int err;

	if (reserve)
		return 0;
	err = irq_chip_compose_msi_msg(data, &msg);
	if (err)
		return err;
	write_message(desc, &msg);
	enable_plain_msi(desc, true);
	return 0;
}

static void msi_domain_deactivate(struct irq_domain *domain, struct irq_data *data)
{
	enable_plain_msi(irq_data_get_msi_desc(data), false);
	pci_msi_mask_irq(data);
}

static const struct irq_domain_ops msi_domain_ops = {
	.alloc		= msi_domain_alloc,
	.free		= msi_domain_free,
	.activate	= msi_domain_activate,
	.deactivate	= msi_domain_deactivate,
};

/**
 * pci_msi_create_irq_domain - make the domain of all PCI messages
 * @fwnode: names it
 * @chip: acknowledges as the machine needs; what it leaves open is filled in here
 * @parent: composes messages
 *
 * Context: boot, once. Return: the domain, or NULL.
 */
struct irq_domain *pci_msi_create_irq_domain(struct fwnode_handle *fwnode,
					     struct irq_chip *chip, struct irq_domain *parent)
{
	chip->irq_mask = pci_msi_mask_irq;
	chip->irq_unmask = pci_msi_unmask_irq;
	if (!chip->irq_set_affinity)
		chip->irq_set_affinity = pci_msi_set_affinity;
	/* An edge: while the thread runs there is nothing to hold back. */
	chip->flags |= IRQCHIP_ONESHOT_SAFE | IRQCHIP_SKIP_SET_WAKE |
		       IRQCHIP_AFFINITY_PRE_STARTUP;
	pci_msi_domain = irq_domain_create_hierarchy(parent, IRQ_DOMAIN_FLAG_MSI, 0, fwnode,
						     &msi_domain_ops, chip);
	if (pci_msi_domain)
		irq_domain_update_bus_token(pci_msi_domain, DOMAIN_BUS_PCI_MSI);
	return pci_msi_domain;
}
