/* SPDX-License-Identifier: MIT */
/* Character devices that need one minor: all under major 10. */
#ifndef _LINUX_MISCDEVICE_H
#define _LINUX_MISCDEVICE_H

#include <linux/major.h>
#include <linux/list.h>
#include <linux/types.h>
#include <linux/device.h>

#define PSMOUSE_MINOR		1
#define WATCHDOG_MINOR		130
#define TEMP_MINOR		131
#define HPET_MINOR		228
#define MISC_DYNAMIC_MINOR	255

struct attribute_group;
struct file_operations;

struct miscdevice {
	int			minor;		/* MISC_DYNAMIC_MINOR: one is chosen, and put here */
	const char		*name;
	const struct file_operations *fops;
	struct list_head	list;		/* the table's */
	struct device		*parent;
	struct device		*this_device;	/* set while it is registered */
	const struct attribute_group **groups;
	const char		*nodename;	/* in /dev, unless it is the name */
	umode_t			mode;		/* of the file, unless 0 */
};

int misc_register(struct miscdevice *misc);
void misc_deregister(struct miscdevice *misc);

#define builtin_misc_device(__misc_device) \
	builtin_driver(__misc_device, misc_register)
#define module_misc_device(__misc_device) \
	module_driver(__misc_device, misc_register, misc_deregister)

#endif
