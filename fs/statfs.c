/* SPDX-License-Identifier: MIT */
/* statfs(): the file system that a file is in. Sizes are 0, as of all that have no device. */
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <uapi/linux/statfs.h>
#include "internals.h"

static int statfs_to_user(const struct path *path, struct statfs __user *to)
{
	int flags = READ_ONCE(path->mnt->mnt_flags);
	struct super_block *sb = path->dentry->d_sb;
	struct statfs st = {
		.f_type = sb->s_magic,
		.f_bsize = PAGE_SIZE,
		.f_namelen = NAME_MAX,
		.f_frsize = PAGE_SIZE,
		.f_fsid[0] = new_encode_dev(sb->s_dev),
		.f_flags = ST_VALID | (flags & MNT_READONLY ? ST_RDONLY : 0) |
			   (flags & MNT_NOSUID ? ST_NOSUID : 0) | (flags & MNT_NODEV ? ST_NODEV : 0) |
			   (flags & MNT_NOEXEC ? ST_NOEXEC : 0),
	};

	return copy_to_user(to, &st, sizeof(st)) ? -EFAULT : 0;
}

SYSCALL_DEFINE2(statfs, const char __user *, name, struct statfs __user *, to)
{
	struct path path;
	int err = user_path_at(AT_FDCWD, name, 0, &path);

	if (err)
		return err;
	err = statfs_to_user(&path, to);
	path_put(&path);
	return err;
}

SYSCALL_DEFINE2(fstatfs, unsigned int, fd, struct statfs __user *, to)
{
	struct fd f = fdget_raw(fd);
	int err;

	if (!f.file)
		return -EBADF;
	err = statfs_to_user(&f.file->f_path, to);
	fdput(f);
	return err;
}
