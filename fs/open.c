/* SPDX-License-Identifier: MIT */
/* Opening files for programs, asking whether that would do, and opening what is to be run. */
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fsnotify.h>
#include <linux/fs_struct.h>
#include <linux/namei.h>
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
			fsnotify_open(file);
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

/* path_noexec - is nothing to be run from where this is mounted? */
bool path_noexec(const struct path *path)
{
	return READ_ONCE(path->mnt->mnt_flags) & MNT_NOEXEC;
}

/*
 * may_open - what a mount or the flags forbid. Return: 0; -ELOOP: a symlink is not followed;
 * -EACCES: a device where there are to be none; -EINVAL.
 */
int may_open(const struct path *path, int flags)
{
	umode_t mode = path->dentry->d_inode->i_mode;

	if (flags & O_PATH)
		return 0;
	if (S_ISLNK(mode))
		return -ELOOP;	/* O_NOFOLLOW */
	if ((S_ISCHR(mode) || S_ISBLK(mode)) && (READ_ONCE(path->mnt->mnt_flags) & MNT_NODEV))
		return -EACCES;
	return flags & O_DIRECT ? -EINVAL : 0;	/* nothing is cached that it could go round */
}

/* -- access() ---------------------------------------------------------------------------------- */

/*
 * All programs are root's, who may do all but run what nobody may, or write what can't be written.
 */
static int may_access(const struct path *path, int mode)
{
	umode_t i_mode = path->dentry->d_inode->i_mode;

	if ((mode & MAY_EXEC) && S_ISREG(i_mode) && (!(i_mode & S_IXUGO) || path_noexec(path)))
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

/* -- execve() ---------------------------------------------------------------------------------- */

/**
 * open_exec - open a program, or what is to load it
 * @name: path name, kernel memory
 *
 * Nobody writes to it before close_exec().
 * Context: process, may sleep. Return: the file; -EACCES: no regular file, or nobody may execute
 * it;
 * -ETXTBSY: somebody has it open to write; as open().
 */
struct file *open_exec(const char *name)
{
	struct file *file = ERR_PTR(-EACCES);
	struct path path;
	int err = kern_path(name, LOOKUP_FOLLOW, &path);

	if (err)
		return ERR_PTR(err);
	/* Others are not even opened: that may take long, or do something. */
	if (S_ISREG(path.dentry->d_inode->i_mode) && !may_access(&path, MAY_EXEC))
		file = dentry_open(&path, O_RDONLY);
	path_put(&path);
	if (IS_ERR(file))
		return file;
	err = deny_write_access(file);
	if (err) {
		fput(file);
		return ERR_PTR(err);
	}
	fsnotify_open(file);
	return file;
}

/* close_exec - the opposite of open_exec(), or of set_exe_file() */
void close_exec(struct file *file)
{
	allow_write_access(file);
	fput(file);
}
