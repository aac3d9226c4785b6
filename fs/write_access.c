/* SPDX-License-Identifier: MIT */
/*
 * Who writes to a file. Counted are files that are open to write, so that their mount does not
 * become read-only under them, and nobody runs what somebody changes; and, the other way round,
 * programs that run a file, so that nobody changes it under them.
 *
 * An inode's i_writecount is one number for both, as they exclude each other: files open to write,
 * or, below zero, users that deny it. A mount's mnt_writers is guarded by mount_lock, as is the
 * flag that it keeps from being set. Devices and pipes are not written to the file system: they
 * don't count. get_write_access() and deny_write_access() are in linux/fs.h.
 */
#include <linux/fs.h>
#include <linux/mount.h>
#include "internals.h"

/* mnt_want_write - a mount is written to until mnt_drop_write(). Return: 0; -EROFS. */
static int mnt_want_write(struct vfsmount *mnt)
{
	int err;

	spin_lock(&mount_lock);
	err = mnt_may_write(mnt);
	if (!err)
		mnt->mnt_writers++;
	spin_unlock(&mount_lock);
	return err;
}

static void mnt_drop_write(struct vfsmount *mnt)
{
	spin_lock(&mount_lock);
	mnt->mnt_writers--;
	spin_unlock(&mount_lock);
}

/* file_want_write - a file is being opened. Return: 0; -EROFS; -ETXTBSY. */
int file_want_write(struct file *file)
{
	umode_t mode = file->f_inode->i_mode;
	int err;

	if (!(file->f_mode & FMODE_WRITE) || !(S_ISREG(mode) || S_ISDIR(mode)))
		return 0;
	err = mnt_want_write(file->f_path.mnt);
	if (err)
		return err;
	err = get_write_access(file->f_inode);
	if (err)
		mnt_drop_write(file->f_path.mnt);
	else
		file->f_mode |= FMODE_WRITER;
	return err;
}

/* file_drop_write - it is closed, or could not be opened */
void file_drop_write(struct file *file)
{
	if (!(file->f_mode & FMODE_WRITER))
		return;
	put_write_access(file->f_inode);
	mnt_drop_write(file->f_path.mnt);
}
