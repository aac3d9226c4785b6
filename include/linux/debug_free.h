/* SPDX-License-Identifier: MIT */
/* Memory is given back: is anything that lives in it still in use? Asked in the debug build. */
#ifndef _LINUX_DEBUG_FREE_H
#define _LINUX_DEBUG_FREE_H

#include <linux/debug_locks.h>
#include <linux/debugobjects.h>

/* Before it is poisoned or unmapped. Any context but NMI. */
static inline void debug_memory_freed(const void *start, unsigned long size)
{
	debug_check_no_locks_freed(start, size);
	debug_check_no_obj_freed(start, size);
}

#endif
