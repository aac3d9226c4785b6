/* SPDX-License-Identifier: MIT */
/* Names made, changed and removed by path name: for boot and for the kernel's own use. */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/namei.h>
#include "internals.h"

/**
 * init_mkdir - mkdir by name; init_mknod(), init_symlink(), init_link(), ... likewise
 * @name: path name
 * @mode: permissions
 *
 * Context: process, may sleep. Return: 0; -errno as the system call of that name.
 */
int init_mkdir(const char *name, umode_t mode)
{
	struct path path;
	struct dentry *dentry = kern_path_create(AT_FDCWD, name, &path, LOOKUP_DIRECTORY);
	int err;

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	err = vfs_mkdir(NULL, path.dentry->d_inode, dentry, mode);
	done_path_create(&path, dentry);
	return err;
}

/* @dev is in the form that user programs pass it */
int init_mknod(const char *name, umode_t mode, unsigned int dev)
{
	struct path path;
	struct dentry *dentry;
	int err;

	if (!S_ISCHR(mode) && !S_ISBLK(mode) && !S_ISFIFO(mode) && !S_ISSOCK(mode))
		return -EINVAL;
	dentry = kern_path_create(AT_FDCWD, name, &path, 0);
	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	err = vfs_mknod(NULL, path.dentry->d_inode, dentry, mode, new_decode_dev(dev));
	done_path_create(&path, dentry);
	return err;
}

int init_symlink(const char *target, const char *name)
{
	struct path path;
	struct dentry *dentry = kern_path_create(AT_FDCWD, name, &path, 0);
	int err;

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	err = vfs_symlink(NULL, path.dentry->d_inode, dentry, target);
	done_path_create(&path, dentry);
	return err;
}

int init_link(const char *oldname, const char *newname)
{
	struct path old, new;
	struct dentry *dentry;
	int err = kern_path(oldname, 0, &old);

	if (err)
		return err;
	dentry = kern_path_create(AT_FDCWD, newname, &new, 0);
	err = PTR_ERR_OR_ZERO(dentry);
	if (!err) {
		err = vfs_link(old.dentry, NULL, new.dentry->d_inode, dentry, NULL);
		done_path_create(&new, dentry);
	}
	path_put(&old);
	return err;
}

static int remove_name(const char *name, bool dir)
{
	struct last_name last;
	struct dentry *dentry;
	struct inode *parent;
	int err = path_parent(name, &last);

	if (err)
		return err;
	parent = last.parent.dentry->d_inode;
	inode_lock(parent);
	dentry = lookup_one_len((const char *)last.name.name, last.parent.dentry, last.name.len);
	err = PTR_ERR_OR_ZERO(dentry);
	if (!err) {
		if (last.slash && !dir)
			err = d_is_negative(dentry) ? -ENOENT : -ENOTDIR;
		else
			err = dir ? vfs_rmdir(NULL, parent, dentry)
				  : vfs_unlink(NULL, parent, dentry, NULL);
		dput(dentry);
	}
	inode_unlock(parent);
	path_put(&last.parent);
	return err;
}

int init_unlink(const char *name)
{
	return remove_name(name, false);
}

int init_rmdir(const char *name)
{
	return remove_name(name, true);
}

/* Directories are locked from the root down; one rename at a time keeps that order valid. */
static DEFINE_MUTEX(rename_mutex);

static bool is_below(struct dentry *d, const struct dentry *of)
{
	while (!IS_ROOT(d) && d != of)
		d = d->d_parent;
	return d == of;
}

int init_rename(const char *oldname, const char *newname)
{
	struct last_name from, to;
	struct inode *first, *second;
	struct dentry *old, *new;
	int err = path_parent(oldname, &from);

	if (err)
		return err;
	err = path_parent(newname, &to);
	if (err)
		goto out_from;

	mutex_lock(&rename_mutex);
	first = from.parent.dentry->d_inode;
	second = to.parent.dentry->d_inode;
	if (is_below(from.parent.dentry, to.parent.dentry))
		swap(first, second);
	inode_lock(first);
	if (second != first)
		inode_lock_nested(second, I_MUTEX_PARENT2);

	old = lookup_one_len((const char *)from.name.name, from.parent.dentry, from.name.len);
	err = PTR_ERR_OR_ZERO(old);
	if (err)
		goto out_locks;
	new = lookup_one_len((const char *)to.name.name, to.parent.dentry, to.name.len);
	err = PTR_ERR_OR_ZERO(new);
	if (!err) {
		err = vfs_rename(from.parent.dentry->d_inode, old, to.parent.dentry->d_inode, new, 0);
		dput(new);
	}
	dput(old);
out_locks:
	if (second != first)
		inode_unlock(second);
	inode_unlock(first);
	mutex_unlock(&rename_mutex);
	path_put(&to.parent);
out_from:
	path_put(&from.parent);
	return err;
}

int init_chmod(const char *name, umode_t mode)
{
	struct path path;
	struct inode *inode;
	int err = kern_path(name, LOOKUP_FOLLOW, &path);

	if (err)
		return err;
	inode = path.dentry->d_inode;
	inode_lock(inode);
	inode->i_mode = (inode->i_mode & S_IFMT) | (mode & S_IALLUGO);
	inode->i_ctime = current_time(inode);
	inode_unlock(inode);
	path_put(&path);
	return 0;
}

int init_chown(const char *name, uid_t user, gid_t group, int flags)
{
	struct path path;
	struct inode *inode;
	int err = kern_path(name, flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW, &path);

	if (err)
		return err;
	inode = path.dentry->d_inode;
	inode_lock(inode);
	inode->i_uid.val = user;
	inode->i_gid.val = group;
	inode->i_ctime = current_time(inode);
	inode_unlock(inode);
	path_put(&path);
	return 0;
}

/* Times of access and change; a symlink's own. */
int init_utimes(const char *name, time64_t mtime)
{
	struct path path;
	struct inode *inode;
	int err = kern_path(name, 0, &path);

	if (err)
		return err;
	inode = path.dentry->d_inode;
	inode_lock(inode);
	inode->i_atime.tv_sec = inode->i_mtime.tv_sec = mtime;
	inode->i_atime.tv_nsec = inode->i_mtime.tv_nsec = 0;
	inode_unlock(inode);
	path_put(&path);
	return 0;
}

int init_stat(const char *name, struct kstat *stat, int flags)
{
	struct path path;
	int err = kern_path(name, flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW, &path);

	if (err)
		return err;
	err = vfs_getattr(&path, stat, 0, 0);
	path_put(&path);
	return err;
}
