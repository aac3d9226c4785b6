/* SPDX-License-Identifier: MIT */
/*
 * The proc file system as such: one instance, whose entries are made as they are looked up. Its
 * root has what is in the tree (tree.c), and after that the processes (pid_base.c).
 */
#include <linux/err.h>
#include <linux/init.h>
#include <linux/mount.h>
#include <linux/panic.h>
#include <linux/pid.h>
#include <linux/slab.h>
#include "internals.h"

#define PROC_SUPER_MAGIC 0x9fa0

/* An entry that was removed while somebody held its name must not be found by it again. */
static int proc_revalidate(struct dentry *dentry, unsigned int flags)
{
	return dentry->d_inode && !READ_ONCE(inode_pde(dentry->d_inode)->removed);
}

static const struct dentry_operations proc_dentry_ops = {
	.d_revalidate	= proc_revalidate,
};

static struct inode *proc_alloc_inode(struct super_block *sb)
{
	struct proc_inode *pi = kzalloc(sizeof(*pi), GFP_KERNEL);

	return pi ? &pi->vfs_inode : NULL;
}

static void proc_free_inode(struct inode *inode)
{
	kfree(PROC_I(inode));
}

static void proc_evict_inode(struct inode *inode)
{
	struct proc_inode *pi = PROC_I(inode);

	if (pi->pid) {
		put_pid(pi->pid);
		if (S_ISLNK(inode->i_mode))
			kfree(inode->i_link);
	} else if (inode->i_private) {
		pde_put(inode->i_private);
	}
}

static const struct super_operations proc_super_ops = {
	.alloc_inode	= proc_alloc_inode,
	.free_inode	= proc_free_inode,
	.evict_inode	= proc_evict_inode,
};

/* Positions in the root from which on there are processes; the tree has fewer entries. */
#define FIRST_PID_POS	(1 << 20)

static struct dentry *root_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	struct dentry *found = proc_lookup(dir, dentry, flags);

	return found == ERR_PTR(-ENOENT) ? proc_pid_lookup(dir, dentry) : found;
}

static int root_readdir(struct file *file, struct dir_context *ctx)
{
	if (ctx->pos < FIRST_PID_POS) {
		if (!proc_readdir_tree(file, ctx))
			return 0;
		ctx->pos = FIRST_PID_POS;
	}
	return proc_pid_readdir(file, ctx, FIRST_PID_POS);
}

static const struct inode_operations proc_root_iops = {
	.lookup		= root_lookup,
};

static const struct file_operations proc_root_fops = {
	.llseek		= dcache_dir_lseek,
	.read		= generic_read_dir,
	.iterate_shared	= root_readdir,
};

static int proc_fill_super(struct super_block *sb, void *data)
{
	struct inode *root;

	sb->s_magic = PROC_SUPER_MAGIC;
	sb->s_op = &proc_super_ops;
	sb->s_d_op = &proc_dentry_ops;
	refcount_inc(&proc_root.refs);
	root = proc_get_inode(sb, &proc_root);
	if (!root)
		return -ENOMEM;
	root->i_op = &proc_root_iops;
	root->i_fop = &proc_root_fops;
	sb->s_root = d_make_root(root);
	return sb->s_root ? 0 : -ENOMEM;
}

static struct file_system_type proc_type = {
	.name		= "proc",
	.fs_flags	= FS_SINGLE,
	.fill_super	= proc_fill_super,
	.kill_sb	= kill_litter_super,
};

/**
 * proc_root_init - mount /proc
 *
 * Entries may be created before and after.
 *
 * Context: boot, after vfs_init().
 */
void __init proc_root_init(void)
{
	if (register_filesystem(&proc_type) || init_mkdir("/proc", 0555) ||
	    do_mount("proc", "/proc", "proc", 0, NULL))
		panic("/proc can't be mounted");
}
