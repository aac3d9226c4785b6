/* SPDX-License-Identifier: MIT */
/*
 * Attribute files: text that show() prints into a page, text that store() reads.
 *
 * show() is asked when a reader is at the start of the file; what it printed then serves
 * reads up to its end.
 */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/kallsyms.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "internals.h"

struct open_attr {
	struct mutex	lock;		/* guards to the end */
	size_t		len;		/* of what show() printed */
	int		event;		/* of the node, when that was read */
	char		*page;
};

static const struct sysfs_ops *node_ops(const struct kernfs_node *node)
{
	return node->kobj->ktype->sysfs_ops;
}

static int sysfs_open(struct inode *inode, struct file *file)
{
	struct kernfs_node *node = inode_node(inode);
	struct open_attr *o;
	const struct sysfs_ops *ops;
	int err = 0;

	if (!pinned_use(&node->pin))
		return -ENODEV;
	ops = node_ops(node);
	if ((file->f_mode & FMODE_WRITE) && (!(inode->i_mode & S_IWUGO) || !ops->store))
		err = -EACCES;
	if ((file->f_mode & FMODE_READ) && (!(inode->i_mode & S_IRUGO) || !ops->show))
		err = -EACCES;
	pinned_unuse(&node->pin);
	if (err)
		return err;
	o = kzalloc(sizeof(*o), GFP_KERNEL);
	if (!o)
		return -ENOMEM;
	o->page = (char *)__get_free_page(GFP_KERNEL);
	if (!o->page) {
		kfree(o);
		return -ENOMEM;
	}
	mutex_init(&o->lock);
	o->event = atomic_read(&node->event);
	file->private_data = o;
	return 0;
}

static int sysfs_release(struct inode *inode, struct file *file)
{
	struct open_attr *o = file->private_data;

	free_page((unsigned long)o->page);
	kfree(o);
	return 0;
}

/* Ask show(). The lock is held. */
static int fill(struct kernfs_node *node, struct open_attr *o)
{
	const struct sysfs_ops *ops;
	ssize_t n;

	if (!pinned_use(&node->pin))
		return -ENODEV;
	ops = node_ops(node);
	o->event = atomic_read(&node->event);
	memset(o->page, 0, PAGE_SIZE);
	n = ops->show(node->kobj, (struct attribute *)node->attr, o->page);
	if (n >= (ssize_t)PAGE_SIZE) {
		pr_warn("fill_read_buffer: %pS returned bad count\n", ops->show);
		n = PAGE_SIZE - 1;
	}
	pinned_unuse(&node->pin);
	if (n < 0)
		return n;
	o->len = n;
	return 0;
}

static ssize_t sysfs_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	struct open_attr *o = file->private_data;
	ssize_t n = 0;

	mutex_lock(&o->lock);
	if (*ppos == 0) {
		o->len = 0;
		n = fill(inode_node(file_inode(file)), o);
	}
	if (!n)
		n = simple_read_from_buffer(buf, count, ppos, o->page, o->len);
	mutex_unlock(&o->lock);
	return n;
}

/* One write is one store(), whatever the position; more than a page is cut. */
static ssize_t sysfs_write(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	struct kernfs_node *node = inode_node(file_inode(file));
	size_t len = min_t(size_t, count, PAGE_SIZE);
	ssize_t n = -ENODEV;
	char *text;

	if (!len)
		return 0;
	text = kmalloc(len + 1, GFP_KERNEL);
	if (!text)
		return -ENOMEM;
	if (copy_from_user(text, buf, len)) {
		kfree(text);
		return -EFAULT;
	}
	text[len] = '\0';
	if (pinned_use(&node->pin)) {
		n = node_ops(node)->store(node->kobj, (struct attribute *)node->attr, text, len);
		pinned_unuse(&node->pin);
	}
	kfree(text);
	if (n > 0)
		*ppos += n;
	return n;
}

static __poll_t sysfs_poll(struct file *file, struct poll_table_struct *table)
{
	struct kernfs_node *node = inode_node(file_inode(file));
	struct open_attr *o = file->private_data;
	__poll_t mask = DEFAULT_POLLMASK;

	if (!pinned_use(&node->pin))
		return mask | EPOLLERR | EPOLLPRI;
	poll_wait(file, &node->poll, table);
	if (READ_ONCE(o->event) != atomic_read(&node->event))
		mask |= EPOLLERR | EPOLLPRI;
	pinned_unuse(&node->pin);
	return mask;
}

const struct file_operations sysfs_file_operations = {
	.open		= sysfs_open,
	.release	= sysfs_release,
	.read		= sysfs_read,
	.write		= sysfs_write,
	.poll		= sysfs_poll,
	.llseek		= generic_file_llseek,
};

/* -- Making and removing them -------------------------------------------------------------- */

int sysfs_add_file(struct kernfs_node *parent, struct kobject *kobj, const struct attribute *attr,
		   umode_t mode)
{
	struct kernfs_node template = { .kobj = kobj, .attr = attr }, *node;

	if (WARN(!kobj->ktype || !kobj->ktype->sysfs_ops,
		 "missing sysfs attribute operations for kobject: %s\n", kobject_name(kobj)))
		return -EINVAL;
	node = sysfs_add(parent, attr->name, S_IFREG | (mode & 0777), &template, NULL);
	if (PTR_ERR_OR_ZERO(node) == -EEXIST)
		sysfs_warn_dup(parent, attr->name);
	return PTR_ERR_OR_ZERO(node);
}

/**
 * sysfs_create_file_ns - sysfs_create_file(): make an attribute's file
 * @kobj: the object
 * @attr: the attribute; lives until the file is removed
 * @ns: there is one name space
 *
 * Context: process, may sleep.
 * Return: 0; -EEXIST; -EINVAL: no object, no attribute, or the object's type can't show
 * any; -ENOMEM.
 */
int sysfs_create_file_ns(struct kobject *kobj, const struct attribute *attr, const void *ns)
{
	if (WARN_ON(!kobj || !kobj->sd || !attr))
		return -EINVAL;
	return sysfs_add_file(kobj->sd, kobj, attr, attr->mode);
}
EXPORT_SYMBOL_GPL(sysfs_create_file_ns);

/* sysfs_create_files - all of a list that ends with NULL, or none. As sysfs_create_file(). */
int sysfs_create_files(struct kobject *kobj, const struct attribute * const *attrs)
{
	int err = 0, i;

	for (i = 0; attrs[i] && !err; i++)
		err = sysfs_create_file(kobj, attrs[i]);
	if (err)
		for (i -= 2; i >= 0; i--)
			sysfs_remove_file(kobj, attrs[i]);
	return err;
}
EXPORT_SYMBOL_GPL(sysfs_create_files);

/* sysfs_remove_file_ns - remove it; no show() or store() of it runs when this returns */
void sysfs_remove_file_ns(struct kobject *kobj, const struct attribute *attr, const void *ns)
{
	if (kobj->sd)
		sysfs_remove_by_name(kobj->sd, attr->name);
}
EXPORT_SYMBOL_GPL(sysfs_remove_file_ns);

void sysfs_remove_files(struct kobject *kobj, const struct attribute * const *attrs)
{
	for (; *attrs; attrs++)
		sysfs_remove_file(kobj, *attrs);
}
EXPORT_SYMBOL_GPL(sysfs_remove_files);

/* sysfs_chmod_file - change a file's permissions. Return: 0; -ENOENT. */
int sysfs_chmod_file(struct kobject *kobj, const struct attribute *attr, umode_t mode)
{
	struct dentry *dentry = kobj->sd ? pinned_find(kobj->sd->dentry, attr->name) : NULL;

	if (!dentry)
		return -ENOENT;
	inode_lock(dentry->d_inode);
	dentry->d_inode->i_mode = (dentry->d_inode->i_mode & S_IFMT) | (mode & 0777);
	inode_unlock(dentry->d_inode);
	dput(dentry);
	return 0;
}
EXPORT_SYMBOL_GPL(sysfs_chmod_file);

/**
 * sysfs_break_active_protection - within a store(): let the file be removed meanwhile
 * @kobj: the object
 * @attr: the attribute whose store() this is
 *
 * Return: for sysfs_unbreak_active_protection(), to be called in any case; NULL: the file
 * is gone.
 */
struct kernfs_node *sysfs_break_active_protection(struct kobject *kobj,
						  const struct attribute *attr)
{
	struct dentry *dentry = kobj->sd ? pinned_find(kobj->sd->dentry, attr->name) : NULL;
	struct kernfs_node *node;

	if (!dentry)
		return NULL;
	kobject_get(kobj);
	node = inode_node(dentry->d_inode);	/* the reference to the entry goes with it */
	pinned_unuse(&node->pin);
	return node;
}
EXPORT_SYMBOL_GPL(sysfs_break_active_protection);

void sysfs_unbreak_active_protection(struct kernfs_node *kn)
{
	struct kobject *kobj = kn->kobj;

	pinned_reuse(&kn->pin);
	dput(kn->dentry);
	kobject_put(kobj);
}
EXPORT_SYMBOL_GPL(sysfs_unbreak_active_protection);

/* sysfs_remove_file_self - remove a file in its own store(). Return: did this call do it? */
bool sysfs_remove_file_self(struct kobject *kobj, const struct attribute *attr)
{
	struct kernfs_node *node = sysfs_break_active_protection(kobj, attr);
	bool mine;

	if (!node)
		return false;
	mine = pinned_unlink(node->dentry);
	if (mine)
		pinned_drain(&node->pin);
	sysfs_unbreak_active_protection(node);
	return mine;
}
EXPORT_SYMBOL_GPL(sysfs_remove_file_self);
