/* SPDX-License-Identifier: MIT */
/* Classes: devices by what they are for, whatever they hang off. */
#ifndef _LINUX_DEVICE_CLASS_H
#define _LINUX_DEVICE_CLASS_H

#include <linux/kobject.h>
#include <linux/lockdep_types.h>
#include <linux/types.h>

struct class_private;
struct device;
struct dev_pm_ops;
struct module;

/**
 * struct class - a class of devices
 * @name: of its directory in /sys/class
 * @owner: its module
 * @class_groups: attributes of the class
 * @dev_groups: of each device in it
 * @dev_kobj: unused here
 * @dev_uevent: add to the words of a device's event
 * @devnode: name of a device's file in /dev (allocated, or NULL), and its mode
 * @class_release: frees the class
 * @dev_release: frees a device that has no release of its own
 * @shutdown_pre: unused here
 * @ns_type: unused here, as are the following two
 * @pm: the machine does not sleep
 * @p: the core's
 */
struct class {
	const char		*name;
	struct module		*owner;
	const struct attribute_group **class_groups;
	const struct attribute_group **dev_groups;
	struct kobject		*dev_kobj;

	int			(*dev_uevent)(struct device *dev, struct kobj_uevent_env *env);
	char			*(*devnode)(struct device *dev, umode_t *mode);
	void			(*class_release)(struct class *class);
	void			(*dev_release)(struct device *dev);
	int			(*shutdown_pre)(struct device *dev);
	const struct kobj_ns_type_operations *ns_type;
	const void		*(*namespace)(struct device *dev);
	void			(*get_ownership)(struct device *dev, kuid_t *uid, kgid_t *gid);
	const struct dev_pm_ops	*pm;

	struct class_private	*p;
};

int __must_check __class_register(struct class *class, struct lock_class_key *key);
void class_unregister(struct class *class);
struct class * __must_check __class_create(struct module *owner, const char *name,
					   struct lock_class_key *key);
void class_destroy(struct class *cls);

#define class_register(class)						\
({	static struct lock_class_key __key;				\
	__class_register(class, &__key); })
#define class_create(owner, name)					\
({	static struct lock_class_key __key;				\
	__class_create(owner, name, &__key); })

int class_for_each_device(struct class *class, struct device *start, void *data,
			  int (*fn)(struct device *dev, void *data));
struct device *class_find_device(struct class *class, struct device *start, const void *data,
				 int (*match)(struct device *dev, const void *data));
struct device *class_find_device_by_name(struct class *class, const char *name);
struct device *class_find_device_by_devt(struct class *class, dev_t devt);

struct class_attribute {
	struct attribute attr;
	ssize_t (*show)(struct class *class, struct class_attribute *attr, char *buf);
	ssize_t (*store)(struct class *class, struct class_attribute *attr, const char *buf,
			 size_t count);
};
#define CLASS_ATTR_RW(_name)	struct class_attribute class_attr_##_name = __ATTR_RW(_name)
#define CLASS_ATTR_RO(_name)	struct class_attribute class_attr_##_name = __ATTR_RO(_name)
#define CLASS_ATTR_WO(_name)	struct class_attribute class_attr_##_name = __ATTR_WO(_name)

int __must_check class_create_file_ns(struct class *class, const struct class_attribute *attr,
				      const void *ns);
void class_remove_file_ns(struct class *class, const struct class_attribute *attr, const void *ns);

static inline int __must_check class_create_file(struct class *class,
						 const struct class_attribute *attr)
{
	return class_create_file_ns(class, attr, NULL);
}

static inline void class_remove_file(struct class *class, const struct class_attribute *attr)
{
	class_remove_file_ns(class, attr, NULL);
}

struct class_attribute_string {
	struct class_attribute	attr;
	char			*str;
};
#define _CLASS_ATTR_STRING(_name, _mode, _str) \
	{ __ATTR(_name, _mode, show_class_attr_string, NULL), _str }
#define CLASS_ATTR_STRING(_name, _mode, _str) \
	struct class_attribute_string class_attr_##_name = _CLASS_ATTR_STRING(_name, _mode, _str)
ssize_t show_class_attr_string(struct class *class, struct class_attribute *attr, char *buf);

#endif
