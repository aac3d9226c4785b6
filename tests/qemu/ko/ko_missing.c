/* SPDX-License-Identifier: MIT */
/* Needs a name that nobody exports. */
#include <linux/module.h>

int ko_no_such_name(void);

static int __init ko_missing_init(void)
{
	return ko_no_such_name();
}

static void __exit ko_missing_exit(void)
{
}

module_init(ko_missing_init);
module_exit(ko_missing_exit);
MODULE_LICENSE("Dual MIT/GPL");
