/* SPDX-License-Identifier: MIT */
/* Devices in memory of their own: device_create(), and roots for others to hang off. */
#include <linux/export.h>
#include <linux/slab.h>
#include "internals.h"

static void created_release(struct device *dev)
{
	kfree(dev);
}

static __printf(6, 0) struct device *
create_vargs(struct class *class, struct device *parent, dev_t devt, void *drvdata,
	     const struct attribute_group **groups, const char *fmt, va_list args)
{
	struct device *dev;
	int err;

	if (IS_ERR_OR_NULL(class))
		return ERR_PTR(-ENODEV);
	dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	if (!dev)
		return ERR_PTR(-ENOMEM);
	device_initialize(dev);
	dev->devt = devt;
	dev->class = class;
	dev->parent = parent;
	dev->groups = groups;
	dev->release = created_release;
	dev_set_drvdata(dev, drvdata);
	err = kobject_set_name_vargs(&dev->kobj, fmt, args);
	if (!err)
		err = device_add(dev);
	if (err) {
		put_device(dev);
		return ERR_PTR(err);
	}
	return dev;
}

/**
 * device_create - make a device of a class, and its file in /dev
 * @class: from class_create() or class_register()
 * @parent: what it hangs off, or NULL
 * @devt: number of the file; 0: no file
 * @drvdata: for dev_get_drvdata()
 * @fmt: its name, as printf; a '/' in it makes directories in /dev
 *
 * Context: process, may sleep.
 * Return: the device, for device_destroy() or device_unregister(); ERR_PTR: -ENODEV: no
 * class; -EEXIST: the name is taken; -ENOMEM.
 */
struct device *device_create(struct class *class, struct device *parent, dev_t devt,
			     void *drvdata, const char *fmt, ...)
{
	struct device *dev;
	va_list args;

	va_start(args, fmt);
	dev = create_vargs(class, parent, devt, drvdata, NULL, fmt, args);
	va_end(args);
	return dev;
}
EXPORT_SYMBOL_GPL(device_create);

/* device_create_with_groups - the same, with attributes from the start */
struct device *device_create_with_groups(struct class *class, struct device *parent, dev_t devt,
					 void *drvdata, const struct attribute_group **groups,
					 const char *fmt, ...)
{
	struct device *dev;
	va_list args;

	va_start(args, fmt);
	dev = create_vargs(class, parent, devt, drvdata, groups, fmt, args);
	va_end(args);
	return dev;
}
EXPORT_SYMBOL_GPL(device_create_with_groups);

/** device_destroy - undo device_create(): the device of that number goes. Context: process. */
void device_destroy(struct class *class, dev_t devt)
{
	struct device *dev = class_find_device_by_devt(class, devt);

	if (dev) {
		put_device(dev);
		device_unregister(dev);
	}
}
EXPORT_SYMBOL_GPL(device_destroy);

struct root_device {
	struct device	dev;
	struct module	*owner;
};

static void root_release(struct device *dev)
{
	kfree(container_of(dev, struct root_device, dev));
}

/** __root_device_register - a device at the top of /sys/devices that only groups others */
struct device *__root_device_register(const char *name, struct module *owner)
{
	struct root_device *root = kzalloc(sizeof(*root), GFP_KERNEL);
	int err;

	if (!root)
		return ERR_PTR(-ENOMEM);
	root->owner = owner;
	device_initialize(&root->dev);
	root->dev.release = root_release;
	err = dev_set_name(&root->dev, "%s", name);
	if (!err)
		err = device_add(&root->dev);
	if (err) {
		put_device(&root->dev);
		return ERR_PTR(err);
	}
	return &root->dev;
}
EXPORT_SYMBOL_GPL(__root_device_register);

void root_device_unregister(struct device *dev)
{
	device_unregister(dev);
}
EXPORT_SYMBOL_GPL(root_device_unregister);
