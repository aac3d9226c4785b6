/* SPDX-License-Identifier: MIT */
/*
 * Classes: /sys/class/NAME with a link to each device in it.
 *
 * A device that hangs off one of another kind lies in a directory of its class's name
 * there ("/sys/devices/.../net/eth0"); one that hangs off nothing, in
 * "/sys/devices/virtual/NAME". Such directories come with the first device in them and go
 * with the last.
 */
#include <linux/export.h>
#include <linux/init.h>
#include <linux/panic.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "internals.h"

static struct kset *class_kset;			/* /sys/class */
static struct kobject *virtual_kobj;		/* /sys/devices/virtual */

struct class_dir {
	struct kobject		kobj;
	struct list_head	list;
	struct class		*class;
	struct kobject		*parent;
	unsigned int		users;		/* devices in it */
};

static DEFINE_MUTEX(dirs_lock);			/* guards class_dirs and users */
static LIST_HEAD(class_dirs);

static ssize_t class_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct class_attribute *cattr = container_of(attr, struct class_attribute, attr);
	struct class_private *p = container_of(to_kset(kobj), struct class_private, subsys);

	return cattr->show ? cattr->show(p->class, cattr, buf) : -EIO;
}

static ssize_t class_attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
				size_t count)
{
	struct class_attribute *cattr = container_of(attr, struct class_attribute, attr);
	struct class_private *p = container_of(to_kset(kobj), struct class_private, subsys);

	return cattr->store ? cattr->store(p->class, cattr, buf, count) : -EIO;
}

static const struct sysfs_ops class_sysfs_ops = {
	.show	= class_attr_show,
	.store	= class_attr_store,
};

static void class_private_release(struct kobject *kobj)
{
	struct class_private *p = container_of(to_kset(kobj), struct class_private, subsys);
	struct class *class = p->class;

	if (class->class_release)
		class->class_release(class);
	kfree(p);
}

static const struct kobj_type class_ktype = {
	.sysfs_ops	= &class_sysfs_ops,
	.release	= class_private_release,
};

/**
 * __class_register - class_register(): make a class known
 * @class: lives until class_unregister()
 * @key: unused
 *
 * Context: process, may sleep. Return: 0; -EEXIST: the name is taken; -ENOMEM.
 */
int __class_register(struct class *class, struct lock_class_key *key)
{
	struct class_private *p = kzalloc(sizeof(*p), GFP_KERNEL);
	int err;

	if (!p)
		return -ENOMEM;
	p->class = class;
	mutex_init(&p->lock);
	INIT_LIST_HEAD(&p->devices);
	err = kobject_set_name(&p->subsys.kobj, "%s", class->name);
	if (err) {
		kfree(p);
		return err;
	}
	p->subsys.kobj.kset = class_kset;
	p->subsys.kobj.ktype = &class_ktype;
	err = kset_register(&p->subsys);
	if (err) {
		kfree(p->subsys.kobj.name);
		kfree(p);
		return err;
	}
	class->p = p;
	err = sysfs_create_groups(&p->subsys.kobj, class->class_groups);
	if (err) {
		/* Its maker frees the class after an error: so that it is not released too. */
		static struct class nobody;

		p->class = &nobody;
		class->p = NULL;
		kset_unregister(&p->subsys);
	}
	return err;
}
EXPORT_SYMBOL_GPL(__class_register);

/** class_unregister - forget a class that has no devices */
void class_unregister(struct class *class)
{
	struct class_private *p = class->p;

	WARN_ON(!list_empty(&p->devices));
	sysfs_remove_groups(&p->subsys.kobj, class->class_groups);
	kset_unregister(&p->subsys);
}
EXPORT_SYMBOL_GPL(class_unregister);

static void class_free(struct class *class)
{
	kfree(class);
}

/**
 * __class_create - class_create(): make a class in memory of its own
 * @owner: THIS_MODULE
 * @name: lives as long as the class
 * @key: unused
 *
 * Context: process, may sleep. Return: the class, for class_destroy(); ERR_PTR: as class_register().
 */
struct class *__class_create(struct module *owner, const char *name, struct lock_class_key *key)
{
	struct class *class = kzalloc(sizeof(*class), GFP_KERNEL);
	int err;

	if (!class)
		return ERR_PTR(-ENOMEM);
	class->name = name;
	class->owner = owner;
	class->class_release = class_free;
	err = __class_register(class, key);
	if (err) {
		kfree(class);
		return ERR_PTR(err);
	}
	return class;
}
EXPORT_SYMBOL_GPL(__class_create);

/** class_destroy - undo class_create(); NULL and errors are let through */
void class_destroy(struct class *cls)
{
	if (!IS_ERR_OR_NULL(cls))
		class_unregister(cls);
}
EXPORT_SYMBOL_GPL(class_destroy);

int class_create_file_ns(struct class *class, const struct class_attribute *attr, const void *ns)
{
	return class ? sysfs_create_file(&class->p->subsys.kobj, &attr->attr) : -EINVAL;
}
EXPORT_SYMBOL_GPL(class_create_file_ns);

void class_remove_file_ns(struct class *class, const struct class_attribute *attr, const void *ns)
{
	if (class)
		sysfs_remove_file(&class->p->subsys.kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(class_remove_file_ns);

ssize_t show_class_attr_string(struct class *class, struct class_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%s\n",
			  container_of(attr, struct class_attribute_string, attr)->str);
}
EXPORT_SYMBOL_GPL(show_class_attr_string);

/* -- Its devices -------------------------------------------------------------------------------- */

int class_add_device(struct device *dev)
{
	struct class_private *p = dev->class ? dev->class->p : NULL;
	int err;

	if (!p)
		return 0;
	err = sysfs_create_link(&dev->kobj, &p->subsys.kobj, "subsystem");
	if (err)
		return err;
	if (dev->parent) {
		err = sysfs_create_link(&dev->kobj, &dev->parent->kobj, "device");
		if (err)
			goto subsystem;
	}
	err = sysfs_create_link(&p->subsys.kobj, &dev->kobj, dev_name(dev));
	if (err)
		goto device;
	mutex_lock(&p->lock);
	list_add_tail(&dev->class_node, &p->devices);
	mutex_unlock(&p->lock);
	return 0;
device:
	sysfs_remove_link(&dev->kobj, "device");
subsystem:
	sysfs_remove_link(&dev->kobj, "subsystem");
	return err;
}

void class_remove_device(struct device *dev)
{
	struct class_private *p = dev->class ? dev->class->p : NULL;

	if (!p)
		return;
	mutex_lock(&p->lock);
	list_del_init(&dev->class_node);
	mutex_unlock(&p->lock);
	sysfs_remove_link(&p->subsys.kobj, dev_name(dev));
	sysfs_remove_link(&dev->kobj, "device");
	sysfs_remove_link(&dev->kobj, "subsystem");
}

/**
 * class_find_device - the first device after @start that @match likes
 * Context: process; @match is called under the class's lock.
 * Return: the device, counted; or NULL.
 */
struct device *class_find_device(struct class *class, struct device *start, const void *data,
				 int (*match)(struct device *dev, const void *data))
{
	struct device *dev, *found = NULL;
	bool go = !start;

	if (WARN(!class->p, "class_find_device called for class '%s' before it was initialized",
		 class->name))
		return NULL;
	mutex_lock(&class->p->lock);
	list_for_each_entry(dev, &class->p->devices, class_node) {
		if (go && match(dev, data)) {
			found = get_device(dev);
			break;
		}
		go |= dev == start;
	}
	mutex_unlock(&class->p->lock);
	return found;
}
EXPORT_SYMBOL_GPL(class_find_device);

struct device *class_find_device_by_name(struct class *class, const char *name)
{
	return class_find_device(class, NULL, name, device_match_name);
}
EXPORT_SYMBOL_GPL(class_find_device_by_name);

struct device *class_find_device_by_devt(struct class *class, dev_t devt)
{
	return class_find_device(class, NULL, &devt, device_match_devt);
}
EXPORT_SYMBOL_GPL(class_find_device_by_devt);

/** class_for_each_device - call @fn for each device after @start until it returns non-zero */
int class_for_each_device(struct class *class, struct device *start, void *data,
			  int (*fn)(struct device *dev, void *data))
{
	struct device *dev = class_find_device(class, start, NULL, device_match_any), *next;
	int err = 0;

	while (dev) {
		err = fn(dev, data);
		next = err ? NULL : class_find_device(class, dev, NULL, device_match_any);
		put_device(dev);
		dev = next;
	}
	return err;
}
EXPORT_SYMBOL_GPL(class_for_each_device);

/* -- The directory between a device and its parent ------------------------------------------------ */

static void class_dir_release(struct kobject *kobj)
{
	kfree(container_of(kobj, struct class_dir, kobj));
}

static const struct kobj_type class_dir_ktype = {
	.release	= class_dir_release,
	.sysfs_ops	= &kobj_sysfs_ops,
};

/* The lock is held. */
static struct class_dir *find_dir(struct class *class, struct kobject *parent)
{
	struct class_dir *dir;

	list_for_each_entry(dir, &class_dirs, list)
		if (dir->class == class && dir->parent == parent)
			return dir;
	return NULL;
}

static struct class_dir *new_dir(struct class *class, struct kobject *parent)
{
	struct class_dir *dir = kzalloc(sizeof(*dir), GFP_KERNEL);
	int err;

	if (!dir)
		return ERR_PTR(-ENOMEM);
	dir->class = class;
	dir->parent = parent;
	err = kobject_init_and_add(&dir->kobj, &class_dir_ktype, parent, "%s", class->name);
	if (err) {
		kobject_put(&dir->kobj);
		return ERR_PTR(err);
	}
	list_add(&dir->list, &class_dirs);
	return dir;
}

/* Say where the directory of @dev goes. Return: 0; -ENOMEM, -EEXIST. Undo by class_dir_put(). */
int class_dir_get(struct device *dev, struct kobject **parent)
{
	struct kobject *above = dev->parent ? &dev->parent->kobj : NULL;
	struct class_dir *dir;

	*parent = above;
	/* A device of a class below another of a class needs nothing in between. */
	if (!dev->class || (dev->parent && dev->parent->class))
		return 0;
	if (!above)
		above = virtual_kobj;
	mutex_lock(&dirs_lock);
	dir = find_dir(dev->class, above);
	if (!dir)
		dir = new_dir(dev->class, above);
	if (!IS_ERR(dir)) {
		dir->users++;
		dev->class_dir = dir;
		*parent = &dir->kobj;
	}
	mutex_unlock(&dirs_lock);
	return PTR_ERR_OR_ZERO(dir);
}

void class_dir_put(struct device *dev)
{
	struct class_dir *dir = dev->class_dir;

	if (!dir)
		return;
	dev->class_dir = NULL;
	mutex_lock(&dirs_lock);
	if (!--dir->users) {
		list_del(&dir->list);
		kobject_del(&dir->kobj);
		kobject_put(&dir->kobj);
	}
	mutex_unlock(&dirs_lock);
}

static int __init classes_init(void)
{
	class_kset = kset_create_and_add("class", NULL, NULL);
	if (!class_kset)
		panic("no memory for /sys/class");
	return 0;
}
core_initcall(classes_init);

static int __init virtual_init(void)
{
	virtual_kobj = kobject_create_and_add("virtual", &devices_kset->kobj);
	if (!virtual_kobj)
		panic("no memory for /sys/devices/virtual");
	return 0;
}
postcore_initcall(virtual_init);
