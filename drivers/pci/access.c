/* SPDX-License-Identifier: MIT */
/*
 * Configuration space: one access at a time, as the index port of PCI's first mechanism
 * demands, and the lists of capabilities in it.
 */
#include <linux/export.h>
#include <linux/pci.h>
#include <linux/spinlock.h>

static DEFINE_RAW_SPINLOCK(pci_config_lock);	/* held over each access, irqs off; innermost */

#define DEFINE_BUS_ACCESS(size, type, bytes)						\
int pci_bus_read_config_##size(struct pci_bus *bus, unsigned int devfn, int where, type *val) \
{											\
	unsigned long flags;								\
	u32 data = ~0u;									\
	int res;									\
											\
	if (where & (bytes - 1))							\
		return PCIBIOS_BAD_REGISTER_NUMBER;					\
	raw_spin_lock_irqsave(&pci_config_lock, flags);					\
	res = bus->ops->read(bus, devfn, where, bytes, &data);				\
	raw_spin_unlock_irqrestore(&pci_config_lock, flags);				\
	*val = (type)data;								\
	return res;									\
}											\
EXPORT_SYMBOL(pci_bus_read_config_##size);						\
											\
int pci_bus_write_config_##size(struct pci_bus *bus, unsigned int devfn, int where, type val) \
{											\
	unsigned long flags;								\
	int res;									\
											\
	if (where & (bytes - 1))							\
		return PCIBIOS_BAD_REGISTER_NUMBER;					\
	raw_spin_lock_irqsave(&pci_config_lock, flags);					\
	res = bus->ops->write(bus, devfn, where, bytes, val);				\
	raw_spin_unlock_irqrestore(&pci_config_lock, flags);				\
	return res;									\
}											\
EXPORT_SYMBOL(pci_bus_write_config_##size);						\
											\
int pci_read_config_##size(const struct pci_dev *dev, int where, type *val)		\
{											\
	return pci_bus_read_config_##size(dev->bus, dev->devfn, where, val);		\
}											\
EXPORT_SYMBOL(pci_read_config_##size);							\
											\
int pci_write_config_##size(const struct pci_dev *dev, int where, type val)		\
{											\
	return pci_bus_write_config_##size(dev->bus, dev->devfn, where, val);		\
}											\
EXPORT_SYMBOL(pci_write_config_##size)

DEFINE_BUS_ACCESS(byte, u8, 1);
DEFINE_BUS_ACCESS(word, u16, 2);
DEFINE_BUS_ACCESS(dword, u32, 4);

/* A list can't have more entries than fit; a broken device's may run in a circle. */
#define MAX_CAPS	((PCI_CFG_SPACE_SIZE - 0x40) / 4)
#define MAX_EXT_CAPS	((PCI_CFG_SPACE_EXP_SIZE - PCI_CFG_SPACE_SIZE) / 8)

/* @pos: where the offset of the first capability to look at stands. */
static u8 walk_caps(struct pci_dev *dev, u8 pos, int cap)
{
	u8 id, next;
	int i;

	pci_read_config_byte(dev, pos, &next);
	for (i = 0; i < MAX_CAPS && next >= 0x40; i++) {
		pos = next & ~3;
		pci_read_config_byte(dev, pos + PCI_CAP_LIST_ID, &id);
		if (id == 0xff)
			return 0;
		if (id == cap)
			return pos;
		pci_read_config_byte(dev, pos + PCI_CAP_LIST_NEXT, &next);
	}
	return 0;
}

/**
 * pci_find_capability - where a capability is in configuration space
 * @cap: PCI_CAP_ID_*
 *
 * Context: any. Return: its offset; 0 when the device does not have it.
 */
u8 pci_find_capability(struct pci_dev *dev, int cap)
{
	u16 status;

	pci_read_config_word(dev, PCI_STATUS, &status);
	if (!(status & PCI_STATUS_CAP_LIST))
		return 0;
	return walk_caps(dev, PCI_CAPABILITY_LIST, cap);
}
EXPORT_SYMBOL(pci_find_capability);

/** pci_find_next_capability - the next of the same kind after the one at @pos, or 0 */
u8 pci_find_next_capability(struct pci_dev *dev, u8 pos, int cap)
{
	return walk_caps(dev, pos + PCI_CAP_LIST_NEXT, cap);
}
EXPORT_SYMBOL(pci_find_next_capability);

/** pci_find_ext_capability - where a PCI Express extended capability is, or 0 */
u16 pci_find_ext_capability(struct pci_dev *dev, int cap)
{
	int pos = PCI_CFG_SPACE_SIZE, i;
	u32 header;

	if (dev->cfg_size <= PCI_CFG_SPACE_SIZE)
		return 0;
	for (i = 0; i < MAX_EXT_CAPS && pos >= PCI_CFG_SPACE_SIZE; i++) {
		if (pci_read_config_dword(dev, pos, &header) || !header || header == ~0u)
			return 0;
		if ((int)PCI_EXT_CAP_ID(header) == cap)
			return pos;
		pos = PCI_EXT_CAP_NEXT(header);
	}
	return 0;
}
EXPORT_SYMBOL(pci_find_ext_capability);
