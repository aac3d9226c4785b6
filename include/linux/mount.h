/* SPDX-License-Identifier: MIT */
/* What is mounted where. */
#ifndef _LINUX_MOUNT_H
#define _LINUX_MOUNT_H

#include <linux/types.h>
#include <linux/list.h>

struct dentry;
struct super_block;
struct file_system_type;
struct path;

#define MNT_NOSUID	0x01
#define MNT_NODEV	0x02
#define MNT_NOEXEC	0x04
#define MNT_READONLY	0x40

struct vfsmount {
	struct dentry		*mnt_root;	/* fixed */
	struct super_block	*mnt_sb;
	int			mnt_flags;	/* mount_lock to change */

	unsigned int		mnt_count;	/* mount_lock from here on: open files and paths in it */
	unsigned int		mnt_writers;	/* files in it that are open to write */
	struct vfsmount		*mnt_parent;	/* itself at the root of all */
	struct dentry		*mnt_mountpoint;
	struct vfsmount		*mnt_was_on;	/* mnt_parent, until path_umount() took it from the tree */
	struct list_head	mnt_list;	/* all mounts, in order */
	const char		*mnt_devname;
};

struct seq_file;
int mounts_show(struct seq_file *m, void *v);	/* what /proc/mounts shows */
struct vfsmount *kern_mount(struct file_system_type *type);
void kern_unmount(struct vfsmount *mnt);
struct vfsmount *mntget(struct vfsmount *mnt);
void mntput(struct vfsmount *mnt);
int path_mount(const char *dev_name, struct path *path, const char *type, unsigned long flags,
	       void *data);
int path_umount(struct path *path, int flags);
int do_mount(const char *dev_name, const char *dir, const char *type, unsigned long flags,
	     void *data);

#endif
