/* SPDX-License-Identifier: MIT */
/* Memory given back twice. */
#include <linux/slab.h>
#include "fault.h"

static noinline void release_buffer(void *buffer)
{
	kfree(buffer);
}

static int free_twice(void)
{
	void *buffer = kmalloc(100, GFP_KERNEL);

	release_buffer(buffer);
	release_buffer(buffer);
	return 0;
}

FAULT(free_twice, nothing_to_undo);
