/* SPDX-License-Identifier: MIT */
/*
 * A module with one fault, which it commits when it is loaded with go=1. Each is a mistake that
 * drivers make; nothing here helps the kernel to find it.
 */
#ifndef _TESTS_FAULT_H
#define _TESTS_FAULT_H

#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

#define FAULT(commit, undo)						\
	static bool go;							\
	module_param(go, bool, 0444);					\
	static int __init fault_init(void)				\
	{								\
		return go ? commit() : 0;				\
	}								\
	static void __exit fault_exit(void)				\
	{								\
		if (go)							\
			undo();						\
	}								\
	module_init(fault_init);					\
	module_exit(fault_exit);					\
	MODULE_LICENSE("Dual MIT/GPL")

static inline void nothing_to_undo(void)
{
}

#endif
