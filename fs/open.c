/* SPDX-License-Identifier: MIT */
/* Opening files for programs, and asking whether that would do. */
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/syscalls.h>
#include "internals.h"

#define MAY_EXEC	1
#define MAY_WRITE	2
#define MAY_READ	4

static long do_open(int dfd, const char __user *filename, int flags, umode_t mode)
{
	struct filename *name = getname(filename);
	struct file *file;
	int fd;

	if (IS_ERR(name))
		return PTR_ERR(name);
	fd = get_unused_fd_flags(flags);
	if (fd >= 0) {
		file = file_open_at(dfd, name->name, flags, mode & S_IALLUGO & ~current_umask());
		if (IS_ERR(file)) {
			put_unused_fd(fd);
			fd = PTR_ERR(file);
		} else {
			fd_install(fd, file);
		}
	}
	putname(name);
	return fd;
}

SYSCALL_DEFINE3(open, const char __user *, filename, int, flags, umode_t, mode)
{
	return do_open(AT_FDCWD, filename, flags | O_LARGEFILE, mode);
}

SYSCALL_DEFINE4(openat, int, dfd, const char __user *, filename, int, flags, umode_t, mode)
{
	return do_open(dfd, filename, flags | O_LARGEFILE, mode);
}

SYSCALL_DEFINE2(creat, const char __user *, filename, umode_t, mode)
{
	return do_open(AT_FDCWD, filename, O_CREAT | O_WRONLY | O_TRUNC | O_LARGEFILE, mode);
}

/* -- access() ------------------------------------------------------------------------------------- */

/* All programs are root's, who may do all but run what nobody may, or write what can't be written. */
static int may_access(const struct path *path, int mode)
{
	umode_t i_mode = path->dentry->d_inode->i_mode;

	if ((mode & MAY_EXEC) && S_ISREG(i_mode) &&
	    (!(i_mode & S_IXUGO) || (path->mnt->mnt_flags & MNT_NOEXEC)))
		return -EACCES;
	if ((mode & MAY_WRITE) && (S_ISREG(i_mode) || S_ISDIR(i_mode) || S_ISLNK(i_mode)))
		return mnt_may_write(path->mnt);
	return 0;
}

static long do_access(int dfd, const char __user *name, int mode, int flags)
{
	struct path path;
	int err;

	if (mode & ~(MAY_EXEC | MAY_WRITE | MAY_READ))
		return -EINVAL;
	if (flags & ~(AT_EACCESS | AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	err = user_path_at(dfd, name, flags, &path);
	if (err)
		return err;
	err = may_access(&path, mode);
	path_put(&path);
	return err;
}

SYSCALL_DEFINE2(access, const char __user *, name, int, mode)
{
	return do_access(AT_FDCWD, name, mode, 0);
}

SYSCALL_DEFINE3(faccessat, int, dfd, const char __user *, name, int, mode)
{
	return do_access(dfd, name, mode, 0);
}

SYSCALL_DEFINE4(faccessat2, int, dfd, const char __user *, name, int, mode, int, flags)
{
	return do_access(dfd, name, mode, flags);
}
