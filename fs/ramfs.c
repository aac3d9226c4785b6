/* SPDX-License-Identifier: MIT */
/*
 * A file system that lives in memory: its directories are pinned entries, its files ramfs_data.c's.
 * Mounted as the root, on /dev, and by anyone as ramfs or tmpfs.
 */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mount.h>
#include <linux/shmem_fs.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "internals.h"
#include "ramfs.h"

#define RAMFS_MAGIC	0x858458f6
#define TMPFS_MAGIC	0x01021994
#define INODE_COST	2048	/* bytes that an inode with its name takes */
#define DIRENT_SIZE	20	/* what an entry adds to its directory's size, as on tmpfs */

static const struct inode_operations dir_iops;

/* What there is of a file without data; a link's target may be as long as a path. */
static unsigned long inode_cost(umode_t mode)
{
	return S_ISLNK(mode) ? INODE_COST + PATH_MAX : INODE_COST;
}

static struct inode *ramfs_new_inode(struct super_block *sb, const struct inode *dir, umode_t mode,
				     dev_t dev)
{
	struct inode *inode = NULL;

	if (ramfs_charge(inode_cost(mode))) {
		inode = new_inode(sb);
		if (!inode)
			ramfs_uncharge(inode_cost(mode));
	}
	if (!inode)
		return NULL;
	inode_init_owner(inode, dir, mode);
	switch (mode & S_IFMT) {
	case S_IFREG:
		inode->i_op = &ramfs_file_iops;
		inode->i_fop = &ramfs_file_fops;
		if (!ramfs_alloc_data(inode)) {
			iput(inode);
			return NULL;
		}
		break;
	case S_IFDIR:
		inode->i_op = &dir_iops;
		inode->i_fop = &simple_dir_operations;
		inode->i_size = 2 * DIRENT_SIZE;
		inc_nlink(inode);	/* "." */
		break;
	case S_IFLNK:
		inode->i_op = &simple_symlink_inode_operations;
		break;
	default:
		init_special_inode(inode, mode, dev);
	}
	return inode;
}

/* -- Names ------------------------------------------------------------------------------------- */

static int add_name(struct inode *dir, struct dentry *dentry, struct inode *inode)
{
	if (!inode)
		return -ENOSPC;
	d_instantiate(dentry, inode);
	d_pin(dentry);
	dir->i_size += DIRENT_SIZE;
	dir->i_mtime = dir->i_ctime = inode->i_ctime;
	return 0;
}

static int ramfs_mknod(struct user_namespace *ns, struct inode *dir, struct dentry *dentry,
		       umode_t mode, dev_t dev)
{
	return add_name(dir, dentry, ramfs_new_inode(dir->i_sb, dir, mode, dev));
}

static int ramfs_create(struct user_namespace *ns, struct inode *dir, struct dentry *dentry,
			umode_t mode, bool excl)
{
	return ramfs_mknod(ns, dir, dentry, mode, 0);
}

static int ramfs_mkdir(struct user_namespace *ns, struct inode *dir, struct dentry *dentry,
		       umode_t mode)
{
	int err = ramfs_mknod(ns, dir, dentry, mode | S_IFDIR, 0);

	if (!err)
		inc_nlink(dir);		/* its ".." */
	return err;
}

static int ramfs_symlink(struct user_namespace *ns, struct inode *dir, struct dentry *dentry,
			 const char *target)
{
	struct inode *inode = ramfs_new_inode(dir->i_sb, dir, S_IFLNK | S_IRWXUGO, 0);

	if (!inode)
		return -ENOSPC;
	inode->i_link = kstrdup(target, GFP_KERNEL);
	if (!inode->i_link) {
		iput(inode);
		return -ENOMEM;
	}
	inode->i_size = strlen(target);
	return add_name(dir, dentry, inode);
}

static int ramfs_link(struct dentry *old, struct inode *dir, struct dentry *dentry)
{
	int err = simple_link(old, dir, dentry);

	if (!err)
		dir->i_size += DIRENT_SIZE;
	return err;
}

static int ramfs_unlink(struct inode *dir, struct dentry *dentry)
{
	int err = simple_unlink(dir, dentry);

	if (!err)
		dir->i_size -= DIRENT_SIZE;
	return err;
}

static int ramfs_rmdir(struct inode *dir, struct dentry *dentry)
{
	int err = simple_rmdir(dir, dentry);

	if (!err)
		dir->i_size -= DIRENT_SIZE;
	return err;
}

static int ramfs_rename(struct user_namespace *ns, struct inode *old_dir, struct dentry *old_dentry,
			struct inode *new_dir, struct dentry *new_dentry, unsigned int flags)
{
	bool replaces = new_dentry->d_inode;
	int err = simple_rename(ns, old_dir, old_dentry, new_dir, new_dentry, flags);

	if (!err) {
		old_dir->i_size -= DIRENT_SIZE;
		new_dir->i_size += replaces ? 0 : DIRENT_SIZE;
	}
	return err;
}

static const struct inode_operations dir_iops = {
	.lookup		= simple_lookup,
	.create		= ramfs_create,
	.link		= ramfs_link,
	.unlink		= ramfs_unlink,
	.symlink	= ramfs_symlink,
	.mkdir		= ramfs_mkdir,
	.rmdir		= ramfs_rmdir,
	.mknod		= ramfs_mknod,
	.rename		= ramfs_rename,
};

/* -- The file system ---------------------------------------------------------------------------- */

static void ramfs_evict_inode(struct inode *inode)
{
	if (S_ISLNK(inode->i_mode))
		kfree(inode->i_link);
	else if (S_ISREG(inode->i_mode) && inode->i_private)
		ramfs_free_data(inode);
	ramfs_uncharge(inode_cost(inode->i_mode));
}

static const struct super_operations ramfs_super_ops = {
	.evict_inode	= ramfs_evict_inode,
};

static int ramfs_fill_super(struct super_block *sb, void *data)
{
	sb->s_magic = strstr(sb->s_type->name, "tmpfs") ? TMPFS_MAGIC : RAMFS_MAGIC;
	sb->s_op = &ramfs_super_ops;
	sb->s_root = d_make_root(ramfs_new_inode(sb, NULL, S_IFDIR | 0755, 0));
	return sb->s_root ? 0 : -ENOMEM;
}

/* The same under the names that fstab and scripts use. */
enum { ROOTFS, DEVTMPFS, TMPFS, RAMFS };
static struct file_system_type ramfs_types[] = {
	[ROOTFS] = { .name = "rootfs", .fill_super = ramfs_fill_super, .kill_sb = kill_litter_super },
	[DEVTMPFS] = { .name = "devtmpfs", .fill_super = ramfs_fill_super, .kill_sb = kill_litter_super,
	  .fs_flags = FS_SINGLE },
	[TMPFS] = { .name = "tmpfs", .fill_super = ramfs_fill_super, .kill_sb = kill_litter_super },
	[RAMFS] = { .name = "ramfs", .fill_super = ramfs_fill_super, .kill_sb = kill_litter_super },
};

/* -- Files that no directory has ----------------------------------------------------------------- */

static struct vfsmount *shm_mnt;	/* set at boot */

/**
 * shmem_file_setup - a file in memory without a name
 * @name: shown in its place; copied
 * @size: its length
 * @flags: VM_*, of which none makes a difference
 *
 * It can't be sealed, unless the caller clears F_SEAL_SEAL of shmem_seals(). Context: process, may sleep.
 * Return: the file, open to read and write; or ERR_PTR: -EINVAL, -ENOMEM, -ENOSPC, -EFBIG.
 */
struct file *shmem_file_setup(const char *name, loff_t size, unsigned long flags)
{
	struct inode *inode;
	struct file *file;
	int err;

	if (size < 0)
		return ERR_PTR(-EINVAL);
	inode = ramfs_new_inode(shm_mnt->mnt_sb, NULL, S_IFREG | S_IRWXUGO, 0);
	if (!inode)
		return ERR_PTR(-ENOSPC);
	clear_nlink(inode);
	err = size ? ramfs_file_iops.truncate(inode, size) : 0;
	file = err ? ERR_PTR(err) : alloc_file_pseudo(inode, shm_mnt, name, O_RDWR, &ramfs_file_fops);
	if (IS_ERR(file))
		iput(inode);
	return file;
}
EXPORT_SYMBOL_GPL(shmem_file_setup);

/* shmem_seals - the seals of a file, i_rwsem to change them; NULL: it is none that has some */
unsigned int *shmem_seals(struct file *file)
{
	struct inode *inode = file_inode(file);

	if (inode->i_op != &ramfs_file_iops || inode->i_sb->s_type == &ramfs_types[RAMFS])
		return NULL;
	return ramfs_seals(inode);
}

static int __init shmem_init(void)
{
	shm_mnt = kern_mount(&ramfs_types[TMPFS]);
	return PTR_ERR_OR_ZERO(shm_mnt);
}
fs_initcall(shmem_init);

void __init ramfs_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ramfs_types); i++)
		register_filesystem(&ramfs_types[i]);
}
