/* SPDX-License-Identifier: MIT */
/* The tree of /sys/kernel/debug: entries made and removed by their owners. */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kobject.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "internals.h"

#define DEBUGFS_MAGIC	0x64626720

static struct super_block *debugfs_sb;		/* set once, at boot */

static void debugfs_evict_inode(struct inode *inode)
{
	if (S_ISLNK(inode->i_mode))
		kfree(inode->i_link);
}

static void debugfs_release_dentry(struct dentry *dentry)
{
	kfree(dentry_node(dentry));
}

static const struct super_operations debugfs_super_ops = {
	.evict_inode	= debugfs_evict_inode,
};

static const struct dentry_operations debugfs_dentry_ops = {
	.d_release	= debugfs_release_dentry,
};

/* Add an entry; @node and @target (of a symlink) are taken over. */
static struct dentry *add(const char *name, umode_t mode, struct dentry *parent, void *data,
			  struct debugfs_node *node, char *target)
{
	struct inode *inode;
	struct dentry *dentry;

	if (IS_ERR(parent)) {
		kfree(node);
		kfree(target);
		return parent;
	}
	if (!parent)
		parent = debugfs_sb->s_root;
	inode = pinned_inode(debugfs_sb, mode, data);
	if (!inode) {
		kfree(node);
		kfree(target);
		return ERR_PTR(-ENOMEM);
	}
	if (S_ISREG(mode))
		inode->i_fop = &debugfs_file_operations;
	else if (S_ISLNK(mode))
		inode->i_link = target;
	dentry = pinned_add(parent, name, inode, node);
	if (IS_ERR(dentry))
		kfree(node);
	if (PTR_ERR_OR_ZERO(dentry) == -EEXIST)
		pr_err("debugfs: %s '%s' with parent '%s' already present!\n",
		       S_ISDIR(mode) ? "Directory" : "File", name, parent->d_name.name);
	return dentry;
}

/**
 * debugfs_create_file - make a file
 * @name: its name
 * @mode: its permissions
 * @parent: the directory; NULL: the root; an error is handed back
 * @data: inode->i_private for the open of @fops
 * @fops: what the file does; an open file holds its owner
 *
 * Context: process, may sleep.
 * Return: the entry, for debugfs_remove(); ERR_PTR: -EEXIST, -ENOENT, -EINVAL, -ENOMEM.
 */
struct dentry *debugfs_create_file(const char *name, umode_t mode, struct dentry *parent,
				   void *data, const struct file_operations *fops)
{
	static const struct file_operations no_fops;
	struct debugfs_node *node = kzalloc(sizeof(*node), GFP_KERNEL);

	if (!node)
		return ERR_PTR(-ENOMEM);
	node->fops = fops ?: &no_fops;
	return add(name, S_IFREG | (mode & S_IALLUGO), parent, data, node, NULL);
}
EXPORT_SYMBOL_GPL(debugfs_create_file);

/* debugfs_create_file_unsafe - the same: here every file is guarded against removal */
struct dentry *debugfs_create_file_unsafe(const char *name, umode_t mode, struct dentry *parent,
					  void *data, const struct file_operations *fops)
{
	return debugfs_create_file(name, mode, parent, data, fops);
}
EXPORT_SYMBOL_GPL(debugfs_create_file_unsafe);

void debugfs_create_file_size(const char *name, umode_t mode, struct dentry *parent, void *data,
			      const struct file_operations *fops, loff_t file_size)
{
	struct dentry *dentry = debugfs_create_file(name, mode, parent, data, fops);

	if (!IS_ERR(dentry))
		i_size_write(d_inode(dentry), file_size);
}
EXPORT_SYMBOL_GPL(debugfs_create_file_size);

/** debugfs_create_dir - make a directory. Return: as debugfs_create_file(). */
struct dentry *debugfs_create_dir(const char *name, struct dentry *parent)
{
	return add(name, S_IFDIR | 0755, parent, NULL, NULL, NULL);
}
EXPORT_SYMBOL_GPL(debugfs_create_dir);

struct dentry *debugfs_create_symlink(const char *name, struct dentry *parent, const char *dest)
{
	char *target = kstrdup(dest, GFP_KERNEL);

	return target ? add(name, S_IFLNK | 0777, parent, NULL, NULL, target) : ERR_PTR(-ENOMEM);
}
EXPORT_SYMBOL_GPL(debugfs_create_symlink);

/** debugfs_lookup - the entry of a name, for dput(); NULL: there is none */
struct dentry *debugfs_lookup(const char *name, struct dentry *parent)
{
	if (IS_ERR_OR_NULL(name) || IS_ERR(parent))
		return NULL;
	return pinned_find(parent ?: debugfs_sb->s_root, name);
}
EXPORT_SYMBOL_GPL(debugfs_lookup);

/* Out of its directory; when it returns, no operation of the file runs. @dentry is held. */
static void remove_one(struct dentry *dentry)
{
	if (pinned_unlink(dentry) && dentry_node(dentry))
		pinned_drain(&dentry_node(dentry)->pin);
}

/**
 * debugfs_remove - debugfs_remove_recursive(): remove an entry and all below it
 * @dentry: from debugfs_create_*(); NULL and errors are let through
 *
 * Context: process, may sleep: waits for the operations that run. Files that are open stay
 * so, and hold their owner; their operations fail with -EIO.
 */
void debugfs_remove(struct dentry *dentry)
{
	struct dentry *dir, *child, *up;

	if (IS_ERR_OR_NULL(dentry))
		return;
	dget(dentry);
	dir = dget(dentry);
	for (;;) {
		child = pinned_child(dir);
		if (child && S_ISDIR(child->d_inode->i_mode) && !simple_empty(child)) {
			dput(dir);
			dir = child;
			continue;
		}
		if (child) {
			remove_one(child);
			dput(child);
			continue;
		}
		if (dir == dentry)
			break;
		up = dget_parent(dir);
		remove_one(dir);
		dput(dir);
		dir = up;
	}
	dput(dir);
	remove_one(dentry);
	dput(dentry);
}
EXPORT_SYMBOL_GPL(debugfs_remove);

void debugfs_lookup_and_remove(const char *name, struct dentry *parent)
{
	struct dentry *dentry = debugfs_lookup(name, parent);

	debugfs_remove(dentry);
	dput(dentry);
}
EXPORT_SYMBOL_GPL(debugfs_lookup_and_remove);

bool debugfs_initialized(void)
{
	return debugfs_sb;
}
EXPORT_SYMBOL_GPL(debugfs_initialized);

/* -- The file system ------------------------------------------------------------------------ */

static int debugfs_fill_super(struct super_block *sb, void *data)
{
	struct inode *inode;

	sb->s_magic = DEBUGFS_MAGIC;
	sb->s_op = &debugfs_super_ops;
	sb->s_d_op = &debugfs_dentry_ops;
	inode = pinned_inode(sb, S_IFDIR | 0700, NULL);
	sb->s_root = inode ? d_make_root(inode) : NULL;
	if (!sb->s_root)
		return -ENOMEM;
	debugfs_sb = sb;
	return 0;
}

static struct file_system_type debugfs_type = {
	.name		= "debugfs",
	.fs_flags	= FS_SINGLE,
	.fill_super	= debugfs_fill_super,
	.kill_sb	= kill_litter_super,
};

/* The one instance is there from now on, whether it is mounted or not. */
static int __init debugfs_init(void)
{
	struct vfsmount *mnt;
	int err = sysfs_create_mount_point(kernel_kobj, "debug");

	register_filesystem(&debugfs_type);
	mnt = kern_mount(&debugfs_type);
	if (err || IS_ERR(mnt))
		panic("debugfs can't be set up");
	return do_mount("debugfs", "/sys/kernel/debug", "debugfs", 0, NULL);
}
postcore_initcall(debugfs_init);
