/* SPDX-License-Identifier: MIT */
/* Exports a name that ko_all exports too: the second of the two is refused. */
#include <linux/module.h>

int ko_add_one(int n);

int ko_add_one(int n)
{
	return n + 1;
}
EXPORT_SYMBOL(ko_add_one);

static int __init ko_twin_init(void)
{
	return 0;
}

static void __exit ko_twin_exit(void)
{
}

module_init(ko_twin_init);
module_exit(ko_twin_exit);
MODULE_LICENSE("Dual MIT/GPL");
