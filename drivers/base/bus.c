/* SPDX-License-Identifier: MIT */
/*
 * Bringing devices and drivers of a bus together.
 *
 * The bus's lock is held over probe and remove: drivers of one bus come and go one at a
 * time. A probe must not register drivers of its own bus.
 */
#include <linux/device.h>
#include <linux/export.h>
#include <linux/module.h>

/**
 * bus_register - make a bus known
 * Return: 0.
 */
int bus_register(struct bus_type *bus)
{
	mutex_init(&bus->lock);
	INIT_LIST_HEAD(&bus->devices);
	INIT_LIST_HEAD(&bus->drivers);
	return 0;
}
EXPORT_SYMBOL(bus_register);

/** bus_unregister - forget a bus that has neither devices nor drivers */
void bus_unregister(struct bus_type *bus)
{
	WARN_ON(!list_empty(&bus->devices) || !list_empty(&bus->drivers));
}
EXPORT_SYMBOL(bus_unregister);

/**
 * bus_for_each_dev - call @fn for each device until one returns non-zero
 * @start: begin after this one, or NULL
 *
 * Context: process; not from a probe. Return: what the last call returned.
 */
int bus_for_each_dev(struct bus_type *bus, struct device *start, void *data,
		     int (*fn)(struct device *dev, void *data))
{
	struct device *dev;
	int ret = 0;

	mutex_lock(&bus->lock);
	dev = start ? start : list_entry(&bus->devices, struct device, bus_node);
	list_for_each_entry_continue(dev, &bus->devices, bus_node) {
		ret = fn(dev, data);
		if (ret)
			break;
	}
	mutex_unlock(&bus->lock);
	return ret;
}
EXPORT_SYMBOL(bus_for_each_dev);

/* Return: 1 attached; 0 not this driver's; negative: it tried and failed, said in the log. */
static int try_attach(struct device *dev, struct device_driver *drv)
{
	struct bus_type *bus = dev->bus;
	int err;

	lockdep_assert_held(&bus->lock);
	if (dev->driver || (bus->match && !bus->match(dev, drv)))
		return 0;

	device_lock(dev);
	WRITE_ONCE(dev->driver, drv);
	err = bus->probe ? bus->probe(dev) : drv->probe ? drv->probe(dev) : 0;
	if (err) {
		devres_release_all(dev);
		WRITE_ONCE(dev->driver, NULL);
		dev_set_drvdata(dev, NULL);
		/* These two say that the device is not this driver's after all. */
		if (err != -ENODEV && err != -ENXIO)
			pr_warn("%s: probe of %s failed with error %d\n", drv->name,
				dev_name(dev), err);
	}
	device_unlock(dev);
	return err ? err : 1;
}

static void detach(struct device *dev)
{
	struct device_driver *drv = dev->driver;

	lockdep_assert_held(&dev->bus->lock);
	device_lock(dev);
	if (dev->bus->remove)
		dev->bus->remove(dev);
	else if (drv->remove)
		drv->remove(dev);
	devres_release_all(dev);
	WRITE_ONCE(dev->driver, NULL);
	dev_set_drvdata(dev, NULL);
	device_unlock(dev);
}

/**
 * device_attach - look for a driver
 * Context: process, not from a probe. Return: 1 attached; 0 nobody wants it.
 */
int device_attach(struct device *dev)
{
	struct device_driver *drv;
	int attached = 0;

	mutex_lock(&dev->bus->lock);
	list_for_each_entry(drv, &dev->bus->drivers, bus_node) {
		attached = try_attach(dev, drv) > 0;
		if (attached)
			break;
	}
	mutex_unlock(&dev->bus->lock);
	return attached;
}
EXPORT_SYMBOL(device_attach);

/** device_release_driver - detach the driver, if there is one. Context: process. */
void device_release_driver(struct device *dev)
{
	if (!dev->bus)
		return;
	mutex_lock(&dev->bus->lock);
	if (dev->driver)
		detach(dev);
	mutex_unlock(&dev->bus->lock);
}
EXPORT_SYMBOL(device_release_driver);

/**
 * driver_register - add a driver to its bus and attach it to all devices that it matches
 * Context: process. Return: 0; -EBUSY the bus has a driver of this name.
 */
int driver_register(struct device_driver *drv)
{
	struct device_driver *other;
	struct device *dev;

	mutex_lock(&drv->bus->lock);
	list_for_each_entry(other, &drv->bus->drivers, bus_node) {
		if (strcmp(other->name, drv->name) == 0) {
			mutex_unlock(&drv->bus->lock);
			pr_err("%s: a driver of this name is on bus %s already\n", drv->name,
			       drv->bus->name);
			return -EBUSY;
		}
	}
	list_add_tail(&drv->bus_node, &drv->bus->drivers);
	list_for_each_entry(dev, &drv->bus->devices, bus_node)
		try_attach(dev, drv);
	mutex_unlock(&drv->bus->lock);
	return 0;
}
EXPORT_SYMBOL(driver_register);

/** driver_unregister - detach a driver everywhere and forget it. Context: process. */
void driver_unregister(struct device_driver *drv)
{
	struct device *dev;

	mutex_lock(&drv->bus->lock);
	list_for_each_entry(dev, &drv->bus->devices, bus_node)
		if (dev->driver == drv)
			detach(dev);
	list_del(&drv->bus_node);
	mutex_unlock(&drv->bus->lock);
}
EXPORT_SYMBOL(driver_unregister);
