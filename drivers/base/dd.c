/* SPDX-License-Identifier: MIT */
/*
 * Attaching drivers to devices, and detaching them.
 *
 * The device's lock is held over match-and-probe and over remove, so that a device has one
 * driver at a time and none once device_del() has begun. A probe may register devices and
 * drivers of its own bus: the bus's lock is not held over it.
 */
#include <linux/export.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include "internals.h"

static void add_links(struct device *dev, struct device_driver *drv)
{
	if (sysfs_create_link(&dev->kobj, &drv->p->kobj, "driver"))
		return;
	if (sysfs_create_link(&drv->p->kobj, &dev->kobj, dev_name(dev)))
		sysfs_remove_link(&dev->kobj, "driver");
}

static void remove_links(struct device *dev, struct device_driver *drv)
{
	sysfs_remove_link(&drv->p->kobj, dev_name(dev));
	sysfs_remove_link(&dev->kobj, "driver");
}

/* After a probe that failed, or a remove: nothing of the driver's is left. */
static void forget_driver(struct device *dev)
{
	devres_release_all(dev);
	WRITE_ONCE(dev->driver, NULL);
	dev_set_drvdata(dev, NULL);
}

static int probe(struct device *dev, struct device_driver *drv)
{
	int err = dev->bus->probe ? dev->bus->probe(dev) : drv->probe ? drv->probe(dev) : 0;

	if (!err && drv->dev_groups) {
		err = device_add_groups(dev, drv->dev_groups);
		if (err && dev->bus->remove)
			dev->bus->remove(dev);
		else if (err && drv->remove)
			drv->remove(dev);
	}
	return err;
}

/* Return: 1 attached; 0 not this driver's; negative: it tried and failed, said in the log. */
int try_attach(struct device *dev, struct device_driver *drv)
{
	struct bus_type *bus = dev->bus;
	int err = 0;

	if (bus->match && !bus->match(dev, drv))
		return 0;
	device_lock(dev);
	if (dev->driver || dev->dead)
		goto unlock;
	WRITE_ONCE(dev->driver, drv);
	add_links(dev, drv);
	err = probe(dev, drv);
	if (err) {
		remove_links(dev, drv);
		forget_driver(dev);
		/* These two say that the device is not this driver's after all. */
		if (err != -ENODEV && err != -ENXIO && err != -EPROBE_DEFER)
			pr_warn("%s: probe of %s failed with error %d\n", drv->name,
				dev_name(dev), err);
		goto unlock;
	}
	err = 1;
	kobject_uevent(&dev->kobj, KOBJ_BIND);
unlock:
	device_unlock(dev);
	return err;
}

/* Detach @drv, or whichever it is when that is NULL. */
static void detach(struct device *dev, struct device_driver *drv)
{
	device_lock(dev);
	if (!dev->driver || (drv && dev->driver != drv)) {
		device_unlock(dev);
		return;
	}
	drv = dev->driver;
	remove_links(dev, drv);
	device_remove_groups(dev, drv->dev_groups);
	if (dev->bus->remove)
		dev->bus->remove(dev);
	else if (drv->remove)
		drv->remove(dev);
	forget_driver(dev);
	kobject_uevent(&dev->kobj, KOBJ_UNBIND);
	device_unlock(dev);
}

/**
 * device_attach - look for a driver
 * Context: process. Return: 1 attached, or it had one; 0 nobody wants it; -ENOMEM.
 */
int device_attach(struct device *dev)
{
	struct device_driver **drivers;
	unsigned int n, i;
	int attached = 0;

	if (READ_ONCE(dev->driver))
		return 1;
	drivers = bus_drivers(dev->bus, &n);
	if (!drivers)
		return -ENOMEM;
	for (i = 0; i < n; i++) {
		if (!attached)
			attached = try_attach(dev, drivers[i]) > 0;
		bus_release_driver(drivers[i]->p);
	}
	kfree(drivers);
	return attached;
}
EXPORT_SYMBOL_GPL(device_attach);

/** driver_attach - try a driver on every device of its bus. Context: process. Return: 0; -ENOMEM. */
int driver_attach(struct device_driver *drv)
{
	unsigned int n, i;
	struct device **devices = bus_devices(drv->bus, &n);

	if (!devices)
		return -ENOMEM;
	for (i = 0; i < n; i++) {
		try_attach(devices[i], drv);
		put_device(devices[i]);
	}
	kfree(devices);
	return 0;
}
EXPORT_SYMBOL_GPL(driver_attach);

/** device_release_driver - detach the driver, if there is one. Context: process. */
void device_release_driver(struct device *dev)
{
	if (dev->bus)
		detach(dev, NULL);
}
EXPORT_SYMBOL_GPL(device_release_driver);

/** device_reprobe - detach the driver and look for one anew. Return: as device_attach(). */
int device_reprobe(struct device *dev)
{
	device_release_driver(dev);
	return dev->bus ? device_attach(dev) : 0;
}
EXPORT_SYMBOL_GPL(device_reprobe);

/* The driver is off its bus's list, and nobody tries it any more: take its devices from it. */
void driver_detach(struct device_driver *drv)
{
	struct device **devices;
	unsigned int n, i;

	while (!(devices = bus_devices(drv->bus, &n)))
		schedule_timeout_uninterruptible(1);	/* there is no other way: wait for memory */
	for (i = 0; i < n; i++) {
		detach(devices[i], drv);
		put_device(devices[i]);
	}
	kfree(devices);
}
