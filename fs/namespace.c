/* SPDX-License-Identifier: MIT */
/*
 * mount() and umount2(), for programs.
 *
 * There is one tree of mounts, which all processes see. A directory can't be mounted elsewhere
 * (MS_BIND), nor a mount be moved: both are refused.
 */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <uapi/linux/mount.h>
#include "internals.h"

#define MS_PROPAGATION	(MS_SHARED | MS_PRIVATE | MS_SLAVE | MS_UNBINDABLE)

/* A string of at most a page; NULL stays NULL. */
static char *copy_string(const char __user *s)
{
	char *copy;
	long len;

	if (!s)
		return NULL;
	copy = kmalloc(PAGE_SIZE, GFP_KERNEL);
	if (!copy)
		return ERR_PTR(-ENOMEM);
	len = strncpy_from_user(copy, s, PAGE_SIZE);
	if (len < 0 || len == PAGE_SIZE) {
		kfree(copy);
		return ERR_PTR(len < 0 ? len : -EINVAL);
	}
	return copy;
}

/* How mounts of other name spaces would follow: there are none, so all are private as it is. */
static int set_propagation(const struct path *path, unsigned long flags)
{
	if (path->dentry != path->mnt->mnt_root)
		return -EINVAL;
	return (flags & MS_PROPAGATION) == MS_PRIVATE ? 0 : -EINVAL;
}

static int mount_at(const char *dev, struct path *path, const char *type, unsigned long flags, char *data)
{
	if (flags & MS_REMOUNT)
		return path_remount(path, flags);
	if (flags & (MS_BIND | MS_MOVE)) {
		pr_info_ratelimited("%s[%d]: mounts can't be bound or moved\n", current->comm,
				    current->pid);
		return -EINVAL;
	}
	if (flags & MS_PROPAGATION)
		return set_propagation(path, flags);
	return type ? path_mount(dev, path, type, flags, data) : -EINVAL;
}

static int mount_user(const char *dev, const char __user *dir, const char *type, unsigned long flags,
		      char *data)
{
	struct path path;
	int err;

	if ((flags & MS_MGC_MSK) == MS_MGC_VAL)
		flags &= ~MS_MGC_MSK;
	err = user_path_at(AT_FDCWD, dir, 0, &path);
	if (err)
		return err;
	err = mount_at(dev, &path, type, flags, data);
	path_put(&path);
	return err;
}

SYSCALL_DEFINE5(mount, const char __user *, dev, const char __user *, dir, const char __user *, type,
		unsigned long, flags, const char __user *, data)
{
	char *strings[3] = { copy_string(dev), copy_string(type), copy_string(data) };
	int i, err = 0;

	for (i = 0; i < 3; i++)
		err = err ?: PTR_ERR_OR_ZERO(strings[i]);
	if (!err)
		err = mount_user(strings[0], dir, strings[1], flags, strings[2]);
	for (i = 0; i < 3; i++)
		if (!IS_ERR(strings[i]))
			kfree(strings[i]);
	return err;
}

SYSCALL_DEFINE2(umount2, const char __user *, name, int, flags)
{
	struct path path;
	int err;

	if (flags & ~(MNT_FORCE | MNT_DETACH | UMOUNT_NOFOLLOW))
		return -EINVAL;
	err = user_path_at(AT_FDCWD, name, flags & UMOUNT_NOFOLLOW ? AT_SYMLINK_NOFOLLOW : 0, &path);
	return err ?: path_umount(&path, flags & MNT_DETACH);
}
