/* SPDX-License-Identifier: MIT */
/* What the files of drivers/base/ say to each other. */
#ifndef _DRIVERS_BASE_INTERNALS_H
#define _DRIVERS_BASE_INTERNALS_H

#include <linux/completion.h>
#include <linux/device.h>
#include <linux/kobject.h>
#include <linux/mutex.h>

struct subsys_private {
	struct kset		subsys;		/* its directory; the last reference frees this */
	struct kset		*devices_kset;	/* links to the devices */
	struct kset		*drivers_kset;
	struct bus_type		*bus;
	bool			autoprobe;	/* attach whatever matches, without being asked */

	struct mutex		lock;		/* guards both lists; nothing is called under it */
	struct list_head	devices;	/* by device.bus_node */
	struct list_head	drivers;	/* by driver_private.bus_node */
};

struct driver_private {
	struct kobject		kobj;
	struct device_driver	*driver;
	struct list_head	bus_node;
	/* The bus's lock guards these: who is trying the driver on a device, and who waits for that. */
	unsigned int		users;
	struct completion	*unused;
};

struct class_private {
	struct kset		subsys;
	struct class		*class;
	struct mutex		lock;		/* guards the list */
	struct list_head	devices;	/* by device.class_node */
};

extern struct kset *devices_kset;

void bus_release_driver(struct driver_private *p);
struct device **bus_devices(struct bus_type *bus, unsigned int *count);
int bus_add_device(struct device *dev);
void bus_remove_device(struct device *dev);
void bus_probe_device(struct device *dev);
struct device_driver **bus_drivers(struct bus_type *bus, unsigned int *count);
void driver_detach(struct device_driver *drv);
int try_attach(struct device *dev, struct device_driver *drv);

int class_add_device(struct device *dev);
void class_remove_device(struct device *dev);
int class_dir_get(struct device *dev, struct kobject **parent);
void class_dir_put(struct device *dev);
extern const struct kset_uevent_ops device_uevent_ops;
int device_add_attrs(struct device *dev);
void device_remove_attrs(struct device *dev);

#endif
