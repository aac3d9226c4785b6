/* SPDX-License-Identifier: MIT */
/* Change the protection of mapped kernel pages, everywhere, before returning. */
#ifndef _LINUX_SET_MEMORY_H
#define _LINUX_SET_MEMORY_H

#include <linux/types.h>

int set_memory_ro(unsigned long addr, int numpages);	/* readable only */
int set_memory_rw(unsigned long addr, int numpages);	/* readable, writable */
int set_memory_x(unsigned long addr, int numpages);	/* readable, executable */
int set_memory_nx(unsigned long addr, int numpages);	/* readable, writable, not executable */
int set_memory_rox(unsigned long addr, int numpages);	/* readable, executable */

#endif
