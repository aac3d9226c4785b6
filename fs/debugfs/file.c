/* SPDX-License-Identifier: MIT */
/* Files of debugfs: each operation goes to the owner's own, unless the file was removed. */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/module.h>
#include <linux/poll.h>
#include "internals.h"

/**
 * debugfs_file_get - keep a file's data from going, within an operation
 * Return: 0, and debugfs_file_put() it; -EIO: it was removed.
 */
int debugfs_file_get(struct dentry *dentry)
{
	return pinned_use(&dentry_node(dentry)->pin) ? 0 : -EIO;
}
EXPORT_SYMBOL_GPL(debugfs_file_get);

void debugfs_file_put(struct dentry *dentry)
{
	pinned_unuse(&dentry_node(dentry)->pin);
}
EXPORT_SYMBOL_GPL(debugfs_file_put);

const struct file_operations *debugfs_real_fops(const struct file *filp)
{
	return dentry_node(file_dentry(filp))->fops;
}
EXPORT_SYMBOL_GPL(debugfs_real_fops);

/* Run the owner's operation, if it has that one; @gone when the file was removed. */
#define CALL(file, op, none, gone, ...)					\
({	const struct file_operations *__fops = debugfs_real_fops(file);	\
	typeof(__fops->op(__VA_ARGS__)) __ret = (gone);			\
	if (!debugfs_file_get(file_dentry(file))) {			\
		__ret = __fops->op ? __fops->op(__VA_ARGS__) : (none);	\
		debugfs_file_put(file_dentry(file));			\
	}								\
	__ret; })

static ssize_t full_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	return CALL(file, read, -EINVAL, -EIO, file, buf, count, pos);
}

static ssize_t full_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	return CALL(file, write, -EINVAL, -EIO, file, buf, count, pos);
}

static loff_t full_llseek(struct file *file, loff_t offset, int whence)
{
	return CALL(file, llseek, -ESPIPE, -EIO, file, offset, whence);
}

static long full_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	return CALL(file, unlocked_ioctl, -ENOTTY, -EIO, file, cmd, arg);
}

static __poll_t full_poll(struct file *file, struct poll_table_struct *table)
{
	return CALL(file, poll, DEFAULT_POLLMASK, EPOLLHUP, file, table);
}

/* The owner is held from here to the release, which it thus outlives. */
static int full_open(struct inode *inode, struct file *file)
{
	const struct file_operations *fops = debugfs_real_fops(file);
	int err = 0;

	if (debugfs_file_get(file_dentry(file)))
		return -ENOENT;
	if (!fops_get(fops)) {
		debugfs_file_put(file_dentry(file));
		return -ENXIO;
	}
	if (!fops->llseek)
		file->f_mode &= ~(FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE);
	if (fops->open)
		err = fops->open(inode, file);
	if (err)
		fops_put(fops);
	debugfs_file_put(file_dentry(file));
	return err;
}

static int full_release(struct inode *inode, struct file *file)
{
	const struct file_operations *fops = debugfs_real_fops(file);
	int err = fops->release ? fops->release(inode, file) : 0;

	fops_put(fops);
	return err;
}

const struct file_operations debugfs_file_operations = {
	.open		= full_open,
	.release	= full_release,
	.read		= full_read,
	.write		= full_write,
	.llseek		= full_llseek,
	.poll		= full_poll,
	.unlocked_ioctl	= full_ioctl,
};

/* -- Numbers, for DEFINE_DEBUGFS_ATTRIBUTE(): guarded already ------------------------------------ */

ssize_t debugfs_attr_read(struct file *file, char __user *buf, size_t len, loff_t *ppos)
{
	return simple_attr_read(file, buf, len, ppos);
}
EXPORT_SYMBOL_GPL(debugfs_attr_read);

ssize_t debugfs_attr_write(struct file *file, const char __user *buf, size_t len, loff_t *ppos)
{
	return simple_attr_write(file, buf, len, ppos);
}
EXPORT_SYMBOL_GPL(debugfs_attr_write);

ssize_t debugfs_attr_write_signed(struct file *file, const char __user *buf, size_t len,
				  loff_t *ppos)
{
	return simple_attr_write_signed(file, buf, len, ppos);
}
EXPORT_SYMBOL_GPL(debugfs_attr_write_signed);
