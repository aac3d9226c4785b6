/* SPDX-License-Identifier: MIT */
/* What a file's owner may set: permissions, owner, times. */
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fsnotify.h>
#include <linux/namei.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "internals.h"

/* chmod_path - set permissions. Process context, may sleep. Return: 0; -EROFS. */
int chmod_path(const struct path *path, umode_t mode)
{
	struct inode *inode = path->dentry->d_inode;
	int err = mnt_may_write(path->mnt);

	if (err)
		return err;
	if (S_ISLNK(inode->i_mode))
		return -EOPNOTSUPP;
	inode_lock(inode);
	inode->i_mode = (inode->i_mode & S_IFMT) | (mode & S_IALLUGO);
	inode->i_ctime = current_time(inode);
	inode_unlock(inode);
	fsnotify_dentry(path->dentry, IN_ATTRIB);
	return 0;
}

/*
 * chown_path - set owner and group, -1 to leave one as it is. Context and return as chmod_path().
 */
int chown_path(const struct path *path, uid_t user, gid_t group)
{
	struct inode *inode = path->dentry->d_inode;
	int err = mnt_may_write(path->mnt);

	if (err)
		return err;
	inode_lock(inode);
	if (user != (uid_t)-1)
		inode->i_uid.val = user;
	if (group != (gid_t)-1)
		inode->i_gid.val = group;
	/* What ran with the rights of the old owner must not with the new one's. */
	if (S_ISREG(inode->i_mode)) {
		inode->i_mode &= ~S_ISUID;
		if (inode->i_mode & S_IXGRP)
			inode->i_mode &= ~S_ISGID;
	}
	inode->i_ctime = current_time(inode);
	inode_unlock(inode);
	fsnotify_dentry(path->dentry, IN_ATTRIB);
	return 0;
}

static void set_time(struct inode *inode, struct timespec64 *to, const struct timespec64 *from)
{
	if (!from || from->tv_nsec == UTIME_NOW)
		*to = current_time(inode);
	else if (from->tv_nsec != UTIME_OMIT)
		*to = *from;
}

/* One of both looks as if the file had been read or written. */
static u32 what_was_set(const struct timespec64 *times)
{
	if (times && times[0].tv_nsec == UTIME_OMIT)
		return IN_MODIFY;
	return times && times[1].tv_nsec == UTIME_OMIT ? IN_ACCESS : IN_ATTRIB;
}

/* utimes_path - times of access and change; NULL: now. Context and return as chmod_path(). */
int utimes_path(const struct path *path, const struct timespec64 *times)
{
	struct inode *inode = path->dentry->d_inode;
	int err = mnt_may_write(path->mnt);

	if (err)
		return err;
	inode_lock(inode);
	set_time(inode, &inode->i_atime, times);
	set_time(inode, &inode->i_mtime, times ? times + 1 : NULL);
	inode->i_ctime = current_time(inode);
	inode_unlock(inode);
	fsnotify_dentry(path->dentry, what_was_set(times));
	return 0;
}

/* -- For programs: permissions and owner ------------------------------------------------------- */

static long chmod_user(int dfd, const char __user *name, umode_t mode)
{
	struct path path;
	int err = user_path_at(dfd, name, 0, &path);

	if (err)
		return err;
	err = chmod_path(&path, mode);
	path_put(&path);
	return err;
}

SYSCALL_DEFINE2(chmod, const char __user *, name, umode_t, mode)
{
	return chmod_user(AT_FDCWD, name, mode);
}

SYSCALL_DEFINE3(fchmodat, int, dfd, const char __user *, name, umode_t, mode)
{
	return chmod_user(dfd, name, mode);
}

SYSCALL_DEFINE2(fchmod, unsigned int, fd, umode_t, mode)
{
	struct fd f = fdget(fd);
	int err;

	if (!f.file)
		return -EBADF;
	err = chmod_path(&f.file->f_path, mode);
	fdput(f);
	return err;
}

static long chown_user(int dfd, const char __user *name, uid_t user, gid_t group, int flags)
{
	struct path path;
	int err = user_path_at(dfd, name, flags, &path);

	if (err)
		return err;
	err = chown_path(&path, user, group);
	path_put(&path);
	return err;
}

SYSCALL_DEFINE3(chown, const char __user *, name, uid_t, user, gid_t, group)
{
	return chown_user(AT_FDCWD, name, user, group, 0);
}

SYSCALL_DEFINE3(lchown, const char __user *, name, uid_t, user, gid_t, group)
{
	return chown_user(AT_FDCWD, name, user, group, AT_SYMLINK_NOFOLLOW);
}

SYSCALL_DEFINE5(fchownat, int, dfd, const char __user *, name, uid_t, user, gid_t, group, int, flags)
{
	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	return chown_user(dfd, name, user, group, flags);
}

SYSCALL_DEFINE3(fchown, unsigned int, fd, uid_t, user, gid_t, group)
{
	struct fd f = fdget(fd);
	int err;

	if (!f.file)
		return -EBADF;
	err = chown_path(&f.file->f_path, user, group);
	fdput(f);
	return err;
}

/* -- Times ------------------------------------------------------------------------------------- */

static bool valid_nsec(long nsec)
{
	return nsec == UTIME_NOW || nsec == UTIME_OMIT || (unsigned long)nsec < NSEC_PER_SEC;
}

/* @name NULL: the file @dfd itself. */
static long do_utimes(int dfd, const char __user *name, const struct timespec64 *times, int flags)
{
	struct path path;
	struct fd f;
	int err;

	if (times && (!valid_nsec(times[0].tv_nsec) || !valid_nsec(times[1].tv_nsec)))
		return -EINVAL;
	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	if (!name && dfd != AT_FDCWD) {
		if (flags)
			return -EINVAL;
		f = fdget(dfd);
		if (!f.file)
			return -EBADF;
		err = utimes_path(&f.file->f_path, times);
		fdput(f);
		return err;
	}
	err = user_path_at(dfd, name, flags, &path);
	if (err)
		return err;
	err = utimes_path(&path, times);
	path_put(&path);
	return err;
}

SYSCALL_DEFINE4(utimensat, int, dfd, const char __user *, name,
		const struct __kernel_timespec __user *, utimes, int, flags)
{
	struct timespec64 times[2];

	_Static_assert(sizeof(struct timespec64) == sizeof(struct __kernel_timespec), "one form");
	if (utimes && copy_from_user(times, utimes, sizeof(times)))
		return -EFAULT;
	/* Nothing is to be done, on whatever. */
	if (utimes && times[0].tv_nsec == UTIME_OMIT && times[1].tv_nsec == UTIME_OMIT)
		return 0;
	return do_utimes(dfd, name, utimes ? times : NULL, flags);
}

/* The older calls, in microseconds and in seconds. */
static long do_futimesat(int dfd, const char __user *name,
			 const struct __kernel_old_timeval __user *utimes)
{
	struct __kernel_old_timeval tv[2];
	struct timespec64 times[2];
	int i;

	if (!utimes)
		return do_utimes(dfd, name, NULL, 0);
	if (copy_from_user(tv, utimes, sizeof(tv)))
		return -EFAULT;
	for (i = 0; i < 2; i++) {
		if (tv[i].tv_usec < 0 || tv[i].tv_usec >= USEC_PER_SEC)
			return -EINVAL;
		times[i].tv_sec = tv[i].tv_sec;
		times[i].tv_nsec = tv[i].tv_usec * NSEC_PER_USEC;
	}
	return do_utimes(dfd, name, times, 0);
}

SYSCALL_DEFINE3(futimesat, int, dfd, const char __user *, name,
		const struct __kernel_old_timeval __user *, utimes)
{
	return do_futimesat(dfd, name, utimes);
}

SYSCALL_DEFINE2(utimes, const char __user *, name, const struct __kernel_old_timeval __user *, utimes)
{
	return do_futimesat(AT_FDCWD, name, utimes);
}

SYSCALL_DEFINE2(utime, const char __user *, name, const long __user *, seconds)
{
	struct timespec64 times[2] = { { 0 } };

	if (!seconds)
		return do_utimes(AT_FDCWD, name, NULL, 0);
	if (get_user(times[0].tv_sec, seconds) || get_user(times[1].tv_sec, seconds + 1))
		return -EFAULT;
	return do_utimes(AT_FDCWD, name, times, 0);
}
