/* SPDX-License-Identifier: MIT */
/*
 * pcim_*: what a driver acquired of its device goes with the driver.
 *
 * After pcim_enable_device() the enabling, requested BARs and interrupt vectors are given
 * back by themselves; what the driver gave back before is not given back twice.
 */
#include <linux/bits.h>
#include <linux/export.h>
#include <linux/pci.h>

#include "internals.h"

struct pcim_state {
	unsigned long	regions;			/* bits of BARs to be released */
	void __iomem	*table[PCI_STD_NUM_BARS];	/* pcim_iomap() */
};

static void pcim_release(struct device *gendev, void *res)
{
	struct pci_dev *dev = to_pci_dev(gendev);
	struct pcim_state *state = res;
	unsigned long regions = state->regions;
	int i;

	dev->is_managed = 0;
	pci_free_irq_vectors(dev);
	for (i = 0; i < PCI_STD_NUM_BARS; i++) {
		if (state->table[i])
			iounmap(state->table[i]);
		if (regions & BIT(i))
			pci_release_region(dev, i);
	}
	if (pci_is_enabled(dev))
		pci_disable_device(dev);
}

static struct pcim_state *state_of(struct pci_dev *dev)
{
	return devres_find(&dev->dev, pcim_release, NULL, NULL);
}

void pcim_note_region(struct pci_dev *dev, int bar, bool requested)
{
	struct pcim_state *state = dev->is_managed ? state_of(dev) : NULL;

	if (!state)
		return;
	if (requested)
		state->regions |= BIT(bar);
	else
		state->regions &= ~BIT(bar);
}

/**
 * pcim_enable_device - pci_enable_device() that is undone with the driver
 * Context: process, from probe. Return: as pci_enable_device(); -ENOMEM.
 */
int pcim_enable_device(struct pci_dev *pdev)
{
	struct pcim_state *state;
	int err;

	if (pdev->is_managed)
		return 0;
	state = devres_alloc(pcim_release, sizeof(*state), GFP_KERNEL);
	if (!state)
		return -ENOMEM;
	err = pci_enable_device(pdev);
	if (err) {
		devres_free(state);
		return err;
	}
	devres_add(&pdev->dev, state);
	pdev->is_managed = 1;
	return 0;
}
EXPORT_SYMBOL(pcim_enable_device);

/**
 * pcim_iomap - pci_iomap() that is undone with the driver, which was pcim_enable_device()d
 * Return: the address, or NULL.
 */
void __iomem *pcim_iomap(struct pci_dev *pdev, int bar, unsigned long maxlen)
{
	struct pcim_state *state = state_of(pdev);

	if (!state || bar < 0 || bar >= PCI_STD_NUM_BARS || WARN_ON(state->table[bar]))
		return NULL;
	state->table[bar] = pci_iomap(pdev, bar, maxlen);
	return state->table[bar];
}
EXPORT_SYMBOL(pcim_iomap);

/** pcim_iounmap - undo pcim_iomap() now */
void pcim_iounmap(struct pci_dev *pdev, void __iomem *addr)
{
	struct pcim_state *state = state_of(pdev);
	int i;

	for (i = 0; state && i < PCI_STD_NUM_BARS; i++) {
		if (state->table[i] == addr) {
			state->table[i] = NULL;
			iounmap(addr);
			return;
		}
	}
	WARN(1, "%s: not mapped by pcim_iomap()\n", pci_name(pdev));
}
EXPORT_SYMBOL(pcim_iounmap);

/** pcim_iomap_table - addresses of the mapped BARs, by number; NULL without pcim_enable_device() */
void __iomem * const *pcim_iomap_table(struct pci_dev *pdev)
{
	struct pcim_state *state = state_of(pdev);

	return state ? state->table : NULL;
}
EXPORT_SYMBOL(pcim_iomap_table);

/**
 * pcim_iomap_regions - request and map the BARs whose bits are set in @mask
 * Return: 0; -EINVAL no such BAR; -EBUSY taken; -ENOMEM.
 */
int pcim_iomap_regions(struct pci_dev *pdev, int mask, const char *name)
{
	int i, err;

	for (i = 0; i < PCI_STD_NUM_BARS; i++) {
		if (!(mask & BIT(i)))
			continue;
		err = pci_resource_len(pdev, i) ? pci_request_region(pdev, i, name) : -EINVAL;
		if (!err && !pcim_iomap(pdev, i, 0)) {
			pci_release_region(pdev, i);
			err = -ENOMEM;
		}
		if (err)
			goto undo;
	}
	return 0;

undo:
	while (--i >= 0) {
		if (!(mask & BIT(i)))
			continue;
		pcim_iounmap(pdev, pcim_iomap_table(pdev)[i]);
		pci_release_region(pdev, i);
	}
	return err;
}
EXPORT_SYMBOL(pcim_iomap_regions);
