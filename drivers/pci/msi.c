/* SPDX-License-Identifier: MIT */
/*
 * MSI and MSI-X for drivers: switching a device from its pin to messages and back.
 *
 * PCI Local Bus Specification 3.0, "Message Signaled Interrupts". What goes into the device
 * once the lines are there is in msi_domain.c. Command line: pci=nomsi.
 */
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/irqdomain.h>
#include <linux/minmax.h>
#include <linux/msi.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#include "internals.h"

static bool pci_msi_off __ro_after_init;

static int __init parse_pci_nomsi(char *arg)
{
	if (strcmp(arg, "nomsi") == 0)
		pci_msi_off = true;
	return 1;
}
__setup("pci=", parse_pci_nomsi);

static struct msi_desc *add_desc(struct pci_dev *dev, u16 index,
				 const struct irq_affinity_desc *affinity)
{
	struct msi_desc *desc = kzalloc(sizeof(*desc), GFP_KERNEL);

	if (!desc)
		return NULL;
	if (affinity) {
		desc->affinity = kmemdup(affinity, sizeof(*affinity), GFP_KERNEL);
		if (!desc->affinity) {
			kfree(desc);
			return NULL;
		}
	}
	desc->dev = &dev->dev;
	desc->msi_index = index;
	desc->nvec_used = 1;
	list_add_tail(&desc->list, &dev->msi_list);
	return desc;
}

static void free_descs(struct pci_dev *dev)
{
	struct msi_desc *desc, *tmp;

	list_for_each_entry_safe(desc, tmp, &dev->msi_list, list) {
		if (desc->irq) {
			WARN(irq_has_action(desc->irq), "%s: IRQ%u is still requested\n",
			     pci_name(dev), desc->irq);
			irq_domain_free_irqs(desc->irq, 1);
		}
		list_del(&desc->list);
		kfree(desc->affinity);
		kfree(desc);
	}
}

static int alloc_lines(struct pci_dev *dev)
{
	struct msi_desc *desc;
	int irq;

	list_for_each_entry(desc, &dev->msi_list, list) {
		irq = __irq_domain_alloc_irqs(pci_msi_domain, -1, 1, dev_to_node(&dev->dev), desc,
					      false, desc->affinity);
		if (irq < 0)
			return irq;
	}
	return 0;
}

static bool msi_possible(struct pci_dev *dev)
{
	return pci_msi_domain && !pci_msi_off && !dev->no_msi;
}

/** pci_msi_init - note the capabilities at the scan, and switch off what firmware left on */
void pci_msi_init(struct pci_dev *dev)
{
	u16 flags;

	dev->msi_cap = pci_find_capability(dev, PCI_CAP_ID_MSI);
	if (dev->msi_cap) {
		pci_read_config_word(dev, dev->msi_cap + PCI_MSI_FLAGS, &flags);
		if (flags & PCI_MSI_FLAGS_ENABLE)
			pci_write_config_word(dev, dev->msi_cap + PCI_MSI_FLAGS,
					      flags & ~PCI_MSI_FLAGS_ENABLE);
	}
	dev->msix_cap = pci_find_capability(dev, PCI_CAP_ID_MSIX);
	if (dev->msix_cap) {
		pci_read_config_word(dev, dev->msix_cap + PCI_MSIX_FLAGS, &flags);
		if (flags & PCI_MSIX_FLAGS_ENABLE)
			pci_write_config_word(dev, dev->msix_cap + PCI_MSIX_FLAGS,
					      flags & ~PCI_MSIX_FLAGS_ENABLE);
	}
}

/** pci_msi_vec_count - how many messages the device could send by MSI; -EINVAL none */
int pci_msi_vec_count(struct pci_dev *dev)
{
	u16 flags;

	if (!dev->msi_cap)
		return -EINVAL;
	pci_read_config_word(dev, dev->msi_cap + PCI_MSI_FLAGS, &flags);
	return 1 << ((flags & PCI_MSI_FLAGS_QMASK) >> 1);
}
EXPORT_SYMBOL(pci_msi_vec_count);

/** pci_msix_vec_count - the same for MSI-X */
int pci_msix_vec_count(struct pci_dev *dev)
{
	u16 flags;

	if (!dev->msix_cap)
		return -EINVAL;
	pci_read_config_word(dev, dev->msix_cap + PCI_MSIX_FLAGS, &flags);
	return (flags & PCI_MSIX_FLAGS_QSIZE) + 1;
}
EXPORT_SYMBOL(pci_msix_vec_count);

/*
 * MSI with several messages wants a block of vectors on one CPU, which makes steering them
 * apart impossible: a device gets one, as Linux gives without interrupt remapping.
 */
static int enable_msi(struct pci_dev *dev, const struct irq_affinity_desc *affinity)
{
	struct msi_desc *desc;
	u16 flags;
	int err;

	if (!msi_possible(dev) || !dev->msi_cap)
		return -EINVAL;
	if (pci_dev_msi_enabled(dev))
		return -EINVAL;
	desc = add_desc(dev, 0, affinity);
	if (!desc)
		return -ENOMEM;
	pci_read_config_word(dev, dev->msi_cap + PCI_MSI_FLAGS, &flags);
	desc->pci.msi_flags = flags & ~(PCI_MSI_FLAGS_ENABLE | PCI_MSI_FLAGS_QSIZE);
	desc->pci.is_64 = flags & PCI_MSI_FLAGS_64BIT;
	desc->pci.can_mask = flags & PCI_MSI_FLAGS_MASKBIT;
	desc->pci.mask_pos = dev->msi_cap +
			     (desc->pci.is_64 ? PCI_MSI_MASK_64 : PCI_MSI_MASK_32);
	desc->pci.msi_mask = ~0u;
	if (desc->pci.can_mask)
		msi_write_mask(desc);
	err = alloc_lines(dev);
	if (err) {
		free_descs(dev);
		return err;
	}
	pci_intx(dev, 0);
	dev->msi_enabled = 1;
	dev->intx_line = dev->irq;
	dev->irq = desc->irq;
	return 0;
}

/**
 * pci_enable_msi - use one MSI instead of the pin: dev->irq is its line
 * Context: process. Return: 0; -EINVAL no MSI, or in use; -ENOSPC; -ENOMEM.
 */
int pci_enable_msi(struct pci_dev *dev)
{
	return enable_msi(dev, NULL);
}
EXPORT_SYMBOL(pci_enable_msi);

/** pci_disable_msi - back to the pin; the line was freed. Context: process. */
void pci_disable_msi(struct pci_dev *dev)
{
	if (!dev->msi_enabled)
		return;
	free_descs(dev);
	dev->msi_enabled = 0;
	dev->irq = dev->intx_line;
	pci_intx(dev, 1);
}
EXPORT_SYMBOL(pci_disable_msi);

static void __iomem *map_msix_table(struct pci_dev *dev, unsigned int entries)
{
	u32 where;
	u8 bar;

	pci_read_config_dword(dev, dev->msix_cap + PCI_MSIX_TABLE, &where);
	bar = where & PCI_MSIX_TABLE_BIR;
	if (bar >= PCI_STD_NUM_BARS || (dev->resource[bar].flags & IORESOURCE_UNSET))
		return NULL;
	return pci_iomap_range(dev, bar, where & PCI_MSIX_TABLE_OFFSET,
			       entries * PCI_MSIX_ENTRY_SIZE);
}

static void set_msix_flags(struct pci_dev *dev, u16 clear, u16 set)
{
	u16 flags;

	pci_read_config_word(dev, dev->msix_cap + PCI_MSIX_FLAGS, &flags);
	pci_write_config_word(dev, dev->msix_cap + PCI_MSIX_FLAGS, (flags & ~clear) | set);
}

static int add_msix_descs(struct pci_dev *dev, const struct msix_entry *entries, int nvec,
			  const struct irq_affinity_desc *masks)
{
	struct msi_desc *desc;
	int i;

	for (i = 0; i < nvec; i++) {
		desc = add_desc(dev, entries ? entries[i].entry : i, masks ? &masks[i] : NULL);
		if (!desc)
			return -ENOMEM;
		desc->pci.is_msix = true;
		desc->pci.can_mask = true;
		desc->pci.mask_base = dev->msix_base;
		desc->pci.msix_ctrl = readl(msix_entry(desc) + PCI_MSIX_ENTRY_VECTOR_CTRL) |
				      PCI_MSIX_ENTRY_CTRL_MASKBIT;
	}
	return 0;
}

/* Exactly @nvec messages. Return: 0 or negative errno. */
static int enable_msix(struct pci_dev *dev, struct msix_entry *entries, int nvec,
		       const struct irq_affinity_desc *masks)
{
	unsigned int size = pci_msix_vec_count(dev), i;
	struct msi_desc *desc;
	int err;

	dev->msix_base = map_msix_table(dev, size);
	if (!dev->msix_base)
		return -ENOMEM;
	/* The table may be written only while MSI-X is on; until it is right, all is masked. */
	set_msix_flags(dev, 0, PCI_MSIX_FLAGS_MASKALL | PCI_MSIX_FLAGS_ENABLE);
	err = add_msix_descs(dev, entries, nvec, masks);
	if (!err)
		err = alloc_lines(dev);
	if (err) {
		free_descs(dev);
		set_msix_flags(dev, PCI_MSIX_FLAGS_MASKALL | PCI_MSIX_FLAGS_ENABLE, 0);
		iounmap(dev->msix_base);
		dev->msix_base = NULL;
		return err;
	}
	for (i = 0; i < size; i++)
		writel(PCI_MSIX_ENTRY_CTRL_MASKBIT,
		       dev->msix_base + i * PCI_MSIX_ENTRY_SIZE + PCI_MSIX_ENTRY_VECTOR_CTRL);

	if (entries) {
		i = 0;
		list_for_each_entry(desc, &dev->msi_list, list)
			entries[i++].vector = desc->irq;
	}
	pci_intx(dev, 0);
	dev->msix_enabled = 1;
	set_msix_flags(dev, PCI_MSIX_FLAGS_MASKALL, 0);
	return 0;
}

static int enable_msix_range(struct pci_dev *dev, struct msix_entry *entries, int minvec,
			     int maxvec, struct irq_affinity *affd)
{
	struct irq_affinity_desc *masks;
	int nvec, err, size, i;

	if (maxvec < minvec || minvec < 1)
		return -ERANGE;
	if (!msi_possible(dev) || pci_dev_msi_enabled(dev))
		return -EINVAL;
	size = pci_msix_vec_count(dev);
	if (size < 0)
		return size;
	for (i = 0; entries && i < maxvec; i++)
		if (entries[i].entry >= size)
			return -EINVAL;

	for (nvec = min(maxvec, size); nvec >= minvec; nvec--) {
		if (affd) {
			nvec = irq_calc_affinity_vectors(minvec, nvec, affd);
			if (nvec < minvec)
				return -ENOSPC;
		}
		masks = affd ? irq_create_affinity_masks(nvec, affd) : NULL;
		err = enable_msix(dev, entries, nvec, masks);
		kfree(masks);
		if (!err)
			return nvec;
		if (err != -ENOSPC)
			return err;
	}
	return -ENOSPC;
}

/**
 * pci_enable_msix_range - use MSI-X
 * @entries: in: which of the table, in any order; out: lines. NULL: from 0 on
 * @minvec: fewer are of no use
 * @maxvec: no more than this
 *
 * Context: process. Return: how many; -ERANGE bad counts; -EINVAL no MSI-X, or in use, or no
 * such entry; -ENOSPC fewer than @minvec to be had; -ENOMEM.
 */
int pci_enable_msix_range(struct pci_dev *dev, struct msix_entry *entries, int minvec, int maxvec)
{
	return enable_msix_range(dev, entries, minvec, maxvec, NULL);
}
EXPORT_SYMBOL(pci_enable_msix_range);

/** pci_disable_msix - back to the pin; the lines were freed. Context: process. */
void pci_disable_msix(struct pci_dev *dev)
{
	if (!dev->msix_enabled)
		return;
	free_descs(dev);
	set_msix_flags(dev, PCI_MSIX_FLAGS_ENABLE, 0);
	iounmap(dev->msix_base);
	dev->msix_base = NULL;
	dev->msix_enabled = 0;
	pci_intx(dev, 1);
}
EXPORT_SYMBOL(pci_disable_msix);

/**
 * pci_alloc_irq_vectors_affinity - interrupts for a device, the best kind that it has
 * @min_vecs: fewer are of no use
 * @max_vecs: no more than this
 * @flags: PCI_IRQ_*: the kinds that the driver can do with; with PCI_IRQ_AFFINITY spread
 * @affd: how to spread; NULL: evenly
 *
 * MSI-X if there is, else MSI, else the pin. pci_irq_vector() tells the lines.
 *
 * Context: process. Return: how many; -ENOSPC not @min_vecs of any kind; -ERANGE bad counts.
 */
int pci_alloc_irq_vectors_affinity(struct pci_dev *dev, unsigned int min_vecs,
				   unsigned int max_vecs, unsigned int flags,
				   struct irq_affinity *affd)
{
	struct irq_affinity evenly = { 0 };
	int n;

	if (max_vecs < min_vecs || !min_vecs)
		return -ERANGE;
	if (!(flags & PCI_IRQ_AFFINITY))
		affd = NULL;
	else if (!affd)
		affd = &evenly;

	if (flags & PCI_IRQ_MSIX) {
		n = enable_msix_range(dev, NULL, min_vecs, max_vecs, affd);
		if (n > 0)
			return n;
	}
	if ((flags & PCI_IRQ_MSI) && min_vecs == 1 && !enable_msi(dev, NULL))
		return 1;
	if ((flags & PCI_IRQ_LEGACY) && min_vecs == 1 && dev->irq) {
		pci_intx(dev, 1);
		return 1;
	}
	return -ENOSPC;
}
EXPORT_SYMBOL(pci_alloc_irq_vectors_affinity);

/** pci_free_irq_vectors - undo pci_alloc_irq_vectors(); the lines were freed. Context: process. */
void pci_free_irq_vectors(struct pci_dev *dev)
{
	pci_disable_msix(dev);
	pci_disable_msi(dev);
}
EXPORT_SYMBOL(pci_free_irq_vectors);

static struct msi_desc *nth_desc(struct pci_dev *dev, unsigned int nr)
{
	struct msi_desc *desc;

	list_for_each_entry(desc, &dev->msi_list, list)
		if (nr-- == 0)
			return desc;
	return NULL;
}

/** pci_irq_vector - the line of vector @nr; -EINVAL when there is no such */
int pci_irq_vector(struct pci_dev *dev, unsigned int nr)
{
	struct msi_desc *desc;

	if (!pci_dev_msi_enabled(dev))
		return nr == 0 ? (int)dev->irq : -EINVAL;
	desc = nth_desc(dev, nr);
	return desc ? (int)desc->irq : -EINVAL;
}
EXPORT_SYMBOL(pci_irq_vector);

/** pci_irq_get_affinity - CPUs that vector @nr was allocated for; NULL when there is no such */
const struct cpumask *pci_irq_get_affinity(struct pci_dev *dev, int nr)
{
	struct msi_desc *desc;

	if (!pci_dev_msi_enabled(dev))
		return cpu_possible_mask;
	desc = nth_desc(dev, nr);
	if (!desc)
		return NULL;
	return desc->affinity ? &desc->affinity->mask : cpu_possible_mask;
}
EXPORT_SYMBOL(pci_irq_get_affinity);

/**
 * pci_request_irq - request vector @nr under a name that is made here
 * Context: process. Return: as request_threaded_irq(); -ENOMEM.
 */
int pci_request_irq(struct pci_dev *dev, unsigned int nr, irq_handler_t handler,
		    irq_handler_t thread_fn, void *dev_id, const char *fmt, ...)
{
	unsigned long flags = IRQF_SHARED;
	va_list args;
	char *name;
	int err;

	if (!handler)
		flags |= IRQF_ONESHOT;
	va_start(args, fmt);
	name = kvasprintf(GFP_KERNEL, fmt, args);
	va_end(args);
	if (!name)
		return -ENOMEM;
	err = request_threaded_irq(pci_irq_vector(dev, nr), handler, thread_fn, flags, name,
				   dev_id);
	if (err)
		kfree(name);
	return err;
}
EXPORT_SYMBOL(pci_request_irq);

/** pci_free_irq - undo pci_request_irq() */
void pci_free_irq(struct pci_dev *dev, unsigned int nr, void *dev_id)
{
	kfree(free_irq(pci_irq_vector(dev, nr), dev_id));
}
EXPORT_SYMBOL(pci_free_irq);
