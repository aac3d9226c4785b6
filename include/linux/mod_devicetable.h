/* SPDX-License-Identifier: MIT */
/* What drivers say about the devices that they drive. */
#ifndef _LINUX_MOD_DEVICETABLE_H
#define _LINUX_MOD_DEVICETABLE_H

#include <linux/types.h>

typedef unsigned long kernel_ulong_t;

#define PCI_ANY_ID	(~0)

/**
 * struct pci_device_id - one entry of a table that ends with a zeroed one
 * @vendor: or PCI_ANY_ID, as the next three
 * @device: same
 * @subvendor: same
 * @subdevice: same
 * @class: base class, class, interface
 * @class_mask: which bits of it count
 * @driver_data: the driver's
 * @override_only: match only by driver_override
 */
struct pci_device_id {
	__u32 vendor, device;
	__u32 subvendor, subdevice;
	__u32 class, class_mask;
	kernel_ulong_t driver_data;
	__u32 override_only;
};

#define PLATFORM_NAME_SIZE	20

struct platform_device_id {
	char name[PLATFORM_NAME_SIZE];
	kernel_ulong_t driver_data;
};

struct of_device_id {
	char	name[32];
	char	type[32];
	char	compatible[128];
	const void *data;
};

#endif
