/* SPDX-License-Identifier: MIT */
/* The proc file system as such: one instance, whose entries are made as they are looked up. */
#include <linux/init.h>
#include <linux/mount.h>
#include <linux/panic.h>
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

static void proc_evict_inode(struct inode *inode)
{
	if (inode->i_private)
		pde_put(inode->i_private);
}

static const struct super_operations proc_super_ops = {
	.evict_inode	= proc_evict_inode,
};

static int proc_fill_super(struct super_block *sb, void *data)
{
	sb->s_magic = PROC_SUPER_MAGIC;
	sb->s_op = &proc_super_ops;
	sb->s_d_op = &proc_dentry_ops;
	refcount_inc(&proc_root.refs);
	sb->s_root = d_make_root(proc_get_inode(sb, &proc_root));
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
