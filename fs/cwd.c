/* SPDX-License-Identifier: MIT */
/* Where a process is: chdir(), chroot(), getcwd(). */
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/gfp.h>
#include <linux/namei.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "internals.h"

static int user_directory(const char __user *name, struct path *path)
{
	int err = user_path_at(AT_FDCWD, name, 0, path);

	if (err)
		return err;
	if (!S_ISDIR(path->dentry->d_inode->i_mode)) {
		path_put(path);
		return -ENOTDIR;
	}
	return 0;
}

SYSCALL_DEFINE1(chdir, const char __user *, name)
{
	struct path path;
	int err = user_directory(name, &path);

	if (err)
		return err;
	set_fs_pwd(current->fs, &path);
	path_put(&path);
	return 0;
}

SYSCALL_DEFINE1(fchdir, unsigned int, fd)
{
	struct fd f = fdget_raw(fd);
	int err = 0;

	if (!f.file)
		return -EBADF;
	if (S_ISDIR(f.file->f_inode->i_mode))
		set_fs_pwd(current->fs, &f.file->f_path);
	else
		err = -ENOTDIR;
	fdput(f);
	return err;
}

SYSCALL_DEFINE1(chroot, const char __user *, name)
{
	struct path path;
	int err = user_directory(name, &path);

	if (err)
		return err;
	set_fs_root(current->fs, &path);
	path_put(&path);
	return 0;
}

static long put_cwd(const struct path *pwd, char *page, char __user *buf, unsigned long size)
{
	unsigned long len;
	char *name;

	if (d_unhashed(pwd->dentry) && !IS_ROOT(pwd->dentry))
		return -ENOENT;
	name = d_path(pwd, page, PATH_MAX);
	if (IS_ERR(name))
		return PTR_ERR(name);
	len = strlen(name) + 1;
	if (len > size)
		return -ERANGE;
	return copy_to_user(buf, name, len) ? -EFAULT : (long)len;
}

SYSCALL_DEFINE2(getcwd, char __user *, buf, unsigned long, size)
{
	char *page = (char *)__get_free_page(GFP_KERNEL);
	struct path pwd;
	long ret;

	if (!page)
		return -ENOMEM;
	get_fs_pwd(&pwd);
	ret = put_cwd(&pwd, page, buf, size);
	path_put(&pwd);
	free_page((unsigned long)page);
	return ret;
}
