/* SPDX-License-Identifier: MIT */
/* Files that are one number: see DEFINE_SIMPLE_ATTRIBUTE() in linux/fs.h. */
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

struct simple_attr {
	int		(*get)(void *data, u64 *val);
	int		(*set)(void *data, u64 val);
	void		*data;
	const char	*fmt;
	struct mutex	lock;		/* guards text */
	char		text[24];
};

/**
 * simple_attr_open - the open of such a file
 * @get: gives the number; NULL: it can't be read
 * @set: takes one; NULL: it can't be written
 * @fmt: of one u64
 *
 * Return: 0; -ENOMEM.
 */
int simple_attr_open(struct inode *inode, struct file *file, int (*get)(void *data, u64 *val),
		     int (*set)(void *data, u64 val), const char *fmt)
{
	struct simple_attr *attr = kzalloc(sizeof(*attr), GFP_KERNEL);

	if (!attr)
		return -ENOMEM;
	attr->get = get;
	attr->set = set;
	attr->data = inode->i_private;
	attr->fmt = fmt;
	mutex_init(&attr->lock);
	file->private_data = attr;
	return nonseekable_open(inode, file);
}
EXPORT_SYMBOL_GPL(simple_attr_open);

int simple_attr_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}
EXPORT_SYMBOL_GPL(simple_attr_release);

/* simple_attr_read - the number is asked for at the start of the file. -EACCES: no get. */
ssize_t simple_attr_read(struct file *file, char __user *buf, size_t len, loff_t *ppos)
{
	struct simple_attr *attr = file->private_data;
	ssize_t ret = 0;
	u64 val;

	if (!attr->get)
		return -EACCES;
	mutex_lock(&attr->lock);
	if (!*ppos || !attr->text[0]) {
		ret = attr->get(attr->data, &val);
		if (!ret)
			scnprintf(attr->text, sizeof(attr->text), attr->fmt, (unsigned long long)val);
	}
	if (!ret)
		ret = simple_read_from_buffer(buf, len, ppos, attr->text, strlen(attr->text));
	mutex_unlock(&attr->lock);
	return ret;
}
EXPORT_SYMBOL_GPL(simple_attr_read);

static ssize_t write_number(struct file *file, const char __user *buf, size_t len, bool is_signed)
{
	struct simple_attr *attr = file->private_data;
	char text[24];
	size_t size = min(sizeof(text) - 1, len);
	u64 val;
	int err;

	if (!attr->set)
		return -EACCES;
	if (copy_from_user(text, buf, size))
		return -EFAULT;
	text[size] = '\0';
	err = is_signed ? kstrtoll(text, 0, (s64 *)&val) : kstrtoull(text, 0, &val);
	if (!err)
		err = attr->set(attr->data, val);
	return err ?: (ssize_t)len;
}

/* simple_attr_write - Return: @len; -EACCES: no set; -EINVAL, -ERANGE: no number; what set says */
ssize_t simple_attr_write(struct file *file, const char __user *buf, size_t len, loff_t *ppos)
{
	return write_number(file, buf, len, false);
}
EXPORT_SYMBOL_GPL(simple_attr_write);

ssize_t simple_attr_write_signed(struct file *file, const char __user *buf, size_t len,
				 loff_t *ppos)
{
	return write_number(file, buf, len, true);
}
EXPORT_SYMBOL_GPL(simple_attr_write_signed);
