/* SPDX-License-Identifier: MIT */
/* fcntl(): numbers and flags of open files. */
#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/memfd.h>
#include <linux/sched.h>
#include <linux/syscalls.h>
#include "internals.h"

#define MAY_CHANGE	(O_APPEND | O_NONBLOCK | FASYNC | O_DIRECT | O_NOATIME)

static int set_flags(unsigned int fd, struct file *file, unsigned int flags)
{
	int err = 0;

	if ((flags & O_DIRECT) && !(file->f_flags & O_DIRECT))
		return -EINVAL;		/* nothing is cached that it could go round */
	if (((flags ^ file->f_flags) & FASYNC) && file->f_op->fasync)
		err = file->f_op->fasync(fd, file, !!(flags & FASYNC));
	if (err < 0)
		return err;
	spin_lock(&file->f_lock);
	file->f_flags = (flags & MAY_CHANGE) | (file->f_flags & ~MAY_CHANGE);
	spin_unlock(&file->f_lock);
	return 0;
}

static int get_cloexec(unsigned int fd)
{
	struct files_struct *files = current->files;
	int on;

	spin_lock(&files->file_lock);
	on = fd < files->max_fds && test_bit(fd, files->close_on_exec);
	spin_unlock(&files->file_lock);
	return on ? FD_CLOEXEC : 0;
}

static int set_cloexec(unsigned int fd, bool on)
{
	struct files_struct *files = current->files;

	spin_lock(&files->file_lock);
	if (fd < files->max_fds && files->fd[fd])
		__assign_bit(fd, files->close_on_exec, on);
	spin_unlock(&files->file_lock);
	return 0;
}

/* Commands that a file without read and write (O_PATH) has too. */
static bool on_any_file(unsigned int cmd)
{
	return cmd == F_DUPFD || cmd == F_DUPFD_CLOEXEC || cmd == F_GETFD || cmd == F_SETFD ||
	       cmd == F_GETFL;
}

static long do_fcntl(unsigned int fd, struct file *file, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case F_DUPFD:
		return get_dupfd(get_file(file), arg, 0);
	case F_DUPFD_CLOEXEC:
		return get_dupfd(get_file(file), arg, O_CLOEXEC);
	case F_GETFD:
		return get_cloexec(fd);
	case F_SETFD:
		return set_cloexec(fd, arg & FD_CLOEXEC);
	case F_GETFL:
		return READ_ONCE(file->f_flags);
	case F_SETFL:
		return set_flags(fd, file, arg);
	case F_GETLK:
	case F_SETLK:
	case F_SETLKW:
	case F_OFD_GETLK:
	case F_OFD_SETLK:
	case F_OFD_SETLKW:
		return fcntl_lock(fd, file, cmd, (struct flock __user *)arg);
	case F_ADD_SEALS:
	case F_GET_SEALS:
		return memfd_fcntl(file, cmd, arg);
	default:
		return -EINVAL;
	}
}

SYSCALL_DEFINE3(fcntl, unsigned int, fd, unsigned int, cmd, unsigned long, arg)
{
	struct fd f = fdget_raw(fd);
	long ret;

	if (!f.file)
		return -EBADF;
	if ((f.file->f_mode & FMODE_PATH) && !on_any_file(cmd))
		ret = -EBADF;
	else
		ret = do_fcntl(fd, f.file, cmd, arg);
	fdput(f);
	return ret;
}
