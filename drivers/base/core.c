/* SPDX-License-Identifier: MIT */
/*
 * Devices: names, references, registration.
 */
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "internals.h"

struct kset *devices_kset;			/* /sys/devices */
static struct kobject *dev_kobj, *char_kobj;	/* /sys/dev, /sys/dev/char */

/**
 * dev_set_name - name a device
 * Context: process, before device_add(). Return: 0; -ENOMEM.
 */
int dev_set_name(struct device *dev, const char *fmt, ...)
{
	va_list args;
	int err;

	va_start(args, fmt);
	err = kobject_set_name_vargs(&dev->kobj, fmt, args);
	va_end(args);
	return err;
}
EXPORT_SYMBOL_GPL(dev_set_name);

static void device_free(struct kobject *kobj)
{
	struct device *dev = kobj_to_dev(kobj);

	devres_release_all(dev);
	if (dev->release)
		dev->release(dev);
	else if (dev->type && dev->type->release)
		dev->type->release(dev);
	else if (dev->class && dev->class->dev_release)
		dev->class->dev_release(dev);
	else
		WARN(1, "Device '%s' does not have a release() function, it is broken and must be fixed.\n",
		     dev_name(dev));
}

static ssize_t dev_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct device_attribute *dattr = container_of(attr, struct device_attribute, attr);

	return dattr->show ? dattr->show(kobj_to_dev(kobj), dattr, buf) : -EIO;
}

static ssize_t dev_attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
			      size_t count)
{
	struct device_attribute *dattr = container_of(attr, struct device_attribute, attr);

	return dattr->store ? dattr->store(kobj_to_dev(kobj), dattr, buf, count) : -EIO;
}

static const struct sysfs_ops dev_sysfs_ops = {
	.show	= dev_attr_show,
	.store	= dev_attr_store,
};

static const struct kobj_type device_ktype = {
	.release	= device_free,
	.sysfs_ops	= &dev_sysfs_ops,
};

/** get_device - hold a device; NULL is let through */
struct device *get_device(struct device *dev)
{
	return dev ? kobj_to_dev(kobject_get(&dev->kobj)) : NULL;
}
EXPORT_SYMBOL_GPL(get_device);

/** put_device - let go of a device. Context: process, as the last one frees it. */
void put_device(struct device *dev)
{
	if (dev)
		kobject_put(&dev->kobj);
}
EXPORT_SYMBOL_GPL(put_device);

/**
 * device_initialize - make a zeroed struct device usable; one reference, the caller's
 */
void device_initialize(struct device *dev)
{
	dev->kobj.kset = devices_kset;
	kobject_init(&dev->kobj, &device_ktype);
	mutex_init(&dev->mutex);
	spin_lock_init(&dev->devres_lock);
	spin_lock_init(&dev->children_lock);
	INIT_LIST_HEAD(&dev->devres_head);
	INIT_LIST_HEAD(&dev->bus_node);
	INIT_LIST_HEAD(&dev->class_node);
	INIT_LIST_HEAD(&dev->child_node);
	INIT_LIST_HEAD(&dev->children);
	dev->numa_node = NUMA_NO_NODE;
}
EXPORT_SYMBOL_GPL(device_initialize);

/* "MAJOR:MINOR" in /sys/dev/char leads to the device. */
static int add_number(struct device *dev)
{
	char number[24];

	if (!MAJOR(dev->devt))
		return 0;
	snprintf(number, sizeof(number), "%u:%u", MAJOR(dev->devt), MINOR(dev->devt));
	return sysfs_create_link(char_kobj, &dev->kobj, number);
}

static void remove_number(struct device *dev)
{
	char number[24];

	if (!MAJOR(dev->devt))
		return;
	snprintf(number, sizeof(number), "%u:%u", MAJOR(dev->devt), MINOR(dev->devt));
	sysfs_remove_link(char_kobj, number);
	devtmpfs_delete_node(dev);
}

static void link_to_parent(struct device *dev)
{
	if (!dev->parent)
		return;
	spin_lock(&dev->parent->children_lock);
	list_add_tail(&dev->child_node, &dev->parent->children);
	spin_unlock(&dev->parent->children_lock);
}

static void unlink_from_parent(struct device *dev)
{
	if (!dev->parent)
		return;
	spin_lock(&dev->parent->children_lock);
	list_del_init(&dev->child_node);
	spin_unlock(&dev->parent->children_lock);
}

static int add_dir(struct device *dev)
{
	struct kobject *parent;
	int err = class_dir_get(dev, &parent);

	if (err)
		return err;
	err = kobject_add(&dev->kobj, parent, NULL);
	if (err)
		class_dir_put(dev);
	return err;
}

static void remove_dir(struct device *dev)
{
	kobject_del(&dev->kobj);
	class_dir_put(dev);
}

static int take_init_name(struct device *dev)
{
	int err;

	if (!dev->init_name)
		return kobject_name(&dev->kobj) ? 0 : -EINVAL;
	err = dev_set_name(dev, "%s", dev->init_name);
	if (!err)
		dev->init_name = NULL;
	return err;
}

/**
 * device_add - show a device in /sys and /dev, put it on its bus, look for a driver
 *
 * After an error it is still to be let go of by put_device().
 *
 * Context: process. Return: 0, also when no driver wants it; -EINVAL no name; -EEXIST; -ENOMEM.
 */
int device_add(struct device *dev)
{
	int err;

	if (!dev)
		return -EINVAL;
	err = take_init_name(dev);
	if (err)
		return err;
	get_device(dev);
	get_device(dev->parent);
	err = add_dir(dev);
	if (err)
		goto put;
	err = device_add_attrs(dev);
	if (err)
		goto remove_dir;
	err = class_add_device(dev);
	if (err)
		goto remove_attrs;
	err = bus_add_device(dev);
	if (err)
		goto remove_class;
	err = add_number(dev);
	if (err)
		goto remove_bus;
	if (MAJOR(dev->devt))
		devtmpfs_create_node(dev);
	link_to_parent(dev);
	kobject_uevent(&dev->kobj, KOBJ_ADD);
	bus_probe_device(dev);
	return 0;

remove_bus:
	bus_remove_device(dev);
remove_class:
	class_remove_device(dev);
remove_attrs:
	device_remove_attrs(dev);
remove_dir:
	remove_dir(dev);
put:
	put_device(dev->parent);
	put_device(dev);
	return err;
}
EXPORT_SYMBOL_GPL(device_add);

/** device_register - device_initialize() and device_add() in one; on error put_device() it */
int device_register(struct device *dev)
{
	device_initialize(dev);
	return device_add(dev);
}
EXPORT_SYMBOL_GPL(device_register);

/** device_del - undo device_add(): driver, bus, files; those in use are waited for. Process context. */
void device_del(struct device *dev)
{
	struct device *parent = dev->parent;

	device_lock(dev);
	dev->dead = true;
	device_unlock(dev);
	unlink_from_parent(dev);
	remove_number(dev);
	class_remove_device(dev);
	bus_remove_device(dev);
	devres_release_all(dev);
	device_remove_attrs(dev);
	kobject_uevent(&dev->kobj, KOBJ_REMOVE);
	remove_dir(dev);
	put_device(parent);
	put_device(dev);
}
EXPORT_SYMBOL_GPL(device_del);

/** device_unregister - device_del() and let go of the caller's reference */
void device_unregister(struct device *dev)
{
	device_del(dev);
	put_device(dev);
}
EXPORT_SYMBOL_GPL(device_unregister);

/* The child after @prev, which is let go of; counted. */
static struct device *next_child(struct device *dev, struct device *prev)
{
	struct list_head *at = prev ? &prev->child_node : &dev->children;
	struct device *next = NULL;

	spin_lock(&dev->children_lock);
	/* One that was removed meanwhile leads nowhere: the walk ends. */
	while (!next && !list_empty(at) && at->next != &dev->children) {
		at = at->next;
		next = list_entry(at, struct device, child_node);
		if (!kobject_get_unless_zero(&next->kobj))
			next = NULL;
	}
	spin_unlock(&dev->children_lock);
	put_device(prev);
	return next;
}

/** device_for_each_child - call @fn for each child until it returns non-zero, and return that */
int device_for_each_child(struct device *dev, void *data, int (*fn)(struct device *dev, void *data))
{
	struct device *child = NULL;
	int err = 0;

	while (!err && (child = next_child(dev, child)))
		err = fn(child, data);
	if (err)
		put_device(child);
	return err;
}
EXPORT_SYMBOL_GPL(device_for_each_child);

/** device_find_child - the first child that @match likes, counted; or NULL */
struct device *device_find_child(struct device *dev, void *data,
				 int (*match)(struct device *dev, void *data))
{
	struct device *child = NULL;

	while ((child = next_child(dev, child)))
		if (match(child, data))
			break;
	return child;
}
EXPORT_SYMBOL_GPL(device_find_child);

int device_match_name(struct device *dev, const void *name)
{
	return !strcmp(dev_name(dev), name);
}
EXPORT_SYMBOL_GPL(device_match_name);

int device_match_devt(struct device *dev, const void *pdevt)
{
	return dev->devt == *(const dev_t *)pdevt;
}
EXPORT_SYMBOL_GPL(device_match_devt);

int device_match_any(struct device *dev, const void *unused)
{
	return 1;
}
EXPORT_SYMBOL_GPL(device_match_any);

static int __init devices_init(void)
{
	devices_kset = kset_create_and_add("devices", &device_uevent_ops, NULL);
	dev_kobj = kobject_create_and_add("dev", NULL);
	char_kobj = dev_kobj ? kobject_create_and_add("char", dev_kobj) : NULL;
	if (!devices_kset || !char_kobj)
		panic("no memory for /sys/devices");
	return 0;
}
core_initcall(devices_init);
