/* SPDX-License-Identifier: MIT */
/* A character device and its struct device, added and removed together. */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/export.h>

/**
 * cdev_device_add - make a cdev live and show its device
 * @cdev: initialised; often part of what @dev's release frees
 * @dev: initialised, with devt set (0: no cdev); held as long as the cdev or a file of it is in use
 *
 * Context: process, may sleep. Return: 0; as cdev_add() and device_add().
 */
int cdev_device_add(struct cdev *cdev, struct device *dev)
{
	int err = 0;

	if (dev->devt) {
		cdev_set_parent(cdev, &dev->kobj);
		err = cdev_add(cdev, dev->devt, 1);
		if (err)
			return err;
	}
	err = device_add(dev);
	if (err && dev->devt)
		cdev_del(cdev);
	return err;
}
EXPORT_SYMBOL(cdev_device_add);

/* cdev_device_del - undo it; the caller's reference to @dev stays the caller's */
void cdev_device_del(struct cdev *cdev, struct device *dev)
{
	device_del(dev);
	if (dev->devt)
		cdev_del(cdev);
}
EXPORT_SYMBOL(cdev_device_del);
