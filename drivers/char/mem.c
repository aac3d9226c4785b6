/* SPDX-License-Identifier: MIT */
/* The devices that everybody has: null, zero, full, random, urandom, kmsg. */
#include <linux/err.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/major.h>
#include <linux/module.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/random.h>
#include <linux/sched.h>
#include <linux/uaccess.h>

static ssize_t read_null(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	return 0;
}

static ssize_t write_null(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	return count;
}

static ssize_t write_full(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	return -ENOSPC;
}

/* A page at a time, so that a long read lets others run. */
static ssize_t read_zero(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	size_t done = 0;

	while (done < count) {
		size_t n = min_t(size_t, count - done, PAGE_SIZE);
		size_t left = clear_user(buf + done, n);

		done += n - left;
		if (left)
			return done ? (ssize_t)done : -EFAULT;
		cond_resched();
	}
	return done;
}

static loff_t null_lseek(struct file *file, loff_t offset, int whence)
{
	return file->f_pos = 0;
}

static const struct file_operations null_fops = {
	.llseek	= null_lseek,
	.read	= read_null,
	.write	= write_null,
	.splice_write = iter_file_splice_write,
};

static const struct file_operations zero_fops = {
	.llseek	= null_lseek,
	.read	= read_zero,
	.write	= write_null,
};

static const struct file_operations full_fops = {
	.llseek	= null_lseek,
	.read	= read_zero,
	.write	= write_full,
};

/* By minor. */
static const struct {
	const char			*name;
	umode_t				mode;
	const struct file_operations	*fops;
} devlist[] = {
	[3]	= { "null", 0666, &null_fops },
	[5]	= { "zero", 0666, &zero_fops },
	[7]	= { "full", 0666, &full_fops },
	[8]	= { "random", 0666, &random_fops },
	[9]	= { "urandom", 0666, &urandom_fops },
	[11]	= { "kmsg", 0644, &kmsg_fops },
};

static int memory_open(struct inode *inode, struct file *file)
{
	unsigned int minor = iminor(inode);

	if (minor >= ARRAY_SIZE(devlist) || !devlist[minor].fops)
		return -ENXIO;
	replace_fops(file, devlist[minor].fops);
	return file->f_op->open ? file->f_op->open(inode, file) : 0;
}

static const struct file_operations memory_fops = {
	.open	= memory_open,
	.llseek	= noop_llseek,
};

static char *mem_devnode(struct device *dev, umode_t *mode)
{
	if (mode && devlist[MINOR(dev->devt)].mode)
		*mode = devlist[MINOR(dev->devt)].mode;
	return NULL;
}

static int __init mem_init_devices(void)
{
	struct class *class;
	unsigned int minor;
	int err = register_chrdev(MEM_MAJOR, "mem", &memory_fops);

	if (err)
		return err;
	class = class_create(THIS_MODULE, "mem");
	if (IS_ERR(class))
		return PTR_ERR(class);
	class->devnode = mem_devnode;
	for (minor = 0; minor < ARRAY_SIZE(devlist); minor++)
		if (devlist[minor].fops)
			device_create(class, NULL, MKDEV(MEM_MAJOR, minor), NULL, "%s",
				      devlist[minor].name);
	return 0;
}
fs_initcall(mem_init_devices);
