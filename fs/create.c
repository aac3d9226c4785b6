/* SPDX-License-Identifier: MIT */
/* Making names: mkdir(), mknod(), symlink(), link(), for programs and for the kernel itself. */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/namei.h>
#include <linux/syscalls.h>
#include "internals.h"

/**
 * do_mkdirat - mkdir by name; do_mknodat(), do_symlinkat(), do_link() likewise
 * @dfd: open directory that a relative name begins in, or AT_FDCWD
 * @name: path name
 * @mode: permissions
 *
 * Context: process, may sleep. Return: 0; -errno as the system call of that name.
 */
int do_mkdirat(int dfd, const char *name, umode_t mode)
{
	struct path path;
	struct dentry *dentry = kern_path_create(dfd, name, &path, LOOKUP_DIRECTORY);
	int err;

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	err = vfs_mkdir(NULL, path.dentry->d_inode, dentry, mode);
	done_path_create(&path, dentry);
	return err;
}

int do_mknodat(int dfd, const char *name, umode_t mode, dev_t dev)
{
	struct path path;
	struct dentry *dentry;
	struct inode *dir;
	int err;

	if (S_ISDIR(mode))
		return -EPERM;
	if (!S_ISCHR(mode) && !S_ISBLK(mode) && !S_ISFIFO(mode) && !S_ISSOCK(mode) && !S_ISREG(mode))
		return -EINVAL;
	dentry = kern_path_create(dfd, name, &path, 0);
	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	dir = path.dentry->d_inode;
	if (S_ISREG(mode))
		err = vfs_create(NULL, dir, dentry, mode, true);
	else
		err = vfs_mknod(NULL, dir, dentry, mode, S_ISCHR(mode) || S_ISBLK(mode) ? dev : 0);
	done_path_create(&path, dentry);
	return err;
}

int do_symlinkat(const char *target, int dfd, const char *name)
{
	struct path path;
	struct dentry *dentry = kern_path_create(dfd, name, &path, 0);
	int err;

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	err = vfs_symlink(NULL, path.dentry->d_inode, dentry, target);
	done_path_create(&path, dentry);
	return err;
}

int do_link(const struct path *old, int dfd, const char *name)
{
	struct path path;
	struct dentry *dentry = kern_path_create(dfd, name, &path, 0);
	int err;

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	/* A directory may be mounted in several places; a link leads to its own. */
	err = old->mnt != path.mnt ? -EXDEV :
	      vfs_link(old->dentry, NULL, path.dentry->d_inode, dentry, NULL);
	done_path_create(&path, dentry);
	return err;
}

/* -- For programs ------------------------------------------------------------------------------ */

static long mkdir_user(int dfd, const char __user *name, umode_t mode)
{
	struct filename *copy = getname(name);
	int err;

	if (IS_ERR(copy))
		return PTR_ERR(copy);
	err = do_mkdirat(dfd, copy->name, mode & ~current_umask());
	putname(copy);
	return err;
}

SYSCALL_DEFINE2(mkdir, const char __user *, name, umode_t, mode)
{
	return mkdir_user(AT_FDCWD, name, mode);
}

SYSCALL_DEFINE3(mkdirat, int, dfd, const char __user *, name, umode_t, mode)
{
	return mkdir_user(dfd, name, mode);
}

static long mknod_user(int dfd, const char __user *name, umode_t mode, unsigned int dev)
{
	struct filename *copy = getname(name);
	int err;

	if (IS_ERR(copy))
		return PTR_ERR(copy);
	if (!(mode & S_IFMT))
		mode |= S_IFREG;
	err = do_mknodat(dfd, copy->name, mode & ~current_umask(), new_decode_dev(dev));
	putname(copy);
	return err;
}

SYSCALL_DEFINE3(mknod, const char __user *, name, umode_t, mode, unsigned int, dev)
{
	return mknod_user(AT_FDCWD, name, mode, dev);
}

SYSCALL_DEFINE4(mknodat, int, dfd, const char __user *, name, umode_t, mode, unsigned int, dev)
{
	return mknod_user(dfd, name, mode, dev);
}

static long symlink_user(const char __user *target, int dfd, const char __user *name)
{
	struct filename *to = getname(target), *copy;
	int err;

	if (IS_ERR(to))
		return PTR_ERR(to);
	copy = getname(name);
	err = PTR_ERR_OR_ZERO(copy);
	if (!err) {
		err = do_symlinkat(to->name, dfd, copy->name);
		putname(copy);
	}
	putname(to);
	return err;
}

SYSCALL_DEFINE2(symlink, const char __user *, target, const char __user *, name)
{
	return symlink_user(target, AT_FDCWD, name);
}

SYSCALL_DEFINE3(symlinkat, const char __user *, target, int, dfd, const char __user *, name)
{
	return symlink_user(target, dfd, name);
}

static long link_user(int olddfd, const char __user *oldname, int newdfd, const char __user *newname,
		      int flags)
{
	struct filename *copy;
	struct path old;
	int err;

	if (flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	err = user_path_at(olddfd, oldname, (flags & AT_EMPTY_PATH) |
			   (flags & AT_SYMLINK_FOLLOW ? 0 : AT_SYMLINK_NOFOLLOW), &old);
	if (err)
		return err;
	copy = getname(newname);
	err = PTR_ERR_OR_ZERO(copy);
	if (!err) {
		err = do_link(&old, newdfd, copy->name);
		putname(copy);
	}
	path_put(&old);
	return err;
}

SYSCALL_DEFINE2(link, const char __user *, oldname, const char __user *, newname)
{
	return link_user(AT_FDCWD, oldname, AT_FDCWD, newname, 0);
}

SYSCALL_DEFINE5(linkat, int, olddfd, const char __user *, oldname, int, newdfd,
		const char __user *, newname, int, flags)
{
	return link_user(olddfd, oldname, newdfd, newname, flags);
}
