/* SPDX-License-Identifier: MIT */
/*
 * Devices: names, references, messages, registration.
 */
#include <linux/device.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sprintf.h>
#include <linux/string.h>

/**
 * dev_driver_string - name of the device's driver, else of its bus
 */
const char *dev_driver_string(const struct device *dev)
{
	struct device_driver *drv = READ_ONCE(dev->driver);

	if (drv)
		return drv->name;
	return dev->bus ? dev->bus->name : "";
}
EXPORT_SYMBOL(dev_driver_string);

void _dev_printk(const char *level, const struct device *dev, const char *fmt, ...)
{
	struct va_format vaf = { .fmt = fmt };
	va_list args;

	va_start(args, fmt);
	vaf.va = &args;
	if (dev)
		printk("%s%s %s: %pV", level, dev_driver_string(dev), dev_name(dev), &vaf);
	else
		printk("%s(NULL device *): %pV", level, &vaf);
	va_end(args);
}
EXPORT_SYMBOL(_dev_printk);

/**
 * dev_err_probe - say why a probe fails, and hand the error on
 * @err: negative errno; -EPROBE_DEFER is no reason to worry and is not shown
 * Return: @err.
 */
int dev_err_probe(const struct device *dev, int err, const char *fmt, ...)
{
	struct va_format vaf = { .fmt = fmt };
	va_list args;

	va_start(args, fmt);
	vaf.va = &args;
	if (err != -EPROBE_DEFER)
		_dev_printk(KERN_ERR, dev, "error %pe: %pV", ERR_PTR(err), &vaf);
	va_end(args);
	return err;
}
EXPORT_SYMBOL(dev_err_probe);

/**
 * dev_set_name - name a device
 * Context: process, before device_add(). Return: 0; -ENOMEM.
 */
int dev_set_name(struct device *dev, const char *fmt, ...)
{
	va_list args;
	char *name;

	va_start(args, fmt);
	name = kvasprintf(GFP_KERNEL, fmt, args);
	va_end(args);
	if (!name)
		return -ENOMEM;
	kfree(dev->kname);
	dev->kname = name;
	return 0;
}
EXPORT_SYMBOL(dev_set_name);

static void device_free(struct kref *kref)
{
	struct device *dev = container_of(kref, struct device, kref);
	char *name = dev->kname;

	if (!dev->release)
		WARN(1, "device %s has no release(): its memory can't be freed\n", dev_name(dev));
	else
		dev->release(dev);
	kfree(name);
}

/** get_device - hold a device; NULL is let through */
struct device *get_device(struct device *dev)
{
	if (dev)
		kref_get(&dev->kref);
	return dev;
}
EXPORT_SYMBOL(get_device);

/** put_device - let go of a device. Context: process, as the last one frees it. */
void put_device(struct device *dev)
{
	if (dev)
		kref_put(&dev->kref, device_free);
}
EXPORT_SYMBOL(put_device);

/**
 * device_initialize - make a zeroed struct device usable; one reference, the caller's
 */
void device_initialize(struct device *dev)
{
	kref_init(&dev->kref);
	mutex_init(&dev->mutex);
	spin_lock_init(&dev->devres_lock);
	INIT_LIST_HEAD(&dev->devres_head);
	INIT_LIST_HEAD(&dev->bus_node);
	dev->numa_node = NUMA_NO_NODE;
}
EXPORT_SYMBOL(device_initialize);

/**
 * device_add - put a device on its bus and look for a driver
 *
 * Context: process. Return: 0, also when no driver wants it; -EINVAL no name; -ENOMEM.
 */
int device_add(struct device *dev)
{
	int err;

	if (dev->init_name) {
		err = dev_set_name(dev, "%s", dev->init_name);
		if (err)
			return err;
		dev->init_name = NULL;
	}
	if (!dev->kname)
		return -EINVAL;
	get_device(dev);
	get_device(dev->parent);
	if (!dev->bus)
		return 0;

	mutex_lock(&dev->bus->lock);
	list_add_tail(&dev->bus_node, &dev->bus->devices);
	mutex_unlock(&dev->bus->lock);
	err = device_attach(dev);
	return err < 0 ? err : 0;
}
EXPORT_SYMBOL(device_add);

/** device_register - device_initialize() and device_add() in one; on error put_device() it */
int device_register(struct device *dev)
{
	device_initialize(dev);
	return device_add(dev);
}
EXPORT_SYMBOL(device_register);

/** device_del - detach its driver and take the device off its bus. Context: process. */
void device_del(struct device *dev)
{
	device_release_driver(dev);
	if (dev->bus) {
		mutex_lock(&dev->bus->lock);
		list_del_init(&dev->bus_node);
		mutex_unlock(&dev->bus->lock);
	}
	devres_release_all(dev);
	put_device(dev->parent);
	put_device(dev);
}
EXPORT_SYMBOL(device_del);

/** device_unregister - device_del() and let go of the caller's reference */
void device_unregister(struct device *dev)
{
	device_del(dev);
	put_device(dev);
}
EXPORT_SYMBOL(device_unregister);
