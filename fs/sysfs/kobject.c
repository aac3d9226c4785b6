/* SPDX-License-Identifier: MIT */
/*
 * Objects: see linux/kobject.h.
 *
 * An object that is in sysfs holds its parent and its kset; what is in the parent's
 * directory is thus gone before the parent is freed. Who adds and removes an object sees
 * to it that this is done by one task at a time.
 */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/kobject.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "internals.h"

static ssize_t kobj_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct kobj_attribute *kattr = container_of(attr, struct kobj_attribute, attr);

	return kattr->show ? kattr->show(kobj, kattr, buf) : -EIO;
}

static ssize_t kobj_attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
			       size_t count)
{
	struct kobj_attribute *kattr = container_of(attr, struct kobj_attribute, attr);

	return kattr->store ? kattr->store(kobj, kattr, buf, count) : -EIO;
}

const struct sysfs_ops kobj_sysfs_ops = {
	.show	= kobj_attr_show,
	.store	= kobj_attr_store,
};
EXPORT_SYMBOL_GPL(kobj_sysfs_ops);

/**
 * kobject_init - make a zeroed object usable; one reference, the caller's
 * @kobj: the object
 * @ktype: what it is
 *
 * From here on only kobject_put() frees it.
 */
void kobject_init(struct kobject *kobj, const struct kobj_type *ktype)
{
	if (WARN(!kobj || !ktype, "kobject (%p): must have a ktype to be initialized properly!\n",
		 kobj))
		return;
	if (kobj->state_initialized) {
		pr_err("kobject (%p): tried to init an initialized object, something is seriously wrong.\n",
		       kobj);
		dump_stack();
	}
	kref_init(&kobj->kref);
	INIT_LIST_HEAD(&kobj->entry);
	kobj->state_in_sysfs = 0;
	kobj->state_add_uevent_sent = 0;
	kobj->state_remove_uevent_sent = 0;
	kobj->state_initialized = 1;
	kobj->ktype = ktype;
}
EXPORT_SYMBOL(kobject_init);

/* kobject_set_name_vargs - name it, unless it has a name and @fmt is NULL. 0 or -ENOMEM. */
int kobject_set_name_vargs(struct kobject *kobj, const char *fmt, va_list vargs)
{
	char *name, *p;

	if (kobj->name && !fmt)
		return 0;
	name = kvasprintf(GFP_KERNEL, fmt, vargs);
	if (!name)
		return -ENOMEM;
	/* A slash can't be in the name of a file; device names have some. */
	for (p = name; (p = strchr(p, '/')); )
		*p = '!';
	kfree(kobj->name);
	kobj->name = name;
	return 0;
}

int kobject_set_name(struct kobject *kobj, const char *fmt, ...)
{
	va_list args;
	int err;

	va_start(args, fmt);
	err = kobject_set_name_vargs(kobj, fmt, args);
	va_end(args);
	return err;
}
EXPORT_SYMBOL(kobject_set_name);

static void join_kset(struct kobject *kobj)
{
	if (!kobj->kset)
		return;
	kset_get(kobj->kset);
	spin_lock(&kobj->kset->list_lock);
	list_add_tail(&kobj->entry, &kobj->kset->list);
	spin_unlock(&kobj->kset->list_lock);
}

static void leave_kset(struct kobject *kobj)
{
	if (!kobj->kset)
		return;
	spin_lock(&kobj->kset->list_lock);
	list_del_init(&kobj->entry);
	spin_unlock(&kobj->kset->list_lock);
	kset_put(kobj->kset);
}

static int make_dir(struct kobject *kobj)
{
	int err = sysfs_create_dir_ns(kobj, NULL);

	if (!err) {
		err = sysfs_create_groups(kobj, kobj->ktype->default_groups);
		if (err)
			sysfs_remove_dir(kobj);
	}
	return err;
}

static int add(struct kobject *kobj)
{
	struct kobject *parent = kobject_get(kobj->parent);
	int err;

	if (WARN(!kobj->name || !kobj->name[0],
		 "kobject: (%p): attempted to be registered with empty name!\n", kobj)) {
		kobject_put(parent);
		return -EINVAL;
	}
	if (kobj->kset && !parent)
		parent = kobject_get(&kobj->kset->kobj);
	join_kset(kobj);
	kobj->parent = parent;
	err = make_dir(kobj);
	if (!err) {
		kobj->state_in_sysfs = 1;
		return 0;
	}
	leave_kset(kobj);
	if (err == -EEXIST)
		pr_err("kobject_add_internal failed for %s with -EEXIST, don't try to register things with the same name in the same directory.\n",
		       kobject_name(kobj));
	else
		pr_err("kobject_add_internal failed for %s (error: %d parent: %s)\n",
		       kobject_name(kobj), err, parent ? kobject_name(parent) : "'none'");
	kobject_put(parent);
	kobj->parent = NULL;
	return err;
}

static __printf(3, 0) int add_varg(struct kobject *kobj, struct kobject *parent, const char *fmt,
				   va_list args)
{
	int err = kobject_set_name_vargs(kobj, fmt, args);

	if (err) {
		pr_err("kobject: can not set name properly!\n");
		return err;
	}
	kobj->parent = parent;
	return add(kobj);
}

/**
 * kobject_add - name an object, and make its directory
 * @kobj: after kobject_init()
 * @parent: in whose directory; NULL: its kset's, or the root
 * @fmt: its name, as printf
 *
 * After an error the object is still to be let go of by kobject_put().
 *
 * Context: process, may sleep.
 * Return: 0; -EINVAL: no object, not initialised, or no name; -EEXIST; -ENOENT; -ENOMEM.
 */
int kobject_add(struct kobject *kobj, struct kobject *parent, const char *fmt, ...)
{
	va_list args;
	int err;

	if (!kobj)
		return -EINVAL;
	if (!kobj->state_initialized) {
		pr_err("kobject '%s' (%p): tried to add an uninitialized object, something is seriously wrong.\n",
		       kobject_name(kobj), kobj);
		dump_stack();
		return -EINVAL;
	}
	va_start(args, fmt);
	err = add_varg(kobj, parent, fmt, args);
	va_end(args);
	return err;
}
EXPORT_SYMBOL(kobject_add);

/* kobject_init_and_add - both; after an error too, let go of it by kobject_put() */
int kobject_init_and_add(struct kobject *kobj, const struct kobj_type *ktype,
			 struct kobject *parent, const char *fmt, ...)
{
	va_list args;
	int err;

	kobject_init(kobj, ktype);
	va_start(args, fmt);
	err = add_varg(kobj, parent, fmt, args);
	va_end(args);
	return err;
}
EXPORT_SYMBOL_GPL(kobject_init_and_add);

/**
 * kobject_del - remove the directory of an object, with all that is in it
 * @kobj: the object, or NULL; it stays the caller's
 *
 * Context: process, may sleep: waits for the show() and store() of its attributes.
 */
void kobject_del(struct kobject *kobj)
{
	struct kobject *parent;

	if (!kobj)
		return;
	parent = kobj->state_in_sysfs ? kobj->parent : NULL;
	if (kobj->sd)
		sysfs_remove_groups(kobj, kobj->ktype->default_groups);
	if (kobj->state_add_uevent_sent && !kobj->state_remove_uevent_sent)
		kobject_uevent(kobj, KOBJ_REMOVE);
	sysfs_remove_dir(kobj);
	if (kobj->state_in_sysfs)
		leave_kset(kobj);
	kobj->state_in_sysfs = 0;
	kobj->parent = NULL;
	kobject_put(parent);
}
EXPORT_SYMBOL(kobject_del);

/* kobject_rename - another name for it. Return: 0; -EINVAL; -ENOENT not in sysfs; -EEXIST; -ENOMEM. */
int kobject_rename(struct kobject *kobj, const char *new_name)
{
	char *name;
	int err;

	if (!kobj || !new_name[0])
		return -EINVAL;
	if (!kobj->sd)
		return -ENOENT;
	name = kstrdup(new_name, GFP_KERNEL);
	if (!name)
		return -ENOMEM;
	err = sysfs_rename(kobj->sd, new_name);
	if (err) {
		kfree(name);
		return err;
	}
	kfree(kobj->name);
	kobj->name = name;
	return 0;
}
EXPORT_SYMBOL_GPL(kobject_rename);

/* -- References ----------------------------------------------------------------------------- */

static void kobject_release(struct kref *kref)
{
	struct kobject *kobj = container_of(kref, struct kobject, kref);
	const char *name = kobj->name;

	if (kobj->state_in_sysfs)
		kobject_del(kobj);
	if (kobj->ktype && kobj->ktype->release)
		kobj->ktype->release(kobj);
	else
		pr_debug("kobject: '%s' (%p): does not have a release() function, it is broken and must be fixed.\n",
			 name, kobj);
	kfree(name);
}

/** kobject_get - hold an object; NULL is let through */
struct kobject *kobject_get(struct kobject *kobj)
{
	if (kobj) {
		WARN(!kobj->state_initialized,
		     "kobject: '%s' (%p): is not initialized, yet kobject_get() is being called.\n",
		     kobject_name(kobj), kobj);
		kref_get(&kobj->kref);
	}
	return kobj;
}
EXPORT_SYMBOL(kobject_get);

struct kobject *kobject_get_unless_zero(struct kobject *kobj)
{
	return kobj && kref_get_unless_zero(&kobj->kref) ? kobj : NULL;
}
EXPORT_SYMBOL(kobject_get_unless_zero);

/** kobject_put - let go of it; the last one removes and releases it. Process context, may sleep. */
void kobject_put(struct kobject *kobj)
{
	if (!kobj)
		return;
	WARN(!kobj->state_initialized,
	     "kobject: '%s' (%p): is not initialized, yet kobject_put() is being called.\n",
	     kobject_name(kobj), kobj);
	kref_put(&kobj->kref, kobject_release);
}
EXPORT_SYMBOL(kobject_put);

/* -- Plain objects: a directory and nothing else ------------------------------------------------ */

static void dynamic_release(struct kobject *kobj)
{
	kfree(kobj);
}

static const struct kobj_type dynamic_ktype = {
	.release	= dynamic_release,
	.sysfs_ops	= &kobj_sysfs_ops,
};

/**
 * kobject_create_and_add - a directory in /sys for attributes of struct kobj_attribute
 * @name: its name
 * @parent: in whose directory; NULL: the root
 *
 * Context: process, may sleep. Return: the object, to be let go of by kobject_put(); NULL.
 */
struct kobject *kobject_create_and_add(const char *name, struct kobject *parent)
{
	struct kobject *kobj = kzalloc(sizeof(*kobj), GFP_KERNEL);
	int err;

	if (!kobj)
		return NULL;
	kobject_init(kobj, &dynamic_ktype);
	err = kobject_add(kobj, parent, "%s", name);
	if (err) {
		pr_warn("kobject_create_and_add: kobject_add error: %d\n", err);
		kobject_put(kobj);
		return NULL;
	}
	return kobj;
}
EXPORT_SYMBOL_GPL(kobject_create_and_add);

/* kobject_get_path - where it is below the mount point, allocated: "/kernel/name"; or NULL */
char *kobject_get_path(struct kobject *kobj, gfp_t flag)
{
	struct kobject *k;
	size_t len = 1, n;
	char *path;

	for (k = kobj; k; k = k->parent) {
		if (!kobject_name(k))
			return NULL;
		len += strlen(kobject_name(k)) + 1;
	}
	path = kzalloc(len, flag);
	if (!path)
		return NULL;
	for (len--, k = kobj; k; k = k->parent) {
		n = strlen(kobject_name(k));
		len -= n;
		memcpy(path + len, kobject_name(k), n);
		path[--len] = '/';
	}
	return path;
}
EXPORT_SYMBOL_GPL(kobject_get_path);
