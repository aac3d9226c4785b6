/* SPDX-License-Identifier: MIT */
/*
 * fcntl(): locks of parts of files, by processes (F_SETLK and its like) and by open files
 * (F_OFD_SETLK).
 *
 * A process here is its table of files: whoever shares that shares its locks.
 */
#include <linux/errno.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/uaccess.h>
#include "internals.h"
#include "locks.h"

/* The bytes that @from means. Return: 0; -EINVAL; -EOVERFLOW: beyond what a position can be. */
static int get_range(struct file *file, const struct flock *from, struct file_lock *lock)
{
	loff_t base;

	switch (from->l_whence) {
	case SEEK_SET:
		base = 0;
		break;
	case SEEK_CUR:
		base = READ_ONCE(file->f_pos);
		break;
	case SEEK_END:
		base = i_size_read(file->f_inode);
		break;
	default:
		return -EINVAL;
	}
	if (from->l_start > OFFSET_MAX - base)
		return -EOVERFLOW;
	lock->start = base + from->l_start;
	if (lock->start < 0)
		return -EINVAL;
	if (from->l_len > 0) {
		if (from->l_len - 1 > OFFSET_MAX - lock->start)
			return -EOVERFLOW;
		lock->end = lock->start + from->l_len - 1;
	} else if (from->l_len < 0) {		/* so many before it */
		if (lock->start + from->l_len < 0)
			return -EINVAL;
		lock->end = lock->start - 1;
		lock->start += from->l_len;
	} else {
		lock->end = OFFSET_MAX;
	}
	return 0;
}

/* Return: 0; -EINVAL; -EOVERFLOW. */
static int get_lock(struct file *file, bool ofd, const struct flock *from, struct file_lock *lock)
{
	int err = get_range(file, from, lock);

	if (err)
		return err;
	if (from->l_type != F_RDLCK && from->l_type != F_WRLCK && from->l_type != F_UNLCK)
		return -EINVAL;
	lock->inode = file->f_inode;
	lock->kind = ofd ? LOCK_OFD : LOCK_POSIX;
	lock->owner = ofd ? (void *)file : current->files;
	lock->pid = current->tgid;
	lock->type = from->l_type;
	return 0;
}

static int test_lock(struct file *file, bool ofd, struct flock __user *uflock)
{
	struct file_lock want, found;
	struct flock flock;
	int err;

	if (copy_from_user(&flock, uflock, sizeof(flock)))
		return -EFAULT;
	if (flock.l_type != F_RDLCK && flock.l_type != F_WRLCK)
		return -EINVAL;
	err = get_lock(file, ofd, &flock, &want);
	if (err)
		return err;
	if (ofd && flock.l_pid)
		return -EINVAL;
	if (!test_file_lock(&want, &found)) {
		flock.l_type = F_UNLCK;
	} else {
		flock.l_type = found.type;
		flock.l_whence = SEEK_SET;
		flock.l_start = found.start;
		flock.l_len = found.end == OFFSET_MAX ? 0 : found.end - found.start + 1;
		flock.l_pid = found.kind == LOCK_OFD ? -1 : found.pid;
	}
	return copy_to_user(uflock, &flock, sizeof(flock)) ? -EFAULT : 0;
}

static bool still_open(unsigned int fd, const struct file *file)
{
	struct files_struct *files = current->files;
	bool open;

	spin_lock(&files->file_lock);
	open = fd < files->max_fds && files->fd[fd] == file;
	spin_unlock(&files->file_lock);
	return open;
}

static int set_lock(unsigned int fd, struct file *file, bool ofd, bool wait,
		    struct flock __user *uflock)
{
	struct file_lock want;
	struct flock flock;
	int err;

	if (copy_from_user(&flock, uflock, sizeof(flock)))
		return -EFAULT;
	err = get_lock(file, ofd, &flock, &want);
	if (err)
		return err;
	if ((want.type == F_RDLCK && !(file->f_mode & FMODE_READ)) ||
	    (want.type == F_WRLCK && !(file->f_mode & FMODE_WRITE)))
		return -EBADF;
	if (ofd && flock.l_pid)
		return -EINVAL;
	err = lock_file(&want, wait);
	/*
	 * Another thread may have closed it meanwhile: either it saw the lock, or we see that it is
	 * closed, as it took the file out of the table first.
	 */
	if (!err && !ofd && want.type != F_UNLCK && !still_open(fd, file)) {
		locks_remove_posix(file, current->files);
		return -EBADF;
	}
	return err;
}

/**
 * fcntl_lock - F_GETLK, F_SETLK, F_SETLKW and those of open files
 * @fd: by which the program has it
 * @file: the file, counted
 * @cmd: one of these
 * @uflock: what is wanted; of F_GETLK: what is in the way
 *
 * Context: process, may sleep. Return: 0; -EINVAL; -EOVERFLOW; -EFAULT; -EBADF: not open for it, or
 * closed by another thread; -EAGAIN: something is in the way; -EDEADLK; -ERESTARTSYS; -ENOLCK.
 */
int fcntl_lock(unsigned int fd, struct file *file, unsigned int cmd, struct flock __user *uflock)
{
	bool ofd = cmd == F_OFD_GETLK || cmd == F_OFD_SETLK || cmd == F_OFD_SETLKW;

	if (cmd == F_GETLK || cmd == F_OFD_GETLK)
		return test_lock(file, ofd, uflock);
	return set_lock(fd, file, ofd, cmd == F_SETLKW || cmd == F_OFD_SETLKW, uflock);
}
