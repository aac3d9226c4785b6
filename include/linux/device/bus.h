/* SPDX-License-Identifier: MIT */
/* Buses: devices, drivers, and who goes with whom. */
#ifndef _LINUX_DEVICE_BUS_H
#define _LINUX_DEVICE_BUS_H

#include <linux/sysfs.h>
#include <linux/types.h>

struct device;
struct device_driver;
struct device_node;
struct fwnode_handle;
struct kobj_uevent_env;
struct subsys_private;

/**
 * struct bus_type - a kind of bus
 * @name: of its directory in /sys/bus
 * @dev_name: unused here
 * @bus_groups: attributes of the bus
 * @dev_groups: of each device on it
 * @drv_groups: of each driver on it
 * @match: can @drv drive @dev? Non-zero: yes; NULL: always
 * @uevent: add to the words of a device's event
 * @probe: attach; NULL: the driver's own
 * @remove: detach; NULL: the driver's own
 * @shutdown: make the device quiet before power goes
 * @p: the core's
 */
struct bus_type {
	const char		*name;
	const char		*dev_name;
	const struct attribute_group **bus_groups;
	const struct attribute_group **dev_groups;
	const struct attribute_group **drv_groups;

	int			(*match)(struct device *dev, struct device_driver *drv);
	int			(*uevent)(struct device *dev, struct kobj_uevent_env *env);
	int			(*probe)(struct device *dev);
	void			(*sync_state)(struct device *dev);
	void			(*remove)(struct device *dev);
	void			(*shutdown)(struct device *dev);
	int			(*num_vf)(struct device *dev);

	struct subsys_private	*p;
};

int __must_check bus_register(struct bus_type *bus);
void bus_unregister(struct bus_type *bus);
int __must_check bus_rescan_devices(struct bus_type *bus);
int bus_for_each_dev(struct bus_type *bus, struct device *start, void *data,
		     int (*fn)(struct device *dev, void *data));
struct device *bus_find_device(struct bus_type *bus, struct device *start, const void *data,
			       int (*match)(struct device *dev, const void *data));
struct device *bus_find_device_by_name(struct bus_type *bus, struct device *start,
				       const char *name);
int bus_for_each_drv(struct bus_type *bus, struct device_driver *start, void *data,
		     int (*fn)(struct device_driver *drv, void *data));

struct bus_attribute {
	struct attribute attr;
	ssize_t (*show)(struct bus_type *bus, char *buf);
	ssize_t (*store)(struct bus_type *bus, const char *buf, size_t count);
};
#define BUS_ATTR_RW(_name)	struct bus_attribute bus_attr_##_name = __ATTR_RW(_name)
#define BUS_ATTR_RO(_name)	struct bus_attribute bus_attr_##_name = __ATTR_RO(_name)
#define BUS_ATTR_WO(_name)	struct bus_attribute bus_attr_##_name = __ATTR_WO(_name)
int __must_check bus_create_file(struct bus_type *bus, struct bus_attribute *attr);
void bus_remove_file(struct bus_type *bus, struct bus_attribute *attr);

#endif
