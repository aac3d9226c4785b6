/* SPDX-License-Identifier: MIT */
/* Inodes: what a file is, whatever its names. Counted; the last reference evicts it. */
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/pipe_fs_i.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>
#include "internals.h"

static struct kmem_cache *inode_cache;

void __init inode_cache_init(void)
{
	inode_cache = KMEM_CACHE(inode, SLAB_PANIC);
}

static int no_open(struct inode *inode, struct file *file)
{
	return -ENXIO;
}

static const struct inode_operations no_iops;
static const struct file_operations no_fops = {
	.open	= no_open,
};

/**
 * new_inode - an inode of a file system, with a number of its own
 * @sb: the file system
 *
 * Context: process, may sleep. Return: the inode with a count and a link of one, or NULL.
 */
struct inode *new_inode(struct super_block *sb)
{
	struct inode *inode = sb->s_op && sb->s_op->alloc_inode ?
			      sb->s_op->alloc_inode(sb) : kmem_cache_zalloc(inode_cache, GFP_KERNEL);

	if (!inode)
		return NULL;
	inode->i_sb = sb;
	inode->i_ino = atomic_long_inc_return(&sb->s_next_ino);
	inode->i_nlink = 1;
	inode->i_op = &no_iops;
	inode->i_fop = &no_fops;
	inode->i_blkbits = PAGE_SHIFT;
	atomic_set(&inode->i_count, 1);
	spin_lock_init(&inode->i_lock);
	INIT_LIST_HEAD(&inode->i_locks);
	INIT_LIST_HEAD(&inode->i_watches);
	inode->i_data.host = inode;
	spin_lock_init(&inode->i_data.i_mmap_lock);
	INIT_LIST_HEAD(&inode->i_data.i_mmap);
	inode->i_mapping = &inode->i_data;
	init_rwsem(&inode->i_rwsem);
	return inode;
}
EXPORT_SYMBOL(new_inode);

void ihold(struct inode *inode)
{
	WARN_ON(atomic_inc_return(&inode->i_count) < 2);
}
EXPORT_SYMBOL(ihold);

/* iput - drop a reference; the last one evicts the inode. Process context, may sleep. */
void iput(struct inode *inode)
{
	const struct super_operations *op;

	if (!inode || !atomic_dec_and_test(&inode->i_count))
		return;
	op = inode->i_sb->s_op;
	if (op && op->evict_inode)
		op->evict_inode(inode);
	if (op && op->free_inode)
		op->free_inode(inode);
	else
		kmem_cache_free(inode_cache, inode);
}
EXPORT_SYMBOL(iput);

struct timespec64 current_time(struct inode *inode)
{
	struct timespec64 now;

	ktime_get_coarse_real_ts64(&now);
	return now;
}
EXPORT_SYMBOL(current_time);

/* inode_init_owner - mode and owner of a new inode in @dir (NULL for a root) */
void inode_init_owner(struct inode *inode, const struct inode *dir, umode_t mode)
{
	if (dir && (dir->i_mode & S_ISGID)) {
		inode->i_gid = dir->i_gid;
		if (S_ISDIR(mode))
			mode |= S_ISGID;
	}
	inode->i_mode = mode;
	inode->i_atime = inode->i_mtime = inode->i_ctime = current_time(inode);
}
EXPORT_SYMBOL(inode_init_owner);

/* init_special_inode - make it a device node, pipe or socket */
void init_special_inode(struct inode *inode, umode_t mode, dev_t rdev)
{
	inode->i_mode = mode;
	inode->i_rdev = rdev;
	if (S_ISCHR(mode))
		inode->i_fop = &def_chr_fops;
	else if (S_ISFIFO(mode))
		inode->i_fop = &pipefifo_fops;
}
EXPORT_SYMBOL(init_special_inode);

/* get_next_ino - a number for an inode that no table has */
unsigned int get_next_ino(void)
{
	static atomic_t last = ATOMIC_INIT(0);

	return atomic_inc_return(&last);
}
EXPORT_SYMBOL(get_next_ino);
