/* SPDX-License-Identifier: MIT */
/* Links from one object's directory to another's, relative, so that /sys can be mounted anywhere. */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "internals.h"

/* "../" for each directory from @from up to the root, then down to @to: freed by the caller. */
static char *relative_path(struct dentry *from, struct dentry *to)
{
	char *buf = (char *)__get_free_page(GFP_KERNEL), *a, *b, *target = NULL;
	char *other = kmalloc(PAGE_SIZE, GFP_KERNEL), *p, *q;
	unsigned int ups = 0, i;

	if (!buf || !other)
		goto out;
	a = dentry_path_raw(from, buf, PAGE_SIZE);
	b = dentry_path_raw(to, other, PAGE_SIZE);
	if (IS_ERR(a) || IS_ERR(b))
		goto out;
	/* What both have in common is left out, name by name. */
	for (p = a, q = b; *p && *p == *q; p++, q++)
		if (*p == '/') {
			a = p;
			b = q;
		}
	if ((!*p && *q == '/') || (!*q && *p == '/') || (!*p && !*q)) {
		a = p;
		b = q;
	}
	for (p = a; *p; p++)
		ups += *p == '/' && p[1];
	if (*b == '/')
		b++;
	target = kmalloc(3 * ups + strlen(b) + 1, GFP_KERNEL);
	if (!target)
		goto out;
	for (i = 0; i < ups; i++)
		memcpy(target + 3 * i, "../", 3);
	strcpy(target + 3 * ups, b);
out:
	free_page((unsigned long)buf);
	kfree(other);
	return target;
}

int sysfs_add_link(struct kernfs_node *parent, struct kobject *target, const char *name, bool warn)
{
	struct kernfs_node template = { .kobj = target }, *node;
	struct kernfs_node *to = target->sd;
	char *path;

	if (!to || !parent)
		return -ENOENT;
	path = relative_path(parent->dentry, to->dentry);
	if (!path)
		return -ENOMEM;
	node = sysfs_add(parent, name, S_IFLNK | 0777, &template, path);
	if (warn && PTR_ERR_OR_ZERO(node) == -EEXIST)
		sysfs_warn_dup(parent, name);
	return PTR_ERR_OR_ZERO(node);
}

/**
 * sysfs_create_link - make a link to another object
 * @kobj: in whose directory; NULL: the root
 * @target: the other
 * @name: of the link
 *
 * Context: process, may sleep. Return: 0; -EEXIST; -ENOENT: @target is not in sysfs;
 * -EFAULT: @kobj is not; -ENOMEM.
 */
int sysfs_create_link(struct kobject *kobj, struct kobject *target, const char *name)
{
	return kobj_dir(kobj) ? sysfs_add_link(kobj_dir(kobj), target, name, true) : -EFAULT;
}
EXPORT_SYMBOL_GPL(sysfs_create_link);

/* sysfs_create_link_nowarn - the same, and it may be there already */
int sysfs_create_link_nowarn(struct kobject *kobj, struct kobject *target, const char *name)
{
	return kobj_dir(kobj) ? sysfs_add_link(kobj_dir(kobj), target, name, false) : -EFAULT;
}
EXPORT_SYMBOL_GPL(sysfs_create_link_nowarn);

void sysfs_remove_link(struct kobject *kobj, const char *name)
{
	if (kobj_dir(kobj))
		sysfs_remove_by_name(kobj_dir(kobj), name);
}
EXPORT_SYMBOL_GPL(sysfs_remove_link);
