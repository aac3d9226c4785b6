/* SPDX-License-Identifier: MIT */
/* Sets of objects of a kind, and the objects at the root of /sys. */
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kobject.h>
#include <linux/panic.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "internals.h"

struct kobject *kernel_kobj;
EXPORT_SYMBOL_GPL(kernel_kobj);
struct kobject *mm_kobj;
EXPORT_SYMBOL_GPL(mm_kobj);
struct kobject *hypervisor_kobj;
EXPORT_SYMBOL_GPL(hypervisor_kobj);
struct kobject *power_kobj;
EXPORT_SYMBOL_GPL(power_kobj);
struct kobject *firmware_kobj;
EXPORT_SYMBOL_GPL(firmware_kobj);

/* kset_init - make a zeroed set usable; its object's name and type are the caller's affair */
void kset_init(struct kset *kset)
{
	const struct kobj_type *ktype = kset->kobj.ktype;

	kref_init(&kset->kobj.kref);
	INIT_LIST_HEAD(&kset->kobj.entry);
	kset->kobj.state_initialized = 1;
	kset->kobj.ktype = ktype;
	INIT_LIST_HEAD(&kset->list);
	spin_lock_init(&kset->list_lock);
}

/**
 * kset_register - kset_init() a set and add it
 * @kset: its object has a name and a type
 *
 * Context: process, may sleep. Return: 0; as kobject_add().
 */
int kset_register(struct kset *kset)
{
	int err;

	if (!kset)
		return -EINVAL;
	if (!kset->kobj.ktype) {
		pr_err("must have a ktype to be initialized properly!\n");
		return -EINVAL;
	}
	kset_init(kset);
	err = kobject_add(&kset->kobj, kset->kobj.parent, NULL);
	if (err)
		return err;
	kobject_uevent(&kset->kobj, KOBJ_ADD);
	return 0;
}
EXPORT_SYMBOL(kset_register);

/* kset_unregister - remove it, and let go of it */
void kset_unregister(struct kset *kset)
{
	if (!kset)
		return;
	kobject_del(&kset->kobj);
	kobject_put(&kset->kobj);
}
EXPORT_SYMBOL(kset_unregister);

/* kset_find_obj - the object of a name, counted; NULL when there is none, or it is going */
struct kobject *kset_find_obj(struct kset *kset, const char *name)
{
	struct kobject *k, *found = NULL;

	spin_lock(&kset->list_lock);
	list_for_each_entry(k, &kset->list, entry) {
		if (kobject_name(k) && !strcmp(kobject_name(k), name)) {
			found = kobject_get_unless_zero(k);
			break;
		}
	}
	spin_unlock(&kset->list_lock);
	return found;
}
EXPORT_SYMBOL_GPL(kset_find_obj);

static void kset_release(struct kobject *kobj)
{
	kfree(to_kset(kobj));
}

static const struct kobj_type kset_ktype = {
	.sysfs_ops	= &kobj_sysfs_ops,
	.release	= kset_release,
};

/**
 * kset_create_and_add - a set with a directory of its own
 * @name: its name
 * @uevent_ops: a say in its objects' events, or NULL
 * @parent_kobj: in whose directory; NULL: the root
 *
 * Context: process, may sleep. Return: the set, for kset_unregister(); NULL.
 */
struct kset *kset_create_and_add(const char *name, const struct kset_uevent_ops *uevent_ops,
				 struct kobject *parent_kobj)
{
	struct kset *kset = kzalloc(sizeof(*kset), GFP_KERNEL);

	if (!kset)
		return NULL;
	if (kobject_set_name(&kset->kobj, "%s", name)) {
		kfree(kset);
		return NULL;
	}
	kset->uevent_ops = uevent_ops;
	kset->kobj.parent = parent_kobj;
	kset->kobj.ktype = &kset_ktype;
	if (kset_register(kset)) {
		kfree(kset->kobj.name);
		kfree(kset);
		return NULL;
	}
	return kset;
}
EXPORT_SYMBOL_GPL(kset_create_and_add);

static int __init roots_init(void)
{
	kernel_kobj = kobject_create_and_add("kernel", NULL);
	power_kobj = kobject_create_and_add("power", NULL);
	firmware_kobj = kobject_create_and_add("firmware", NULL);
	mm_kobj = kobject_create_and_add("mm", kernel_kobj);
	if (!kernel_kobj || !power_kobj || !firmware_kobj || !mm_kobj)
		panic("no memory for the roots of sysfs");
	return 0;
}
core_initcall(roots_init);
