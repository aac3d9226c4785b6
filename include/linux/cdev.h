/* SPDX-License-Identifier: MIT */
/* Character devices: from a device number to the driver's operations. */
#ifndef _LINUX_CDEV_H
#define _LINUX_CDEV_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/kdev_t.h>

struct device;
struct file_operations;
struct kobject;
struct module;

/* Guarded by the table's lock from cdev_add() to cdev_del(). */
struct cdev {
	struct module			*owner;
	const struct file_operations	*ops;
	struct list_head		list;
	dev_t				dev;
	unsigned int			count;
	bool				allocated;	/* by cdev_alloc(): cdev_del() frees it */
	struct kobject			*parent;	/* held while the cdev is live or a file open */
};

void cdev_init(struct cdev *cdev, const struct file_operations *fops);
struct cdev *cdev_alloc(void);
int cdev_add(struct cdev *p, dev_t dev, unsigned int count);
void cdev_del(struct cdev *p);
void cdev_set_parent(struct cdev *p, struct kobject *kobj);
int cdev_device_add(struct cdev *cdev, struct device *dev);
void cdev_device_del(struct cdev *cdev, struct device *dev);

#endif
