/* SPDX-License-Identifier: MIT */
/*
 * Files of /proc: each operation goes to the entry's own, if that is not being removed.
 *
 * Removal has to leave nothing of the owner's in use, so that a module can be unloaded
 * right after. It first makes every new operation fail and waits for those that run; then
 * it calls the release of all open files. A file that is being closed at the same time is
 * released by whichever of the two came first, and removal waits for that:
 *
 *	removal					close
 *	  users += PDE_REMOVED
 *	  wait until users == PDE_REMOVED
 *	  for each open file:			  under open_lock: closing already?
 *	    closing = true			    yes: wait (the file goes, the entry's
 *	    release, free			         owner may not)
 *						    no: closing = true; release; free;
 *						        complete whoever waits
 */
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include "internals.h"

static bool use_pde(struct proc_dir_entry *de)
{
	return atomic_inc_unless_negative(&de->users);
}

static void unuse_pde(struct proc_dir_entry *de)
{
	if (atomic_dec_return(&de->users) == PDE_REMOVED)
		complete(de->drained);
}

/*
 * Release one open file for good. Called with open_lock held, which it drops. The file is
 * freed from the list; whoever finds it closing waits until that is done.
 */
static void release_open(struct proc_dir_entry *de, struct pde_open *open)
{
	struct completion done;

	if (open->closing) {
		init_completion(&done);
		open->closed = &done;
		spin_unlock(&de->open_lock);
		wait_for_completion(&done);
		return;
	}
	open->closing = true;
	spin_unlock(&de->open_lock);
	de->ops->proc_release(file_inode(open->file), open->file);
	spin_lock(&de->open_lock);
	list_del(&open->link);
	if (open->closed)
		complete(open->closed);
	spin_unlock(&de->open_lock);
	kfree(open);
}

/* The entry is out of the tree: wait for what runs, release what is open. Sleeps. */
void proc_wait_and_release(struct proc_dir_entry *de)
{
	struct completion drained;

	init_completion(&drained);
	de->drained = &drained;
	if (atomic_add_return(PDE_REMOVED, &de->users) != PDE_REMOVED)
		wait_for_completion(&drained);

	spin_lock(&de->open_lock);
	while (!list_empty(&de->open_files)) {
		release_open(de, list_first_entry(&de->open_files, struct pde_open, link));
		spin_lock(&de->open_lock);
	}
	spin_unlock(&de->open_lock);
}

/* -- Operations -------------------------------------------------------------------------------- */

/* Run an operation of the entry, if it has that one and is not being removed. */
#define CALL(file, op, none, gone, ...)					\
({	struct proc_dir_entry *__de = inode_pde(file_inode(file));	\
	typeof(__de->ops->op(__VA_ARGS__)) __ret = (gone);		\
	if (use_pde(__de)) {						\
		__ret = __de->ops->op ? __de->ops->op(__VA_ARGS__) : (none); \
		unuse_pde(__de);					\
	}								\
	__ret; })

static loff_t proc_llseek(struct file *file, loff_t offset, int whence)
{
	return CALL(file, proc_lseek, -ESPIPE, -EINVAL, file, offset, whence);
}

static ssize_t proc_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	return CALL(file, proc_read, -EIO, -EIO, file, buf, count, pos);
}

static ssize_t proc_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	return CALL(file, proc_write, -EIO, -EIO, file, buf, count, pos);
}

static __poll_t proc_poll(struct file *file, struct poll_table_struct *table)
{
	return CALL(file, proc_poll, DEFAULT_POLLMASK, DEFAULT_POLLMASK, file, table);
}

static long proc_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	return CALL(file, proc_ioctl, -ENOTTY, -ENOTTY, file, cmd, arg);
}

static int proc_mmap(struct file *file, struct vm_area_struct *vma)
{
	return CALL(file, proc_mmap, -EIO, -EIO, file, vma);
}

static int proc_open(struct inode *inode, struct file *file)
{
	struct proc_dir_entry *de = inode_pde(inode);
	struct pde_open *open = NULL;
	int err = 0;

	if (!use_pde(de))
		return -ENOENT;
	/* What the entry can't do is refused here, as for a file without that operation. */
	if (!de->ops->proc_lseek)
		file->f_mode &= ~(FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE);
	if (de->ops->proc_release) {
		open = kzalloc(sizeof(*open), GFP_KERNEL);
		if (!open) {
			unuse_pde(de);
			return -ENOMEM;
		}
	}
	if (de->ops->proc_open)
		err = de->ops->proc_open(inode, file);
	if (!err && open) {
		open->file = file;
		spin_lock(&de->open_lock);
		list_add(&open->link, &de->open_files);
		spin_unlock(&de->open_lock);
	} else {
		kfree(open);
	}
	unuse_pde(de);
	return err;
}

static int proc_release(struct inode *inode, struct file *file)
{
	struct proc_dir_entry *de = inode_pde(inode);
	struct pde_open *open;

	/* Not in the list: it has no release, or removal has released it. */
	spin_lock(&de->open_lock);
	list_for_each_entry(open, &de->open_files, link) {
		if (open->file == file) {
			release_open(de, open);
			return 0;
		}
	}
	spin_unlock(&de->open_lock);
	return 0;
}

static const struct file_operations proc_file_operations = {
	.llseek		= proc_llseek,
	.read		= proc_read,
	.write		= proc_write,
	.poll		= proc_poll,
	.unlocked_ioctl	= proc_ioctl,
	.mmap		= proc_mmap,
	.open		= proc_open,
	.release	= proc_release,
};

/* -- Inodes ------------------------------------------------------------------------------------ */

static const struct inode_operations proc_dir_inode_operations = {
	.lookup		= proc_lookup,
};

static const struct file_operations proc_dir_operations = {
	.llseek		= dcache_dir_lseek,
	.read		= generic_read_dir,
	.iterate_shared	= proc_readdir,
};

static const char *proc_get_link(struct dentry *dentry, struct inode *inode)
{
	return inode_pde(inode)->data;
}

static const struct inode_operations proc_link_inode_operations = {
	.get_link	= proc_get_link,
};

static const struct inode_operations proc_file_inode_operations;

/* An inode that shows @de, whose reference it takes over also when there is no memory. */
struct inode *proc_get_inode(struct super_block *sb, struct proc_dir_entry *de)
{
	struct inode *inode = new_inode(sb);

	if (!inode) {
		pde_put(de);
		return NULL;
	}
	inode->i_ino = de->ino;
	inode->i_private = de;
	inode->i_mode = de->mode;
	inode->i_uid = de->uid;
	inode->i_gid = de->gid;
	inode->i_size = de->size;
	inode->i_nlink = de->nlink;
	inode->i_atime = inode->i_mtime = inode->i_ctime = current_time(inode);
	if (S_ISDIR(de->mode)) {
		inode->i_op = &proc_dir_inode_operations;
		inode->i_fop = &proc_dir_operations;
	} else if (S_ISLNK(de->mode)) {
		inode->i_op = &proc_link_inode_operations;
	} else {
		inode->i_op = &proc_file_inode_operations;
		inode->i_fop = &proc_file_operations;
	}
	return inode;
}
