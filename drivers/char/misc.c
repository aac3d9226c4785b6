/* SPDX-License-Identifier: MIT */
/*
 * Devices of one minor each, under major 10.
 *
 * All share one cdev, whose open finds the device by its minor and hands the file over.
 */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/panic.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#define DYNAMIC_MINORS	128	/* chosen from 127 down to 0, then from 256 up */

static DEFINE_MUTEX(misc_mtx);	/* guards both */
static LIST_HEAD(misc_list);
static DEFINE_IDA(misc_minors_ida);

static struct class *misc_class;

/* Linux's order: the highest of the low minors first, then those above the fixed ones. */
static int choose_minor(void)
{
	int i = ida_alloc_max(&misc_minors_ida, DYNAMIC_MINORS - 1, GFP_KERNEL);

	if (i >= 0)
		return DYNAMIC_MINORS - i - 1;
	return ida_alloc_range(&misc_minors_ida, MISC_DYNAMIC_MINOR + 1, MINORMASK, GFP_KERNEL);
}

/* So that a fixed minor in the dynamic ranges is not chosen for another. */
static int reserve_minor(int minor)
{
	if (minor < DYNAMIC_MINORS)
		minor = DYNAMIC_MINORS - minor - 1;
	else if (minor <= MISC_DYNAMIC_MINOR)
		return 0;
	return ida_alloc_range(&misc_minors_ida, minor, minor, GFP_KERNEL) < 0 ? -EBUSY : 0;
}

static void free_minor(int minor)
{
	if (minor < DYNAMIC_MINORS)
		ida_free(&misc_minors_ida, DYNAMIC_MINORS - minor - 1);
	else if (minor > MISC_DYNAMIC_MINOR)
		ida_free(&misc_minors_ida, minor);
}

static struct miscdevice *find_misc(int minor)
{
	struct miscdevice *m;

	list_for_each_entry(m, &misc_list, list)
		if (m->minor == minor)
			return m;
	return NULL;
}

static int misc_open(struct inode *inode, struct file *file)
{
	const struct file_operations *fops = NULL;
	struct miscdevice *m;

	mutex_lock(&misc_mtx);
	m = find_misc(iminor(inode));
	if (m)
		fops = fops_get(m->fops);
	if (fops)
		file->private_data = m;		/* the driver's open finds its device so */
	mutex_unlock(&misc_mtx);
	if (!fops)
		return -ENODEV;
	replace_fops(file, fops);
	return fops->open ? fops->open(inode, file) : 0;
}

static const struct file_operations misc_fops = {
	.owner	= THIS_MODULE,
	.open	= misc_open,
	.llseek	= noop_llseek,
};

/**
 * misc_register - make a device and its file in /dev
 * @misc: minor, name and fops are set; lives until misc_deregister()
 *
 * Context: process, may sleep.
 * Return: 0; -EBUSY: the minor is taken, or none is left; -EEXIST: the name is; -ENOMEM.
 */
int misc_register(struct miscdevice *misc)
{
	bool dynamic = misc->minor == MISC_DYNAMIC_MINOR;
	int minor, err = 0;

	INIT_LIST_HEAD(&misc->list);
	mutex_lock(&misc_mtx);
	if (dynamic) {
		minor = choose_minor();
		if (minor < 0)
			err = -EBUSY;
		else
			misc->minor = minor;
	} else {
		err = find_misc(misc->minor) ? -EBUSY : reserve_minor(misc->minor);
	}
	if (err)
		goto unlock;
	misc->this_device = device_create_with_groups(misc_class, misc->parent,
						      MKDEV(MISC_MAJOR, misc->minor), misc,
						      misc->groups, "%s", misc->name);
	if (IS_ERR(misc->this_device)) {
		err = PTR_ERR(misc->this_device);
		free_minor(misc->minor);
		if (dynamic)
			misc->minor = MISC_DYNAMIC_MINOR;
		goto unlock;
	}
	list_add(&misc->list, &misc_list);
unlock:
	mutex_unlock(&misc_mtx);
	return err;
}
EXPORT_SYMBOL(misc_register);

/** misc_deregister - undo it; files that are open go on, and hold the module. Process context. */
void misc_deregister(struct miscdevice *misc)
{
	if (WARN_ON(list_empty(&misc->list)))
		return;
	mutex_lock(&misc_mtx);
	list_del_init(&misc->list);
	device_destroy(misc_class, MKDEV(MISC_MAJOR, misc->minor));
	free_minor(misc->minor);
	mutex_unlock(&misc_mtx);
}
EXPORT_SYMBOL(misc_deregister);

static char *misc_devnode(struct device *dev, umode_t *mode)
{
	struct miscdevice *m = dev_get_drvdata(dev);

	if (mode && m->mode)
		*mode = m->mode;
	return m->nodename ? kstrdup(m->nodename, GFP_KERNEL) : NULL;
}

static int misc_show(struct seq_file *s, void *v)
{
	struct miscdevice *m;

	mutex_lock(&misc_mtx);
	list_for_each_entry(m, &misc_list, list)
		seq_printf(s, "%3i %s\n", m->minor, m->name ?: "");
	mutex_unlock(&misc_mtx);
	return 0;
}

static int __init misc_init(void)
{
	proc_create_single("misc", 0, NULL, misc_show);
	misc_class = class_create(THIS_MODULE, "misc");
	if (IS_ERR(misc_class))
		return PTR_ERR(misc_class);
	misc_class->devnode = misc_devnode;
	return __register_chrdev(MISC_MAJOR, 0, MINORMASK + 1, "misc", &misc_fops);
}
subsys_initcall(misc_init);
