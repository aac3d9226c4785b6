/* SPDX-License-Identifier: MIT */
/*
 * Which addresses are code, and what a faulting instruction wants done: the kernel's
 * exception table and those of modules. A table never changes while its code can run:
 * looking in it takes no lock, so it works in an NMI.
 */
#include <linux/compiler.h>
#include <linux/extable.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <asm/extable.h>
#include <asm/sections.h>

extern const struct exception_table_entry __start___ex_table[], __stop___ex_table[];

/**
 * search_extable - find the entry of an instruction in one table
 * @base: the table, in any order
 * @num: its number of entries
 * @addr: the instruction
 *
 * One by one: a table has some tens of entries, and a fault costs more than looking at them.
 *
 * Return: the entry or NULL.
 */
const struct exception_table_entry *search_extable(const struct exception_table_entry *base,
						   size_t num, unsigned long addr)
{
	for (; num; base++, num--)
		if (ex_insn_addr(base) == addr)
			return base;
	return NULL;
}

/**
 * search_exception_tables - find the entry of an instruction, in the kernel or a module
 * @addr: the instruction that faulted
 *
 * Context: any. Return: the entry, or NULL for an instruction that must not fault.
 */
const struct exception_table_entry *search_exception_tables(unsigned long addr)
{
	const struct exception_table_entry *e;

	e = search_extable(__start___ex_table, __stop___ex_table - __start___ex_table, addr);
	return e ?: search_module_extables(addr);
}

/**
 * core_kernel_text - whether an address is in the kernel image's code
 * @addr: any address
 *
 * Boot-time code counts until it is freed.
 */
int core_kernel_text(unsigned long addr)
{
	if (is_kernel_core_text(addr))
		return 1;
	return system_state < SYSTEM_RUNNING && is_kernel_inittext(addr);
}

/**
 * __kernel_text_address - whether an address is code, a module's included
 * @addr: any address
 *
 * Context: any.
 */
int __kernel_text_address(unsigned long addr)
{
	return core_kernel_text(addr) || is_module_text_address(addr);
}
