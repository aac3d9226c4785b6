/* SPDX-License-Identifier: MIT */
/* What /sys/bus/pci/devices/ADDRESS/ tells of a device. */
#include <linux/kernel.h>
#include <linux/pci.h>
#include <linux/sysfs.h>

#include "internals.h"

#define PCI_FIELD(name, format, field)							\
static ssize_t name##_show(struct device *dev, struct device_attribute *attr, char *buf)	\
{											\
	return sysfs_emit(buf, format "\n", to_pci_dev(dev)->field);			\
}											\
static DEVICE_ATTR_RO(name)

PCI_FIELD(vendor, "0x%04x", vendor);
PCI_FIELD(device, "0x%04x", device);
PCI_FIELD(subsystem_vendor, "0x%04x", subsystem_vendor);
PCI_FIELD(subsystem_device, "0x%04x", subsystem_device);
PCI_FIELD(revision, "0x%02x", revision);
PCI_FIELD(class, "0x%06x", class);
PCI_FIELD(irq, "%u", irq);

/* A line each resource: first address, last, flags. */
static ssize_t resource_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct pci_dev *pdev = to_pci_dev(dev);
	ssize_t len = 0;

	for (unsigned int i = 0; i <= PCI_ROM_RESOURCE; i++) {
		const struct resource *r = &pdev->resource[i];

		len += sysfs_emit_at(buf, len, "0x%016llx 0x%016llx 0x%016llx\n",
				     (unsigned long long)r->start, (unsigned long long)r->end,
				     (unsigned long long)r->flags);
	}
	return len;
}
static DEVICE_ATTR_RO(resource);

static struct attribute *pci_dev_attrs[] = {
	&dev_attr_vendor.attr,
	&dev_attr_device.attr,
	&dev_attr_subsystem_vendor.attr,
	&dev_attr_subsystem_device.attr,
	&dev_attr_revision.attr,
	&dev_attr_class.attr,
	&dev_attr_irq.attr,
	&dev_attr_resource.attr,
	NULL
};

static const struct attribute_group pci_dev_group = {
	.attrs	= pci_dev_attrs,
};

const struct attribute_group *pci_dev_groups[] = {
	&pci_dev_group,
	NULL
};
