/* SPDX-License-Identifier: MIT */
/* insmod and rmmod: init_module(), finit_module(), delete_module(). */
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include "internals.h"

#define MAX_ARGS_BYTES		PAGE_SIZE

static char *copy_args(const char __user *args)
{
	char *copy = kmalloc(MAX_ARGS_BYTES, GFP_KERNEL);
	long len;

	if (!copy)
		return ERR_PTR(-ENOMEM);
	len = strncpy_from_user(copy, args, MAX_ARGS_BYTES);
	if (len < 0 || len == (long)MAX_ARGS_BYTES) {
		kfree(copy);
		return ERR_PTR(len < 0 ? len : -E2BIG);
	}
	return copy;
}

static int load_with_args(const void *image, size_t len, const char __user *uargs)
{
	char *args = copy_args(uargs);
	int err;

	if (IS_ERR(args))
		return PTR_ERR(args);
	err = load_module(image, len, args);
	kfree(args);
	return err;
}

SYSCALL_DEFINE3(init_module, const void __user *, from, unsigned long, len, const char __user *, args)
{
	void *image;
	int err;

	if (!len)
		return -ENOEXEC;
	image = len <= MAX_MODULE_BYTES ? vmalloc(len) : NULL;
	if (!image)
		return -ENOMEM;
	err = copy_from_user(image, from, len) ? -EFAULT : load_with_args(image, len, args);
	vfree(image);
	return err;
}

static int load_file(struct file *file, const char __user *args)
{
	size_t len;
	void *image = module_read_file(file, &len);
	int err;

	if (IS_ERR(image))
		return PTR_ERR(image);
	err = len ? load_with_args(image, len, args) : -EINVAL;
	vfree(image);
	return err;
}

/* Flags ask for less care, which is not had. */
SYSCALL_DEFINE3(finit_module, int, fd, const char __user *, args, int, flags)
{
	struct fd f;
	int err;

	if (flags)
		return -EINVAL;
	f = fdget(fd);
	if (!f.file)
		return -EBADF;
	err = f.file->f_mode & FMODE_READ ? load_file(f.file, args) : -EBADF;
	fdput(f);
	return err;
}

SYSCALL_DEFINE2(delete_module, const char __user *, name, unsigned int, flags)
{
	char copy[MODULE_NAME_LEN];
	long len = strncpy_from_user(copy, name, sizeof(copy));

	if (len < 0)
		return len;
	return len == sizeof(copy) ? -ENOENT : unload_module(copy);
}
