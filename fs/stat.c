/* SPDX-License-Identifier: MIT */
/* What a program is told of a file: stat() and its family, readlink(). */
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/minmax.h>
#include <linux/namei.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <asm/stat.h>
#include "internals.h"

static int stat_to_user(const struct kstat *k, struct stat __user *to)
{
	struct stat st = {
		.st_dev = new_encode_dev(k->dev),
		.st_ino = k->ino,
		.st_nlink = k->nlink,
		.st_mode = k->mode,
		.st_uid = k->uid.val,
		.st_gid = k->gid.val,
		.st_rdev = new_encode_dev(k->rdev),
		.st_size = k->size,
		.st_blksize = k->blksize,
		.st_blocks = k->blocks,
		.st_atime = k->atime.tv_sec, .st_atime_nsec = k->atime.tv_nsec,
		.st_mtime = k->mtime.tv_sec, .st_mtime_nsec = k->mtime.tv_nsec,
		.st_ctime = k->ctime.tv_sec, .st_ctime_nsec = k->ctime.tv_nsec,
	};

	return copy_to_user(to, &st, sizeof(st)) ? -EFAULT : 0;
}

static int stat_name(int dfd, const char __user *name, int flags, struct kstat *k)
{
	struct path path;
	int err = user_path_at(dfd, name, flags, &path);

	if (err)
		return err;
	err = vfs_getattr(&path, k, STATX_BASIC_STATS, flags);
	path_put(&path);
	return err;
}

static int do_stat(int dfd, const char __user *name, int flags, struct stat __user *to)
{
	struct kstat k;

	return stat_name(dfd, name, flags, &k) ?: stat_to_user(&k, to);
}

SYSCALL_DEFINE2(stat, const char __user *, name, struct stat __user *, to)
{
	return do_stat(AT_FDCWD, name, 0, to);
}

SYSCALL_DEFINE2(lstat, const char __user *, name, struct stat __user *, to)
{
	return do_stat(AT_FDCWD, name, AT_SYMLINK_NOFOLLOW, to);
}

SYSCALL_DEFINE2(fstat, unsigned int, fd, struct stat __user *, to)
{
	struct fd f = fdget_raw(fd);
	struct kstat k;
	int err;

	if (!f.file)
		return -EBADF;
	err = vfs_getattr(&f.file->f_path, &k, STATX_BASIC_STATS, 0);
	fdput(f);
	return err ?: stat_to_user(&k, to);
}

SYSCALL_DEFINE4(newfstatat, int, dfd, const char __user *, name, struct stat __user *, to, int, flags)
{
	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH))
		return -EINVAL;
	return do_stat(dfd, name, flags, to);
}

static void statx_time(struct statx_timestamp *to, const struct timespec64 *from)
{
	to->tv_sec = from->tv_sec;
	to->tv_nsec = from->tv_nsec;
}

static int statx_to_user(const struct kstat *k, struct statx __user *to)
{
	struct statx sx = {
		.stx_mask = STATX_BASIC_STATS,
		.stx_blksize = k->blksize,
		.stx_nlink = k->nlink,
		.stx_uid = k->uid.val,
		.stx_gid = k->gid.val,
		.stx_mode = k->mode,
		.stx_ino = k->ino,
		.stx_size = k->size,
		.stx_blocks = k->blocks,
		.stx_rdev_major = MAJOR(k->rdev), .stx_rdev_minor = MINOR(k->rdev),
		.stx_dev_major = MAJOR(k->dev), .stx_dev_minor = MINOR(k->dev),
	};

	statx_time(&sx.stx_atime, &k->atime);
	statx_time(&sx.stx_mtime, &k->mtime);
	statx_time(&sx.stx_ctime, &k->ctime);
	return copy_to_user(to, &sx, sizeof(sx)) ? -EFAULT : 0;
}

/* Whatever is asked for, all that there is: the basic facts. */
SYSCALL_DEFINE5(statx, int, dfd, const char __user *, name, unsigned int, flags, unsigned int, mask,
		struct statx __user *, to)
{
	struct kstat k;

	if (mask & STATX__RESERVED)
		return -EINVAL;
	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH | AT_STATX_SYNC_TYPE) ||
	    (flags & AT_STATX_SYNC_TYPE) == AT_STATX_SYNC_TYPE)
		return -EINVAL;
	return stat_name(dfd, name, flags, &k) ?: statx_to_user(&k, to);
}

/* -- Symlinks ---------------------------------------------------------------------------------- */

/* As much of the target as there is room for, without a NUL. */
static int read_link(const struct path *path, char __user *buf, int size)
{
	struct inode *inode = path->dentry->d_inode;
	const char *target;
	int len;

	if (inode->i_op->readlink)
		return inode->i_op->readlink(path->dentry, buf, size);
	target = inode->i_op->get_link(path->dentry, inode);
	if (IS_ERR(target))
		return PTR_ERR(target);
	len = min_t(size_t, size, strlen(target));
	return copy_to_user(buf, target, len) ? -EFAULT : len;
}

static int do_readlink(int dfd, const char __user *name, char __user *buf, int size)
{
	struct path path;
	char first;
	int ret;

	if (size <= 0)
		return -EINVAL;
	ret = user_path_at(dfd, name, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH, &path);
	if (ret)
		return ret;
	if (S_ISLNK(path.dentry->d_inode->i_mode))
		ret = read_link(&path, buf, size);
	else	/* An empty name that means no link is no name. */
		ret = get_user(first, name) ? -EFAULT : first ? -EINVAL : -ENOENT;
	path_put(&path);
	return ret;
}

SYSCALL_DEFINE3(readlink, const char __user *, name, char __user *, buf, int, size)
{
	return do_readlink(AT_FDCWD, name, buf, size);
}

SYSCALL_DEFINE4(readlinkat, int, dfd, const char __user *, name, char __user *, buf, int, size)
{
	return do_readlink(dfd, name, buf, size);
}
