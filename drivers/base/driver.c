/* SPDX-License-Identifier: MIT */
/* Drivers: registration, and their directories in /sys/bus/BUS/drivers. */
#include <linux/export.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "internals.h"

static ssize_t drv_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct driver_attribute *dattr = container_of(attr, struct driver_attribute, attr);

	return dattr->show ? dattr->show(container_of(kobj, struct driver_private, kobj)->driver, buf)
			   : -EIO;
}

static ssize_t drv_attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
			      size_t count)
{
	struct driver_attribute *dattr = container_of(attr, struct driver_attribute, attr);

	return dattr->store ? dattr->store(container_of(kobj, struct driver_private, kobj)->driver,
					   buf, count) : -EIO;
}

static const struct sysfs_ops driver_sysfs_ops = {
	.show	= drv_attr_show,
	.store	= drv_attr_store,
};

static void driver_release(struct kobject *kobj)
{
	kfree(container_of(kobj, struct driver_private, kobj));
}

static const struct kobj_type driver_ktype = {
	.sysfs_ops	= &driver_sysfs_ops,
	.release	= driver_release,
};

static struct device *named_device(struct device_driver *drv, const char *buf)
{
	char name[64];

	strscpy(name, buf, sizeof(name));
	return bus_find_device_by_name(drv->bus, NULL, strim(name));
}

static ssize_t bind_store(struct device_driver *drv, const char *buf, size_t count)
{
	struct device *dev = named_device(drv, buf);
	int err = dev ? try_attach(dev, drv) : -ENODEV;

	put_device(dev);
	return err > 0 ? (ssize_t)count : err ?: -ENODEV;
}
static DRIVER_ATTR_WO(bind);

static ssize_t unbind_store(struct device_driver *drv, const char *buf, size_t count)
{
	struct device *dev = named_device(drv, buf);
	int err = -ENODEV;

	if (dev && READ_ONCE(dev->driver) == drv) {
		device_release_driver(dev);
		err = 0;
	}
	put_device(dev);
	return err ?: (ssize_t)count;
}
static DRIVER_ATTR_WO(unbind);

static struct attribute *bind_attrs[] = {
	&driver_attr_bind.attr,
	&driver_attr_unbind.attr,
	NULL
};
static const struct attribute_group bind_group = { .attrs = bind_attrs };

/* -- The bus's list --------------------------------------------------------------------------- */

/* The drivers that are there now, each held, in an array for kfree(); NULL: no memory. */
struct device_driver **bus_drivers(struct bus_type *bus, unsigned int *count)
{
	struct device_driver **drivers;
	struct driver_private *p;
	unsigned int n = 0;

	mutex_lock(&bus->p->lock);
	list_for_each_entry(p, &bus->p->drivers, bus_node)
		n++;
	drivers = kmalloc_array(n + 1, sizeof(*drivers), GFP_KERNEL);
	n = 0;
	if (drivers) {
		list_for_each_entry(p, &bus->p->drivers, bus_node) {
			p->users++;
			drivers[n++] = p->driver;
		}
	}
	mutex_unlock(&bus->p->lock);
	*count = n;
	return drivers;
}

/* Let go of a driver that bus_drivers() held. */
void bus_release_driver(struct driver_private *p)
{
	struct mutex *lock = &p->driver->bus->p->lock;

	mutex_lock(lock);
	if (!--p->users && p->unused)
		complete(p->unused);
	mutex_unlock(lock);
}

/* Take it off the list, and wait until nobody tries it on a device. */
static void take_off_list(struct driver_private *p, struct subsys_private *bus)
{
	DECLARE_COMPLETION_ONSTACK(unused);
	bool wait;

	mutex_lock(&bus->lock);
	list_del_init(&p->bus_node);
	wait = p->users;
	p->unused = &unused;
	mutex_unlock(&bus->lock);
	if (wait)
		wait_for_completion(&unused);
}

static struct driver_private *new_private(struct device_driver *drv)
{
	struct driver_private *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (p) {
		p->driver = drv;
		p->kobj.kset = drv->bus->p->drivers_kset;
		INIT_LIST_HEAD(&p->bus_node);
	}
	return p;
}

static int add_files(struct device_driver *drv)
{
	int err = sysfs_create_groups(&drv->p->kobj, drv->bus->drv_groups);

	if (!err)
		err = sysfs_create_groups(&drv->p->kobj, drv->groups);
	if (!err && !drv->suppress_bind_attrs)
		err = sysfs_create_group(&drv->p->kobj, &bind_group);
	return err;
}

/**
 * driver_register - add a driver to its bus and attach it to all devices that it matches
 * Context: process.
 * Return: 0; -EBUSY the bus has a driver of this name; -EINVAL the bus is not registered; -ENOMEM.
 */
int driver_register(struct device_driver *drv)
{
	struct driver_private *p;
	int err;

	if (!drv->bus->p) {
		pr_err("Driver '%s' was unable to register with bus_type '%s' because the bus was not initialized.\n",
		       drv->name, drv->bus->name);
		return -EINVAL;
	}
	if (driver_find(drv->name, drv->bus)) {
		pr_err("Error: Driver '%s' is already registered, aborting...\n", drv->name);
		return -EBUSY;
	}
	p = new_private(drv);
	if (!p)
		return -ENOMEM;
	drv->p = p;
	err = kobject_init_and_add(&p->kobj, &driver_ktype, NULL, "%s", drv->name);
	if (!err)
		err = add_files(drv);
	if (err) {
		drv->p = NULL;
		kobject_put(&p->kobj);
		return err;
	}
	mutex_lock(&drv->bus->p->lock);
	list_add_tail(&p->bus_node, &drv->bus->p->drivers);
	mutex_unlock(&drv->bus->p->lock);
	if (drv->bus->p->autoprobe)
		err = driver_attach(drv);
	if (err)
		driver_unregister(drv);
	else
		kobject_uevent(&p->kobj, KOBJ_ADD);
	return err;
}
EXPORT_SYMBOL_GPL(driver_register);

/** driver_unregister - detach a driver everywhere and forget it. Context: process, not its probe. */
void driver_unregister(struct device_driver *drv)
{
	struct driver_private *p = drv->p;

	if (WARN(!p, "Unexpected driver unregister!\n"))
		return;
	sysfs_remove_groups(&p->kobj, drv->groups);
	if (!drv->suppress_bind_attrs)
		sysfs_remove_group(&p->kobj, &bind_group);
	take_off_list(p, drv->bus->p);
	driver_detach(drv);
	kobject_del(&p->kobj);
	drv->p = NULL;
	kobject_put(&p->kobj);
}
EXPORT_SYMBOL_GPL(driver_unregister);

/** driver_find - the driver of a name, not held: the caller sees to it that it stays; or NULL */
struct device_driver *driver_find(const char *name, struct bus_type *bus)
{
	struct device_driver *found = NULL;
	struct driver_private *p;

	mutex_lock(&bus->p->lock);
	list_for_each_entry(p, &bus->p->drivers, bus_node)
		if (!strcmp(p->driver->name, name))
			found = p->driver;
	mutex_unlock(&bus->p->lock);
	return found;
}
EXPORT_SYMBOL_GPL(driver_find);

/** bus_for_each_drv - call @fn for each driver after @start until it returns non-zero */
int bus_for_each_drv(struct bus_type *bus, struct device_driver *start, void *data,
		     int (*fn)(struct device_driver *drv, void *data))
{
	struct device_driver **drivers;
	unsigned int n, i;
	bool go = !start;
	int err = 0;

	if (!bus || !bus->p)
		return -EINVAL;
	drivers = bus_drivers(bus, &n);
	if (!drivers)
		return -ENOMEM;
	for (i = 0; i < n; i++) {
		if (go && !err)
			err = fn(drivers[i], data);
		go |= drivers[i] == start;
		bus_release_driver(drivers[i]->p);
	}
	kfree(drivers);
	return err;
}
EXPORT_SYMBOL_GPL(bus_for_each_drv);

struct of_driver {
	struct device_driver *drv;
	void *data;
	int (*fn)(struct device *dev, void *data);
};

static int if_attached(struct device *dev, void *data)
{
	struct of_driver *of = data;

	return READ_ONCE(dev->driver) == of->drv ? of->fn(dev, of->data) : 0;
}

/** driver_for_each_device - call @fn for each device it drives until it returns non-zero */
int driver_for_each_device(struct device_driver *drv, struct device *start, void *data,
			   int (*fn)(struct device *dev, void *data))
{
	struct of_driver of = { drv, data, fn };

	return drv ? bus_for_each_dev(drv->bus, start, &of, if_attached) : -EINVAL;
}
EXPORT_SYMBOL_GPL(driver_for_each_device);

int driver_create_file(struct device_driver *drv, const struct driver_attribute *attr)
{
	return drv && drv->p ? sysfs_create_file(&drv->p->kobj, &attr->attr) : -EINVAL;
}
EXPORT_SYMBOL_GPL(driver_create_file);

void driver_remove_file(struct device_driver *drv, const struct driver_attribute *attr)
{
	if (drv && drv->p)
		sysfs_remove_file(&drv->p->kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(driver_remove_file);
