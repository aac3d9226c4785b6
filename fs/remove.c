/* SPDX-License-Identifier: MIT */
/*
 * Removing and changing names: unlink(), rmdir(), rename(), for programs and for the kernel itself.
 */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/namei.h>
#include <linux/syscalls.h>
#include "internals.h"

/* What can't be removed, as it is no name in the directory that the walk ended in. */
static int refuse_dots(const struct qstr *name, bool dir)
{
	if (name->len && !is_dots(name, 1) && !is_dots(name, 2))
		return 0;
	if (!dir)
		return -EISDIR;
	return !name->len ? -EBUSY : is_dots(name, 1) ? -EINVAL : -ENOTEMPTY;
}

/* @last's directory is locked. */
static int remove_last(const struct last_name *last, bool dir)
{
	struct inode *parent = last->parent.dentry->d_inode;
	struct dentry *dentry = lookup_one_qstr(&last->name, last->parent.dentry);
	int err;

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	if (d_is_negative(dentry))
		err = -ENOENT;
	else if (last->slash && !dir)
		err = S_ISDIR(dentry->d_inode->i_mode) ? -EISDIR : -ENOTDIR;
	else
		err = mnt_may_write(last->parent.mnt);
	if (!err)
		err = dir ? vfs_rmdir(NULL, parent, dentry) : vfs_unlink(NULL, parent, dentry, NULL);
	dput(dentry);
	return err;
}

/**
 * do_unlinkat - remove a name
 * @dfd: open directory that a relative name begins in, or AT_FDCWD
 * @name: path name
 * @dir: of an empty directory, else of anything but a directory
 *
 * Context: process, may sleep. Return: 0; -errno as unlink() and rmdir().
 */
int do_unlinkat(int dfd, const char *name, bool dir)
{
	struct last_name last;
	int err = path_parent_at(dfd, name, &last);

	if (err)
		return err;
	err = refuse_dots(&last.name, dir);
	if (!err) {
		inode_lock(last.parent.dentry->d_inode);
		err = remove_last(&last, dir);
		inode_unlock(last.parent.dentry->d_inode);
	}
	path_put(&last.parent);
	return err;
}

static long unlink_user(int dfd, const char __user *name, bool dir)
{
	struct filename *copy = getname(name);
	int err;

	if (IS_ERR(copy))
		return PTR_ERR(copy);
	err = do_unlinkat(dfd, copy->name, dir);
	putname(copy);
	return err;
}

SYSCALL_DEFINE1(unlink, const char __user *, name)
{
	return unlink_user(AT_FDCWD, name, false);
}

SYSCALL_DEFINE1(rmdir, const char __user *, name)
{
	return unlink_user(AT_FDCWD, name, true);
}

SYSCALL_DEFINE3(unlinkat, int, dfd, const char __user *, name, int, flags)
{
	if (flags & ~AT_REMOVEDIR)
		return -EINVAL;
	return unlink_user(dfd, name, flags & AT_REMOVEDIR);
}

/* -- Renaming ---------------------------------------------------------------------------------- */

/* Directories are locked from the root down; one rename at a time keeps that order valid. */
static DEFINE_MUTEX(rename_mutex);

static bool is_below(struct dentry *d, const struct dentry *of)
{
	while (!IS_ROOT(d) && d != of)
		d = d->d_parent;
	return d == of;
}

static void lock_both(struct dentry *a, struct dentry *b)
{
	if (is_below(a, b))
		swap(a, b);
	inode_lock(a->d_inode);
	if (b != a)
		inode_lock_nested(b->d_inode, I_MUTEX_PARENT2);
}

static void unlock_both(struct dentry *a, struct dentry *b)
{
	inode_unlock(a->d_inode);
	if (b != a)
		inode_unlock(b->d_inode);
}

/* Both directories locked; @old and @new looked up in them. */
static int rename_locked(const struct last_name *from, struct dentry *old, const struct last_name *to,
			 struct dentry *new, unsigned int flags)
{
	if (d_is_negative(old))
		return -ENOENT;
	if ((flags & RENAME_NOREPLACE) && d_is_positive(new))
		return -EEXIST;
	if (!S_ISDIR(old->d_inode->i_mode) && (from->slash || to->slash))
		return -ENOTDIR;
	if (is_below(to->parent.dentry, old))
		return -EINVAL;
	if (is_below(from->parent.dentry, new))
		return -ENOTEMPTY;
	return vfs_rename(from->parent.dentry->d_inode, old, to->parent.dentry->d_inode, new, 0);
}

static int rename_last(const struct last_name *from, const struct last_name *to, unsigned int flags)
{
	struct dentry *old, *new;
	int err = mnt_may_write(from->parent.mnt);

	if (err)
		return err;
	old = lookup_one_qstr(&from->name, from->parent.dentry);
	if (IS_ERR(old))
		return PTR_ERR(old);
	new = lookup_one_qstr(&to->name, to->parent.dentry);
	err = PTR_ERR_OR_ZERO(new);
	if (!err) {
		err = rename_locked(from, old, to, new, flags);
		dput(new);
	}
	dput(old);
	return err;
}

/**
 * do_renameat - give a file another name in the same file system
 * @olddfd: open directory that a relative @oldname begins in, or AT_FDCWD
 * @oldname: path name
 * @newdfd: the same for the new name
 * @newname: what it is called then; what had that name goes
 * @flags: RENAME_NOREPLACE or 0
 *
 * Context: process, may sleep. Return: 0; -errno as renameat2().
 */
int do_renameat(int olddfd, const char *oldname, int newdfd, const char *newname, unsigned int flags)
{
	struct last_name from, to;
	int err = path_parent_at(olddfd, oldname, &from);

	if (err)
		return err;
	err = path_parent_at(newdfd, newname, &to);
	if (err) {
		path_put(&from.parent);
		return err;
	}
	if (from.parent.mnt != to.parent.mnt)
		err = -EXDEV;
	else if (refuse_dots(&from.name, true))
		err = -EBUSY;
	else if (refuse_dots(&to.name, true))
		err = flags & RENAME_NOREPLACE ? -EEXIST : -EBUSY;
	if (!err) {
		mutex_lock(&rename_mutex);
		lock_both(from.parent.dentry, to.parent.dentry);
		err = rename_last(&from, &to, flags);
		unlock_both(from.parent.dentry, to.parent.dentry);
		mutex_unlock(&rename_mutex);
	}
	path_put(&to.parent);
	path_put(&from.parent);
	return err;
}

static long rename_user(int olddfd, const char __user *oldname, int newdfd, const char __user *newname,
			unsigned int flags)
{
	struct filename *from, *to;
	int err;

	if (flags & ~RENAME_NOREPLACE)
		return -EINVAL;		/* as of a file system that can't exchange */
	from = getname(oldname);
	if (IS_ERR(from))
		return PTR_ERR(from);
	to = getname(newname);
	err = PTR_ERR_OR_ZERO(to);
	if (!err) {
		err = do_renameat(olddfd, from->name, newdfd, to->name, flags);
		putname(to);
	}
	putname(from);
	return err;
}

SYSCALL_DEFINE2(rename, const char __user *, oldname, const char __user *, newname)
{
	return rename_user(AT_FDCWD, oldname, AT_FDCWD, newname, 0);
}

SYSCALL_DEFINE4(renameat, int, olddfd, const char __user *, oldname, int, newdfd,
		const char __user *, newname)
{
	return rename_user(olddfd, oldname, newdfd, newname, 0);
}

SYSCALL_DEFINE5(renameat2, int, olddfd, const char __user *, oldname, int, newdfd,
		const char __user *, newname, unsigned int, flags)
{
	return rename_user(olddfd, oldname, newdfd, newname, flags);
}
