/* SPDX-License-Identifier: MIT */
/* PCI drivers: which devices are theirs, and how they get them. */
#include <linux/export.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/pci.h>

#include "internals.h"

static bool id_matches(const struct pci_device_id *id, const struct pci_dev *dev)
{
	return (id->vendor == (u32)PCI_ANY_ID || id->vendor == dev->vendor) &&
	       (id->device == (u32)PCI_ANY_ID || id->device == dev->device) &&
	       (id->subvendor == (u32)PCI_ANY_ID || id->subvendor == dev->subsystem_vendor) &&
	       (id->subdevice == (u32)PCI_ANY_ID || id->subdevice == dev->subsystem_device) &&
	       !((id->class ^ dev->class) & id->class_mask);
}

/**
 * pci_match_id - the entry of a table that names a device
 * @ids: table, ends with a zeroed entry; or NULL
 * Return: the first that matches, or NULL.
 */
const struct pci_device_id *pci_match_id(const struct pci_device_id *ids, struct pci_dev *dev)
{
	if (!ids)
		return NULL;
	for (; ids->vendor || ids->subvendor || ids->class_mask; ids++)
		if (id_matches(ids, dev))
			return ids;
	return NULL;
}
EXPORT_SYMBOL(pci_match_id);

static int pci_bus_match(struct device *dev, struct device_driver *drv)
{
	return pci_match_id(to_pci_driver(drv)->id_table, to_pci_dev(dev)) != NULL;
}

static int pci_device_probe(struct device *dev)
{
	struct pci_driver *drv = to_pci_driver(dev->driver);
	struct pci_dev *pdev = to_pci_dev(dev);
	int err;

	if (!drv->probe)
		return 0;
	pci_dev_get(pdev);
	pdev->driver = drv;
	err = drv->probe(pdev, pci_match_id(drv->id_table, pdev));
	if (err > 0) {
		pci_warn(pdev, "probe returned %d, taken for success\n", err);
		err = 0;
	}
	if (err) {
		pdev->driver = NULL;
		pci_dev_put(pdev);
	}
	return err;
}

static void pci_device_remove(struct device *dev)
{
	struct pci_dev *pdev = to_pci_dev(dev);

	if (pdev->driver && pdev->driver->remove)
		pdev->driver->remove(pdev);
	pdev->driver = NULL;
	pci_dev_put(pdev);
}

struct bus_type pci_bus_type = {
	.name	= "pci",
	.match	= pci_bus_match,
	.probe	= pci_device_probe,
	.remove	= pci_device_remove,
	.dev_groups = pci_dev_groups,
};
EXPORT_SYMBOL(pci_bus_type);

/**
 * __pci_register_driver - pci_register_driver(): offer a driver all devices that it names
 * @drv: lives until pci_unregister_driver()
 * @owner: THIS_MODULE
 * @mod_name: KBUILD_MODNAME
 *
 * Its probe is called from here for each device that is there and free.
 *
 * Context: process. Return: 0, whether it found devices or not; -EBUSY the name is taken.
 */
int __pci_register_driver(struct pci_driver *drv, struct module *owner, const char *mod_name)
{
	drv->driver.name = drv->name;
	drv->driver.bus = &pci_bus_type;
	drv->driver.owner = owner;
	drv->driver.mod_name = mod_name;
	return driver_register(&drv->driver);
}
EXPORT_SYMBOL(__pci_register_driver);

/** pci_unregister_driver - take the driver's devices from it and forget it. Context: process. */
void pci_unregister_driver(struct pci_driver *drv)
{
	driver_unregister(&drv->driver);
}
EXPORT_SYMBOL(pci_unregister_driver);

static int __init pci_driver_init(void)
{
	return bus_register(&pci_bus_type);
}
postcore_initcall(pci_driver_init);
