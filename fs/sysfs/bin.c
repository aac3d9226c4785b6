/* SPDX-License-Identifier: MIT */
/* Attribute files of bytes: read() and write() of the owner, a page at a time. */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "internals.h"

static int bin_open(struct inode *inode, struct file *file)
{
	struct kernfs_node *node = inode_node(inode);
	const struct bin_attribute *bin;
	int err = 0;

	if (!pinned_use(&node->pin))
		return -ENODEV;
	bin = node->bin;
	if ((file->f_mode & FMODE_WRITE) &&
	    (!(inode->i_mode & S_IWUGO) || (!bin->write && !bin->mmap)))
		err = -EACCES;
	if ((file->f_mode & FMODE_READ) &&
	    (!(inode->i_mode & S_IRUGO) || (!bin->read && !bin->mmap)))
		err = -EACCES;
	pinned_unuse(&node->pin);
	return err;
}

static ssize_t bin_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	struct kernfs_node *node = inode_node(file_inode(file));
	const struct bin_attribute *bin = node->bin;
	loff_t size = i_size_read(file_inode(file));
	ssize_t n = -ENODEV;
	char *page;

	count = min_t(size_t, count, PAGE_SIZE);
	if (*ppos < 0 || !count || (size && *ppos >= size))
		return 0;
	if (size)
		count = min_t(loff_t, count, size - *ppos);
	page = kmalloc(count, GFP_KERNEL);
	if (!page)
		return -ENOMEM;
	if (pinned_use(&node->pin)) {
		n = bin->read ? bin->read(file, node->kobj, (struct bin_attribute *)bin, page,
					  *ppos, count) : -EIO;
		pinned_unuse(&node->pin);
	}
	if (n > 0 && copy_to_user(buf, page, n))
		n = -EFAULT;
	kfree(page);
	if (n > 0)
		*ppos += n;
	return n;
}

static ssize_t bin_write(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	struct kernfs_node *node = inode_node(file_inode(file));
	const struct bin_attribute *bin = node->bin;
	loff_t size = i_size_read(file_inode(file));
	ssize_t n = -ENODEV;
	char *page;

	count = min_t(size_t, count, PAGE_SIZE);
	if (size && *ppos >= size)
		return count ? -EFBIG : 0;
	if (size)
		count = min_t(loff_t, count, size - *ppos);
	if (!count)
		return 0;
	page = kmalloc(count + 1, GFP_KERNEL);
	if (!page)
		return -ENOMEM;
	if (copy_from_user(page, buf, count)) {
		kfree(page);
		return -EFAULT;
	}
	page[count] = '\0';
	if (pinned_use(&node->pin)) {
		n = bin->write ? bin->write(file, node->kobj, (struct bin_attribute *)bin, page,
					    *ppos, count) : -EIO;
		pinned_unuse(&node->pin);
	}
	kfree(page);
	if (n > 0)
		*ppos += n;
	return n;
}

const struct file_operations sysfs_bin_operations = {
	.open		= bin_open,
	.read		= bin_read,
	.write		= bin_write,
	.llseek		= generic_file_llseek,
};

int sysfs_add_bin_file(struct kernfs_node *parent, struct kobject *kobj,
		       const struct bin_attribute *attr, umode_t mode)
{
	struct kernfs_node template = { .kobj = kobj, .attr = &attr->attr, .bin = attr }, *node;

	node = sysfs_add(parent, attr->attr.name, S_IFREG | (mode & 0777), &template, NULL);
	if (PTR_ERR_OR_ZERO(node) == -EEXIST)
		sysfs_warn_dup(parent, attr->attr.name);
	return PTR_ERR_OR_ZERO(node);
}

/**
 * sysfs_create_bin_file - make the file of an attribute of bytes
 * @kobj: the object
 * @attr: lives until sysfs_remove_bin_file()
 *
 * Context: process, may sleep. Return: 0; -EEXIST; -EINVAL; -ENOMEM.
 */
int sysfs_create_bin_file(struct kobject *kobj, const struct bin_attribute *attr)
{
	if (WARN_ON(!kobj || !kobj->sd || !attr))
		return -EINVAL;
	return sysfs_add_bin_file(kobj->sd, kobj, attr, attr->attr.mode);
}
EXPORT_SYMBOL_GPL(sysfs_create_bin_file);

void sysfs_remove_bin_file(struct kobject *kobj, const struct bin_attribute *attr)
{
	if (kobj->sd)
		sysfs_remove_by_name(kobj->sd, attr->attr.name);
}
EXPORT_SYMBOL_GPL(sysfs_remove_bin_file);
