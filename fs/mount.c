/* SPDX-License-Identifier: MIT */
/*
 * Mounts: file systems grafted onto entries of others, and start-up of the whole layer.
 *
 * mount_lock guards the list, the links and the counts. There are a handful of mounts, so
 * that the one on an entry is found by going through them all; entries with nothing on
 * them, which is nearly every one, are told by a flag without the lock.
 */
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/fs_struct.h>
#include <linux/init.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/panic.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/module.h>
#include <uapi/linux/mount.h>
#include "internals.h"

DEFINE_SPINLOCK(mount_lock);
static LIST_HEAD(mounts);

struct path init_root;			/* fixed once vfs_init() ran */

static struct vfsmount *new_mount(struct file_system_type *type, const char *devname, void *data)
{
	struct vfsmount *mnt = kzalloc(sizeof(*mnt), GFP_KERNEL);
	struct super_block *sb;

	if (!mnt)
		return ERR_PTR(-ENOMEM);
	mnt->mnt_devname = kstrdup(devname ?: "none", GFP_KERNEL);
	sb = mnt->mnt_devname ? get_super(type, data) : ERR_PTR(-ENOMEM);
	if (IS_ERR(sb)) {
		kfree(mnt->mnt_devname);
		kfree(mnt);
		return ERR_CAST(sb);
	}
	mnt->mnt_sb = sb;
	mnt->mnt_root = dget(sb->s_root);
	mnt->mnt_count = 1;
	mnt->mnt_parent = mnt;
	mnt->mnt_mountpoint = mnt->mnt_root;
	INIT_LIST_HEAD(&mnt->mnt_list);
	return mnt;
}

static void free_mount(struct vfsmount *mnt)
{
	struct super_block *sb = mnt->mnt_sb;

	dput(mnt->mnt_root);
	put_super(sb);
	kfree(mnt->mnt_devname);
	kfree(mnt);
}

/**
 * kern_mount - mount a file system where no path leads, for the kernel's own use
 * @type: its kind
 *
 * Context: process, may sleep. Return: the mount, or ERR_PTR. Undo with kern_unmount().
 */
struct vfsmount *kern_mount(struct file_system_type *type)
{
	return new_mount(type, type->name, NULL);
}
EXPORT_SYMBOL(kern_mount);

void kern_unmount(struct vfsmount *mnt)
{
	if (!IS_ERR_OR_NULL(mnt))
		mntput(mnt);
}
EXPORT_SYMBOL(kern_unmount);

struct vfsmount *mntget(struct vfsmount *mnt)
{
	if (mnt) {
		spin_lock(&mount_lock);
		mnt->mnt_count++;
		spin_unlock(&mount_lock);
	}
	return mnt;
}
EXPORT_SYMBOL(mntget);

/* mntput - drop a reference; the last one of a mount that is nowhere in the tree frees it */
void mntput(struct vfsmount *mnt)
{
	bool last;

	if (!mnt)
		return;
	spin_lock(&mount_lock);
	last = --mnt->mnt_count == 0;
	spin_unlock(&mount_lock);
	if (last)
		free_mount(mnt);
}
EXPORT_SYMBOL(mntput);

void path_get(const struct path *path)
{
	mntget(path->mnt);
	dget(path->dentry);
}
EXPORT_SYMBOL(path_get);

void path_put(const struct path *path)
{
	dput(path->dentry);
	mntput(path->mnt);
}
EXPORT_SYMBOL(path_put);

/* The newest mount on @path, counted, or NULL. */
struct vfsmount *lookup_mnt(const struct path *path)
{
	struct vfsmount *mnt, *found = NULL;

	if (!(READ_ONCE(path->dentry->d_flags) & DCACHE_MOUNTED))
		return NULL;
	spin_lock(&mount_lock);
	list_for_each_entry_reverse(mnt, &mounts, mnt_list) {
		if (mnt->mnt_parent == path->mnt && mnt->mnt_mountpoint == path->dentry &&
		    mnt != path->mnt) {
			found = mnt;
			found->mnt_count++;
			break;
		}
	}
	spin_unlock(&mount_lock);
	return found;
}

/* From the root of a mount to what it is mounted on. False at the root of all. */
bool follow_up(struct path *path)
{
	struct path up;

	spin_lock(&mount_lock);
	up.mnt = path->mnt->mnt_parent;
	up.dentry = path->mnt->mnt_mountpoint;
	if (up.mnt == path->mnt) {
		spin_unlock(&mount_lock);
		return false;
	}
	up.mnt->mnt_count++;
	dget(up.dentry);	/* as long as the mount is sure to hold it */
	spin_unlock(&mount_lock);
	path_put(path);
	*path = up;
	return true;
}

static int flags_to_mnt(unsigned long flags)
{
	return (flags & SB_RDONLY ? MNT_READONLY : 0) | (flags & SB_NOSUID ? MNT_NOSUID : 0) |
	       (flags & SB_NODEV ? MNT_NODEV : 0) | (flags & SB_NOEXEC ? MNT_NOEXEC : 0);
}

/*
 * Return: 0; -EINVAL: in what was taken from the tree nothing is mounted, as none would find it
 * there.
 */
static int attach(struct vfsmount *mnt, const struct path *path)
{
	path_get(path);		/* the mount holds what it stands on */
	spin_lock(&mount_lock);
	if (path->mnt->mnt_was_on) {
		spin_unlock(&mount_lock);
		path_put(path);
		return -EINVAL;
	}
	mnt->mnt_parent = path->mnt;
	mnt->mnt_mountpoint = path->dentry;
	list_add_tail(&mnt->mnt_list, &mounts);
	spin_lock(&dcache_lock);
	path->dentry->d_flags |= DCACHE_MOUNTED;
	spin_unlock(&dcache_lock);
	spin_unlock(&mount_lock);
	return 0;
}

/**
 * path_mount - mount a new file system on a directory
 * @dev_name: shown in /proc/mounts
 * @path: the directory
 * @type: kind of file system
 * @flags: SB_RDONLY, SB_NOSUID, SB_NODEV, SB_NOEXEC
 * @data: for the file system
 *
 * Context: process, may sleep.
 * Return: 0; -ENODEV unknown kind; -ENOTDIR; -ENOENT: it was removed; -EBUSY: the same is there;
 * -EINVAL: the directory's own mount is no longer in the tree; -ENOMEM; what the file system says.
 */
int path_mount(const char *dev_name, struct path *path, const char *type, unsigned long flags,
	       void *data)
{
	struct file_system_type *fs;
	struct vfsmount *mnt;
	int err;

	if (!S_ISDIR(path->dentry->d_inode->i_mode))
		return -ENOTDIR;
	fs = get_fs_type(type);
	if (!fs)
		return -ENODEV;
	mnt = new_mount(fs, dev_name, data);
	module_put(fs->owner);
	if (IS_ERR(mnt))
		return PTR_ERR(mnt);
	if (path->mnt->mnt_sb == mnt->mnt_sb && path->dentry == mnt->mnt_root) {
		mntput(mnt);
		return -EBUSY;		/* there already */
	}
	mnt->mnt_flags = flags_to_mnt(flags);
	/* Who removes the directory looks for a mount with its lock held. */
	inode_lock(path->dentry->d_inode);
	if (d_unhashed(path->dentry) && !IS_ROOT(path->dentry))
		err = -ENOENT;
	else
		err = attach(mnt, path);
	inode_unlock(path->dentry->d_inode);
	if (err)
		mntput(mnt);
	return err;
}

static bool has_mount_on(const struct dentry *dentry)
{
	struct vfsmount *mnt;

	list_for_each_entry(mnt, &mounts, mnt_list)
		if (mnt->mnt_mountpoint == dentry && mnt->mnt_parent != mnt)
			return true;
	return false;
}

/*
 * path_remount - the root of a mount gets other SB_* flags. Return: 0; -EINVAL: it is none; -EBUSY:
 * read-only, and files are open to write.
 */
int path_remount(const struct path *path, unsigned long flags)
{
	struct vfsmount *mnt = path->mnt;
	int err = 0;

	if (path->dentry != mnt->mnt_root)
		return -EINVAL;
	spin_lock(&mount_lock);
	if ((flags & SB_RDONLY) && mnt->mnt_writers)
		err = -EBUSY;
	else
		WRITE_ONCE(mnt->mnt_flags, flags_to_mnt(flags));
	spin_unlock(&mount_lock);
	return err;
}

/* Nobody finds @mnt any more. Its hold on what it was on goes with it to @gone. mount_lock held. */
static void detach(struct vfsmount *mnt, struct list_head *gone)
{
	struct dentry *on = mnt->mnt_mountpoint;

	list_move_tail(&mnt->mnt_list, gone);
	mnt->mnt_was_on = mnt->mnt_parent;
	mnt->mnt_parent = mnt;
	spin_lock(&dcache_lock);
	if (!has_mount_on(on))
		on->d_flags &= ~DCACHE_MOUNTED;
	spin_unlock(&dcache_lock);
}

/* The tree's own references to mounts that were detached. Sleeps. */
static void put_detached(struct list_head *gone)
{
	struct vfsmount *mnt, *next;

	list_for_each_entry_safe(mnt, next, gone, mnt_list) {
		struct path on = { mnt->mnt_was_on, mnt->mnt_mountpoint };

		list_del_init(&mnt->mnt_list);
		mntput(mnt);
		path_put(&on);
	}
}

/**
 * path_umount - undo path_mount()
 * @path: the root of the mount; the caller's reference is dropped in any case
 * @flags: MNT_DETACH: with all mounts in it; those who use files in them keep them
 *
 * Context: process, may sleep. Return: 0; -EINVAL when it is not the root of a mount, or
 * the root of all; -EBUSY, without MNT_DETACH, while files or mounts in it are in use.
 */
int path_umount(struct path *path, int flags)
{
	struct vfsmount *mnt = path->mnt, *in, *next;
	LIST_HEAD(gone);
	int err = 0;

	spin_lock(&mount_lock);
	if (path->dentry != mnt->mnt_root || mnt->mnt_parent == mnt)
		err = -EINVAL;
	else if (!(flags & MNT_DETACH) && mnt->mnt_count != 2)
		err = -EBUSY;	/* more than the tree and the caller count it */
	/* A mount stands behind the one that it is in: one turn finds them all. */
	list_for_each_entry_safe(in, next, &mounts, mnt_list)
		if (!err && (in == mnt || in->mnt_parent->mnt_was_on))
			detach(in, &gone);
	spin_unlock(&mount_lock);
	put_detached(&gone);
	path_put(path);
	return err;
}

/* do_mount - path_mount() by name; a missing directory is -ENOENT */
int do_mount(const char *dev_name, const char *dir, const char *type, unsigned long flags,
	     void *data)
{
	struct path path;
	int err = kern_path(dir, LOOKUP_FOLLOW | LOOKUP_DIRECTORY, &path);

	if (err)
		return err;
	err = path_mount(dev_name, &path, type, flags, data);
	path_put(&path);
	return err;
}

/**
 * vfs_init - the root file system, with /dev and /proc to mount on
 *
 * Context: boot, after the slab allocator; before any file is opened.
 */
void __init vfs_init(void)
{
	struct file_system_type *fs;
	struct vfsmount *mnt;

	dcache_init();
	inode_cache_init();
	files_init();
	ramfs_init();

	fs = get_fs_type("rootfs");
	mnt = fs ? new_mount(fs, "rootfs", NULL) : ERR_PTR(-ENODEV);
	if (IS_ERR(mnt))
		panic("no root file system: %ld", PTR_ERR(mnt));
	spin_lock(&mount_lock);
	list_add_tail(&mnt->mnt_list, &mounts);
	spin_unlock(&mount_lock);
	init_root.mnt = mnt;
	init_root.dentry = mnt->mnt_root;

	if (init_mkdir("/dev", 0755) || do_mount("devtmpfs", "/dev", "devtmpfs", 0, NULL))
		panic("/dev can't be mounted");
}

/* -- /proc/mounts ----------------------------------------------------------------------------- */

int mounts_show(struct seq_file *m, void *v)
{
	struct vfsmount *mnt;
	char *page = (char *)__get_free_page(GFP_KERNEL), *name;
	struct path root;

	if (!page)
		return -ENOMEM;
	get_fs_root(&root);
	spin_lock(&mount_lock);
	list_for_each_entry(mnt, &mounts, mnt_list) {
		name = mount_path(mnt, &root, page, PAGE_SIZE);
		if (IS_ERR(name))
			continue;	/* outside of the reader's root */
		/*
		 * What separates fields, what begins a comment, and what says so, is written as
		 * \ooo.
		 */
		seq_escape(m, mnt->mnt_devname, " \t\n\\#");
		seq_putc(m, ' ');
		seq_escape(m, name, " \t\n\\");
		seq_printf(m, " %s %s%s%s%s 0 0\n", mnt->mnt_sb->s_type->name, mnt->mnt_flags & MNT_READONLY ? "ro" : "rw",
			   mnt->mnt_flags & MNT_NOSUID ? ",nosuid" : "",
			   mnt->mnt_flags & MNT_NODEV ? ",nodev" : "",
			   mnt->mnt_flags & MNT_NOEXEC ? ",noexec" : "");
	}
	spin_unlock(&mount_lock);
	path_put(&root);
	free_page((unsigned long)page);
	return 0;
}

static int __init mounts_proc_init(void)
{
	proc_symlink("mounts", NULL, "self/mounts");
	return 0;
}
fs_initcall(mounts_proc_init);
