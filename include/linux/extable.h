/* SPDX-License-Identifier: MIT */
/* Exception tables: <asm/extable.h> has the entry, kernel/panic/extable.c the search. */
#ifndef _LINUX_EXTABLE_H
#define _LINUX_EXTABLE_H

#include <linux/types.h>
#include <asm/extable.h>

const struct exception_table_entry *search_extable(const struct exception_table_entry *base,
						   size_t num, unsigned long addr);
const struct exception_table_entry *search_exception_tables(unsigned long addr);
const struct exception_table_entry *search_module_extables(unsigned long addr);

int core_kernel_text(unsigned long addr);
int __kernel_text_address(unsigned long addr);

#endif
