/* SPDX-License-Identifier: MIT */
/* Attributes of devices: those that each has, and those that its owner adds. */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "internals.h"

/* -- Those that each has: uevent, dev -------------------------------------------------------- */

static int uevent_filter(struct kobject *kobj)
{
	struct device *dev = kobj_to_dev(kobj);

	return dev->bus || dev->class;
}

static const char *uevent_name(struct kobject *kobj)
{
	struct device *dev = kobj_to_dev(kobj);

	return dev->bus ? dev->bus->name : dev->class ? dev->class->name : NULL;
}

static void number_vars(struct device *dev, struct kobj_uevent_env *env)
{
	kuid_t uid = { 0 };
	kgid_t gid = { 0 };
	const char *tmp, *name;
	umode_t mode = 0;

	add_uevent_var(env, "MAJOR=%u", MAJOR(dev->devt));
	add_uevent_var(env, "MINOR=%u", MINOR(dev->devt));
	name = device_get_devnode(dev, &mode, &uid, &gid, &tmp);
	if (name) {
		add_uevent_var(env, "DEVNAME=%s", name);
		if (mode)
			add_uevent_var(env, "DEVMODE=%#o", mode & 0777);
	}
	kfree(tmp);
}

static int uevent_words(struct kobject *kobj, struct kobj_uevent_env *env)
{
	struct device *dev = kobj_to_dev(kobj);
	struct device_driver *drv = READ_ONCE(dev->driver);
	int err = 0;

	if (MAJOR(dev->devt))
		number_vars(dev, env);
	if (dev->type && dev->type->name)
		add_uevent_var(env, "DEVTYPE=%s", dev->type->name);
	if (drv)
		add_uevent_var(env, "DRIVER=%s", drv->name);
	if (dev->bus && dev->bus->uevent)
		err = dev->bus->uevent(dev, env);
	if (!err && dev->class && dev->class->dev_uevent)
		err = dev->class->dev_uevent(dev, env);
	if (!err && dev->type && dev->type->uevent)
		err = dev->type->uevent(dev, env);
	return err;
}

const struct kset_uevent_ops device_uevent_ops = {
	.filter	= uevent_filter,
	.name	= uevent_name,
	.uevent	= uevent_words,
};

static ssize_t uevent_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct kobj_uevent_env *env;
	int err, len = 0, i;

	if (!uevent_filter(&dev->kobj))
		return 0;
	env = kzalloc(sizeof(*env), GFP_KERNEL);
	if (!env)
		return -ENOMEM;
	err = uevent_words(&dev->kobj, env);
	for (i = 0; !err && i < env->envp_idx; i++)
		len += sysfs_emit_at(buf, len, "%s\n", env->envp[i]);
	kfree(env);
	return err ?: len;
}

/* What is written is the event to repeat. */
static ssize_t uevent_store(struct device *dev, struct device_attribute *attr, const char *buf,
			    size_t count)
{
	static const char *const actions[] = {
		"add", "remove", "change", "move", "online", "offline", "bind", "unbind",
	};
	unsigned int i;
	int err;

	for (i = 0; i < ARRAY_SIZE(actions); i++) {
		if (sysfs_streq(buf, actions[i])) {
			err = kobject_uevent(&dev->kobj, i);
			return err ?: (ssize_t)count;
		}
	}
	return -EINVAL;
}
static DEVICE_ATTR_RW(uevent);

static ssize_t dev_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%u:%u\n", MAJOR(dev->devt), MINOR(dev->devt));
}
static DEVICE_ATTR_RO(dev);

static const struct attribute_group **type_groups(struct device *dev)
{
	return dev->type ? dev->type->groups : NULL;
}

static const struct attribute_group **class_groups(struct device *dev)
{
	return dev->class ? dev->class->dev_groups : NULL;
}

/* All that a device has from the start, or none of it. */
int device_add_attrs(struct device *dev)
{
	int err = device_create_file(dev, &dev_attr_uevent);

	if (!err && MAJOR(dev->devt))
		err = device_create_file(dev, &dev_attr_dev);
	if (err)
		goto files;
	err = device_add_groups(dev, class_groups(dev));
	if (err)
		goto files;
	err = device_add_groups(dev, type_groups(dev));
	if (err)
		goto class;
	err = device_add_groups(dev, dev->groups);
	if (!err)
		return 0;
	device_remove_groups(dev, type_groups(dev));
class:
	device_remove_groups(dev, class_groups(dev));
files:
	device_remove_file(dev, &dev_attr_dev);
	device_remove_file(dev, &dev_attr_uevent);
	return err;
}

void device_remove_attrs(struct device *dev)
{
	device_remove_groups(dev, dev->groups);
	device_remove_groups(dev, type_groups(dev));
	device_remove_groups(dev, class_groups(dev));
	device_remove_file(dev, &dev_attr_dev);
	device_remove_file(dev, &dev_attr_uevent);
}

/* -- Those that the owner adds -------------------------------------------------------------- */

/**
 * device_create_file - make an attribute's file
 * @dev: after device_add()
 * @attr: lives until device_remove_file()
 *
 * Context: process, may sleep. Return: as sysfs_create_file(); 0 when @dev is NULL.
 */
int device_create_file(struct device *dev, const struct device_attribute *attr)
{
	if (!dev)
		return 0;
	WARN((attr->attr.mode & S_IWUGO) && !attr->store,
	     "Attribute %s: write permission without 'store'\n", attr->attr.name);
	WARN((attr->attr.mode & S_IRUGO) && !attr->show,
	     "Attribute %s: read permission without 'show'\n", attr->attr.name);
	return sysfs_create_file(&dev->kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(device_create_file);

void device_remove_file(struct device *dev, const struct device_attribute *attr)
{
	if (dev)
		sysfs_remove_file(&dev->kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(device_remove_file);

/* device_remove_file_self - in an attribute's own store(): remove it. Did this call do it? */
bool device_remove_file_self(struct device *dev, const struct device_attribute *attr)
{
	return dev && sysfs_remove_file_self(&dev->kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(device_remove_file_self);

int device_create_bin_file(struct device *dev, const struct bin_attribute *attr)
{
	return dev ? sysfs_create_bin_file(&dev->kobj, attr) : -EINVAL;
}
EXPORT_SYMBOL_GPL(device_create_bin_file);

void device_remove_bin_file(struct device *dev, const struct bin_attribute *attr)
{
	if (dev)
		sysfs_remove_bin_file(&dev->kobj, attr);
}
EXPORT_SYMBOL_GPL(device_remove_bin_file);

int device_add_groups(struct device *dev, const struct attribute_group **groups)
{
	return sysfs_create_groups(&dev->kobj, groups);
}
EXPORT_SYMBOL_GPL(device_add_groups);

void device_remove_groups(struct device *dev, const struct attribute_group **groups)
{
	sysfs_remove_groups(&dev->kobj, groups);
}
EXPORT_SYMBOL_GPL(device_remove_groups);

static void groups_release(struct device *dev, void *res)
{
	device_remove_groups(dev, *(const struct attribute_group ***)res);
}

/* devm_device_add_groups - attributes that go with the driver. Return: as device_add_groups(). */
int devm_device_add_groups(struct device *dev, const struct attribute_group **groups)
{
	const struct attribute_group ***res = devres_alloc(groups_release, sizeof(*res), GFP_KERNEL);
	int err;

	if (!res)
		return -ENOMEM;
	err = device_add_groups(dev, groups);
	if (err) {
		devres_free(res);
		return err;
	}
	*res = groups;
	devres_add(dev, res);
	return 0;
}
EXPORT_SYMBOL_GPL(devm_device_add_groups);

static void group_release(struct device *dev, void *res)
{
	device_remove_group(dev, *(const struct attribute_group **)res);
}

int devm_device_add_group(struct device *dev, const struct attribute_group *grp)
{
	const struct attribute_group **res = devres_alloc(group_release, sizeof(*res), GFP_KERNEL);
	int err;

	if (!res)
		return -ENOMEM;
	err = device_add_group(dev, grp);
	if (err) {
		devres_free(res);
		return err;
	}
	*res = grp;
	devres_add(dev, res);
	return 0;
}
EXPORT_SYMBOL_GPL(devm_device_add_group);

/* -- Variables as attributes: DEVICE_INT_ATTR() and others ------------------------------------- */

static void *ext_var(struct device_attribute *attr)
{
	return container_of(attr, struct dev_ext_attribute, attr)->var;
}

#define EXT_ATTR(name, type, format, parse)				\
ssize_t device_show_##name(struct device *dev, struct device_attribute *attr, char *buf) \
{									\
	return sysfs_emit(buf, format, READ_ONCE(*(type *)ext_var(attr))); \
}									\
EXPORT_SYMBOL_GPL(device_show_##name);					\
ssize_t device_store_##name(struct device *dev, struct device_attribute *attr, const char *buf, \
			    size_t count)				\
{									\
	type v;								\
	int err = parse;						\
									\
	if (err)							\
		return err;						\
	WRITE_ONCE(*(type *)ext_var(attr), v);				\
	return count;							\
}									\
EXPORT_SYMBOL_GPL(device_store_##name)

EXT_ATTR(ulong, unsigned long, "%lx\n", kstrtoul(buf, 0, &v));
EXT_ATTR(int, int, "%d\n", kstrtoint(buf, 0, &v));
EXT_ATTR(bool, bool, "%d\n", kstrtobool(buf, &v));
