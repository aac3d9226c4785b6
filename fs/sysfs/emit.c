/* SPDX-License-Identifier: MIT */
/* What owners of attributes say: to pollers that a value changed, to readers the value. */
#include <linux/export.h>
#include <linux/mm.h>
#include <linux/sprintf.h>
#include "internals.h"

/* -- Telling pollers ---------------------------------------------------------------------------- */

/* sysfs_notify_dirent - wake whoever polls the file. Any context but NMI. */
void sysfs_notify_dirent(struct kernfs_node *kn)
{
	atomic_inc(&kn->event);
	wake_up_interruptible(&kn->poll);
}
EXPORT_SYMBOL_GPL(sysfs_notify_dirent);

/* sysfs_get_dirent - find the file to notify; sysfs_put() it. Process context. */
struct kernfs_node *sysfs_get_dirent(struct kernfs_node *parent, const char *name)
{
	struct dentry *dentry = pinned_find(parent->dentry, name);

	return dentry ? inode_node(dentry->d_inode) : NULL;
}
EXPORT_SYMBOL_GPL(sysfs_get_dirent);

void sysfs_put(struct kernfs_node *kn)
{
	if (kn)
		dput(kn->dentry);
}
EXPORT_SYMBOL_GPL(sysfs_put);

/* sysfs_notify - the same by name: @attr, in the group @dir unless that is NULL */
void sysfs_notify(struct kobject *kobj, const char *dir, const char *attr)
{
	struct kernfs_node *where = NULL, *kn = NULL;

	if (kobj->sd && dir)
		where = sysfs_get_dirent(kobj->sd, dir);
	if (kobj->sd && attr && (where || !dir))
		kn = sysfs_get_dirent(where ?: kobj->sd, attr);
	if (kn)
		sysfs_notify_dirent(kn);
	sysfs_put(kn);
	sysfs_put(where);
}
EXPORT_SYMBOL_GPL(sysfs_notify);

/* -- Printing ----------------------------------------------------------------------------------- */

/**
 * sysfs_emit - print into the page that a show() got
 * @buf: the page
 * @fmt: as printf
 *
 * Return: characters printed, without what did not fit; 0 when @buf is not a page.
 */
int sysfs_emit(char *buf, const char *fmt, ...)
{
	va_list args;
	int len;

	if (WARN(!buf || offset_in_page(buf), "invalid sysfs_emit: buf:%p\n", buf))
		return 0;
	va_start(args, fmt);
	len = vscnprintf(buf, PAGE_SIZE, fmt, args);
	va_end(args);
	return len;
}
EXPORT_SYMBOL_GPL(sysfs_emit);

/* sysfs_emit_at - the same from offset @at of the page */
int sysfs_emit_at(char *buf, int at, const char *fmt, ...)
{
	va_list args;
	int len;

	if (WARN(!buf || offset_in_page(buf) || at < 0 || at >= (int)PAGE_SIZE,
		 "invalid sysfs_emit_at: buf:%p at:%d\n", buf, at))
		return 0;
	va_start(args, fmt);
	len = vscnprintf(buf + at, PAGE_SIZE - at, fmt, args);
	va_end(args);
	return len;
}
EXPORT_SYMBOL_GPL(sysfs_emit_at);
