/* SPDX-License-Identifier: MIT */
/* Path names from a program's memory, and the paths that it means by them. */
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/namei.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "internals.h"

static struct filename *copy_name(const char __user *filename, bool may_be_empty)
{
	struct filename *name = kmalloc(sizeof(*name) + PATH_MAX, GFP_KERNEL);
	char *copy = (char *)(name + 1);
	long len;

	if (!name)
		return ERR_PTR(-ENOMEM);
	len = strncpy_from_user(copy, filename, PATH_MAX);
	if (len < 0 || len == PATH_MAX || (!len && !may_be_empty)) {
		kfree(name);
		return ERR_PTR(len < 0 ? len : len ? -ENAMETOOLONG : -ENOENT);
	}
	name->name = copy;
	return name;
}

/**
 * getname - copy a path name from a program
 * @filename: its address
 *
 * Context: process, may sleep. Return: the copy, for putname(); ERR_PTR: -EFAULT, -ENAMETOOLONG,
 * -ENOENT for an empty one, -ENOMEM.
 */
struct filename *getname(const char __user *filename)
{
	return copy_name(filename, false);
}

void putname(struct filename *name)
{
	kfree(name);
}

/* The file of a number itself, whatever it is; of AT_FDCWD the working directory. */
static int path_of_fd(int dfd, struct path *path)
{
	struct fd f;

	if (dfd == AT_FDCWD) {
		get_fs_pwd(path);
		return 0;
	}
	f = fdget_raw(dfd);
	if (!f.file)
		return -EBADF;
	*path = f.file->f_path;
	path_get(path);
	fdput(f);
	return 0;
}

/**
 * user_path_at - look up a name that a program passes
 * @dfd: open directory that a relative name begins in, or AT_FDCWD
 * @name: the name
 * @flags: AT_SYMLINK_NOFOLLOW: not beyond a symlink at the end; AT_EMPTY_PATH: "" is @dfd itself;
 *	others are ignored
 * @path: filled in and counted; path_put() it
 *
 * Context: process, may sleep. Return: 0; as getname() and kern_path_at().
 */
int user_path_at(int dfd, const char __user *name, int flags, struct path *path)
{
	struct filename *copy = copy_name(name, flags & AT_EMPTY_PATH);
	int err;

	if (IS_ERR(copy))
		return PTR_ERR(copy);
	if (!*copy->name)
		err = path_of_fd(dfd, path);
	else
		err = kern_path_at(dfd, copy->name,
				   flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW, path);
	putname(copy);
	return err;
}
