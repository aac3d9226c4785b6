/* SPDX-License-Identifier: MIT */
/* Calls into ko_all: as long as it is loaded, ko_all stays. */
#include <linux/module.h>
#include "ko.h"

int ko_add_one(int n);
extern struct ko_all ko_all;

int ko_add_two(int n)
{
	return ko_add_one(ko_all.text(n));
}
EXPORT_SYMBOL(ko_add_two);

static int __init ko_user_init(void)
{
	return ko_add_two(1) == 3 ? 0 : -EIO;
}

static void __exit ko_user_exit(void)
{
}

module_init(ko_user_init);
module_exit(ko_user_exit);
MODULE_LICENSE("Dual MIT/GPL");
