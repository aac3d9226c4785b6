/* SPDX-License-Identifier: MIT */
/* A module whose init refuses: the error reaches who loads it, and the exit is not called. rows H2 */
#include <linux/errno.h>
#include <linux/module.h>

static int __init start(void)
{
	pr_info("refusing\n");
	return -EBUSY;
}
module_init(start);

static void __exit end(void)
{
	pr_info("exit must not run\n");
}
module_exit(end);
MODULE_LICENSE("GPL");
