/* SPDX-License-Identifier: MIT */
/*
 * The tree of /sys: entries made and removed by the owners of what they show.
 *
 * An owner adds and removes the entries of its own directory; whoever looks on in between
 * sees each entry whole or not at all.
 */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "internals.h"

#define SYSFS_MAGIC	0x62656572

struct kernfs_node *sysfs_root;
static struct super_block *sysfs_sb;

static const struct file_operations *file_fops(const struct kernfs_node *node)
{
	return node->bin ? &sysfs_bin_operations : &sysfs_file_operations;
}

/*
 * Make an entry. @template gives the fields of the record; a symlink's @target is the
 * entry's from now on. Return: the entry; -EEXIST, -ENOENT, -EINVAL, -ENOMEM.
 */
struct kernfs_node *sysfs_add(struct kernfs_node *parent, const char *name, umode_t mode,
			      const struct kernfs_node *template, char *target)
{
	struct kernfs_node *node = kmemdup(template, sizeof(*node), GFP_KERNEL);
	struct inode *inode = node ? pinned_inode(sysfs_sb, mode, node) : NULL;
	struct dentry *dentry;

	if (!inode) {
		kfree(node);
		kfree(target);
		return ERR_PTR(-ENOMEM);
	}
	init_waitqueue_head(&node->poll);
	if (S_ISREG(mode)) {
		inode->i_fop = file_fops(node);
		inode->i_size = node->bin ? node->bin->size : PAGE_SIZE;
	} else if (S_ISLNK(mode)) {
		inode->i_link = target;
		inode->i_size = strlen(target);
	}
	/* Held over the adding: it could be found and removed as soon as it is there. */
	ihold(inode);
	dentry = pinned_add(parent->dentry, name, inode, NULL);
	if (!IS_ERR(dentry))
		node->dentry = dentry;
	iput(inode);
	return IS_ERR(dentry) ? ERR_CAST(dentry) : node;
}

struct kernfs_node *sysfs_add_dir(struct kernfs_node *parent, const char *name,
				  struct kobject *kobj)
{
	struct kernfs_node template = { .kobj = kobj };

	return sysfs_add(parent, name, S_IFDIR | 0755, &template, NULL);
}

/* The entry of a name; its directory's owner keeps it there. NULL: none. */
struct kernfs_node *sysfs_find(struct kernfs_node *parent, const char *name)
{
	struct dentry *dentry = pinned_find(parent->dentry, name);
	struct kernfs_node *node = dentry ? inode_node(dentry->d_inode) : NULL;

	dput(dentry);
	return node;
}

static void remove_leaf(struct dentry *dentry)
{
	if (pinned_unlink(dentry))
		pinned_drain(&inode_node(dentry->d_inode)->pin);
}

/* The entries below @top, those of directories before these. It itself lets in no more. */
static void remove_below(struct dentry *top)
{
	struct dentry *dir = dget(top), *child, *up;

	for (;;) {
		child = pinned_child(dir);
		if (child) {
			if (S_ISDIR(child->d_inode->i_mode) && !simple_empty(child)) {
				dput(dir);
				dir = child;
				continue;
			}
			remove_leaf(child);
			dput(child);
			continue;
		}
		if (dir == top)
			break;
		up = dget_parent(dir);
		dput(dir);
		dir = up;
	}
	dput(dir);
}

/* Remove an entry and all below; when this returns, no show() or store() of theirs runs. */
void sysfs_remove(struct kernfs_node *node)
{
	struct dentry *dentry = dget(node->dentry);

	if (pinned_unlink(dentry)) {
		if (S_ISDIR(dentry->d_inode->i_mode))
			remove_below(dentry);
		pinned_drain(&node->pin);
	}
	dput(dentry);
}

bool sysfs_remove_by_name(struct kernfs_node *parent, const char *name)
{
	struct dentry *dentry = pinned_find(parent->dentry, name);

	if (!dentry)
		return false;
	sysfs_remove(inode_node(dentry->d_inode));
	dput(dentry);
	return true;
}

/* Another name in the same directory. Return: 0; -EEXIST; -ENOMEM. */
int sysfs_rename(struct kernfs_node *node, const char *name)
{
	struct dentry *parent = node->dentry->d_parent, *new;
	int err = 0;

	inode_lock(parent->d_inode);
	new = lookup_one_len(name, parent, strlen(name));
	if (IS_ERR(new)) {
		err = PTR_ERR(new);
	} else {
		if (d_is_positive(new))
			err = -EEXIST;
		else
			d_move(node->dentry, new);
		dput(new);
	}
	inode_unlock(parent->d_inode);
	return err;
}

void sysfs_warn_dup(struct kernfs_node *parent, const char *name)
{
	char *buf = (char *)__get_free_page(GFP_KERNEL), *path;

	if (!buf)
		return;
	path = dentry_path_raw(parent->dentry, buf, PAGE_SIZE);
	if (!IS_ERR(path)) {
		pr_warn("sysfs: cannot create duplicate filename '%s/%s'\n",
			strcmp(path, "/") ? path : "", name);
		dump_stack();
	}
	free_page((unsigned long)buf);
}

/* -- Directories of objects ------------------------------------------------------------------- */

/**
 * sysfs_create_dir_ns - make the directory of an object
 * @kobj: its name and parent are set
 * @ns: there is one name space
 *
 * Context: process, may sleep. Return: 0; -EEXIST; -ENOENT: the parent has no directory; -ENOMEM.
 */
int sysfs_create_dir_ns(struct kobject *kobj, const void *ns)
{
	struct kernfs_node *parent = kobj_dir(kobj->parent), *node;

	if (!parent)
		return -ENOENT;
	node = sysfs_add_dir(parent, kobject_name(kobj), kobj);
	if (IS_ERR(node)) {
		if (PTR_ERR(node) == -EEXIST)
			sysfs_warn_dup(parent, kobject_name(kobj));
		return PTR_ERR(node);
	}
	kobj->sd = node;
	return 0;
}

/* sysfs_remove_dir - remove it with all that is in it. Process context, may sleep. */
void sysfs_remove_dir(struct kobject *kobj)
{
	struct kernfs_node *node = kobj->sd;

	kobj->sd = NULL;
	if (node)
		sysfs_remove(node);
}

/* sysfs_create_mount_point - an empty directory, to mount another file system on */
int sysfs_create_mount_point(struct kobject *parent_kobj, const char *name)
{
	struct kernfs_node *node = sysfs_add_dir(kobj_dir(parent_kobj), name, parent_kobj);

	if (PTR_ERR_OR_ZERO(node) == -EEXIST)
		sysfs_warn_dup(kobj_dir(parent_kobj), name);
	return PTR_ERR_OR_ZERO(node);
}
EXPORT_SYMBOL_GPL(sysfs_create_mount_point);

void sysfs_remove_mount_point(struct kobject *parent_kobj, const char *name)
{
	sysfs_remove_by_name(kobj_dir(parent_kobj), name);
}
EXPORT_SYMBOL_GPL(sysfs_remove_mount_point);

/* -- The file system ---------------------------------------------------------------------------- */

static void sysfs_evict_inode(struct inode *inode)
{
	if (S_ISLNK(inode->i_mode))
		kfree(inode->i_link);
	kfree(inode->i_private);
}

static const struct super_operations sysfs_super_ops = {
	.evict_inode	= sysfs_evict_inode,
};

static int sysfs_fill_super(struct super_block *sb, void *data)
{
	struct kernfs_node *node = kzalloc(sizeof(*node), GFP_KERNEL);
	struct inode *inode;

	if (!node)
		return -ENOMEM;
	sb->s_magic = SYSFS_MAGIC;
	sb->s_op = &sysfs_super_ops;
	inode = pinned_inode(sb, S_IFDIR | 0755, node);
	if (!inode) {
		kfree(node);
		return -ENOMEM;
	}
	init_waitqueue_head(&node->poll);
	sb->s_root = d_make_root(inode);
	if (!sb->s_root)
		return -ENOMEM;
	node->dentry = sb->s_root;
	sysfs_sb = sb;
	sysfs_root = node;
	return 0;
}

static struct file_system_type sysfs_type = {
	.name		= "sysfs",
	.fs_flags	= FS_SINGLE,
	.fill_super	= sysfs_fill_super,
	.kill_sb	= kill_litter_super,
};

/* The one instance is there from now on, whether it is mounted or not. */
static int __init sysfs_init(void)
{
	struct vfsmount *mnt;

	register_filesystem(&sysfs_type);
	mnt = kern_mount(&sysfs_type);
	if (IS_ERR(mnt))
		panic("sysfs can't be set up: %ld", PTR_ERR(mnt));
	init_mkdir("/sys", 0755);
	return do_mount("sysfs", "/sys", "sysfs", 0, NULL);
}
early_initcall(sysfs_init);
