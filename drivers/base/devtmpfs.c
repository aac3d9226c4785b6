/* SPDX-License-Identifier: MIT */
/*
 * Files in /dev for devices with a number, made and removed with them.
 *
 * This works in devtmpfs itself, wherever that is mounted. A file that somebody put in the
 * place of ours is not removed: ours are told by their inode's mark.
 */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "internals.h"

static struct vfsmount *mnt;
static DEFINE_MUTEX(lock);		/* one change at a time */
static char mark;			/* its address is the i_private of our files */

/**
 * device_get_devnode - name of a device's file in /dev, and its mode
 * @mode: 0 for the default
 * @tmp: to be freed by the caller: NULL, or where the name lies
 *
 * Return: the name; NULL: no memory.
 */
const char *device_get_devnode(struct device *dev, umode_t *mode, kuid_t *uid, kgid_t *gid,
			       const char **tmp)
{
	char *s, *p;

	*tmp = NULL;
	if (dev->type && dev->type->devnode)
		*tmp = dev->type->devnode(dev, mode, uid, gid);
	if (!*tmp && dev->class && dev->class->devnode)
		*tmp = dev->class->devnode(dev, mode);
	if (*tmp)
		return *tmp;
	if (!strchr(dev_name(dev), '!'))
		return dev_name(dev);
	s = kstrdup(dev_name(dev), GFP_KERNEL);
	for (p = s; p && (p = strchr(p, '!')); )
		*p = '/';
	*tmp = s;
	return s;
}
EXPORT_SYMBOL_GPL(device_get_devnode);

/* The entry of a name in @dir, whose i_rwsem is held; a directory is made if it has to be. */
static struct dentry *enter(struct dentry *dir, const char *name, size_t len, bool make)
{
	struct dentry *d = lookup_one_len(name, dir, len);
	int err;

	if (!IS_ERR(d) && d_is_negative(d)) {
		err = make ? vfs_mkdir(NULL, dir->d_inode, d, 0755) : -ENOENT;
		if (!err) {
			d->d_inode->i_private = &mark;
			return d;
		}
		dput(d);
		d = ERR_PTR(err);
	}
	return d;
}

/* The directory of a file's name (counted), and the last part of the name in *last. */
static struct dentry *directory(const char *name, const char **last, bool make)
{
	struct dentry *dir = dget(mnt->mnt_root), *next;
	const char *slash;

	while ((slash = strchr(name, '/'))) {
		inode_lock(dir->d_inode);
		next = enter(dir, name, slash - name, make);
		inode_unlock(dir->d_inode);
		dput(dir);
		if (IS_ERR(next))
			return next;
		dir = next;
		name = slash + 1;
	}
	*last = name;
	return dir;
}

static int make_node(const char *name, umode_t mode, dev_t devt)
{
	const char *last;
	struct dentry *dir = directory(name, &last, true), *d;
	int err;

	if (IS_ERR(dir))
		return PTR_ERR(dir);
	inode_lock(dir->d_inode);
	d = lookup_one_len(last, dir, strlen(last));
	err = PTR_ERR_OR_ZERO(d);
	if (!err) {
		err = vfs_mknod(NULL, dir->d_inode, d, mode, devt);
		if (!err) {
			d->d_inode->i_mode = mode;
			d->d_inode->i_private = &mark;
		}
		dput(d);
	}
	inode_unlock(dir->d_inode);
	dput(dir);
	return err;
}

/* Directories that we made and that are empty now, from @dir up; drops the reference. */
static void remove_empty(struct dentry *dir)
{
	struct dentry *up;
	int err = 0;

	while (!err && dir != mnt->mnt_root) {
		up = dget_parent(dir);
		inode_lock(up->d_inode);
		err = dir->d_inode->i_private == &mark ? vfs_rmdir(NULL, up->d_inode, dir) : -EPERM;
		inode_unlock(up->d_inode);
		dput(dir);
		dir = up;
	}
	dput(dir);
}

static int remove_node(const char *name, dev_t devt)
{
	const char *last;
	struct dentry *dir = directory(name, &last, false), *d;
	int err;

	if (IS_ERR(dir))
		return PTR_ERR(dir);
	inode_lock(dir->d_inode);
	d = lookup_one_len(last, dir, strlen(last));
	err = PTR_ERR_OR_ZERO(d);
	if (!err) {
		if (d_is_negative(d))
			err = -ENOENT;
		else if (d->d_inode->i_private == &mark && d->d_inode->i_rdev == devt)
			err = vfs_unlink(NULL, dir->d_inode, d, NULL);
		dput(d);
	}
	inode_unlock(dir->d_inode);
	remove_empty(dir);
	return err;
}

/* devtmpfs_create_node - make the file of a device. Return: 0; -EEXIST; -ENOMEM. May sleep. */
int devtmpfs_create_node(struct device *dev)
{
	kuid_t uid = { 0 };
	kgid_t gid = { 0 };
	const char *tmp, *name;
	umode_t mode = 0;
	int err = -ENOMEM;

	name = device_get_devnode(dev, &mode, &uid, &gid, &tmp);
	if (name) {
		mutex_lock(&lock);
		err = make_node(name, S_IFCHR | ((mode ?: 0600) & 0777), dev->devt);
		mutex_unlock(&lock);
	}
	kfree(tmp);
	return err;
}

int devtmpfs_delete_node(struct device *dev)
{
	kuid_t uid = { 0 };
	kgid_t gid = { 0 };
	const char *tmp, *name;
	umode_t mode = 0;
	int err = -ENOMEM;

	name = device_get_devnode(dev, &mode, &uid, &gid, &tmp);
	if (name) {
		mutex_lock(&lock);
		err = remove_node(name, dev->devt);
		mutex_unlock(&lock);
	}
	kfree(tmp);
	return err;
}

static int __init devtmpfs_init(void)
{
	struct file_system_type *type = get_fs_type("devtmpfs");

	mnt = type ? kern_mount(type) : ERR_PTR(-ENODEV);
	return PTR_ERR_OR_ZERO(mnt);
}
core_initcall(devtmpfs_init);
