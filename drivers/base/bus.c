/* SPDX-License-Identifier: MIT */
/*
 * Buses: lists of devices and drivers, and their directories in /sys/bus.
 *
 * The lists change under the bus's lock, and are walked as copies: devices are held by
 * their references, drivers by a count that bus_remove_driver() waits for.
 */
#include <linux/export.h>
#include <linux/init.h>
#include <linux/panic.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "internals.h"

static struct kset *bus_kset;		/* /sys/bus */

static ssize_t bus_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct bus_attribute *battr = container_of(attr, struct bus_attribute, attr);
	struct subsys_private *p = container_of(to_kset(kobj), struct subsys_private, subsys);

	return battr->show ? battr->show(p->bus, buf) : 0;
}

static ssize_t bus_attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
			      size_t count)
{
	struct bus_attribute *battr = container_of(attr, struct bus_attribute, attr);
	struct subsys_private *p = container_of(to_kset(kobj), struct subsys_private, subsys);

	return battr->store ? battr->store(p->bus, buf, count) : 0;
}

static const struct sysfs_ops bus_sysfs_ops = {
	.show	= bus_attr_show,
	.store	= bus_attr_store,
};

static void bus_release(struct kobject *kobj)
{
	kfree(container_of(to_kset(kobj), struct subsys_private, subsys));
}

static const struct kobj_type bus_ktype = {
	.sysfs_ops	= &bus_sysfs_ops,
	.release	= bus_release,
};

static ssize_t drivers_autoprobe_show(struct bus_type *bus, char *buf)
{
	return sysfs_emit(buf, "%d\n", bus->p->autoprobe);
}

static ssize_t drivers_autoprobe_store(struct bus_type *bus, const char *buf, size_t count)
{
	bus->p->autoprobe = buf[0] != '0';
	return count;
}
static BUS_ATTR_RW(drivers_autoprobe);

static ssize_t drivers_probe_store(struct bus_type *bus, const char *buf, size_t count)
{
	char name[64];
	struct device *dev;
	int err = -ENODEV;

	strscpy(name, buf, sizeof(name));
	dev = bus_find_device_by_name(bus, NULL, strim(name));
	if (dev)
		err = device_attach(dev) > 0 ? 0 : -EINVAL;
	put_device(dev);
	return err ?: (ssize_t)count;
}
static BUS_ATTR_WO(drivers_probe);

static struct attribute *bus_attrs[] = {
	&bus_attr_drivers_autoprobe.attr,
	&bus_attr_drivers_probe.attr,
	NULL
};

static const struct attribute_group bus_group = { .attrs = bus_attrs };
static const struct attribute_group *bus_base_groups[] = { &bus_group, NULL };

/**
 * bus_register - make a bus known
 * @bus: lives until bus_unregister()
 *
 * Context: process, may sleep. Return: 0; -EEXIST: the name is taken; -ENOMEM.
 */
int bus_register(struct bus_type *bus)
{
	struct subsys_private *p = kzalloc(sizeof(*p), GFP_KERNEL);
	int err = -ENOMEM;

	if (!p)
		return -ENOMEM;
	p->bus = bus;
	p->autoprobe = true;
	mutex_init(&p->lock);
	INIT_LIST_HEAD(&p->devices);
	INIT_LIST_HEAD(&p->drivers);
	if (kobject_set_name(&p->subsys.kobj, "%s", bus->name)) {
		kfree(p);
		return -ENOMEM;
	}
	p->subsys.kobj.kset = bus_kset;
	p->subsys.kobj.ktype = &bus_ktype;
	bus->p = p;
	err = kset_register(&p->subsys);
	if (err)
		goto put;
	err = -ENOMEM;
	p->devices_kset = kset_create_and_add("devices", NULL, &p->subsys.kobj);
	p->drivers_kset = kset_create_and_add("drivers", NULL, &p->subsys.kobj);
	if (!p->devices_kset || !p->drivers_kset)
		goto unregister;
	err = sysfs_create_groups(&p->subsys.kobj, bus_base_groups);
	if (!err)
		err = sysfs_create_groups(&p->subsys.kobj, bus->bus_groups);
	if (!err)
		return 0;
unregister:
	kset_unregister(p->drivers_kset);
	kset_unregister(p->devices_kset);
	kobject_del(&p->subsys.kobj);
put:
	bus->p = NULL;
	kset_put(&p->subsys);
	return err;
}
EXPORT_SYMBOL_GPL(bus_register);

/** bus_unregister - forget a bus that has neither devices nor drivers */
void bus_unregister(struct bus_type *bus)
{
	struct subsys_private *p = bus->p;

	WARN_ON(!list_empty(&p->devices) || !list_empty(&p->drivers));
	sysfs_remove_groups(&p->subsys.kobj, bus->bus_groups);
	kset_unregister(p->drivers_kset);
	kset_unregister(p->devices_kset);
	bus->p = NULL;
	kset_unregister(&p->subsys);
}
EXPORT_SYMBOL_GPL(bus_unregister);

int bus_create_file(struct bus_type *bus, struct bus_attribute *attr)
{
	return bus->p ? sysfs_create_file(&bus->p->subsys.kobj, &attr->attr) : -EINVAL;
}
EXPORT_SYMBOL_GPL(bus_create_file);

void bus_remove_file(struct bus_type *bus, struct bus_attribute *attr)
{
	if (bus->p)
		sysfs_remove_file(&bus->p->subsys.kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(bus_remove_file);

/* -- Devices ------------------------------------------------------------------------------------ */

/* The devices that are there now, each counted, in an array for kfree(); NULL: no memory. */
struct device **bus_devices(struct bus_type *bus, unsigned int *count)
{
	struct device **devices, *dev;
	unsigned int n = 0;

	mutex_lock(&bus->p->lock);
	list_for_each_entry(dev, &bus->p->devices, bus_node)
		n++;
	devices = kmalloc_array(n + 1, sizeof(*devices), GFP_KERNEL);
	n = 0;
	if (devices)
		list_for_each_entry(dev, &bus->p->devices, bus_node)
			devices[n++] = get_device(dev);
	mutex_unlock(&bus->p->lock);
	*count = n;
	return devices;
}

/* Files and links of a device that is being added. */
int bus_add_device(struct device *dev)
{
	struct subsys_private *p;
	int err;

	if (!dev->bus)
		return 0;
	p = dev->bus->p;
	if (WARN(!p, "bus %s is not registered\n", dev->bus->name))
		return -EINVAL;
	err = device_add_groups(dev, dev->bus->dev_groups);
	if (err)
		return err;
	err = sysfs_create_link(&p->devices_kset->kobj, &dev->kobj, dev_name(dev));
	if (err)
		goto groups;
	err = sysfs_create_link(&dev->kobj, &p->subsys.kobj, "subsystem");
	if (err)
		goto link;
	mutex_lock(&p->lock);
	list_add_tail(&dev->bus_node, &p->devices);
	mutex_unlock(&p->lock);
	return 0;
link:
	sysfs_remove_link(&p->devices_kset->kobj, dev_name(dev));
groups:
	device_remove_groups(dev, dev->bus->dev_groups);
	return err;
}

void bus_remove_device(struct device *dev)
{
	struct subsys_private *p;

	if (!dev->bus)
		return;
	p = dev->bus->p;
	mutex_lock(&p->lock);
	list_del_init(&dev->bus_node);
	mutex_unlock(&p->lock);
	sysfs_remove_link(&dev->kobj, "subsystem");
	sysfs_remove_link(&p->devices_kset->kobj, dev_name(dev));
	device_remove_groups(dev, dev->bus->dev_groups);
	device_release_driver(dev);
}

void bus_probe_device(struct device *dev)
{
	if (dev->bus && dev->bus->p->autoprobe)
		WARN_ON(device_attach(dev) < 0);
}

/**
 * bus_for_each_dev - call @fn for each device until one returns non-zero
 * @start: begin after this one, or NULL
 *
 * Context: process. Return: what the last call returned; -EINVAL: no bus; -ENOMEM.
 */
int bus_for_each_dev(struct bus_type *bus, struct device *start, void *data,
		     int (*fn)(struct device *dev, void *data))
{
	struct device **devices;
	unsigned int n, i;
	int err = 0;
	bool go = !start;

	if (!bus || !bus->p)
		return -EINVAL;
	devices = bus_devices(bus, &n);
	if (!devices)
		return -ENOMEM;
	for (i = 0; i < n; i++) {
		if (go && !err)
			err = fn(devices[i], data);
		go |= devices[i] == start;
		put_device(devices[i]);
	}
	kfree(devices);
	return err;
}
EXPORT_SYMBOL_GPL(bus_for_each_dev);

struct finder {
	const void	*data;
	int		(*match)(struct device *dev, const void *data);
	struct device	*found;
};

static int try_match(struct device *dev, void *data)
{
	struct finder *f = data;

	if (!f->match(dev, f->data))
		return 0;
	f->found = get_device(dev);
	return 1;
}

/** bus_find_device - the first after @start that @match likes, counted; or NULL. Process context. */
struct device *bus_find_device(struct bus_type *bus, struct device *start, const void *data,
			       int (*match)(struct device *dev, const void *data))
{
	struct finder f = { .data = data, .match = match };

	bus_for_each_dev(bus, start, &f, try_match);
	return f.found;
}
EXPORT_SYMBOL_GPL(bus_find_device);

struct device *bus_find_device_by_name(struct bus_type *bus, struct device *start,
				       const char *name)
{
	return bus_find_device(bus, start, name, device_match_name);
}
EXPORT_SYMBOL_GPL(bus_find_device_by_name);

static int rescan(struct device *dev, void *unused)
{
	int ret = READ_ONCE(dev->driver) ? 0 : device_attach(dev);

	return ret < 0 ? ret : 0;
}

/** bus_rescan_devices - look for drivers of devices that have none. Return: 0; -ENOMEM. */
int bus_rescan_devices(struct bus_type *bus)
{
	return bus_for_each_dev(bus, NULL, NULL, rescan);
}
EXPORT_SYMBOL_GPL(bus_rescan_devices);

static int __init buses_init(void)
{
	bus_kset = kset_create_and_add("bus", NULL, NULL);
	if (!bus_kset)
		panic("no memory for /sys/bus");
	return 0;
}
core_initcall(buses_init);
