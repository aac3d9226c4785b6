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
	return do_mkdirat(AT_FDCWD, name, mode);
}

/* @dev is in the form that user programs pass it */
int init_mknod(const char *name, umode_t mode, unsigned int dev)
{
	if (S_ISREG(mode) || S_ISDIR(mode))
		return -EINVAL;
	return do_mknodat(AT_FDCWD, name, mode, new_decode_dev(dev));
}

int init_symlink(const char *target, const char *name)
{
	return do_symlinkat(target, AT_FDCWD, name);
}

int init_link(const char *oldname, const char *newname)
{
	struct path old;
	int err = kern_path(oldname, 0, &old);

	if (err)
		return err;
	err = do_link(&old, AT_FDCWD, newname);
	path_put(&old);
	return err;
}

int init_unlink(const char *name)
{
	return do_unlinkat(AT_FDCWD, name, false);
}

int init_rmdir(const char *name)
{
	return do_unlinkat(AT_FDCWD, name, true);
}

int init_rename(const char *oldname, const char *newname)
{
	return do_renameat(AT_FDCWD, oldname, AT_FDCWD, newname, 0);
}

int init_chmod(const char *name, umode_t mode)
{
	struct path path;
	int err = kern_path(name, LOOKUP_FOLLOW, &path);

	if (err)
		return err;
	err = chmod_path(&path, mode);
	path_put(&path);
	return err;
}

int init_chown(const char *name, uid_t user, gid_t group, int flags)
{
	struct path path;
	int err = kern_path(name, flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW, &path);

	if (err)
		return err;
	err = chown_path(&path, user, group);
	path_put(&path);
	return err;
}

/* Times of access and change; a symlink's own. */
int init_utimes(const char *name, time64_t mtime)
{
	struct timespec64 times[2] = { { .tv_sec = mtime }, { .tv_sec = mtime } };
	struct path path;
	int err = kern_path(name, 0, &path);

	if (err)
		return err;
	err = utimes_path(&path, times);
	path_put(&path);
	return err;
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
