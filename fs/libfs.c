/* SPDX-License-Identifier: MIT */
/* Operations for file systems whose directories are nothing but pinned entries, and for simple files. */
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/uaccess.h>
#include "internals.h"

/**
 * simple_read_from_buffer - the read of a file whose text lies in a buffer
 * @to: the reader's memory
 * @count: how much it wants
 * @ppos: position; moved on
 * @from: the text
 * @available: its length
 *
 * Context: process, may sleep. Return: bytes copied; 0 at the end; -EINVAL; -EFAULT.
 */
ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *ppos, const void *from,
				size_t available)
{
	loff_t pos = *ppos;
	size_t left;

	if (pos < 0)
		return -EINVAL;
	if (pos >= (loff_t)available || !count)
		return 0;
	count = min_t(size_t, count, available - pos);
	left = copy_to_user(to, (const char *)from + pos, count);
	if (left == count)
		return -EFAULT;
	count -= left;
	*ppos = pos + count;
	return count;
}
EXPORT_SYMBOL(simple_read_from_buffer);

/* simple_write_to_buffer - the write of such a file: no more than @available bytes in all */
ssize_t simple_write_to_buffer(void *to, size_t available, loff_t *ppos, const void __user *from,
			       size_t count)
{
	loff_t pos = *ppos;
	size_t left;

	if (pos < 0)
		return -EINVAL;
	if (pos >= (loff_t)available || !count)
		return 0;
	count = min_t(size_t, count, available - pos);
	left = copy_from_user((char *)to + pos, from, count);
	if (left == count)
		return -EFAULT;
	count -= left;
	*ppos = pos + count;
	return count;
}
EXPORT_SYMBOL(simple_write_to_buffer);

/* simple_open - what the inode has as private data, the file has */
int simple_open(struct inode *inode, struct file *file)
{
	if (inode->i_private)
		file->private_data = inode->i_private;
	return 0;
}
EXPORT_SYMBOL(simple_open);

/* -- Names ------------------------------------------------------------------------------------ */

/* simple_lookup - all names there are have an entry, so this one does not exist */
struct dentry *simple_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	d_add(dentry, NULL);
	return NULL;
}
EXPORT_SYMBOL(simple_lookup);

static void touch(struct inode *dir, struct inode *inode)
{
	dir->i_mtime = dir->i_ctime = current_time(dir);
	if (inode)
		inode->i_ctime = dir->i_ctime;
}

int simple_link(struct dentry *old, struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = old->d_inode;

	touch(dir, inode);
	inc_nlink(inode);
	ihold(inode);
	d_instantiate(dentry, inode);
	d_pin(dentry);
	return 0;
}
EXPORT_SYMBOL(simple_link);

int simple_unlink(struct inode *dir, struct dentry *dentry)
{
	touch(dir, dentry->d_inode);
	drop_nlink(dentry->d_inode);
	d_unpin(dentry);
	return 0;
}
EXPORT_SYMBOL(simple_unlink);

/* simple_empty - no name in the directory stands for anything */
int simple_empty(struct dentry *dentry)
{
	struct dentry *child;
	int empty = 1;

	spin_lock(&dcache_lock);
	list_for_each_entry(child, &dentry->d_subdirs, d_child) {
		if (child->d_inode) {
			empty = 0;
			break;
		}
	}
	spin_unlock(&dcache_lock);
	return empty;
}
EXPORT_SYMBOL(simple_empty);

int simple_rmdir(struct inode *dir, struct dentry *dentry)
{
	if (!simple_empty(dentry))
		return -ENOTEMPTY;
	drop_nlink(dentry->d_inode);
	simple_unlink(dir, dentry);
	drop_nlink(dir);
	return 0;
}
EXPORT_SYMBOL(simple_rmdir);

int simple_rename(struct user_namespace *ns, struct inode *old_dir, struct dentry *old_dentry,
		  struct inode *new_dir, struct dentry *new_dentry, unsigned int flags)
{
	bool is_dir = S_ISDIR(old_dentry->d_inode->i_mode);
	int err;

	if (new_dentry->d_inode) {
		err = is_dir ? simple_rmdir(new_dir, new_dentry) : simple_unlink(new_dir, new_dentry);
		if (err)
			return err;
	}
	if (is_dir && old_dir != new_dir) {
		drop_nlink(old_dir);
		inc_nlink(new_dir);
	}
	touch(old_dir, old_dentry->d_inode);
	touch(new_dir, NULL);
	return 0;
}
EXPORT_SYMBOL(simple_rename);

const char *simple_get_link(struct dentry *dentry, struct inode *inode)
{
	return inode->i_link;
}
EXPORT_SYMBOL(simple_get_link);

/* -- Listing ---------------------------------------------------------------------------------- */

static unsigned int dt_type(const struct inode *inode)
{
	return (inode->i_mode & S_IFMT) >> 12;
}

/* dir_emit_dots - "." and "..", at positions 0 and 1; false when the reader is full */
bool dir_emit_dots(struct file *file, struct dir_context *ctx)
{
	struct dentry *dir = file_dentry(file), *parent;

	if (ctx->pos == 0) {
		if (!dir_emit(ctx, ".", 1, dir->d_inode->i_ino, DT_DIR))
			return false;
		ctx->pos = 1;
	}
	if (ctx->pos == 1) {
		parent = dget_parent(dir);
		if (!dir_emit(ctx, "..", 2, parent->d_inode->i_ino, DT_DIR)) {
			dput(parent);
			return false;
		}
		dput(parent);
		ctx->pos = 2;
	}
	return true;
}
EXPORT_SYMBOL(dir_emit_dots);

/* The next child after @prev (NULL: at or after @pos) that stands for something; counted. */
static struct dentry *next_child(struct dentry *dir, struct dentry *prev, loff_t pos)
{
	struct dentry *d, *found = NULL;

	spin_lock(&dcache_lock);
	d = prev ? prev : list_entry(&dir->d_subdirs, struct dentry, d_child);
	list_for_each_entry_continue(d, &dir->d_subdirs, d_child) {
		if (d->d_offset >= pos && d->d_inode) {
			found = d;
			found->d_count++;
			break;
		}
	}
	spin_unlock(&dcache_lock);
	return found;
}

/**
 * dcache_readdir - iterate_shared of a directory of pinned entries
 * @file: the directory, its i_rwsem held
 * @ctx: gets the names
 *
 * A position is the number of an entry in its directory, which it keeps: names that are
 * there all the time are seen once, whatever comes and goes between two calls.
 *
 * Return: 0.
 */
int dcache_readdir(struct file *file, struct dir_context *ctx)
{
	struct dentry *dir = file_dentry(file), *child = NULL, *next;

	if (!dir_emit_dots(file, ctx))
		return 0;
	while ((next = next_child(dir, child, ctx->pos)) != NULL) {
		dput(child);
		child = next;
		if (!dir_emit(ctx, (const char *)child->d_name.name, child->d_name.len,
			      child->d_inode->i_ino, dt_type(child->d_inode)))
			break;
		ctx->pos = child->d_offset + 1;
	}
	dput(child);
	return 0;
}
EXPORT_SYMBOL(dcache_readdir);

loff_t dcache_dir_lseek(struct file *file, loff_t offset, int whence)
{
	if (whence == SEEK_CUR)
		offset += file->f_pos;
	else if (whence != SEEK_SET)
		return -EINVAL;
	return vfs_setpos(file, offset, MAX_LFS_FILESIZE);
}
EXPORT_SYMBOL(dcache_dir_lseek);

ssize_t generic_read_dir(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	return -EISDIR;
}
EXPORT_SYMBOL(generic_read_dir);

const struct file_operations simple_dir_operations = {
	.llseek		= dcache_dir_lseek,
	.read		= generic_read_dir,
	.iterate_shared	= dcache_readdir,
};
EXPORT_SYMBOL(simple_dir_operations);

const struct inode_operations simple_dir_inode_operations = {
	.lookup		= simple_lookup,
};
EXPORT_SYMBOL(simple_dir_inode_operations);

const struct inode_operations simple_symlink_inode_operations = {
	.get_link	= simple_get_link,
};
EXPORT_SYMBOL(simple_symlink_inode_operations);
