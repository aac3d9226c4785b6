/* SPDX-License-Identifier: MIT */
/*
 * memfd_create(): files in memory that no directory has; and seals, by which one who shares such a
 * file can be sure of what the others don't do to it any more.
 *
 * A seal is set for ever. Whoever writes or truncates looks at them with i_rwsem held, under which
 * they are set. F_SEAL_WRITE is set only when no mapping is there that may change the file, and
 * none can be made then: mapping_deny_writable().
 */
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/memfd.h>
#include <linux/shmem_fs.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "internals.h"

#define MFD_CLOEXEC		0x0001U
#define MFD_ALLOW_SEALING	0x0002U
#define MFD_HUGETLB		0x0004U
#define MFD_HUGE_SIZES		(0x3fU << 26)	/* with the latter: how large */

#define PREFIX			"/memfd:"
#define SUFFIX			" (deleted)"
#define MAX_NAME		(NAME_MAX - sizeof("memfd:") + 1)

static int add_seals(struct file *file, unsigned int *seals, unsigned int more)
{
	if (*seals & F_SEAL_SEAL)
		return -EPERM;
	if ((more & ~*seals & F_SEAL_WRITE) && !mapping_deny_writable(file->f_inode->i_mapping))
		return -EBUSY;
	WRITE_ONCE(*seals, *seals | more);
	return 0;
}

/**
 * memfd_fcntl - F_ADD_SEALS and F_GET_SEALS
 * @file: the file
 * @cmd: one of these
 * @arg: F_SEAL_*, to be added to those that are set
 *
 * Context: process, may sleep. Return: 0 or the seals; -EINVAL: no file that has any, or no such
 * seal; -EPERM: not open to write, or sealed against it; -EBUSY: there is a mapping that may change
 * it.
 */
long memfd_fcntl(struct file *file, unsigned int cmd, unsigned long arg)
{
	unsigned int *seals = shmem_seals(file);
	int err;

	if (cmd == F_GET_SEALS)
		return seals ? (long)READ_ONCE(*seals) : -EINVAL;
	if (arg > UINT_MAX)
		return -EINVAL;
	if (!(file->f_mode & FMODE_WRITE))
		return -EPERM;
	if (!seals || (arg & ~(unsigned long)F_ALL_SEALS))
		return -EINVAL;
	inode_lock(file->f_inode);
	err = add_seals(file, seals, arg);
	inode_unlock(file->f_inode);
	return err;
}

/*
 * "/memfd:NAME (deleted)", as /proc shows it. To be freed; or ERR_PTR: -EFAULT; -EINVAL; -ENOMEM.
 */
static char *shown_name(const char __user *uname)
{
	long len = strnlen_user(uname, MAX_NAME + 1);	/* with the 0 */
	char *name;

	if (len <= 0)
		return ERR_PTR(-EFAULT);
	if (len > (long)MAX_NAME + 1)
		return ERR_PTR(-EINVAL);
	name = kmalloc(sizeof(PREFIX) + len + sizeof(SUFFIX), GFP_KERNEL);
	if (!name)
		return ERR_PTR(-ENOMEM);
	strcpy(name, PREFIX);
	if (copy_from_user(name + strlen(PREFIX), uname, len) || name[strlen(PREFIX) + len - 1]) {
		kfree(name);		/* it has changed meanwhile */
		return ERR_PTR(-EFAULT);
	}
	strcat(name, SUFFIX);
	return name;
}

static int new_memfd(const char *name, unsigned int flags)
{
	int fd = get_unused_fd_flags(flags & MFD_CLOEXEC ? O_CLOEXEC : 0);
	struct file *file;

	if (fd < 0)
		return fd;
	file = shmem_file_setup(name, 0, 0);
	if (IS_ERR(file)) {
		put_unused_fd(fd);
		return PTR_ERR(file);
	}
	file->f_flags |= O_LARGEFILE;
	if (flags & MFD_ALLOW_SEALING)
		*shmem_seals(file) &= ~F_SEAL_SEAL;
	fd_install(fd, file);
	return fd;
}

SYSCALL_DEFINE2(memfd_create, const char __user *, uname, unsigned int, flags)
{
	unsigned int may = MFD_CLOEXEC | MFD_ALLOW_SEALING;
	char *name;
	int fd;

	if (flags & MFD_HUGETLB)
		may |= MFD_HUGETLB | MFD_HUGE_SIZES;
	if (flags & ~may)
		return -EINVAL;
	if (flags & MFD_HUGETLB)
		return -ENOSYS;		/* there are none */
	name = shown_name(uname);
	if (IS_ERR(name))
		return PTR_ERR(name);
	fd = new_memfd(name, flags);
	kfree(name);
	return fd;
}
