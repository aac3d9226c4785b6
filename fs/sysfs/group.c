/* SPDX-License-Identifier: MIT */
/* Groups of attributes: made all or none, in the object's directory or one of their own. */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/printk.h>
#include "internals.h"

static void remove_files(struct kernfs_node *dir, const struct attribute_group *grp)
{
	struct attribute *const *attr;
	struct bin_attribute *const *bin;

	for (attr = grp->attrs; attr && *attr; attr++)
		sysfs_remove_by_name(dir, (*attr)->name);
	for (bin = grp->bin_attrs; bin && *bin; bin++)
		sysfs_remove_by_name(dir, (*bin)->attr.name);
}

static int create_files(struct kernfs_node *dir, struct kobject *kobj,
			const struct attribute_group *grp, bool update)
{
	struct attribute *const *attr;
	struct bin_attribute *const *bin;
	umode_t mode;
	int err = 0, i;

	for (i = 0, attr = grp->attrs; attr && *attr && !err; i++, attr++) {
		mode = (*attr)->mode;
		/* An update asks anew which of them are to be seen. */
		if (update)
			sysfs_remove_by_name(dir, (*attr)->name);
		if (grp->is_visible)
			mode = grp->is_visible(kobj, *attr, i);
		if (mode)
			err = sysfs_add_file(dir, kobj, *attr, mode);
	}
	for (i = 0, bin = grp->bin_attrs; bin && *bin && !err; i++, bin++) {
		mode = (*bin)->attr.mode;
		if (update)
			sysfs_remove_by_name(dir, (*bin)->attr.name);
		if (grp->is_bin_visible)
			mode = grp->is_bin_visible(kobj, *bin, i);
		if (mode)
			err = sysfs_add_bin_file(dir, kobj, *bin, mode);
	}
	if (err)
		remove_files(dir, grp);
	return err;
}

static int create_group(struct kobject *kobj, const struct attribute_group *grp, bool update)
{
	struct kernfs_node *dir;
	int err;

	if (WARN_ON(!kobj || (!update && !kobj->sd)))
		return -EINVAL;
	if (!kobj->sd)
		return -EINVAL;
	if (!grp->attrs && !grp->bin_attrs) {
		WARN(1, "sysfs: (bin_)attrs not set by subsystem for group: %s/%s\n",
		     kobject_name(kobj), grp->name ?: "");
		return -EINVAL;
	}
	if (!grp->name)
		return create_files(kobj->sd, kobj, grp, update);
	if (update) {
		dir = sysfs_find(kobj->sd, grp->name);
		return dir ? create_files(dir, kobj, grp, true) : -EINVAL;
	}
	dir = sysfs_add_dir(kobj->sd, grp->name, kobj);
	if (IS_ERR(dir)) {
		if (PTR_ERR(dir) == -EEXIST)
			sysfs_warn_dup(kobj->sd, grp->name);
		return PTR_ERR(dir);
	}
	err = create_files(dir, kobj, grp, false);
	if (err)
		sysfs_remove(dir);
	return err;
}

/**
 * sysfs_create_group - make the files of a group
 * @kobj: the object
 * @grp: lives until sysfs_remove_group()
 *
 * Context: process, may sleep. Return: 0; -EEXIST; -EINVAL: no object, or an empty group; -ENOMEM.
 */
int sysfs_create_group(struct kobject *kobj, const struct attribute_group *grp)
{
	return create_group(kobj, grp, false);
}
EXPORT_SYMBOL_GPL(sysfs_create_group);

/* sysfs_create_groups - all of a list that ends with NULL (or is NULL), or none */
int sysfs_create_groups(struct kobject *kobj, const struct attribute_group **groups)
{
	int i, err;

	for (i = 0; groups && groups[i]; i++) {
		err = create_group(kobj, groups[i], false);
		if (err) {
			while (--i >= 0)
				sysfs_remove_group(kobj, groups[i]);
			return err;
		}
	}
	return 0;
}
EXPORT_SYMBOL_GPL(sysfs_create_groups);

/* sysfs_update_group - ask is_visible() again, and show what it says now */
int sysfs_update_group(struct kobject *kobj, const struct attribute_group *grp)
{
	return create_group(kobj, grp, true);
}
EXPORT_SYMBOL_GPL(sysfs_update_group);

int sysfs_update_groups(struct kobject *kobj, const struct attribute_group **groups)
{
	int err = 0;

	for (; groups && *groups && !err; groups++)
		err = create_group(kobj, *groups, true);
	return err;
}
EXPORT_SYMBOL_GPL(sysfs_update_groups);

/* sysfs_remove_group - undo sysfs_create_group(); nothing of it is in use then */
void sysfs_remove_group(struct kobject *kobj, const struct attribute_group *grp)
{
	struct kernfs_node *dir;

	if (!kobj->sd)
		return;
	if (!grp->name) {
		remove_files(kobj->sd, grp);
		return;
	}
	dir = sysfs_find(kobj->sd, grp->name);
	if (!WARN(!dir, "sysfs group '%s' not found for kobject '%s'\n", grp->name,
		  kobject_name(kobj)))
		sysfs_remove(dir);
}
EXPORT_SYMBOL_GPL(sysfs_remove_group);

void sysfs_remove_groups(struct kobject *kobj, const struct attribute_group **groups)
{
	for (; groups && *groups; groups++)
		sysfs_remove_group(kobj, *groups);
}
EXPORT_SYMBOL_GPL(sysfs_remove_groups);

/* sysfs_merge_group - put attributes into a group that is there. Return: 0; -ENOENT; as above. */
int sysfs_merge_group(struct kobject *kobj, const struct attribute_group *grp)
{
	struct kernfs_node *dir = kobj->sd ? sysfs_find(kobj->sd, grp->name) : NULL;

	return dir ? create_files(dir, kobj, grp, false) : -ENOENT;
}
EXPORT_SYMBOL_GPL(sysfs_merge_group);

void sysfs_unmerge_group(struct kobject *kobj, const struct attribute_group *grp)
{
	struct kernfs_node *dir = kobj->sd ? sysfs_find(kobj->sd, grp->name) : NULL;

	if (dir)
		remove_files(dir, grp);
}
EXPORT_SYMBOL_GPL(sysfs_unmerge_group);

/* The directory of a group, by name; NULL stands for the object's own. */
static struct kernfs_node *group_dir(struct kobject *kobj, const char *group)
{
	if (!kobj->sd || !group)
		return kobj->sd;
	return sysfs_find(kobj->sd, group);
}

int sysfs_add_file_to_group(struct kobject *kobj, const struct attribute *attr, const char *group)
{
	struct kernfs_node *dir = group_dir(kobj, group);

	return dir ? sysfs_add_file(dir, kobj, attr, attr->mode) : -ENOENT;
}
EXPORT_SYMBOL_GPL(sysfs_add_file_to_group);

void sysfs_remove_file_from_group(struct kobject *kobj, const struct attribute *attr,
				  const char *group)
{
	struct kernfs_node *dir = group_dir(kobj, group);

	if (dir)
		sysfs_remove_by_name(dir, attr->name);
}
EXPORT_SYMBOL_GPL(sysfs_remove_file_from_group);

int sysfs_add_link_to_group(struct kobject *kobj, const char *group_name, struct kobject *target,
			    const char *link_name)
{
	struct kernfs_node *dir = group_dir(kobj, group_name);

	return dir ? sysfs_add_link(dir, target, link_name, true) : -ENOENT;
}
EXPORT_SYMBOL_GPL(sysfs_add_link_to_group);

void sysfs_remove_link_from_group(struct kobject *kobj, const char *group_name,
				  const char *link_name)
{
	struct kernfs_node *dir = group_dir(kobj, group_name);

	if (dir)
		sysfs_remove_by_name(dir, link_name);
}
EXPORT_SYMBOL_GPL(sysfs_remove_link_from_group);
