/* SPDX-License-Identifier: MIT */
/* A write to memory that was given back. */
#include <linux/slab.h>
#include "fault.h"

static noinline void write_status(int *status)
{
	WRITE_ONCE(*status, 1);
}

static int free_then_write(void)
{
	int *status = kmalloc(sizeof(*status) * 16, GFP_KERNEL), *again;
	int i;

	if (!status)
		return -ENOMEM;
	kfree(status);
	write_status(status);
	/* Whoever gets it next finds it changed. */
	for (i = 0; i < 64; i++) {
		again = kmalloc(sizeof(*status) * 16, GFP_KERNEL);
		kfree(again);
		if (again == status)
			break;
	}
	return 0;
}

FAULT(free_then_write, nothing_to_undo);
