/* SPDX-License-Identifier: MIT */
/*
 * Finding a device among those of the scan. Nothing is added or removed later, so that no
 * lock is needed to walk the lists.
 */
#include <linux/export.h>
#include <linux/pci.h>

/* All devices in the order of the scan: depth first. */
static struct pci_dev *first_of(struct list_head *buses)
{
	struct pci_bus *bus;

	list_for_each_entry(bus, buses, node)
		if (!list_empty(&bus->devices))
			return list_first_entry(&bus->devices, struct pci_dev, bus_list);
	return NULL;
}

static struct pci_dev *next_of(struct pci_dev *dev)
{
	struct pci_bus *bus = dev->bus;

	if (dev->subordinate && !list_empty(&dev->subordinate->devices))
		return list_first_entry(&dev->subordinate->devices, struct pci_dev, bus_list);
	while (list_is_last(&dev->bus_list, &bus->devices)) {
		if (!bus->self) {
			if (list_is_last(&bus->node, &pci_root_buses))
				return NULL;
			bus = list_next_entry(bus, node);
			return list_first_entry_or_null(&bus->devices, struct pci_dev, bus_list);
		}
		dev = bus->self;
		bus = dev->bus;
	}
	return list_next_entry(dev, bus_list);
}

/* The next that @id names, with a reference; @from loses its own. */
static struct pci_dev *get_matching(const struct pci_device_id *id, struct pci_dev *from)
{
	struct pci_device_id table[2] = { *id };
	struct pci_dev *dev = from ? next_of(from) : first_of(&pci_root_buses);

	while (dev && !pci_match_id(table, dev))
		dev = next_of(dev);
	pci_dev_get(dev);
	pci_dev_put(from);
	return dev;
}

/**
 * pci_get_subsys - next device with these numbers
 * @vendor: or PCI_ANY_ID, as the following
 * @device: number
 * @ss_vendor: of the subsystem
 * @ss_device: of the subsystem
 * @from: search after this one, whose reference is dropped; NULL: from the start
 *
 * Return: the device with a reference, for pci_dev_put(); NULL when there is none.
 */
struct pci_dev *pci_get_subsys(unsigned int vendor, unsigned int device, unsigned int ss_vendor,
			       unsigned int ss_device, struct pci_dev *from)
{
	struct pci_device_id id = {
		.vendor = vendor, .device = device,
		.subvendor = ss_vendor, .subdevice = ss_device,
	};

	return get_matching(&id, from);
}
EXPORT_SYMBOL(pci_get_subsys);

/** pci_get_device - pci_get_subsys() of any subsystem */
struct pci_dev *pci_get_device(unsigned int vendor, unsigned int device, struct pci_dev *from)
{
	return pci_get_subsys(vendor, device, PCI_ANY_ID, PCI_ANY_ID, from);
}
EXPORT_SYMBOL(pci_get_device);

/** pci_get_class - the next device whose 24 bits of class are @class */
struct pci_dev *pci_get_class(unsigned int class, struct pci_dev *from)
{
	struct pci_device_id id = {
		.vendor = PCI_ANY_ID, .device = PCI_ANY_ID,
		.subvendor = PCI_ANY_ID, .subdevice = PCI_ANY_ID,
		.class = class, .class_mask = 0xffffff,
	};

	return get_matching(&id, from);
}
EXPORT_SYMBOL(pci_get_class);

/** pci_dev_present - 1 when a device of the table is there */
int pci_dev_present(const struct pci_device_id *ids)
{
	struct pci_dev *dev;

	for (dev = first_of(&pci_root_buses); dev; dev = next_of(dev))
		if (pci_match_id(ids, dev))
			return 1;
	return 0;
}
EXPORT_SYMBOL(pci_dev_present);

static struct pci_bus *find_bus_below(struct list_head *buses, int domain, int busnr)
{
	struct pci_bus *bus, *found;

	list_for_each_entry(bus, buses, node) {
		if (bus->domain_nr == domain && bus->number == busnr)
			return bus;
		found = find_bus_below(&bus->children, domain, busnr);
		if (found)
			return found;
	}
	return NULL;
}

/** pci_find_bus - the bus with this number, or NULL */
struct pci_bus *pci_find_bus(int domain, int busnr)
{
	return find_bus_below(&pci_root_buses, domain, busnr);
}
EXPORT_SYMBOL(pci_find_bus);

/** pci_get_slot - the function @devfn of a bus, with a reference; or NULL */
struct pci_dev *pci_get_slot(struct pci_bus *bus, unsigned int devfn)
{
	struct pci_dev *dev;

	list_for_each_entry(dev, &bus->devices, bus_list)
		if (dev->devfn == devfn)
			return pci_dev_get(dev);
	return NULL;
}
EXPORT_SYMBOL(pci_get_slot);

/** pci_get_domain_bus_and_slot - the same by numbers */
struct pci_dev *pci_get_domain_bus_and_slot(int domain, unsigned int busnr, unsigned int devfn)
{
	struct pci_bus *bus = pci_find_bus(domain, busnr);

	return bus ? pci_get_slot(bus, devfn) : NULL;
}
EXPORT_SYMBOL(pci_get_domain_bus_and_slot);
