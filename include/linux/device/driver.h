/* SPDX-License-Identifier: MIT */
/* Drivers of the devices of a bus. */
#ifndef _LINUX_DEVICE_DRIVER_H
#define _LINUX_DEVICE_DRIVER_H

#include <linux/sysfs.h>
#include <linux/pm.h>
#include <linux/types.h>
#include <linux/device/bus.h>

struct device;
struct device_driver;
struct dev_pm_ops;
struct driver_private;
struct module;
struct of_device_id;
struct acpi_device_id;

enum probe_type {
	PROBE_DEFAULT_STRATEGY,
	PROBE_PREFER_ASYNCHRONOUS,
	PROBE_FORCE_SYNCHRONOUS,
};

/**
 * struct device_driver - what drives devices of a bus
 * @name: of its directory
 * @bus: whose devices
 * @owner: module that it is in
 * @mod_name: of a built-in driver
 * @suppress_bind_attrs: no "bind" and "unbind" in its directory
 * @probe_type: not asked: all probes are synchronous
 * @of_match_table: not asked, as is @acpi_match_table: nothing here names devices so
 * @probe: attach; negative errno: no, thanks
 * @remove: detach
 * @shutdown: make the device quiet
 * @suspend: never called, nor @resume and @pm: the machine does not sleep
 * @groups: attributes of the driver
 * @dev_groups: of each device while it drives it
 * @coredump: not called
 * @p: the core's
 */
struct device_driver {
	const char		*name;
	struct bus_type		*bus;
	struct module		*owner;
	const char		*mod_name;
	bool			suppress_bind_attrs;
	enum probe_type		probe_type;
	const struct of_device_id *of_match_table;
	const struct acpi_device_id *acpi_match_table;
	int			(*probe)(struct device *dev);
	void			(*sync_state)(struct device *dev);
	int			(*remove)(struct device *dev);
	void			(*shutdown)(struct device *dev);
	int			(*suspend)(struct device *dev, pm_message_t state);
	int			(*resume)(struct device *dev);
	const struct attribute_group **groups;
	const struct attribute_group **dev_groups;
	const struct dev_pm_ops	*pm;
	void			(*coredump)(struct device *dev);
	struct driver_private	*p;
};

int __must_check driver_register(struct device_driver *drv);
void driver_unregister(struct device_driver *drv);
struct device_driver *driver_find(const char *name, struct bus_type *bus);
int __must_check driver_for_each_device(struct device_driver *drv, struct device *start,
					void *data, int (*fn)(struct device *dev, void *data));

struct driver_attribute {
	struct attribute attr;
	ssize_t (*show)(struct device_driver *driver, char *buf);
	ssize_t (*store)(struct device_driver *driver, const char *buf, size_t count);
};
#define DRIVER_ATTR_RW(_name)	struct driver_attribute driver_attr_##_name = __ATTR_RW(_name)
#define DRIVER_ATTR_RO(_name)	struct driver_attribute driver_attr_##_name = __ATTR_RO(_name)
#define DRIVER_ATTR_WO(_name)	struct driver_attribute driver_attr_##_name = __ATTR_WO(_name)
int __must_check driver_create_file(struct device_driver *driver,
				    const struct driver_attribute *attr);
void driver_remove_file(struct device_driver *driver, const struct driver_attribute *attr);

/* A driver module that does nothing but register: its init and exit. */
#define module_driver(__driver, __register, __unregister, ...)		\
static int __init __driver##_init(void)					\
{									\
	return __register(&(__driver), ##__VA_ARGS__);			\
}									\
module_init(__driver##_init);						\
static void __exit __driver##_exit(void)				\
{									\
	__unregister(&(__driver), ##__VA_ARGS__);			\
}									\
module_exit(__driver##_exit)

#define builtin_driver(__driver, __register, ...)			\
static int __init __driver##_init(void)					\
{									\
	return __register(&(__driver), ##__VA_ARGS__);			\
}									\
device_initcall(__driver##_init)

#endif
