/* SPDX-License-Identifier: MIT */
/*
 * Making and removing names: what every file system has checked before its own operation
 * is called. The directory's i_rwsem is held for writing; of two, the one nearer to the
 * root was taken first.
 */
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/fsnotify.h>
#include <linux/namei.h>
#include "internals.h"

static int may_create(struct inode *dir, struct dentry *dentry)
{
	lockdep_assert(rwsem_is_locked(&dir->i_rwsem));
	if (dentry->d_inode)
		return -EEXIST;
	return dir->i_nlink ? 0 : -ENOENT;	/* a directory that was removed */
}

/* @err of making a name: if it is there, those hear of it who watch. */
static int tell_made(struct inode *dir, struct dentry *dentry, int err)
{
	if (!err)
		fsnotify_create(dir, dentry);
	return err;
}

/* A name is gone; and with it the file, if nobody else has it open. */
static void tell_removed(struct inode *dir, struct dentry *dentry)
{
	bool last;

	if (!fsnotify_wanted())
		return;
	spin_lock(&dcache_lock);
	last = dentry->d_count == 1;
	spin_unlock(&dcache_lock);
	if (last && !dentry->d_inode->i_nlink)
		fsnotify_inoderemove(dentry->d_inode);
	__fsnotify_name(dir, IN_DELETE, dentry->d_inode, &dentry->d_name, 0);
}

/* Of a directory that goes it is asked with its own lock held, too: mount() takes that. */
static bool is_mounted_on(const struct dentry *dentry)
{
	return READ_ONCE(dentry->d_flags) & DCACHE_MOUNTED;
}

static int may_delete(struct inode *dir, struct dentry *victim, bool want_dir)
{
	lockdep_assert(rwsem_is_locked(&dir->i_rwsem));
	if (!victim->d_inode)
		return -ENOENT;
	if (is_mounted_on(victim))
		return -EBUSY;
	if (want_dir)
		return S_ISDIR(victim->d_inode->i_mode) ? 0 : -ENOTDIR;
	return S_ISDIR(victim->d_inode->i_mode) ? -EISDIR : 0;
}

/**
 * vfs_create - make a regular file
 * @ns: ignored, as in all of these
 * @dir: the directory, its i_rwsem held for writing
 * @dentry: the new name, without an inode
 * @mode: permissions
 * @want_excl: passed on
 *
 * Context: process, may sleep.
 * Return: 0; -EEXIST; -ENOENT when @dir was removed; -EACCES when the file system has no
 * such operation; its own errors. The others likewise, with -EPERM in place of -EACCES.
 */
int vfs_create(struct user_namespace *ns, struct inode *dir, struct dentry *dentry, umode_t mode,
	       bool want_excl)
{
	int err = may_create(dir, dentry);

	if (err)
		return err;
	if (!dir->i_op->create)
		return -EACCES;
	return tell_made(dir, dentry, dir->i_op->create(ns, dir, dentry, (mode & S_IALLUGO) | S_IFREG,
							want_excl));
}
EXPORT_SYMBOL(vfs_create);

int vfs_mkdir(struct user_namespace *ns, struct inode *dir, struct dentry *dentry, umode_t mode)
{
	int err = may_create(dir, dentry);

	if (err)
		return err;
	if (!dir->i_op->mkdir)
		return -EPERM;
	return tell_made(dir, dentry, dir->i_op->mkdir(ns, dir, dentry, mode & (S_IRWXUGO | S_ISVTX)));
}
EXPORT_SYMBOL(vfs_mkdir);

int vfs_mknod(struct user_namespace *ns, struct inode *dir, struct dentry *dentry, umode_t mode,
	      dev_t dev)
{
	int err = may_create(dir, dentry);

	if (err)
		return err;
	if (!dir->i_op->mknod)
		return -EPERM;
	return tell_made(dir, dentry, dir->i_op->mknod(ns, dir, dentry, mode, dev));
}
EXPORT_SYMBOL(vfs_mknod);

int vfs_symlink(struct user_namespace *ns, struct inode *dir, struct dentry *dentry,
		const char *target)
{
	int err = may_create(dir, dentry);

	if (err)
		return err;
	if (!dir->i_op->symlink)
		return -EPERM;
	return tell_made(dir, dentry, dir->i_op->symlink(ns, dir, dentry, target));
}
EXPORT_SYMBOL(vfs_symlink);

/*
 * vfs_link - another name for the file of @old; -EPERM for a directory, -EXDEV across file systems
 */
int vfs_link(struct dentry *old, struct user_namespace *ns, struct inode *dir,
	     struct dentry *dentry, struct inode **delegated)
{
	int err = may_create(dir, dentry);

	if (!old->d_inode)
		return -ENOENT;
	if (err)
		return err;
	if (old->d_sb != dir->i_sb)
		return -EXDEV;
	if (!old->d_inode->i_nlink)
		return -ENOENT;		/* what was removed does not come back */
	if (!dir->i_op->link || S_ISDIR(old->d_inode->i_mode))
		return -EPERM;
	err = dir->i_op->link(old, dir, dentry);
	if (!err)
		fsnotify_link_count(old->d_inode);
	return tell_made(dir, dentry, err);
}
EXPORT_SYMBOL(vfs_link);

/* vfs_unlink - remove a name; the file goes with the last name and the last user */
int vfs_unlink(struct user_namespace *ns, struct inode *dir, struct dentry *dentry,
	       struct inode **delegated)
{
	int err = may_delete(dir, dentry, false);

	if (err)
		return err;
	if (!dir->i_op->unlink)
		return -EPERM;
	err = dir->i_op->unlink(dir, dentry);
	if (err)
		return err;
	d_drop(dentry);
	fsnotify_link_count(dentry->d_inode);
	tell_removed(dir, dentry);
	return 0;
}
EXPORT_SYMBOL(vfs_unlink);

/* vfs_rmdir - remove an empty directory; -ENOTEMPTY, -EBUSY with a mount on it */
int vfs_rmdir(struct user_namespace *ns, struct inode *dir, struct dentry *dentry)
{
	int err = may_delete(dir, dentry, true);

	if (err)
		return err;
	if (!dir->i_op->rmdir)
		return -EPERM;
	inode_lock_nested(dentry->d_inode, I_MUTEX_CHILD);
	err = is_mounted_on(dentry) ? -EBUSY : dir->i_op->rmdir(dir, dentry);
	if (!err)
		d_drop(dentry);
	inode_unlock(dentry->d_inode);
	if (!err)
		tell_removed(dir, dentry);
	return err;
}
EXPORT_SYMBOL(vfs_rmdir);

static bool is_ancestor(const struct dentry *a, const struct dentry *d)
{
	bool yes = false;

	spin_lock(&dcache_lock);
	for (; !yes; d = d->d_parent) {
		yes = d == a;
		if (IS_ROOT(d))
			break;
	}
	spin_unlock(&dcache_lock);
	return yes;
}

/**
 * vfs_rename - give a file another name in the same file system
 * @old_dir: its directory
 * @old_dentry: its entry
 * @new_dir: the directory of the new name; both locked
 * @new_dentry: the new name's entry; a file of that name is replaced
 * @flags: none yet
 *
 * Context: process, may sleep. Return: 0; -ENOENT; -EXDEV; -EINVAL: a directory into
 * itself; -ENOTDIR, -EISDIR, -ENOTEMPTY for what is replaced; -EBUSY; -EPERM.
 */
int vfs_rename(struct inode *old_dir, struct dentry *old_dentry, struct inode *new_dir,
	       struct dentry *new_dentry, unsigned int flags)
{
	bool dir = old_dentry->d_inode && S_ISDIR(old_dentry->d_inode->i_mode);
	int err = may_delete(old_dir, old_dentry, dir);
	struct inode *replaced;

	if (err)
		return err;
	if (old_dentry->d_inode == new_dentry->d_inode)
		return 0;
	err = new_dentry->d_inode ? may_delete(new_dir, new_dentry, dir)
				  : may_create(new_dir, new_dentry);
	if (err)
		return err;
	if (old_dir->i_sb != new_dir->i_sb)
		return -EXDEV;
	if (dir && is_ancestor(old_dentry, new_dentry))
		return -EINVAL;
	if (!old_dir->i_op->rename || flags)
		return -EPERM;
	/*
	 * A directory that is replaced stays empty, and nothing is mounted on it, until it is gone.
	 */
	replaced = dir ? new_dentry->d_inode : NULL;
	if (replaced)
		inode_lock_nested(replaced, I_MUTEX_CHILD);
	err = is_mounted_on(new_dentry) ? -EBUSY :
	      old_dir->i_op->rename(NULL, old_dir, old_dentry, new_dir, new_dentry, flags);
	if (!err)
		d_move(old_dentry, new_dentry);
	if (replaced)
		inode_unlock(replaced);
	/* Each entry has the other's name now. */
	if (!err && fsnotify_wanted())
		__fsnotify_move(old_dir, &new_dentry->d_name, new_dir, &old_dentry->d_name, old_dentry->d_inode,
				new_dentry->d_inode);
	return err;
}
EXPORT_SYMBOL(vfs_rename);

/**
 * vfs_truncate - set the length of a regular file
 * @path: the file
 * @length: bytes; a longer file reads as zeroes beyond what it was
 *
 * Context: process, may sleep. Return: 0; -EISDIR; -EINVAL; -EROFS; -ETXTBSY: a program that runs.
 */
int vfs_truncate(const struct path *path, loff_t length)
{
	struct inode *inode = path->dentry->d_inode;
	int err;

	if (S_ISDIR(inode->i_mode))
		return -EISDIR;
	if (!S_ISREG(inode->i_mode) || length < 0)
		return -EINVAL;
	err = mnt_may_write(path->mnt);
	if (err)
		return err;
	if (!inode->i_op->truncate)
		return 0;	/* its length is none that could be set: a file of /proc */
	err = get_write_access(inode);
	if (err)
		return err;
	inode_lock(inode);
	err = inode->i_op->truncate(inode, length);
	inode_unlock(inode);
	put_write_access(inode);
	if (!err)
		fsnotify_dentry(path->dentry, IN_MODIFY);
	return err;
}
EXPORT_SYMBOL(vfs_truncate);

/* vfs_getattr - what stat() tells. Return: 0. */
int vfs_getattr(const struct path *path, struct kstat *stat, u32 mask, unsigned int flags)
{
	struct inode *inode = path->dentry->d_inode;

	*stat = (struct kstat) {
		.result_mask = mask,
		.mode = inode->i_mode,
		.nlink = inode->i_nlink,
		.blksize = 1u << inode->i_blkbits,
		.ino = inode->i_ino,
		.dev = inode->i_sb->s_dev,
		.rdev = inode->i_rdev,
		.uid = inode->i_uid,
		.gid = inode->i_gid,
		.size = i_size_read(inode),
		.atime = inode->i_atime,
		.mtime = inode->i_mtime,
		.ctime = inode->i_ctime,
		.blocks = READ_ONCE(inode->i_blocks),
	};
	return 0;
}
EXPORT_SYMBOL(vfs_getattr);
