/* SPDX-License-Identifier: MIT */
/* Names of addresses and addresses of names: the kernel's own table and the modules'. */
#ifndef _LINUX_KALLSYMS_H
#define _LINUX_KALLSYMS_H

#include <linux/types.h>
#include <linux/compiler_types.h>

#define KSYM_NAME_LEN	256
/* "name+0xoffset/0xsize [module]" */
#define KSYM_SYMBOL_LEN	(KSYM_NAME_LEN + 2 * 18 + 64 + 6)

unsigned long kallsyms_lookup_name(const char *name);
int kallsyms_lookup_size_offset(unsigned long addr, unsigned long *symbolsize,
				unsigned long *offset);
int kallsyms_on_each_symbol(int (*fn)(void *data, const char *name, unsigned long addr), void *data);
int sprint_symbol(char *buffer, unsigned long addr);
int sprint_symbol_no_offset(char *buffer, unsigned long addr);
int sprint_backtrace(char *buffer, unsigned long addr);
#endif
