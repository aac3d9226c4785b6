/* SPDX-License-Identifier: MIT */
/* A module without an exit function stays. rows H2 */
#include <linux/module.h>

static int __init start(void)
{
	pr_info("here to stay\n");
	return 0;
}
module_init(start);
MODULE_LICENSE("GPL");
