/* SPDX-License-Identifier: MIT */
/* The length of a file, and advice on how it is used: truncate(), fallocate(), fadvise64(). */
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/minmax.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/syscalls.h>
#include <uapi/linux/resource.h>
#include "internals.h"

/* -- RLIMIT_FSIZE ------------------------------------------------------------------------------ */

/* How long a file of current's may become; a kernel thread has no limits. */
static loff_t size_limit(void)
{
	unsigned long limit = current->signal ? rlimit(RLIMIT_FSIZE) : RLIM_INFINITY;

	return min_t(unsigned long, limit, MAX_LFS_FILESIZE);
}

static int too_large(void)
{
	if (current->signal && rlimit(RLIMIT_FSIZE) != RLIM_INFINITY)
		send_sig(SIGXFSZ, current, 0);
	return -EFBIG;
}

/**
 * generic_write_check_limits - how much may be written at a place?
 * @pos: the place
 * @count: bytes; less is set if the limit is in between
 *
 * Context: process. Return: 0; -EFBIG, with SIGXFSZ: nothing.
 */
int generic_write_check_limits(loff_t pos, size_t *count)
{
	loff_t limit = size_limit();

	if (pos >= limit && *count)
		return too_large();
	*count = min_t(u64, *count, limit - pos);
	return 0;
}

/*
 * inode_newsize_ok - may a file become that long? A shorter one may. As
 * generic_write_check_limits().
 */
int inode_newsize_ok(const struct inode *inode, loff_t size)
{
	return size > inode->i_size && size > size_limit() ? too_large() : 0;
}

/* -- For programs ------------------------------------------------------------------------------ */

SYSCALL_DEFINE2(truncate, const char __user *, name, long, length)
{
	struct path path;
	int err;

	if (length < 0)
		return -EINVAL;
	err = user_path_at(AT_FDCWD, name, 0, &path);
	if (err)
		return err;
	err = vfs_truncate(&path, length);
	path_put(&path);
	return err;
}

SYSCALL_DEFINE2(ftruncate, unsigned int, fd, unsigned long, length)
{
	struct fd f;
	int err;

	if ((long)length < 0)
		return -EINVAL;
	f = fdget(fd);
	if (!f.file)
		return -EBADF;
	if (!S_ISREG(f.file->f_inode->i_mode) || !(f.file->f_mode & FMODE_WRITE))
		err = -EINVAL;
	else
		err = vfs_truncate(&f.file->f_path, length);
	fdput(f);
	return err;
}

/* Room ahead of time is what no file system here can promise; C libraries then write zeroes. */
SYSCALL_DEFINE4(fallocate, int, fd, int, mode, loff_t, offset, loff_t, len)
{
	struct fd f = fdget(fd);
	struct file *file = f.file;
	long ret;

	if (!file)
		return -EBADF;
	if (offset < 0 || len <= 0)
		ret = -EINVAL;
	else if (!(file->f_mode & FMODE_WRITE))
		ret = -EBADF;
	else if (S_ISFIFO(file->f_inode->i_mode))
		ret = -ESPIPE;
	else if (S_ISDIR(file->f_inode->i_mode))
		ret = -EISDIR;
	else if (!S_ISREG(file->f_inode->i_mode))
		ret = -ENODEV;
	else if (!file->f_op->fallocate)
		ret = -EOPNOTSUPP;
	else
		ret = file->f_op->fallocate(file, mode, offset, len);
	fdput(f);
	return ret;
}

/* Files are in memory as they are: good advice, which changes nothing. */
SYSCALL_DEFINE4(fadvise64, int, fd, loff_t, offset, loff_t, len, int, advice)
{
	struct fd f = fdget(fd);
	int err = 0;

	if (!f.file)
		return -EBADF;
	if (S_ISFIFO(f.file->f_inode->i_mode))
		err = -ESPIPE;
	else if (len < 0 || advice < 0 || advice > POSIX_FADV_NOREUSE)
		err = -EINVAL;
	fdput(f);
	return err;
}
