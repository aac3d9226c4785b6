/* SPDX-License-Identifier: MIT */
/* No exit function: once loaded it stays. */
#include <linux/module.h>

static int __init ko_stays_init(void)
{
	return 0;
}

module_init(ko_stays_init);
MODULE_LICENSE("Dual MIT/GPL");
