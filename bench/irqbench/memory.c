// SPDX-License-Identifier: MIT
/* kmalloc() and kfree() of an object, of sizes from a few bytes to pages. */
#include <linux/slab.h>
#include "irqbench.h"

static void pair(const char *name, size_t size)
{
	/* Not known to the compiler, as in most calls that matter. */
	OPTIMIZER_HIDE_VAR(size);
	COUNT(name, , kfree(kmalloc(size, GFP_KERNEL)));
}

void bench_memory(void)
{
	void *p;

	COUNT("memory.const_64", , ({ p = kmalloc(64, GFP_KERNEL); OPTIMIZER_HIDE_VAR(p); kfree(p); }));
	pair("memory.kmalloc_32", 32);
	pair("memory.kmalloc_256", 256);
	pair("memory.kmalloc_4096", 4096);
	pair("memory.kmalloc_16384", 16384);
}
